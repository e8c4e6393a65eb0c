/**
 * Plans, private: what the tables of plans share. plan_list.c has most of them, plan_money.c those of
 * amounts and payments, plan_checks.c those of spot checks and other homes' bundles.
 *
 * Constant tables; threads: any.
 */
#ifndef DOUDI_REPORT_PLAN_PRIVATE_H
#define DOUDI_REPORT_PLAN_PRIVATE_H

#include "report/plan.h"

#define COLUMNS(table) .columns = (table), .column_count = sizeof(table) / sizeof((table)[0])
#define VILLAGES .group = "area", .group_name = "area_name"

/** The nth plan of amounts and payments, then those of plan_checks_at(); NULL behind the last. */
const struct plan *plan_money_at(size_t index);
/** The nth plan of spot checks and other homes' bundles, NULL behind the last. */
const struct plan *plan_checks_at(size_t index);

#endif
