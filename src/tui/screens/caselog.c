#include "tui/screens/caselog.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const struct table_column CASELOG_COLUMNS[] = {
    {.id = "at", .least = 16, .most = 16},
    {.id = "officer", .label = "人员", .least = 8, .most = 10},
    {.id = "action", .least = 8, .most = 12},
    {.id = "changes", .least = 20, .most = 0},
};
_Static_assert(sizeof CASELOG_COLUMNS / sizeof CASELOG_COLUMNS[0] == CASELOG_COLUMN_COUNT,
               "as the header says");

enum { DAY = 10, MINUTE = 16 }; /* characters of a moment up to there */

char *caselog_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);
    const char *note = sheet_get(table->sheet, row, "note");
    const char *at = sheet_get(table->sheet, row, "at");

    if (strcmp(id, "day") == 0)
        return mem_copy_bytes(at, strnlen(at, DAY));
    if (strcmp(id, "clock") == 0)
        return strlen(at) > DAY ? mem_printf("%.5s", at + DAY + 1) : mem_copy("");
    if (strcmp(id, "at") == 0)
        return mem_copy_bytes(at, strnlen(at, MINUTE));
    if (strcmp(id, "changes") == 0 && note[0] != '\0')
        return text[0] == '\0' ? mem_copy(note) : mem_printf("%s（%s）", text, note);
    return mem_copy(text);
}

void caselog_load(struct app *app, uint64_t case_id, struct table *table)
{
    Wire__CaseLog ask = WIRE__CASE_LOG__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.case_id = case_id;
    request.what_case = WIRE__REQUEST__WHAT_CASE_LOG;
    request.case_log = &ask;
    if (app_call_sheet(app, &request, &sheet) == 0)
        table_fill(table, &sheet);
}
