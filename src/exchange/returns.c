#include "exchange/returns.h"

#include "base/heading.h"
#include "base/mem.h"
#include "base/text.h"
#include "exchange/filetable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 8, HEADINGS = 10 };
enum { ACCOUNT = 1, ID_NO = 2, REFERENCE = 6 }; /* of the columns below */

static const struct returns_field {
    const char *id;
    const char *headings[HEADINGS];
} COLUMNS[FIELDS] = {
    {"name",
     {"户名", "姓名", "账户名称", "开户人", "收款人", "收款人姓名", "收款户名", "客户名称"}},
    {"account", {"账号", "帐号", "银行账号", "卡号", "银行卡号", "收款账号", "账户", "收款人账号"}},
    {"id_no", {"身份证号", "身份证", "身份证号码", "证件号码", "证件号"}},
    {"amount", {"金额", "发放金额", "交易金额", "应发金额", "代发金额"}},
    {"result", {"结果", "状态", "发放状态", "交易状态", "处理结果", "发放结果", "处理状态"}},
    {"reason",
     {"失败原因", "退回原因", "错误原因", "退票原因", "失败说明", "原因", "备注", "摘要"}},
    {"reference", {"附言", "客户附言", "参考号", "业务参考号", "摘要", "备注"}},
    {"number", {"序号", "明细序号"}},
};

static const char *const IDS[] = {"line",   "name",   "account",   "id_no", "amount",
                                  "result", "reason", "reference", "number"};

static bool is_field(const char *text, void *arg)
{
    const struct returns_field *field = arg;

    for (size_t i = 0; i < HEADINGS && field->headings[i] != NULL; i++)
        if (strcmp(field->headings[i], text) == 0)
            return true;
    return false;
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < FIELDS; i++)
        if (heading_read(group, heading, is_field, (void *)(uintptr_t)&COLUMNS[i]))
            return true;
    return false;
}

/** The first column with this heading, -1 if there is none. */
static int find_heading(const struct filetable *table, const char *heading)
{
    struct returns_field only = {.headings = {heading}};

    for (size_t c = 0; c < filetable_column_count(table); c++) {
        const struct filetable_column *column = filetable_column(table, c);
        if (heading_read(column->group, column->heading, is_field, &only))
            return (int)c;
    }
    return -1;
}

/** The column of each field, -1 if there is none. An earlier heading of the field comes first: 备注 may
 *  be anything where there is 失败原因. */
static void find_columns(const struct filetable *table, int columns[FIELDS])
{
    for (size_t i = 0; i < FIELDS; i++) {
        columns[i] = -1;
        for (size_t k = 0; k < HEADINGS && COLUMNS[i].headings[k] != NULL && columns[i] < 0; k++)
            columns[i] = find_heading(table, COLUMNS[i].headings[k]);
    }
}

static void add_row(struct sheet *rows, const struct filetable_row *from, const int columns[FIELDS])
{
    size_t row = sheet_add_row(rows);

    sheet_set_number(rows, row, "line", from->number);
    for (size_t i = 0; i < FIELDS; i++) {
        if (columns[i] < 0 || (size_t)columns[i] >= from->count)
            continue;
        char *cell = text_clean_cell(from->cells[columns[i]]);
        sheet_set(rows, row, COLUMNS[i].id, cell);
        free(cell);
    }
}

static enum result read_rows(struct filetable *table, const int columns[FIELDS], struct sheet *rows,
                             char **ret_message)
{
    for (size_t i = 0; i < filetable_row_count(table); i++) {
        struct filetable_row from = filetable_row(table, i);
        if (from.fault != NULL) {
            *ret_message = mem_printf("第 %u 行：%s", from.number, from.fault);
            return RESULT_INVALID;
        }
        add_row(rows, &from, columns);
    }
    return RESULT_OK;
}

enum result returns_read(const char *path, struct sheet **ret_rows, char **ret_message)
{
    struct filetable_options options = {.encoding = CSV_AUTO, .sheet = "", .known = is_known};
    struct filetable *table = NULL;
    struct sheet *rows = NULL;
    int columns[FIELDS];
    enum result result = filetable_read(path, &options, &table, ret_message);

    if (result != 0)
        return result;
    find_columns(table, columns);
    if (columns[ACCOUNT] < 0 && columns[ID_NO] < 0 && columns[REFERENCE] < 0) {
        *ret_message = mem_copy("表里没有账号这一列，也没有身份证号和附言，认不出是哪一笔。");
        result = RESULT_INVALID;
    }
    if (result == 0) {
        rows = sheet_new_ids(IDS, sizeof IDS / sizeof IDS[0]);
        result = read_rows(table, columns, rows, ret_message);
    }
    filetable_free(&table);
    if (result == 0)
        *ret_rows = rows;
    else
        sheet_free(&rows);
    return result;
}
