/**
 * Records and their values: where a record keeps each value of its form.
 *
 * Each value has one place. A value that a rule or index needs is a typed field of the record (the
 * name, the village, the start); all others are stored under the form's name. The form's roles say
 * which fields of a programme are typed ones.
 *
 * Private to src/service. Threads: pure functions over records of one caller.
 */
#ifndef DOUDI_SERVICE_FRAME_RECORD_H
#define DOUDI_SERVICE_FRAME_RECORD_H

#include "service/frame/usecase.h"

/** A member's relation to the head, its value for the head, and whether the benefit covers the
 *  member (forms/blocks/member.yaml). */
#define MEMBER_RELATION "m_rel"
#define MEMBER_HEAD "户主"
#define MEMBER_COVERED "m_cov"

/** Replaces a text of a record; NULL counts as "". */
void record_set(char **slot, const char *text);
/** A deep copy; free it with the message's own free function. */
void *record_copy(const void *message);
/** True if two messages of one type are equal. */
bool record_equal(const void *a, const void *b);

/** Adds the person's values under `prefix` ("person." or "members.2."). */
void record_person_read(const Rec__Person *person, const char *prefix, struct fields *values);
/** Sets the person from `values`, for those of `fields` that belong to the person. */
void record_person_write(const struct form_field *fields, size_t count, const char *prefix,
                         const struct fields *values, Rec__Person *person);

/** The value of a person's field by its id, "" if there is none; new string. */
char *record_person_value(const Rec__Person *person, const char *id);
/** Sets a field to a canonical value; "" removes it. */
void record_person_set(Rec__Person *person, const char *id, const char *value);

/** Adds the case's own values (without person and members). */
void record_case_read(const struct form *form, const Rec__Case *record, struct fields *values);
void record_case_write(const struct form *form, const struct fields *values, Rec__Case *record);

/** Adds all values of a case: person, programme, members. */
enum result record_values(struct usecase *usecase, const struct form *form, const Rec__Case *record,
                          struct fields *values);

/** True if it is the person's case or the person is a member of the household now; *ret_covered:
 *  the benefit covers the person. */
bool record_takes_part(const Rec__Case *record, uint64_t person, bool *ret_covered);

/** Adds the values of the visit's form, also those in typed fields. */
void record_visit_read(const Rec__Visit *visit, struct fields *values);

/** Cases in which a person takes part, owned. */
struct record_cases {
    size_t count;
    size_t capacity;
    Rec__Case **items;
};
enum result record_cases_load(struct usecase *usecase, uint64_t person,
                              struct record_cases *ret_cases);
/** The same where one of them was read before: it is put in its place, not read again, and
 *  *known set to NULL. *known is NULL if none was read. */
enum result record_cases_load_rest(struct usecase *usecase, uint64_t person, Rec__Case **known,
                                   struct record_cases *ret_cases);
void record_cases_free(struct record_cases *cases);

/** The duty of a case in a month, in whichever village the case was then; *ret_duty is NULL if
 *  there is none. */
enum result record_duty_find(struct usecase *usecase, const Rec__Case *record, month_t month,
                             const char *type, Rec__Duty **ret_duty);

#endif
