#include "report/document.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "report/plan.h"

#include <assert.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS = 256, DEPTH = 4, STREET_DIGITS = 9 };

struct document *document_new(const char *layout, const char *title)
{
    struct document *document = mem_new(sizeof *document);

    document->layout = mem_copy(layout);
    document->title = mem_copy(title);
    return document;
}

/** What is signed is the sum of the rows that are printed, of those in `state` if it is not NULL. */
static const struct sum {
    const char *layout, *column, *state, *fact;
} SUMS[] = {
    {"overpaid", "overpaid", NULL, "overpaid_sum"},
    {"raises", "difference", "下次补发", "raise_sum"},
};

/** None if there is no such row; words if one of them is no amount. */
static void add_sum(struct document *document, const struct sheet *sheet, const struct sum *sum)
{
    int64_t total = 0, fen = 0;
    size_t rows = 0;
    bool known = true;

    for (size_t row = 0; row < sheet->row_count && known; row++) {
        if (sum->state != NULL && strcmp(sheet_get(sheet, row, "state"), sum->state) != 0)
            continue;
        known = text_to_fen(sheet_get(sheet, row, sum->column), &fen) == 0;
        total += fen;
        rows++;
    }
    char *yuan = known ? text_from_fen(total) : mem_copy("（有金额读不出）");
    fields_set(&document->facts, sum->fact, rows == 0 ? "" : yuan);
    free(yuan);
}

void document_add_table(struct document *document, const char *name, struct sheet **sheet)
{
    struct document_table *table = &document->tables[document->table_count];
    const struct plan_section *sections = plan_find(document->layout)->sections;

    for (size_t i = 0; i < PLAN_SECTIONS && sections[i].table != NULL; i++)
        if (strcmp(name, sections[i].table) == 0)
            plan_arrange(&sections[i], *sheet);
    assert(document->table_count < DOCUMENT_TABLES);
    for (size_t i = 0; i < sizeof SUMS / sizeof SUMS[0]; i++)
        if (strcmp(document->layout, SUMS[i].layout) == 0)
            add_sum(document, *sheet, &SUMS[i]);
    document->table_count++;
    table->name = mem_copy(name);
    table->sheet = *sheet;
    *sheet = NULL;
}

void document_set_table(struct document *document, const char *name, struct sheet **sheet)
{
    for (size_t i = 0; i < document->table_count; i++)
        if (*sheet != NULL && strcmp(document->tables[i].name, name) == 0) {
            sheet_free(&document->tables[i].sheet);
            document->tables[i].sheet = *sheet;
            *sheet = NULL;
        }
    assert(*sheet == NULL);
}

/** The line of the street's fact, NULL if there is none. */
static const char *street_line(const char *streets, const char *area)
{
    const char *line = streets;

    if (strlen(area) <= STREET_DIGITS)
        return NULL;
    while (strncmp(line, area, STREET_DIGITS) != 0) {
        line += strcspn(line, "\n");
        if (*line == '\0')
            return NULL;
        line++;
    }
    return line;
}

void document_name_streets(struct document *document, document_street_fn *name, void *arg)
{
    struct str streets = {0};

    for (size_t i = 0; i < document->table_count; i++) {
        const struct sheet *sheet = document->tables[i].sheet;
        for (size_t row = 0; row < sheet->row_count; row++) {
            const char *area = sheet_get(sheet, row, "area");
            if (strlen(area) <= STREET_DIGITS || street_line(str_text(&streets), area) != NULL)
                continue;
            char *street = mem_printf("%.*s000", STREET_DIGITS, area);
            str_printf(&streets, "%s %s\n", street, name(street, arg));
            free(street);
        }
    }
    fields_set(&document->facts, "streets", str_text(&streets));
    str_free(&streets);
}

char *document_street(const struct document *document, const char *area)
{
    const char *line = street_line(fields_get(&document->facts, "streets"), area);
    const char *name = line == NULL ? NULL : strchr(line, ' ');

    return name == NULL ? mem_copy("") : mem_copy_bytes(name + 1, strcspn(name + 1, "\n"));
}

const struct sheet *document_table(const struct document *document, const char *name)
{
    for (size_t i = 0; i < document->table_count; i++)
        if (strcmp(document->tables[i].name, name) == 0)
            return document->tables[i].sheet;
    return NULL;
}

