/**
 * The same person in two senders' homes (两处都有的人): a county's home keeps one record for each
 * sender, so that the same ID number can stand there more than once.
 *
 * A row is a case on the books of a person who has another one elsewhere: in the same programme, in
 * two that exclude each other (the programmes' `excludes`), or in others. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_OVERLAP_H
#define DOUDI_SERVICE_LISTS_OVERLAP_H

#include "base/str.h"
#include "service/frame/usecase.h"
#include "service/service.h"

/** Borrowed for the call. */
struct overlap {
    const Rec__Person *person;
    const Rec__Case *record, *other;
    bool wrong;        /**< the same programme twice, or two that exclude each other */
    const char *words; /**< what it is, and where the other one is */
};
typedef void (*overlap_fn)(const struct overlap *overlap, void *arg);

/** All cases, by ID number. Private to src/service and src/bundle, like the next one. */
enum result overlap_each(struct usecase *usecase, overlap_fn each, void *arg);
/** Those of persons whose ids are from `first` to `last`, in that order; reads only these persons'
 *  numbers, so that its time does not grow with the home. */
enum result overlap_of_sender(struct usecase *usecase, uint64_t first, uint64_t last,
                              overlap_fn each, void *arg);

/** Appends how many there are, for the first screen; nothing if there are none. Counts anew only when
 *  `bundles` (struct senders_tally) is another one: no other work here adds or removes a case. */
enum result overlap_say(struct usecase *usecase, uint64_t bundles, struct str *words);

/** COLUMNS_OVERLAPS of an area, of the caller's own for "". */
enum result overlap_list(struct service *service, const struct caller *caller, const char *area,
                         struct sheet **ret_sheet, struct reply *reply);

#endif
