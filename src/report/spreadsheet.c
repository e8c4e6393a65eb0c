#include "report/spreadsheet.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "report/plan.h"
#include "report/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

/** Rows of a worksheet above its data. */
enum { ROW_TITLE, ROW_FACTS, ROW_HEADINGS, ROW_DATA };

enum {
    ROWS_MAX = LXW_ROW_MAX - ROW_DATA,
    NAME_MAX_UNITS = 31, /**< of a worksheet's name, in UTF-16 */
    WIDTH_MIN = 4,
    WIDTH_MAX = 40,      /**< half-width characters; longer texts are wrapped */
    WIDTH_PORTRAIT = 95, /**< what an upright A4 page shows in full size */
    LINE_HEIGHT = 15,    /**< points */
    FILTER_WIDTH = 3,    /**< the filter's button beside a heading */
    TEXT_MAX = 32767,    /**< characters of a cell, as the library and Excel have it */
};

/** Looks of cells that are no data, behind those of values; LOOK_BELOW is for what somebody adds
 *  below the rows of a column of texts. */
enum { LOOK_TITLE = VALUE_KINDS, LOOK_FACTS, LOOK_HEADING, LOOK_BELOW, LOOK_COUNT };

struct book {
    const struct document *document;
    const struct plan *plan;
    lxw_workbook *workbook;
    lxw_format *looks[LOOK_COUNT];
    char *message; /**< new string; NULL if all is well */
};

struct page {
    struct book *book;
    const struct sheet *sheet;
    lxw_worksheet *worksheet;
    struct plan_field fields[DOCUMENT_COLUMNS];
    enum value_kind kinds[DOCUMENT_COLUMNS];
    int widths[DOCUMENT_COLUMNS];
    size_t count;
    struct str cell, escaped;
};

