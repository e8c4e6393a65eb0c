/*
 * Reads the members of a workbook's archive, and their XML, within limits.
 */
#include "exchange/xlsx_private.h"

#include "base/mem.h"

#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

/** A member may unpack to this much; a ledger's largest sheet is smaller. All together, of which a
 *  sheet is read twice, may be this much. */
static const size_t MEMBER_MAX = (size_t)512 << 20;
static const size_t BOOK_MAX = (size_t)1536 << 20;
/** A book may have this many bytes for each packed one, and ROOM more: a real one has some twenty. */
enum { RATIO = 100, ROOM = 16 << 20 };

enum result xlsx_fault(struct xlsx_book *book, const char *words)
{
    if (book->fault == NULL)
        book->fault = mem_copy(words);
    return RESULT_INVALID;
}

const char *xlsx_local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(xlsx_local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

// ---- the XML of a member

/** A workbook's elements nest only a few levels deep. */
enum { DEPTH_MAX = 64 };

struct run {
    struct xlsx_book *book;
    const struct xlsx_handler *handler;
    XML_Parser parser;
    unsigned depth;
};

static void enter(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct run *run = arg;

    if (++run->depth > DEPTH_MAX)
        XML_StopParser(run->parser, XML_FALSE);
    else
        run->handler->start(run->handler->arg, xlsx_local(name), attributes);
}

static void leave(void *arg, const XML_Char *name)
{
    struct run *run = arg;

    run->depth--;
    if (run->handler->end != NULL)
        run->handler->end(run->handler->arg, xlsx_local(name));
}

static void take_text(void *arg, const XML_Char *text, int length)
{
    struct run *run = arg;

    if (run->handler->text != NULL)
        run->handler->text(run->handler->arg, text, length);
}

/** No workbook has a document type; a hostile one could define entities that expand without end. */
static void refuse_doctype(void *arg, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
    struct run *run = arg;

    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    XML_StopParser(run->parser, XML_FALSE);
}

static bool is_bomb(uint64_t unpacked, uint64_t packed)
{
    return unpacked > BOOK_MAX || unpacked > ROOM + packed * RATIO;
}

static enum result refuse_size(struct xlsx_book *book)
{
    return xlsx_fault(book, "工作簿太大，请拆分后另存为 CSV 再导入");
}

/** By the sizes that the archive says; what it really has is watched in parse_member(). */
static enum result check_sizes(struct xlsx_book *book)
{
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(book->archive, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return RESULT_OK;
    return info.uncompressed_size > MEMBER_MAX || is_bomb(book->unpacked + info.uncompressed_size,
                                                          book->packed + info.compressed_size)
               ? refuse_size(book)
               : RESULT_OK;
}

static enum result parse_member(struct run *run)
{
    static const char broken[] = "工作簿读不出来，可能已损坏，请打开后另存为 xlsx 或 CSV 再导入";
    struct xlsx_book *book = run->book;
    char block[65536];
    uint64_t begun = unzGetCurrentFileZStreamPos64(book->archive);
    uint64_t before = book->packed;
    size_t total = 0;
    int got;

    while ((got = unzReadCurrentFile(book->archive, block, sizeof block)) > 0) {
        total += (size_t)got;
        book->unpacked += (size_t)got;
        book->packed = before + unzGetCurrentFileZStreamPos64(book->archive) - begun;
        if (total > MEMBER_MAX || is_bomb(book->unpacked, book->packed))
            return refuse_size(book);
        if (XML_Parse(run->parser, block, got, 0) != XML_STATUS_OK || book->fault != NULL)
            return xlsx_fault(book, broken);
    }
    if (got < 0 || XML_Parse(run->parser, block, 0, 1) != XML_STATUS_OK || book->fault != NULL)
        return xlsx_fault(book, broken);
    return RESULT_OK;
}

enum result xlsx_member(struct xlsx_book *book, const char *name,
                        const struct xlsx_handler *handler)
{
    struct run run = {.book = book, .handler = handler};

    if (unzLocateFile(book->archive, name, 2) != UNZ_OK)
        return RESULT_NOTFOUND;
    if (check_sizes(book) != 0)
        return RESULT_INVALID;
    if (unzOpenCurrentFile(book->archive) != UNZ_OK)
        return xlsx_fault(book, "工作簿读不出来，可能加了密码，请去掉密码后另存再导入");
    run.parser = XML_ParserCreate(NULL);
    if (run.parser == NULL)
        abort(); /* as for any failed allocation */
    XML_SetUserData(run.parser, &run);
    XML_SetElementHandler(run.parser, enter, leave);
    XML_SetCharacterDataHandler(run.parser, take_text);
    XML_SetStartDoctypeDeclHandler(run.parser, refuse_doctype);
    enum result result = parse_member(&run);
    XML_ParserFree(run.parser);
    unzCloseCurrentFile(book->archive);
    return result;
}
