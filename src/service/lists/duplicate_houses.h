/**
 * Households that may stand in two cases of one programme.
 *
 * Two cases on the books are told if their heads are, or may be, one person, or if everybody who
 * lives in the smaller one is, or may be, in the other one, too. It decides nothing: a grown child
 * who is named at the parents' may live alone. Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_DUPLICATE_HOUSES_H
#define DOUDI_SERVICE_LISTS_DUPLICATE_HOUSES_H

#include "service/frame/usecase.h"

/** Two persons who may be one. */
struct duplicate_link {
    uint64_t one, other;
};
struct duplicate_links {
    size_t count, capacity;
    struct duplicate_link *items;
};

/** Borrowed for the call. */
struct duplicate_house {
    const Rec__Case *one, *other;
    const Rec__Person *head, *other_head;
    const char *words; /**< why */
};
typedef void (*duplicate_house_fn)(const struct duplicate_house *house, void *arg);

/** Every pair in the area (a prefix), once. */
enum result duplicate_houses_each(struct usecase *usecase, const char *prefix,
                                  const struct duplicate_links *links, duplicate_house_fn each,
                                  void *arg);

#endif
