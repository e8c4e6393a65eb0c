/**
 * Events gathered for reading: which events, and in which words.
 *
 * Private to src/service (audit.c asks for events, case_log.c for those of one case, audit_sheet.c
 * puts them into words). Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_AUDIT_PRIVATE_H
#define DOUDI_SERVICE_LISTS_AUDIT_PRIVATE_H

#include "service/frame/usecase.h"
#include "service/lists/audit.h"

enum { EVENTS_DEFAULT = 200, EVENTS_MOST = 100000 };

/** The newest events that match. */
struct audit {
    const struct audit_query *query; /**< NULL = keep all events */
    day_t since;
    size_t limit, count, capacity;
    Rec__Event **events;
    const struct form *form; /**< the changes name its fields; NULL = look in all forms */
    bool names;              /**< officers by name instead of 工号 */
    struct sheet *sheet;
};

/** Callback of the store's scans: keeps the event if the query wants it; `arg` is the audit. */
enum result audit_add(const Rec__Event *event, void *arg);
/** Sorts, newest first, and keeps the newest `limit`. */
void audit_trim(struct audit *audit);
/** Writes audit->sheet (COLUMNS_EVENTS), newest first. */
void audit_write(struct audit *audit, struct usecase *usecase);
/** An event's record in an officer's words: names and case numbers (audit_about.c). New string. */
char *audit_about(struct usecase *usecase, const char *record);
/** An officer's number and name. New string. */
char *audit_who(struct usecase *usecase, const char *officer);
/** Forgets the events and the sheet. */
void audit_clear(struct audit *audit);

#endif
