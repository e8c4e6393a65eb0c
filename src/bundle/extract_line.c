#include "bundle/extract_line.h"

#include "base/ids.h"
#include "base/month.h"
#include "bundle/pairs.h"
#include "service/memory/state.h"

#include <assert.h>
#include <string.h>

static void begin_cell(struct extract_line *line)
{
    assert(line->count < EXTRACT_COLUMNS);
    line->offset[line->count++] = line->text.length;
}

static void end_cell(struct extract_line *line)
{
    str_add_bytes(&line->text, "", 1);
}

void extract_text(struct extract_line *line, const char *text)
{
    begin_cell(line);
    str_add_bytes(&line->text, text, strlen(text) + 1);
}

void extract_number(struct extract_line *line, int64_t number)
{
    char text[IDS_TEXT + 1];
    char *place = (char *)ids_format(number < 0 ? -(uint64_t)number : (uint64_t)number, text + 1);

    if (number < 0)
        *--place = '-';
    extract_text(line, place);
}

void extract_id(struct extract_line *line, uint64_t id)
{
    char text[IDS_TEXT];

    extract_text(line, ids_format(id, text));
}

void extract_reference(struct extract_line *line, uint64_t id)
{
    if (id != 0)
        extract_id(line, id);
    else
        extract_text(line, "");
}

void extract_flag(struct extract_line *line, bool flag)
{
    extract_text(line, flag ? "1" : "0");
}

void extract_day(struct extract_line *line, day_t day)
{
    char text[DATE_TEXT];

    extract_text(line, date_format(day, text));
}

void extract_month(struct extract_line *line, month_t month)
{
    char text[MONTH_TEXT];

    extract_text(line, month_format(month, text));
}

void extract_stamp(struct extract_line *line, int64_t seconds)
{
    char text[STAMP_TEXT];

    extract_text(line, date_format_stamp(seconds, text));
}

void extract_hex(struct extract_line *line, ProtobufCBinaryData bytes)
{
    static const char digits[] = "0123456789abcdef";

    begin_cell(line);
    for (size_t i = 0; i < bytes.len; i++) {
        str_add_char(&line->text, digits[bytes.data[i] >> 4]);
        str_add_char(&line->text, digits[bytes.data[i] & 15]);
    }
    end_cell(line);
}

void extract_pairs_begin(struct extract_line *line)
{
    begin_cell(line);
}

static void begin_pair(struct extract_line *line, const char *name)
{
    if (line->text.length > line->offset[line->count - 1])
        str_add_char(&line->text, '|');
    pairs_add_escaped(&line->text, name);
    str_add_char(&line->text, '=');
}

void extract_pair(struct extract_line *line, const char *name, const char *value)
{
    begin_pair(line, name);
    pairs_add_escaped(&line->text, value);
}

void extract_change(struct extract_line *line, const char *name, const char *old, const char *new)
{
    begin_pair(line, name);
    pairs_add_arrows_escaped(&line->text, old);
    str_add(&line->text, PAIRS_ARROW);
    pairs_add_arrows_escaped(&line->text, new);
}

void extract_pairs_end(struct extract_line *line)
{
    end_cell(line);
}

void extract_fields(struct extract_line *line, size_t count, Rec__Field *const *fields)
{
    extract_pairs_begin(line);
    for (size_t i = 0; i < count; i++)
        extract_pair(line, fields[i]->name, fields[i]->value);
    extract_pairs_end(line);
}

enum result extract_send(struct extract_line *line)
{
    const char *cells[EXTRACT_COLUMNS];

    assert(line->count == line->columns);

    for (size_t i = 0; i < line->count; i++)
        cells[i] = line->text.text + line->offset[i];
    enum result result = line->row(cells, line->arg);
    str_clear(&line->text);
    line->count = 0;
    return result;
}

void extract_line_free(struct extract_line *line)
{
    str_free(&line->text);
}

static enum result run_scan(struct txn *txn, void *arg)
{
    struct extract *extract = arg;

    return extract->file->scan(txn, extract);
}

enum result extract_scan_rows(struct service *service, const struct extract_file *file,
                              extract_row_fn row, void *arg)
{
    struct extract extract = {
        .service = service,
        .file = file,
        .line = {.row = row, .arg = arg, .columns = file->column_count},
    };
    enum result result = store_run(facts_store(service), STORE_READ, run_scan, &extract);

    extract_line_free(&extract.line);
    return result;
}
