/**
 * Names and areas under which figures are kept. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_FIGURES_INDICATOR_RECORD_H
#define DOUDI_SERVICE_FIGURES_INDICATOR_RECORD_H

#include "form/indicators.h"
#include "service/frame/usecase.h"

/** "indicator:medical": its name in the table of figures. New string. */
char *indicator_record_name(const struct form_indicator *indicator);
/** The area of a query; the system without one means that of the home. */
enum result indicator_record_area(struct service *service, const struct caller *caller,
                                  const char *text, char area[AREA_TEXT], struct reply *reply);
/** By id or number; refused with words if there is none. */
enum result indicator_record_find(const struct service *service, const char *name,
                                  const struct form_indicator **ret_indicator, struct reply *reply);

/** Keeps an area's computed values of a closed month (service/figures/indicator_enter.c). */
enum result indicator_keep_area(struct service *service, const struct caller *system,
                                const char *area, month_t month, struct reply *reply);

#endif
