/*
 * Reads the tables of a workbook: relations, sheets, shared texts and cell formats.
 */
#include "exchange/xlsx_private.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- which member is which

/** A relation of the workbook: the target of an r:id. */
struct relation {
    char *id, *target, *type;
};

struct relations {
    size_t count, capacity;
    struct relation *items;
};

static void take_relation(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct relations *relations = arg;
    const char *id = xlsx_attribute(attributes, "Id");
    const char *target = xlsx_attribute(attributes, "Target");
    const char *type = xlsx_attribute(attributes, "Type");

    if (strcmp(name, "Relationship") != 0 || id == NULL || target == NULL || type == NULL)
        return;
    mem_grow((void **)&relations->items, relations->count, &relations->capacity,
             sizeof *relations->items);
    relations->items[relations->count++] = (struct relation){
        .id = mem_copy(id),
        .target = *target == '/' ? mem_copy(target + 1) : mem_printf("xl/%s", target),
        .type = mem_copy(type),
    };
}

static void relations_free(struct relations *relations)
{
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->items[i].id);
        free(relations->items[i].target);
        free(relations->items[i].type);
    }
    free(relations->items);
}

/** The target of a type, or its usual name. */
static const char *target_of_type(const struct relations *relations, const char *type,
                                  const char *usual)
{
    for (size_t i = 0; i < relations->count; i++) {
        const char *slash = strrchr(relations->items[i].type, '/');
        if (slash != NULL && strcmp(slash + 1, type) == 0)
            return relations->items[i].target;
    }
    return usual;
}

// ---- the book's own member

struct contents {
    struct xlsx_book *book;
    const struct relations *relations;
};

static void take_sheet(struct contents *contents, const XML_Char **attributes)
{
    enum { SHEETS_MAX = 1000 };
    struct xlsx_book *book = contents->book;
    const char *id = xlsx_attribute(attributes, "id");
    const char *name = xlsx_attribute(attributes, "name");
    const char *state = xlsx_attribute(attributes, "state");

    for (size_t i = 0; id != NULL && i < contents->relations->count; i++) {
        const struct relation *relation = &contents->relations->items[i];
        if (strcmp(relation->id, id) != 0 || strstr(relation->type, "/worksheet") == NULL ||
            book->sheet_count == SHEETS_MAX)
            continue;
        mem_grow((void **)&book->sheets, book->sheet_count, &book->sheet_capacity,
                 sizeof *book->sheets);
        book->sheets[book->sheet_count++] = (struct xlsx_sheet){
            .name = mem_copy(name != NULL ? name : ""),
            .member = mem_copy(relation->target),
            .hidden = state != NULL && strcmp(state, "visible") != 0,
        };
    }
}

static bool is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void take_content(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct contents *contents = arg;

    if (strcmp(name, "sheet") == 0)
        take_sheet(contents, attributes);
    else if (strcmp(name, "workbookPr") == 0)
        contents->book->from_1904 = is_true(xlsx_attribute(attributes, "date1904"));
}

// ---- shared texts

struct shared {
    struct xlsx_book *book;
    bool in_text, in_reading; /**< inside <t>; inside <rPh>, a text's pronunciation */
};

static void begin_shared(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct shared *shared = arg;
    struct xlsx_book *book = shared->book;

    (void)attributes;
    if (strcmp(name, "si") == 0) {
        mem_grow((void **)&book->text_places, book->text_count, &book->text_capacity,
                 sizeof *book->text_places);
        book->text_places[book->text_count++] = book->texts.length;
    }
    shared->in_reading = shared->in_reading || strcmp(name, "rPh") == 0;
    shared->in_text = strcmp(name, "t") == 0 && !shared->in_reading;
}

static void end_shared(void *arg, const XML_Char *name)
{
    struct shared *shared = arg;

    if (strcmp(name, "si") == 0)
        str_add_bytes(&shared->book->texts, "", 1);
    if (strcmp(name, "rPh") == 0)
        shared->in_reading = false;
    shared->in_text = false;
}

static void add_shared(void *arg, const XML_Char *text, int length)
{
    static const size_t most = (size_t)256 << 20;
    struct shared *shared = arg;

    if (!shared->in_text || shared->book->text_count == 0)
        return;
    if (shared->book->texts.length > most)
        xlsx_fault(shared->book, "工作簿太大，请拆分后另存为 CSV 再导入");
    else
        str_add_bytes(&shared->book->texts, text, (size_t)length);
}

