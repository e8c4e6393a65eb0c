#include "report/plan_beside.h"

#include <string.h>

const struct plan_section *plan_beside(const struct plan *plan, const struct document *document)
{
    for (size_t i = 0; i < PLAN_SECTIONS && plan->sections[i].table != NULL; i++) {
        const struct sheet *sheet = document_table(document, plan->sections[i].table);
        if (plan->sections[i].beside && sheet != NULL && sheet->row_count > 0)
            return &plan->sections[i];
    }
    return NULL;
}

size_t plan_beside_rows(const struct plan_section *section, const struct sheet *sheet,
                        const char *group, size_t *ret_first)
{
    size_t first = 0;

    while (first < sheet->row_count && strcmp(sheet_get(sheet, first, section->group), group) != 0)
        first++;
    *ret_first = first;
    return first == sheet->row_count ? 0 : plan_sheet_end(section, sheet, first) - first;
}

size_t plan_beside_left(const struct plan *plan, const struct document *document, size_t row)
{
    const struct plan_section *section = plan_main(plan), *beside = plan_beside(plan, document);
    const struct sheet *sheet = beside == NULL ? NULL : document_table(document, beside->table);
    const struct sheet *rows = document_table(document, section->table);
    size_t unused;

    while (sheet != NULL && row < sheet->row_count &&
           plan_beside_rows(section, rows, sheet_get(sheet, row, beside->group), &unused) > 0)
        row = plan_sheet_end(beside, sheet, row);
    return sheet == NULL ? 0 : row;
}
