/**
 * A case beside the person's other cases: the rules of form/beside.h over stored records.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_BESIDE_H
#define DOUDI_SERVICE_CASES_CASE_BESIDE_H

#include "form/beside.h"
#include "service/frame/record.h"

/** A stored case as the rules see it. */
struct case_side {
    struct beside side; /**< form NULL: the programme has no file */
    struct fields values;
};
enum result case_beside_read(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                             struct case_side *ret_side);
void case_beside_free(struct case_side *side);

/** What the rules ask, for a case in an area: both must outlive it. */
struct case_beside_place {
    struct usecase *usecase;
    const char *area;
};
struct beside_ask case_beside_ask(const struct case_beside_place *place);

/** All of the person's cases but one. */
struct case_sides {
    size_t count;
    struct beside *items;
    struct fields *values;
};
enum result case_beside_read_all(struct usecase *usecase, const struct record_cases *cases,
                                 uint64_t person, uint64_t except, struct case_sides *ret_sides);
void case_beside_free_all(struct case_sides *sides);

/** When a case that ended was paid for the last time; 0 = it goes on. */
month_t case_beside_until(const Rec__Case *record, const struct form *form,
                          const struct fields *values);

/** Compares two stored cases, which may be of two records of one human being; *ret_words (new
 *  string) is what clashes, for who enters `one`; NULL if nothing does. */
struct case_beside_pair {
    const Rec__Case *one, *other;
    uint64_t person, other_person;
    bool household; /**< they are two persons of one household */
};
enum result case_beside_compare(struct usecase *usecase, const struct case_beside_pair *pair,
                                struct beside_clash *ret_clash, char **ret_words);

/** What the case requires and none of the person's cases gives, in words: new string, NULL if it
 *  lacks nothing. */
enum result case_beside_lacks(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                              const struct record_cases *cases, char **ret_words);

#endif
