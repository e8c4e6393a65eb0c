/**
 * The calendar of working days, from the forms to the rules. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CALENDAR_H
#define DOUDI_SERVICE_MEMORY_CALENDAR_H

#include "domain/workday.h"
#include "form/form.h"

/** The announced days as the rules want them; calendar_free() releases it. */
struct workday_calendar calendar_new(const struct forms *forms);
void calendar_free(struct workday_calendar *calendar);

#endif