static enum result refuse(struct book *book, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum result refuse(struct book *book, const char *format, ...)
{
    struct str words = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    free(book->message);
    book->message = str_take(&words);
    return RESULT_INVALID;
}

// ---- looks

/** SimSun is on every Chinese Windows and in WPS; other systems have something in its place. */
static lxw_format *new_format(struct book *book, double size, const char *number)
{
    lxw_format *format = workbook_add_format(book->workbook);

    format_set_font_name(format, "宋体");
    format_set_font_size(format, size);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (number != NULL)
        format_set_num_format(format, number);
    return format;
}

static void make_looks(struct book *book)
{
    /* Text stays text in a cell of format "@", whatever is typed into it. */
    static const char *const numbers[VALUE_KINDS] = {
        [VALUE_TEXT] = "@",
        [VALUE_NUMBER] = NULL,
        [VALUE_MONEY] = "0.00",
        [VALUE_RATE] = "0.0",
        [VALUE_DATE] = "yyyy-mm-dd",
        [VALUE_MONTH] = "yyyy-mm",
        [VALUE_TIME] = "yyyy-mm-dd hh:mm:ss",
    };

    for (int i = 0; i < VALUE_KINDS; i++) {
        book->looks[i] = new_format(book, 11, numbers[i]);
        format_set_border(book->looks[i], LXW_BORDER_THIN);
    }
    format_set_text_wrap(book->looks[VALUE_TEXT]);
    book->looks[LOOK_TITLE] = new_format(book, 16, "@");
    format_set_bold(book->looks[LOOK_TITLE]);
    book->looks[LOOK_FACTS] = new_format(book, 10, "@");
    book->looks[LOOK_BELOW] = new_format(book, 11, "@");
    book->looks[LOOK_HEADING] = new_format(book, 11, "@");
    format_set_bold(book->looks[LOOK_HEADING]);
    format_set_border(book->looks[LOOK_HEADING], LXW_BORDER_THIN);
    format_set_bg_color(book->looks[LOOK_HEADING], 0xE7E6E6);
    format_set_align(book->looks[LOOK_HEADING], LXW_ALIGN_CENTER);
    format_set_text_wrap(book->looks[LOOK_HEADING]);
}

// ---- cells

static enum result write_text(struct page *page, lxw_row_t row, lxw_col_t column, const char *text,
                              int look)
{
    struct book *book = page->book;

    value_escape(text, &page->escaped);
    lxw_error error = worksheet_write_string(page->worksheet, row, column, str_text(&page->escaped),
                                             book->looks[look]);
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return refuse(book, "第 %u 行“%s”超过 %d 个字，表格软件放不下，请改用 CSV", row + 1,
                      page->fields[column].heading, TEXT_MAX);
    return error == LXW_NO_ERROR ? RESULT_OK : RESULT_IO;
}

static enum result write_cell(struct page *page, size_t row, size_t column)
{
    const struct plan_field *field = &page->fields[column];
    const char *text = plan_cell(field, page->sheet, row, row + 1, &page->cell);
    lxw_row_t at = (lxw_row_t)row + ROW_DATA;
    double number;

    if (!value_read(page->kinds[column], text, &number))
        return write_text(page, at, (lxw_col_t)column, text, VALUE_TEXT);
    return worksheet_write_number(page->worksheet, at, (lxw_col_t)column, number,
                                  page->book->looks[page->kinds[column]]) == LXW_NO_ERROR
               ? RESULT_OK
               : RESULT_IO;
}

// ---- a worksheet

/** A worksheet's name: no []:*?/\, no apostrophe at the ends, 31 characters. */
static void make_name(const char *title, struct str *ret_name)
{
    int units = 0;
    uint32_t code;

    for (int bytes; (bytes = text_decode(title, &code)) > 0; title += bytes) {
        units += code > 0xffff ? 2 : 1;
        if (units > NAME_MAX_UNITS)
            break;
        if (code < 0x80 && strchr("[]:*?/\\'", (int)code) != NULL)
            str_add_char(ret_name, '-');
        else
            str_add_bytes(ret_name, title, (size_t)bytes);
    }
}

/** The first table has the document's title, the others that of their section. */
static const char *title_of(const struct book *book, const struct document_table *table)
{
    for (size_t i = 0; i < PLAN_SECTIONS && table != book->document->tables; i++) {
        const struct plan_section *section = &book->plan->sections[i];
        if (section->table != NULL && section->title != NULL &&
            strcmp(section->table, table->name) == 0)
            return section->title;
    }
    return table == book->document->tables ? book->document->title : table->name;
}

static int line_width(const char *text, void *arg)
{
    (void)arg;
    return text_width(text);
}

static int limit(int least, int width, int most)
{
    return width < least ? least : width > most ? most : width;
}

/** Sets the columns' widths and formats, and prints landscape what is too wide otherwise. */
static void set_columns(struct page *page)
{
    int total = 0;

    plan_measure(page->fields, page->count, page->sheet, 1, line_width, NULL);
    for (size_t i = 0; i < page->count; i++) {
        struct plan_field *field = &page->fields[i];
        int heading = text_width(field->heading) + FILTER_WIDTH;
        int width = limit(WIDTH_MIN, field->width > heading ? field->width : heading, WIDTH_MAX);
        page->widths[i] = width;
        /* A unit is as wide as a digit of the default font; a Chinese character is somewhat wider
         * than two. */
        worksheet_set_column(page->worksheet, (lxw_col_t)i, (lxw_col_t)i, width * 1.1 + 1,
                             page->kinds[i] == VALUE_TEXT ? page->book->looks[LOOK_BELOW] : NULL);
        total += width + 1;
    }
    if (total > WIDTH_PORTRAIT)
        worksheet_set_landscape(page->worksheet);
}

static void set_print(struct page *page)
{
    enum { A4 = 9 };
    lxw_worksheet *worksheet = page->worksheet;

    worksheet_set_paper(worksheet, A4);
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_repeat_rows(worksheet, ROW_TITLE, ROW_HEADINGS);
    worksheet_set_footer(worksheet, "&C第 &P 页，共 &N 页");
    /* No green corner in each cell with an ID number. */
    char range[2 * LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_range(range, ROW_DATA, 0, (lxw_row_t)page->sheet->row_count + ROW_DATA,
                        (lxw_col_t)page->count - 1);
    worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range);
}

/** What the rows are of, and who made the list when, in one line. */
static void add_facts(const struct book *book, struct str *to)
{
    const struct fields *facts = &book->document->facts;
    const char *at = fields_get(facts, "printed_at");
    const char *by = fields_get(facts, "printed_by");

    plan_head(book->plan, book->document, 0, to);
    if (*at != '\0' || *by != '\0')
        str_printf(to, "制表 %s%s%s\n", by, *by != '\0' && *at != '\0' ? " " : "", at);
    for (size_t i = 0; i < to->length; i++)
        if (to->text[i] == '\n')
            to->text[i] = i + 1 < to->length ? ' ' : '\0';
}

/** Title, facts and headings; the headings stay in sight and have filters. */
static enum result write_head(struct page *page, const char *title)
{
    lxw_worksheet *worksheet = page->worksheet;
    lxw_row_t last = (lxw_row_t)page->sheet->row_count + ROW_HEADINGS;
    struct str facts = {0};
    enum result result = write_text(page, ROW_TITLE, 0, title, LOOK_TITLE);

    worksheet_set_row(worksheet, ROW_TITLE, 26, NULL);
    add_facts(page->book, &facts);
    if (result == 0)
        result = write_text(page, ROW_FACTS, 0, str_text(&facts), LOOK_FACTS);
    for (size_t i = 0; i < page->count && result == 0; i++)
        result =
            write_text(page, ROW_HEADINGS, (lxw_col_t)i, page->fields[i].heading, LOOK_HEADING);
    worksheet_freeze_panes(worksheet, ROW_DATA, 0);
    worksheet_autofilter(worksheet, ROW_HEADINGS, 0, last, (lxw_col_t)page->count - 1);
    str_free(&facts);
    return result;
}

/** The lines that a text takes in a column; a wrapped line may stay short of some characters. */
static int count_lines(const char *text, int width)
{
    int lines = 0;

    for (;; text++) {
        char *line = mem_copy_bytes(text, strcspn(text, "\n"));
        int needed = text_width(line);
        lines += needed <= width ? 1 : (needed + width - 3) / (width - 2);
        free(line);
        text += strcspn(text, "\n");
        if (*text == '\0')
            return lines;
    }
}

/** A row in which a text is wrapped is made higher: LibreOffice does not do so by itself, and draws
 *  the lines over the rows beside it. */
static void set_height(struct page *page, size_t row)
{
    int lines = 1;

    for (size_t i = 0; i < page->count; i++) {
        const char *text = plan_cell(&page->fields[i], page->sheet, row, row + 1, &page->cell);
        int needed = count_lines(text, page->widths[i]);
        lines = page->kinds[i] == VALUE_TEXT && needed > lines ? needed : lines;
    }
    if (lines > 1)
        worksheet_set_row(page->worksheet, (lxw_row_t)row + ROW_DATA,
                          lines * LINE_HEIGHT < 400 ? lines * LINE_HEIGHT : 400, NULL);
}

static enum result write_rows(struct page *page)
{
    enum result result = RESULT_OK;

    for (size_t row = 0; row < page->sheet->row_count && result == 0; row++) {
        set_height(page, row);
        for (size_t i = 0; i < page->count && result == 0; i++)
            result = write_cell(page, row, i);
    }
    return result;
}

static enum result add_worksheet(struct book *book, const char *title, lxw_worksheet **ret)
{
    struct str name = {0};

    make_name(title, &name);
    *ret = workbook_validate_sheet_name(book->workbook, str_text(&name)) == LXW_NO_ERROR
               ? workbook_add_worksheet(book->workbook, str_text(&name))
               : workbook_add_worksheet(book->workbook, NULL);
    str_free(&name);
    return *ret != NULL ? RESULT_OK : RESULT_IO;
}

static enum result write_table(struct book *book, const struct document_table *table)
{
    static const struct plan_section all = {0};
    struct page page = {.book = book, .sheet = table->sheet};
    const char *title = title_of(book, table);
    enum result result = RESULT_OK;

    if (table->sheet->row_count > ROWS_MAX)
        return refuse(book, "“%s”有 %zu 行，表格软件一张表最多 %d 行，请分区划导出，或改用 CSV",
                      title, table->sheet->row_count, (int)ROWS_MAX);
    page.count = plan_fields(book->document, &all, table->sheet, page.fields);
    if (page.count == 0)
        return RESULT_OK;
    for (size_t i = 0; i < page.count; i++)
        page.kinds[i] = value_kind_of(page.fields[i].cell);
    result = add_worksheet(book, title, &page.worksheet);
    if (result == 0) {
        set_columns(&page);
        set_print(&page);
        result = write_head(&page, title);
    }
    if (result == 0)
        result = write_rows(&page);
    str_free(&page.cell);
    str_free(&page.escaped);
    return result;
}

// ---- the book

/** Says when it was made as the document does, so that equal documents make equal files. */
static void set_properties(struct book *book)
{
    const struct fields *facts = &book->document->facts;
    struct tm moment = {.tm_year = 100, .tm_mday = 1};
    lxw_doc_properties properties = {.title = book->document->title};
    int64_t seconds;

    if (date_parse_stamp(fields_get(facts, "printed_at"), &seconds) == 0) {
        enum { CHINA = 8 * 3600 };
        time_t local = (time_t)seconds + CHINA;
        (void)gmtime_r(&local, &moment);
    }
    properties.author = (char *)(uintptr_t)fields_get(facts, "printed_by");
    properties.created = timegm(&moment);
    workbook_set_properties(book->workbook, &properties);
}

/** The library writes a part of the book to a temporary file, and does not say if the disk is full
 *  then. */
static enum result check_room(struct book *book)
{
    enum { CELL = 64, COPIES = 2 };
    const struct document *document = book->document;
    const char *folder = getenv("TMPDIR");
    uint64_t need = 0;

    for (size_t i = 0; i < document->table_count; i++) {
        const struct sheet *sheet = document->tables[i].sheet;
        for (size_t row = 0; row < sheet->row_count; row++) {
            const char *first = sheet_cell(sheet, row, 0);
            const char *last = sheet_cell(sheet, row, sheet->column_count - 1);
            need += (uint64_t)(last - first) + strlen(last) + sheet->column_count * CELL;
        }
    }
    if (paths_free_bytes(folder != NULL ? folder : "/tmp") / COPIES >= need)
        return RESULT_OK;
    (void)refuse(book, "%s 空间不够，腾出 %llu 兆后再试", folder != NULL ? folder : "/tmp",
                 (unsigned long long)(need * COPIES >> 20) + 1);
    return RESULT_FULL;
}

static enum result write_tables(struct book *book)
{
    const struct document *document = book->document;
    enum result result = check_room(book);

    if (result == 0) {
        make_looks(book);
        set_properties(book);
    }
    for (size_t i = 0; i < document->table_count && result == 0; i++)
        result = write_table(book, &document->tables[i]);
    return result;
}

/** Writes the book to `path`, a file that is there. */
static enum result write_book(struct book *book, const char *path)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    enum result result;

    book->workbook = workbook_new_opt(path, &options);
    if (book->workbook == NULL)
        return RESULT_IO;
    result = write_tables(book);
    /* Also frees it, so it is called in any case. */
    lxw_error error = workbook_close(book->workbook);
    return result == 0 && error != LXW_NO_ERROR ? RESULT_IO : result;
}

static enum result read_back(int fd, struct str *ret_bytes)
{
    char block[65536];
    ssize_t got;

    for (off_t at = 0; (got = pread(fd, block, sizeof block, at)) != 0;) {
        if (got > 0) {
            str_add_bytes(ret_bytes, block, (size_t)got);
            at += got;
        } else if (errno != EINTR) {
            return RESULT_IO;
        }
    }
    return RESULT_OK;
}

enum result spreadsheet_write(const struct document *document, struct str *ret_bytes,
                              char **ret_message)
{
    struct book book = {.document = document, .plan = plan_find("table")};
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    char *path = mem_printf("/proc/self/fd/%d", fd);
    enum result result = fd >= 0 ? write_book(&book, path) : RESULT_IO;

    if (result == 0)
        result = read_back(fd, ret_bytes);
    if (result != 0)
        *ret_message = book.message != NULL ? book.message : mem_copy(result_words(result));
    else
        free(book.message);
    if (fd >= 0)
        (void)close(fd);
    free(path);
    return result;
}
