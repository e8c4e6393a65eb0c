/**
 * A merge in its transaction: what merge.c asks for, merge_apply.c and merge_undo.c do.
 *
 * Private to the merge. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_MERGE_PRIVATE_H
#define DOUDI_SERVICE_CASES_MERGE_PRIVATE_H

#include "service/cases/merge.h"
#include "service/frame/record.h"

/** The two persons with their cases, owned. */
struct merge_pair {
    Rec__Person *kept, *gone;
    struct record_cases kept_cases, gone_cases;
};
enum result merge_pair_load(struct usecase *usecase, uint64_t kept, uint64_t gone,
                            struct merge_pair *ret_pair);
void merge_pair_free(struct merge_pair *pair);
/** The same by what an officer typed; refused unless `action` is allowed in all of both. */
enum result merge_pair_find(struct usecase *usecase, enum action action, const char *kept,
                            const char *gone, struct merge_pair *ret_pair);
/** Words for what lies outside the caller's area. */
enum result merge_allow_area(struct usecase *usecase, enum action action, const char *area);
/** True if the merge is of this kind, or the decision that two are not. */
bool merge_is_of_houses(const Rec__Merge *merge);
/** Refuses with words if a later merge builds on this one. */
enum result merge_check_later(struct usecase *usecase, const Rec__Merge *merge);
/** The state in words: 待确认, 已合并 … */
const char *merge_state_words(const Rec__Merge *merge);

/** The person that results; refused with words if that cannot be. `taken` are ids of fields. */
enum result merge_make_person(struct usecase *usecase, const struct merge_pair *pair,
                              size_t taken_count, char *const *taken, Rec__Person **ret_person);
/** Refuses with words what forbids the merge. */
enum result merge_check(struct usecase *usecase, const struct merge_pair *pair);
/** Refuses it while an application is under way that would make a record again which nobody could
 *  find beside `person`, the one that results (merge_waiting.c). */
enum result merge_check_waiting(struct usecase *usecase, const struct merge_pair *pair,
                                const Rec__Person *person);
/** The applications under way of a person in words, "" if there are none. New string. */
enum result merge_waiting_words(struct usecase *usecase, const Rec__Person *person,
                                char **ret_words);

/** Does it, and keeps in `merge` what undoing needs. */
enum result merge_apply(struct usecase *usecase, Rec__Merge *merge);
/** Takes it back; refused with words if something newer builds on it. */
enum result merge_undo(struct usecase *usecase, const Rec__Merge *merge);

/** All visits of a person, owned. */
struct merge_visits {
    size_t count, capacity;
    Rec__Visit **items;
};
enum result merge_visits_load(struct usecase *usecase, uint64_t person,
                              struct merge_visits *ret_visits);
void merge_visits_free(struct merge_visits *visits);

/** Where a visit of a day is after the move, `back`: before it; `seq` itself if it did not move. */
uint32_t merge_map_seq(const Rec__Merge *merge, day_t date, uint32_t seq, bool back);
/** True if this visit of the first person was the second's. */
bool merge_is_moved_visit(const Rec__Merge *merge, day_t date, uint32_t seq);
/** Gives the visits to another person under their numbers there. */
enum result merge_move_visits(struct usecase *usecase, const Rec__Merge *merge,
                              const struct merge_visits *visits, bool back);
/** The person's alarms, those of `merge` only if `back`. */
enum result merge_move_alarms(struct usecase *usecase, Rec__Merge *merge, bool back);
/** Somebody whom nobody met several times in a row: judges the joined visits as one person's, and keeps
 *  in `merge` what becomes of the alarms. */
enum result merge_judge_alarms(struct usecase *usecase, Rec__Merge *merge);
/** Before the alarms go back: as they were before they were judged. What officers did since stays. Both
 *  persons are to be judged again once they are apart: visits may have changed, too. */
enum result merge_unjudge_alarms(struct usecase *usecase, const Rec__Merge *merge);
/** Judges one person's visits by themselves. */
enum result merge_judge_apart(struct usecase *usecase, uint64_t person);
enum result merge_move_sheets(struct usecase *usecase, Rec__Merge *merge, bool back);
/** Puts one person in another's place in a case. */
void merge_replace_person(Rec__Case *record, uint64_t from, uint64_t to);

#endif
