#include "tui/screens/casebenefit.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const struct table_column CASEBENEFIT_COLUMNS[] = {
    {.id = "label", .label = "项目", .least = 16, .most = 30},
    {.id = "value", .label = "数额", .least = 9, .most = 12, .right = true},
    {.id = "how", .label = "算法和说明", .least = 30, .most = 0},
};
_Static_assert(sizeof CASEBENEFIT_COLUMNS / sizeof CASEBENEFIT_COLUMNS[0] ==
                   CASEBENEFIT_COLUMN_COUNT,
               "as the header says");

bool casebenefit_shown(const struct app *app, const struct form *form)
{
    return form != NULL && form->benefit != NULL && app_may(app, "benefit");
}

/** The sum says of which month it is, and that nothing is paid or that it is not known. */
static void word_sum(struct sheet *sheet)
{
    size_t last = sheet->row_count - 1;
    char *label = mem_printf("%s 合计", sheet_get(sheet, last, "month"));

    sheet_set(sheet, last, "label", label);
    if (*sheet_get(sheet, last, "value") == '\0')
        sheet_set(sheet, last, "value",
                  strcmp(sheet_get(sheet, last, "is_paid"), "否") == 0 ? "不发" : "未知");
    free(label);
}

void casebenefit_fill(struct table *table, struct sheet **sheet)
{
    if ((*sheet)->row_count > 0)
        word_sum(*sheet);
    table_fill(table, sheet);
}

void casebenefit_load(struct app *app, const char *case_no, struct table *table)
{
    Wire__Benefit ask = WIRE__BENEFIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.number = (char *)(uintptr_t)case_no;
    ask.explain = true;
    request.what_case = WIRE__REQUEST__WHAT_BENEFIT;
    request.benefit = &ask;
    if (app_call_sheet(app, &request, &sheet) == 0)
        casebenefit_fill(table, &sheet);
}
