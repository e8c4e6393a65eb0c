/**
 * Answers about working days, from the calendar of the programme files. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_WORKDAY_H
#define DOUDI_SERVICE_LISTS_WORKDAY_H

#include "service/service.h"

struct workday_query {
    const char *date; /**< as typed */
    int count;        /**< the so many-th working day after (negative: before); 0 = is it one? */
};

/** The answer is the reply's message: a date, or "2026-10-01 休息（国庆节）". RESULT_NOTFOUND with
 *  words when the calendar lacks a year of the way. */
enum result workday_answer(struct service *service, const struct caller *caller,
                           const struct workday_query *query, struct reply *reply);

#endif
