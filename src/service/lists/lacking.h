/**
 * Divisions whose data a home lacks: those below it that have not reported, and what its senders said
 * they lack themselves. So a city can name the streets that its counties have not got.
 *
 * Private to src/service and src/bundle. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_LACKING_H
#define DOUDI_SERVICE_LISTS_LACKING_H

#include "base/str.h"
#include "domain/area.h"
#include "service/frame/usecase.h"

/** One of them. */
struct lacking_one {
    char area[AREA_TEXT]; /**< 12 digits */
    day_t date;           /**< of its last data, 0 = nothing ever came */
};

/** `{0}` is empty; free `items`. */
struct lacking {
    size_t count, capacity;
    struct lacking_one *items;
};

/** What this home lacks today, by sender. Nothing in a home that takes in no bundles. */
enum result lacking_list(struct service *service, struct lacking *ret_lacking, struct reply *reply);

struct sender;
/** Adds what the sender said it lacks: "盘山县缺沙岭街道（数据到 11-20）、胡家镇（从未报）". */
void lacking_say(const struct service *service, const struct sender *sender, struct str *words);

#endif