const char *xlsx_text(const struct xlsx_book *book, size_t index)
{
    if (index >= book->text_count || book->text_places[index] >= book->texts.length)
        return "";
    return book->texts.text + book->text_places[index];
}

// ---- formats

/** More than any spreadsheet program makes. */
enum { CUSTOMS_MAX = 1000, FORMATS_MAX = 70000 };

struct styles {
    struct xlsx_book *book;
    bool in_cells; /**< inside <cellXfs> */
    size_t count, capacity;
    struct custom {
        unsigned id;
        struct xlsx_format format;
    } * customs;
};

static unsigned number_attribute(const XML_Char **attributes, const char *name)
{
    const char *text = xlsx_attribute(attributes, name);

    return text != NULL ? (unsigned)strtoul(text, NULL, 10) : 0;
}

static struct xlsx_format find_format(const struct styles *styles, unsigned id)
{
    for (size_t i = 0; i < styles->count; i++)
        if (styles->customs[i].id == id)
            return styles->customs[i].format;
    return xlsx_format_builtin(id);
}

static void begin_style(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct styles *styles = arg;
    struct xlsx_book *book = styles->book;

    if (strcmp(name, "numFmt") == 0 && styles->count < CUSTOMS_MAX &&
        xlsx_attribute(attributes, "formatCode") != NULL) {
        mem_grow((void **)&styles->customs, styles->count, &styles->capacity,
                 sizeof *styles->customs);
        styles->customs[styles->count++] = (struct custom){
            .id = number_attribute(attributes, "numFmtId"),
            .format = xlsx_format_of(xlsx_attribute(attributes, "formatCode")),
        };
    }
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = true;
    if (strcmp(name, "xf") != 0 || !styles->in_cells || book->format_count == FORMATS_MAX)
        return;
    mem_grow((void **)&book->formats, book->format_count, &book->format_capacity,
             sizeof *book->formats);
    book->formats[book->format_count++] =
        find_format(styles, number_attribute(attributes, "numFmtId"));
}

static void end_style(void *arg, const XML_Char *name)
{
    struct styles *styles = arg;

    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = false;
}

// ---- all of it

static enum result read_optional(struct xlsx_book *book, const char *member,
                                 const struct xlsx_handler *handler)
{
    enum result result = xlsx_member(book, member, handler);

    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result read_texts_and_formats(struct xlsx_book *book, const struct relations *relations)
{
    struct shared shared = {.book = book};
    struct styles styles = {.book = book};
    enum result result =
        read_optional(book, target_of_type(relations, "sharedStrings", "xl/sharedStrings.xml"),
                      &(struct xlsx_handler){begin_shared, end_shared, add_shared, &shared});

    if (result == 0)
        result = read_optional(book, target_of_type(relations, "styles", "xl/styles.xml"),
                               &(struct xlsx_handler){begin_style, end_style, NULL, &styles});
    free(styles.customs);
    return result;
}

enum result xlsx_book_read(struct xlsx_book *book)
{
    struct relations relations = {0};
    struct contents contents = {.book = book, .relations = &relations};
    enum result result = xlsx_member(book, "xl/_rels/workbook.xml.rels",
                                     &(struct xlsx_handler){take_relation, NULL, NULL, &relations});

    if (result == 0)
        result = xlsx_member(book, "xl/workbook.xml",
                             &(struct xlsx_handler){take_content, NULL, NULL, &contents});
    if (result == 0 && book->sheet_count == 0)
        result = xlsx_fault(book, "工作簿里没有工作表");
    if (result == 0)
        result = read_texts_and_formats(book, &relations);
    if (result == RESULT_NOTFOUND)
        result = xlsx_fault(book, "工作簿不完整，请打开后另存为 xlsx 或 CSV 再导入");
    relations_free(&relations);
    return result;
}

void xlsx_book_free(struct xlsx_book *book)
{
    for (size_t i = 0; i < book->sheet_count; i++) {
        free(book->sheets[i].name);
        free(book->sheets[i].member);
    }
    free(book->sheets);
    str_free(&book->texts);
    free(book->text_places);
    free(book->formats);
    free(book->fault);
}
