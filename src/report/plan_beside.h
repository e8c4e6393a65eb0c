/**
 * A section that stands beside the main one: its rows of a village stand below that village's own on
 * the same sheet, and villages that the main section does not have get sheets of their own.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_REPORT_PLAN_BESIDE_H
#define DOUDI_REPORT_PLAN_BESIDE_H

#include "report/plan.h"

/** The section of a plan that stands beside the main one, NULL if none or it has no rows. */
const struct plan_section *plan_beside(const struct plan *plan, const struct document *document);
/** How many of its rows belong to the group, from *ret_first on. */
size_t plan_beside_rows(const struct plan_section *section, const struct sheet *sheet,
                        const char *group, size_t *ret_first);
/** The first row from `row` on whose group the main section does not have; row_count if none. */
size_t plan_beside_left(const struct plan *plan, const struct document *document, size_t row);

#endif
