#include "bundle/decode.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/plain.h"
#include "base/str.h"
#include "domain/area.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORIGIN_DIGITS = 9 };

void decode_begin(struct decoder *decoder, const char *area)
{
    char first[AREA_TEXT], last[AREA_TEXT];

    *decoder = (struct decoder){.area = area, .origin = ids_origin(area)};
    area_prefix(area, decoder->prefix);
    snprintf(first, sizeof first, "%s", decoder->prefix);
    snprintf(last, sizeof last, "%s", decoder->prefix);
    for (size_t i = strlen(first); i < ORIGIN_DIGITS; i++) {
        first[i] = '0';
        last[i] = '9';
        first[i + 1] = last[i + 1] = '\0';
    }
    decoder->first = ids_origin(first);
    decoder->last = ids_origin(last);
}

void *decode_keep(struct decoder *decoder, void *memory)
{
    mem_grow((void **)&decoder->kept, decoder->kept_count, &decoder->kept_capacity,
             sizeof *decoder->kept);
    decoder->kept[decoder->kept_count++] = memory;
    return memory;
}

void decode_reset(struct decoder *decoder)
{
    while (decoder->kept_count > 0)
        free(decoder->kept[--decoder->kept_count]);
}

void decode_end(struct decoder *decoder)
{
    decode_reset(decoder);
    free(decoder->kept);
    free(decoder->fault);
    *decoder = (struct decoder){0};
}

// ---- rows

enum result decode_next(struct decode_row *row)
{
    struct decoder *decoder = row->decoder;
    enum result result = rowfile_next(row->file, &row->cells, &decoder->fault);

    row->next = 0;
    if (result != 0)
        decoder->reason = RECEIPT_CONTENT;
    return result;
}

enum result decode_check(const struct decode_row *row)
{
    return row->decoder->fault == NULL ? RESULT_OK : RESULT_INVALID;
}

void decode_refuse(struct decode_row *row, enum receipt_reason reason, const char *format, ...)
{
    struct str words = {0};
    va_list args;

    if (row->decoder->fault != NULL)
        return;
    str_printf(&words, "%s 第 %" PRIu64 " 行：", rowfile_name(row->file),
               rowfile_rows(row->file) + 1);
    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    row->decoder->reason = reason;
    /* A cell may be cut within a character, or have line breaks. */
    row->decoder->fault = plain_copy(str_text(&words), PLAIN_LINE);
    str_free(&words);
}

static void refuse_cell(struct decode_row *row, const char *cell, const char *what)
{
    decode_refuse(row, RECEIPT_CONTENT, "第 %zu 项“%.40s”不是%s", row->next, cell, what);
}

// ---- cells

char *decode_text(struct decode_row *row)
{
    return (char *)(uintptr_t)row->cells[row->next++];
}

char *decode_copy(struct decode_row *row)
{
    const char *cell = decode_text(row);

    return *cell == '\0' ? (char *)protobuf_c_empty_string
                         : decode_keep(row->decoder, mem_copy(cell));
}

/** Fills in the origin; false if the id is none or another home's. */
bool decode_id_of(struct decoder *decoder, const char *text, uint64_t *ret_id)
{
    uint64_t id = 0;

    if (!ids_parse(text, &id))
        return false;
    if (ids_origin_of(id) == 0) {
        decoder->gave_ids = true;
        id = ids_make(decoder->origin, id);
    }
    *ret_id = id;
    return ids_origin_of(id) >= decoder->first && ids_origin_of(id) <= decoder->last;
}

uint64_t decode_id(struct decode_row *row, enum decode_need need)
{
    const char *cell = decode_text(row);
    uint64_t id = 0;

    if (*cell == '\0' && need == DECODE_MAY)
        return 0;
    if (!decode_id_of(row->decoder, cell, &id))
        decode_refuse(row, id != 0 ? RECEIPT_ROWS : RECEIPT_CONTENT,
                      id != 0 ? "编号 %.40s 不是这个单位的" : "编号“%.40s”不对", cell);
    return id;
}

char *decode_area(struct decode_row *row, enum decode_need need)
{
    char *cell = decode_text(row);
    const char *prefix = row->decoder->prefix;

    if (*cell == '\0' && need == DECODE_MAY)
        return cell;
    if (strlen(cell) != AREA_TEXT - 1 || strspn(cell, "0123456789") != AREA_TEXT - 1)
        refuse_cell(row, cell, "区划代码");
    else if (strncmp(cell, prefix, strlen(prefix)) != 0)
        decode_refuse(row, RECEIPT_ROWS, "区划 %s 不在 %s 之内", cell, row->decoder->area);
    return cell;
}

