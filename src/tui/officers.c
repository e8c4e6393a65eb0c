#include "tui/officers.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

char *officers_id(const char *line)
{
    return mem_copy_bytes(line, strcspn(line, " "));
}

char *officers_name(const char *line)
{
    line += strcspn(line, " ");
    line += strspn(line, " ");
    return mem_copy_bytes(line, strcspn(line, " "));
}

void officers_choose(struct app *app, ask_answer answer, void *arg)
{
    Wire__OfficerList ask = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct ask_choice choice = {.title = "探访人"};
    struct sheet *sheet = NULL;
    char **labels;

    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &ask;
    if (app_call_sheet(app, &request, &sheet) != 0)
        return;
    labels = mem_array(sheet->row_count + 1, sizeof(labels[0]));
    for (size_t row = 0; row < sheet->row_count; row++) {
        labels[row] = mem_printf("%s %s  %s", sheet_get(sheet, row, "id"),
                                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "area_name"));
    }
    choice.labels = (const char *const *)labels;
    choice.count = sheet->row_count;
    ask_choice(app, &choice, answer, arg);
    for (size_t row = 0; row < sheet->row_count; row++)
        free(labels[row]);
    free(labels);
    sheet_free(&sheet);
}
