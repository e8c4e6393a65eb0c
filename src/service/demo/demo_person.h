/**
 * The parts of a demonstration: chance, and the people that come of it.
 *
 * Private to src/service. Threads: one demonstration at a time.
 */
#ifndef DOUDI_SERVICE_DEMO_DEMO_PERSON_H
#define DOUDI_SERVICE_DEMO_DEMO_PERSON_H

#include "base/idno.h"
#include "service/demo/demo_private.h"

// ---- chance (demo_person.c): one call a statement; compilers order arguments as they like

uint32_t demo_below(struct demo_making *making, uint32_t bound);
bool demo_chance(struct demo_making *making, unsigned per_mille);
day_t demo_day(struct demo_making *making, day_t from, day_t to);
/** A moment in the working hours of that day, China time; seconds since 1970. */
int64_t demo_moment(struct demo_making *making, day_t day);

// ---- people (demo_person.c)

struct demo_person {
    char name[DEMO_NAME], surname[16], id_no[IDNO_TEXT];
    const char *ethnic;
    day_t birth;
    int sex; /**< 1 male, 2 female */
};

/** `sex` 0 = either; `surname` NULL = any. */
struct demo_person demo_person_make(struct demo_making *making, enum demo_age age, int sex,
                                    const char *surname, const char *area);
/** Makes a name only, for relatives and officers. */
void demo_name_make(struct demo_making *making, char name[DEMO_NAME]);
void demo_phone_make(struct demo_making *making, char phone[DEMO_PHONE]);
/** Adds the person's values under `prefix`. */
void demo_person_values(struct demo_making *making, const struct demo_person *person,
                        const struct demo_village *village, const char *prefix,
                        struct fields *values);

#endif