/** The row of that version, of the latest for ""; -1 where it is not told apart. */
static long roster_row(const struct sheet *rosters, const char *version)
{
    long found = -1;
    long latest = 0;

    for (size_t row = 0; row < rosters->row_count; row++) {
        const char *text = sheet_get(rosters, row, "version");
        long number = strtol(text, NULL, 10);
        if (strcmp(sheet_get(rosters, row, "area"), sheet_get(rosters, 0, "area")) != 0)
            return -1;
        if (version[0] == '\0' ? number > latest : strcmp(text, version) == 0) {
            found = (long)row;
            latest = number;
        }
    }
    return found;
}

void document_add_roster(struct document *document, const struct sheet *rosters,
                         const char *version)
{
    static const char *const names[] = {"kind_name", "version",  "state",   "payable", "total",
                                        "unpaid",    "returned", "doubted", "maker",   "checker"};
    long row = roster_row(rosters, version);

    for (size_t i = 0; row >= 0 && i < sizeof names / sizeof names[0]; i++)
        fields_set(&document->facts, names[i], sheet_get(rosters, (size_t)row, names[i]));
}

void document_add_year(struct document *document, struct sheet **trend, const char *month)
{
    enum { YEAR = 12 };
    size_t *rows = mem_array((*trend)->row_count + 1, sizeof *rows);
    size_t count = 0;

    for (size_t row = 0; row < (*trend)->row_count; row++)
        if (strcmp(sheet_get(*trend, row, "month"), month) <= 0)
            rows[count++] = row;
    size_t skip = count > YEAR ? count - YEAR : 0;
    sheet_pick(*trend, rows + skip, count - skip);
    document_add_table(document, "trend", trend);
    free(rows);
}

void document_free(struct document **document)
{
    if (*document == NULL)
        return;
    for (size_t i = 0; i < (*document)->table_count; i++) {
        free((*document)->tables[i].name);
        sheet_free(&(*document)->tables[i].sheet);
    }
    fields_free(&(*document)->facts);
    free((*document)->title);
    free((*document)->layout);
    free(*document);
    *document = NULL;
}

// ---- writing

/** Writes the value as a line and frees it. */
static void write_line(FILE *out, json_object *value)
{
    (void)fputs(json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN |
                                                          JSON_C_TO_STRING_NOSLASHESCAPE),
                out);
    (void)putc('\n', out);
    json_object_put(value);
}

static void write_head(const struct document *document, FILE *out)
{
    json_object *head = json_object_new_object();
    json_object *facts = json_object_new_object();

    json_object_object_add(head, "format", json_object_new_int(DOCUMENT_FORMAT));
    json_object_object_add(head, "layout", json_object_new_string(document->layout));
    json_object_object_add(head, "title", json_object_new_string(document->title));
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct field *fact = &document->facts.items[i];
        json_object_object_add(facts, fact->name, json_object_new_string(fact->value));
    }
    json_object_object_add(head, "facts", facts);
    write_line(out, head);
}

static void write_table(const struct document_table *table, FILE *out)
{
    const struct sheet *sheet = table->sheet;
    json_object *line = json_object_new_object();
    json_object *columns = json_object_new_array();

    json_object_object_add(line, "table", json_object_new_string(table->name));
    for (size_t i = 0; i < sheet->column_count; i++)
        (void)json_object_array_add(columns, json_object_new_string(sheet->columns[i]));
    json_object_object_add(line, "columns", columns);
    write_line(out, line);
    for (size_t row = 0; row < sheet->row_count; row++) {
        json_object *cells = json_object_new_array();
        for (size_t i = 0; i < sheet->column_count; i++)
            (void)json_object_array_add(cells, json_object_new_string(sheet_cell(sheet, row, i)));
        write_line(out, cells);
    }
}

enum result document_write(const struct document *document, FILE *out)
{
    write_head(document, out);
    for (size_t i = 0; i < document->table_count; i++)
        write_table(&document->tables[i], out);
    return fflush(out) != 0 || ferror(out) != 0 ? result_of_write(errno, RESULT_IO) : RESULT_OK;
}

// ---- reading

/** A document while it is read. */
struct reading {
    struct document *document;
    char **ret_message;
    size_t line;
};

static __attribute__((format(printf, 2, 3))) enum result refuse(struct reading *reading,
                                                                const char *format, ...)
{
    struct str text = {0};
    va_list args;

    str_printf(&text, "要打印的内容第 %zu 行", reading->line);
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    *reading->ret_message = str_take(&text);
    return RESULT_INVALID;
}

/** A text without control characters other than a line break; NULL otherwise. */
static const char *text_of(json_object *value)
{
    if (!json_object_is_type(value, json_type_string))
        return NULL;
    const char *text = json_object_get_string(value);
    size_t length = (size_t)json_object_get_string_len(value);

    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] < ' ' && text[i] != '\n') || text[i] == 0x7f)
            return NULL;
    return text;
}

