#include "tui/screens/casecells.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/figures.h"
#include "tui/screens/case.h"
#include "tui/screens/review.h"

#include <string.h>

const struct table_column CASECELLS_OTHER_COLUMNS[] = {
    {.id = "kind_name", .least = 8, .most = 10},
    {.id = "state", .label = "状态", .least = 6, .most = 6},
    {.id = "case_no", .least = 20, .most = 20},
    {.id = "since", .least = 10, .most = 10, .rank = 1},
    {.id = "closed_on", .least = 10, .most = 10, .rank = 2},
    {.id = "area_name", .least = 8, .most = 0, .rank = 3},
};

char *casecells_other_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "state") == 0 ? case_state_words(text) : text);
}

char *casecells_duty_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;
    const char *text = sheet_get(sheet, row, id);
    bool review = strcmp(sheet_get(sheet, row, "type"), DUTY_TYPE_REVIEW) == 0;

    if (strcmp(id, "done_need") == 0) {
        return review ? mem_copy("")
                      : mem_printf("%s/%s", sheet_get(sheet, row, "done"),
                                   sheet_get(sheet, row, "need"));
    }
    if (strcmp(id, "words") == 0 && review)
        return mem_copy(review_words(text));
    return mem_copy(strcmp(id, "reason") == 0 ? figures_reason(text) : text);
}
