#include "tui/screens/paperrow.h"

#include "base/mem.h"
#include "base/pinyin.h"
#include "base/sheetcode.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void paperrow_take(struct batch_row *row, const struct sheet *sheet, size_t from)
{
    const char *state = sheet_get(sheet, from, "state");

    row->number = (uint32_t)strtoul(sheet_get(sheet, from, "number"), NULL, 10);
    mem_replace(&row->row_code, sheet_get(sheet, from, "row_code"));
    mem_replace(&row->remark, sheet_get(sheet, from, "remark"));
    row->gone = strcmp(state, "gone") == 0;
    if (strcmp(state, "filed") != 0)
        return;
    if (!row->filed) /* by another officer: what is typed here is not it */
        for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
            mem_replace(&row->cells[cell], "");
    row->filed = true;
    mem_replace(&row->outcome, sheet_get(sheet, from, "filed"));
}

size_t paperrow_entered(const struct batch_rows *rows)
{
    size_t count = batchrows_dated(rows);

    for (size_t i = 0; i < rows->count; i++)
        count += rows->items[i].filed ? 1 : 0;
    return count;
}

// ---- which row is meant

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool is_called(const char *name, const char *typed)
{
    struct pinyin_keys keys = pinyin_initials(name);
    bool called = begins(name, typed);

    for (size_t i = 0; i < keys.count && !called; i++)
        called = begins(keys.keys[i], typed);
    pinyin_keys_free(&keys);
    return called;
}

/** Adds "3 王桂兰、17 王国立". */
static void add_name(struct str *names, const struct batch_row *row)
{
    str_printf(names, "%s%u %s", names->length > 0 ? "、" : "", row->number, row->name);
}

/** The only row whose person is called so; warns and answers -1 if there is none or more. */
static long find_called(struct batch_screen *batch, char *typed)
{
    struct str names = {0};
    size_t count = 0;
    long found = -1;

    for (char *at = typed; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    for (size_t i = 0; i < batch->rows.count; i++) {
        const struct batch_row *row = &batch->rows.items[i];
        if (!is_called(row->name, typed))
            continue;
        found = (long)i;
        count++;
        add_name(&names, row);
    }
    if (count == 0)
        app_warn(batch->screen.app, "这张表没有 %s：请打序号、行码或姓名首字母", typed);
    else if (count > 1)
        app_warn(batch->screen.app, "%s 有 %zu 人，请打序号：%s", typed, count, str_text(&names));
    str_free(&names);
    return count == 1 ? found : -1;
}

static long find_number(struct batch_screen *batch, const char *typed)
{
    uint32_t number = 0;
    enum sheetcode_fault fault = sheetcode_row_parse(batch->rows.code, typed, &number);

    if (fault != SHEETCODE_FINE) {
        app_warn(batch->screen.app, "%s：%s", typed, sheetcode_words(fault));
        return -1;
    }
    for (size_t i = 0; i < batch->rows.count; i++)
        if (batch->rows.items[i].number == number)
            return (long)i;
    app_warn(batch->screen.app, "这张表没有第 %u 行，可打 1 到 %zu", number, batch->rows.count);
    return -1;
}

/** Digits with a letter behind them. */
static bool is_row_code(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits > 0 && isalpha((unsigned char)text[digits]) && text[digits + 1] == '\0';
}

static bool is_name(const char *text)
{
    return isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80;
}

enum batch_jump paperrow_jump(struct batch_screen *batch, char **text)
{
    char *typed = text_trim(*text);
    size_t length = strcspn(typed, " +*");
    char *day = text_trim(typed[length] != '\0' ? typed + length + 1 : "");
    bool alone = typed[length] == '\0';
    enum batch_jump jump = BATCH_JUMP_NONE;

    typed[length] = '\0';
    if (*typed != '\0' && (!alone || is_row_code(typed) || is_name(typed))) {
        long row = is_name(typed) ? find_called(batch, typed) : find_number(batch, typed);
        jump = row < 0 ? BATCH_JUMP_FAILED : *day != '\0' ? BATCH_JUMP_DAY : BATCH_JUMP_ROW;
        if (row >= 0) {
            list_select(&batch->list, (size_t)row);
            mem_replace(text, day);
        }
    }
    free(day);
    free(typed);
    return jump;
}
