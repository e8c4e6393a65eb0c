/**
 * Plans, private: what the tables of plans share. plan_list.c has most of them, plan_money.c those of
 * amounts and payments.
 *
 * Constant tables; threads: any.
 */
#ifndef DOUDI_REPORT_PLAN_PRIVATE_H
#define DOUDI_REPORT_PLAN_PRIVATE_H

#include "report/plan.h"

#define COLUMNS(table) .columns = (table), .column_count = sizeof(table) / sizeof((table)[0])
#define VILLAGES .group = "area", .group_name = "area_name"

/** The nth plan of amounts and payments, NULL behind the last. */
const struct plan *plan_money_at(size_t index);

#endif