day_t decode_day(struct decode_row *row, enum decode_need need)
{
    const char *cell = decode_text(row);
    day_t day = 0;

    if ((*cell != '\0' || need == DECODE_MUST) && date_parse(cell, &day) != 0)
        refuse_cell(row, cell, "日期");
    return day;
}

month_t decode_month(struct decode_row *row, enum decode_need need)
{
    const char *cell = decode_text(row);
    month_t month = 0;

    if ((*cell != '\0' || need == DECODE_MUST) && month_parse(cell, &month) != 0)
        refuse_cell(row, cell, "月份");
    return month;
}

int64_t decode_stamp(struct decode_row *row)
{
    const char *cell = decode_text(row);
    int64_t seconds = 0;

    if (*cell != '\0' && date_parse_stamp(cell, &seconds) != 0)
        refuse_cell(row, cell, "时间");
    return seconds;
}

uint32_t decode_number(struct decode_row *row)
{
    const char *cell = decode_text(row);
    uint64_t number = 0;

    if (strcmp(cell, "0") != 0 && (!ids_parse(cell, &number) || number > UINT32_MAX))
        refuse_cell(row, cell, "整数");
    return (uint32_t)number;
}

bool decode_flag(struct decode_row *row)
{
    const char *cell = decode_text(row);

    if (strcmp(cell, "0") != 0 && strcmp(cell, "1") != 0)
        refuse_cell(row, cell, " 0 或 1");
    return *cell == '1';
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;

    return at != NULL ? (int)(at - digits) : -1;
}

void decode_hex(struct decode_row *row, ProtobufCBinaryData *ret_bytes)
{
    const char *cell = decode_text(row);
    size_t length = strlen(cell);
    uint8_t *bytes = decode_keep(row->decoder, mem_array(length / 2 + 1, 1));

    for (size_t i = 0; i + 1 < length; i += 2) {
        int high = hex_digit(cell[i]), low = hex_digit(cell[i + 1]);
        if (high < 0 || low < 0) {
            refuse_cell(row, cell, "字节");
            return;
        }
        bytes[i / 2] = (uint8_t)(high << 4 | low);
    }
    if (length % 2 != 0)
        refuse_cell(row, cell, "字节");
    *ret_bytes = (ProtobufCBinaryData){length / 2, bytes};
}

// ---- cells of several values

/** Undoes the escapes up to the next separator; *text then begins behind it. */
static char *take_piece(char **text, char separator, bool *ret_separated)
{
    char *begin = *text, *to = begin, *from = begin;

    for (; *from != '\0' && *from != separator && *from != '|'; from++) {
        if (*from == '\\' && from[1] != '\0')
            from++;
        else {
            *to++ = *from;
            continue;
        }
        *to++ = *from == 'n' ? '\n' : *from;
    }
    *ret_separated = *from == separator;
    *text = *from != '\0' ? from + 1 : from;
    *to = '\0';
    return begin;
}

void decode_pairs(struct decode_row *row, void (*each)(char *name, char *value, void *arg),
                  void *arg)
{
    const char *cell = decode_text(row);

    if (*cell == '\0')
        return;
    char *text = decode_keep(row->decoder, mem_copy(cell));
    while (*text != '\0') {
        bool separated = false, unused;
        char *name = take_piece(&text, '=', &separated);
        if (!separated || *name == '\0') {
            refuse_cell(row, cell, "名字=值");
            return;
        }
        each(name, take_piece(&text, '|', &unused), arg);
    }
}

struct fields {
    struct decoder *decoder;
    size_t count, capacity;
    Rec__Field **items;
};

static void add_field(char *name, char *value, void *arg)
{
    struct fields *fields = arg;
    Rec__Field *field = decode_keep(fields->decoder, mem_new(sizeof *field));

    rec__field__init(field);
    field->name = name;
    field->value = value;
    mem_grow((void **)&fields->items, fields->count, &fields->capacity, sizeof(Rec__Field *));
    fields->items[fields->count++] = field;
}

void decode_fields(struct decode_row *row, size_t *ret_count, Rec__Field ***ret_fields)
{
    struct fields fields = {.decoder = row->decoder};

    decode_pairs(row, add_field, &fields);
    if (fields.items != NULL)
        decode_keep(row->decoder, fields.items);
    *ret_count = fields.count;
    *ret_fields = fields.items;
}

void decode_pieces(struct decode_row *row, bool (*each)(const char *piece, void *arg), void *arg)
{
    const char *cell = decode_text(row);
    char *text = mem_copy(cell);
    char *rest = text;

    for (char *piece; (piece = strsep(&rest, " ")) != NULL && *cell != '\0';)
        if (!each(piece, arg)) {
            refuse_cell(row, cell, "这一列的值");
            break;
        }
    free(text);
}
