/**
 * 城市低保对象综合统计表（表1）of a month: which columns the ledger knows, which were entered, and
 * whether its relations hold (domain/dibaoform.h). Threads: any.
 */
#ifndef DOUDI_SERVICE_FIGURES_DIBAO_FORM_H
#define DOUDI_SERVICE_FIGURES_DIBAO_FORM_H

#include "base/sheet.h"
#include "service/service.h"

/** COLUMNS_DIBAO_FORM: a row for each of the 17 columns. */
enum result dibao_form_show(struct service *service, const struct caller *caller, const char *month,
                            const char *area, struct sheet **ret_sheet, struct reply *reply);

#endif
