/**
 * Two records of one human being become one (合并), and go apart again; so do two cases that are one
 * household (merge_house.h).
 *
 * An officer asks with a reason and says of each field from which of the two it comes; another one, who
 * may confirm, makes it so in one transaction. Everything that names the second person names the first
 * one then (db/references.h): cases, memberships, duties, visits, alarms, leads, rows of printed
 * sheets. Two visits of one day both stay. Events, statements and payment rosters stay as they were. The
 * duties are counted again by the normal rules. Undoing moves back what was moved, as long as nothing
 * newer builds on it. A decision that two are not the same is kept until one of the compared facts
 * changes.
 *
 * Two cases on the books that clash (form/beside.h) must be ended first: which of them is right, only
 * people know. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_MERGE_H
#define DOUDI_SERVICE_CASES_MERGE_H

#include "base/sheet.h"
#include "db/merge.h"
#include "service/frame/usecase.h"

/** Persons are named by ID number, case number or "person:ID", households by case number or
 *  "case:ID". */
struct merge_ask {
    bool households;
    const char *kept, *gone;
    const char *reason;
    size_t take_count;
    char *const *take; /**< fields whose values are the second's; an empty field is filled anyway */
};
/** values: number. */
enum result merge_ask(struct service *service, const struct caller *caller,
                      const struct merge_ask *ask, struct reply *reply);
/** The two are not the same: the pair is listed again only if a compared fact changes. */
enum result merge_apart(struct service *service, const struct caller *caller,
                        const struct merge_ask *ask, struct reply *reply);
/** `what`: "confirm", "refuse" (with words) or "undo". */
enum result merge_decide(struct service *service, const struct caller *caller, uint64_t number,
                         const char *what, const char *words, struct reply *reply);

/** COLUMNS_MERGE_SIDES: the two side by side, field by field, with what hangs on each. Of `ask` only
 *  who is meant. */
enum result merge_sides(struct service *service, const struct caller *caller,
                        const struct merge_ask *ask, struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_MERGES: what waits, was done, undone or refused, the latest first; decisions that two are
 *  not the same, too. */
enum result merge_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply);

/** The number of the merge by which this person's record is gone; 0 = none. Private to
 *  src/service. */
enum result merge_find_gone(struct usecase *usecase, uint64_t person, uint64_t *ret_number);
/** A case that went into another one. */
struct merge_gone_case {
    uint64_t gone, kept;
};
struct merge_gone_cases {
    size_t count, capacity;
    struct merge_gone_case *items;
};
/** All of them; free() the items. Private to src/service. */
enum result merge_gone_cases_load(struct usecase *usecase, struct merge_gone_cases *ret_cases);
/** The case in which the money of this one is paid now, by any number of merges; itself if it is not
 *  gone. */
uint64_t merge_gone_case_find(const struct merge_gone_cases *cases, uint64_t case_id);
/** A decision that two households are not the same holds while this is equal. New string. Private to
 *  src/service. */
char *merge_house_facts(const Rec__Case *one, const Rec__Case *other);
/** What is compared of two persons (domain/alike.h), as a hash: a decision that they are not the same
 *  holds while it is equal. New string. Private to src/service. */
char *merge_facts(const Rec__Person *one, const Rec__Person *other);

#endif
