/**
 * A merge of two cases that are one household: the second one ends as if it had never stood beside
 * the first.
 *
 * Its record stays, with its number, its duties, rosters, statements and reviews; its last month is
 * the one before both stood side by side, so that from then on the first one alone counts, and what
 * confirmed rosters paid twice is found as overpaid (service/payroll/payroll_overpaid.c). What is
 * still to be done about it (alarms, leads, rows of printed sheets) goes to the first one. Nothing is
 * filled in by itself: amounts depend on the values of a household.
 *
 * Private to the merge. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_MERGE_HOUSE_H
#define DOUDI_SERVICE_CASES_MERGE_HOUSE_H

#include "service/cases/merge_private.h"

/** Before the number of the case that stays, in the exit reason of the one that went. */
#define MERGE_HOUSE_EXIT "重复登记，并入 "

/** What `take` says of a member of the second household: the id follows. */
#define MERGE_HOUSE_MEMBER "member:"

/** A member of today. */
struct house_member {
    const Rec__Member *member; /**< of the case */
    Rec__Person *person;       /**< owned */
    bool head;
};
struct house_people {
    size_t count;
    struct house_member *items;
};

/** Two cases with their people, owned. */
struct house_pair {
    const struct form *form;
    Rec__Case *kept, *gone;
    struct house_people kept_people, gone_people;
};
/** Refused with words unless both are households of one programme, on the books. */
enum result merge_house_load(struct usecase *usecase, uint64_t kept, uint64_t gone,
                             struct house_pair *ret_pair);
void merge_house_free(struct house_pair *pair);
/** The same by case numbers or "case:ID"; refused unless `action` is allowed in both villages. */
enum result merge_house_find(struct usecase *usecase, enum action action, const char *kept,
                             const char *gone, struct house_pair *ret_pair);

/** The name of the head, for people. Borrowed. */
const char *merge_house_name(const struct house_people *people);
/** The member of the first household that this one of the second is; NULL if there is none.
 *  *ret_words (new string) says how alike they are, NULL for one and the same record. */
const struct house_member *merge_house_match(const struct house_pair *pair,
                                             const struct house_member *member, char **ret_words);
/** True if a field's value can be taken from the second case: not what the program keeps. */
bool merge_house_may_take(const struct form *form, const struct form_field *field);
/** The value, or the rows of a list, as one text to compare. New string. */
char *merge_house_value(const struct form_field *field, const struct fields *values);

/** What forbids it, with the values that were chosen. */
enum result merge_house_check(struct usecase *usecase, const struct house_pair *pair,
                              size_t taken_count, char *const *taken);
/** The first case as it will be. Refused with words if that cannot be. */
enum result merge_house_make(struct usecase *usecase, const struct house_pair *pair,
                             size_t taken_count, char *const *taken, Rec__Case **ret_case);
enum result merge_house_apply(struct usecase *usecase, Rec__Merge *merge);
enum result merge_house_undo(struct usecase *usecase, const Rec__Merge *merge);

/** COLUMNS_MERGE_SIDES of the two. */
enum result merge_house_sides(struct usecase *usecase, const char *kept, const char *gone,
                              struct sheet *sheet);

#endif