static const char *text_at(json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex(object, key, &value) ? text_of(value) : NULL;
}

static enum result take_head(struct reading *reading, json_object *head)
{
    const char *layout = text_at(head, "layout"), *title = text_at(head, "title");
    json_object *format = NULL, *facts = NULL;

    if (!json_object_object_get_ex(head, "format", &format) ||
        json_object_get_int(format) != DOCUMENT_FORMAT)
        return refuse(reading, "的格式不认识，请安装同一版本的 doudi 和 doudi-report");
    if (layout == NULL || title == NULL || !json_object_object_get_ex(head, "facts", &facts) ||
        !json_object_is_type(facts, json_type_object) || json_object_object_length(facts) > FACTS)
        return refuse(reading, "缺少版式、标题或说明");
    reading->document = document_new(layout, title);
    json_object_object_foreach(facts, name, value)
    {
        if (text_of(value) == NULL)
            return refuse(reading, "的说明“%s”不是文字", name);
        fields_set(&reading->document->facts, name, text_of(value));
    }
    return RESULT_OK;
}

static enum result take_table(struct reading *reading, json_object *line)
{
    struct document *document = reading->document;
    const char *name = text_at(line, "table");
    const char *ids[DOCUMENT_COLUMNS];
    json_object *columns = NULL;

    if (name == NULL || document_table(document, name) != NULL ||
        document->table_count == DOCUMENT_TABLES ||
        !json_object_object_get_ex(line, "columns", &columns) ||
        !json_object_is_type(columns, json_type_array))
        return refuse(reading, "不是一张新表的开头");
    size_t count = json_object_array_length(columns);
    if (count == 0 || count > DOCUMENT_COLUMNS)
        return refuse(reading, "的列数是 %zu，应在 1 到 %d 之间", count, DOCUMENT_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        ids[i] = text_of(json_object_array_get_idx(columns, i));
        if (ids[i] == NULL)
            return refuse(reading, "的第 %zu 列没有名称", i + 1);
    }
    struct sheet *sheet = sheet_new_ids(ids, count);
    document_add_table(document, name, &sheet);
    return RESULT_OK;
}

static enum result take_row(struct reading *reading, json_object *line)
{
    struct document *document = reading->document;
    const char *cells[DOCUMENT_COLUMNS];

    if (document->table_count == 0)
        return refuse(reading, "在表的开头之前");
    struct sheet *sheet = document->tables[document->table_count - 1].sheet;
    if (json_object_array_length(line) != sheet->column_count || sheet->row_count >= DOCUMENT_ROWS)
        return refuse(reading, "的格数不对，或行数太多");
    for (size_t i = 0; i < sheet->column_count; i++) {
        cells[i] = text_of(json_object_array_get_idx(line, i));
        if (cells[i] == NULL)
            return refuse(reading, "的第 %zu 格不是文字", i + 1);
    }
    (void)sheet_add_cells(sheet, cells);
    return RESULT_OK;
}

static enum result take_line(struct reading *reading, const char *text, size_t length)
{
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
    json_object *line = NULL;
    enum result result;

    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    line = json_tokener_parse_ex(tokener, text, (int)length);
    if (json_tokener_get_error(tokener) != json_tokener_success ||
        json_tokener_get_parse_end(tokener) != length)
        result = refuse(reading, "不是一行 JSON");
    else if (reading->document == NULL)
        result = take_head(reading, line);
    else if (json_object_is_type(line, json_type_array))
        result = take_row(reading, line);
    else
        result = take_table(reading, line);
    json_object_put(line);
    json_tokener_free(tokener);
    return result;
}

enum result document_read(FILE *in, struct document **ret_document, char **ret_message)
{
    struct reading reading = {.ret_message = ret_message};
    char *text = NULL;
    size_t capacity = 0;
    ssize_t length;
    enum result result = RESULT_OK;

    while (result == 0 && (length = getline(&text, &capacity, in)) > 0) {
        reading.line++;
        result = length > DOCUMENT_LINE     ? refuse(&reading, "太长")
                 : text[length - 1] != '\n' ? refuse(&reading, "没有写完")
                                            : take_line(&reading, text, (size_t)length - 1);
    }
    if (result == 0 && (ferror(in) != 0 || reading.document == NULL)) {
        reading.line++;
        result = refuse(&reading, "读不到");
    }
    free(text);
    if (result != 0)
        document_free(&reading.document);
    else
        *ret_document = reading.document;
    return result;
}
