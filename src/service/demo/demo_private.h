/**
 * The parts of a demonstration: invented people, their cases and visits.
 *
 * One random generator decides everything. Its state is kept after each step: a step that runs
 * again makes the same people, and the same seed on the same day makes the same home.
 *
 * Private to src/service. Threads: one demonstration at a time.
 */
#ifndef DOUDI_SERVICE_DEMO_DEMO_PRIVATE_H
#define DOUDI_SERVICE_DEMO_DEMO_PRIVATE_H

#include "base/random.h"
#include "domain/area.h"
#include "service/frame/usecase.h"

enum { DEMO_OFFICER = 8, DEMO_NAME = 64, DEMO_PHONE = 12, DEMO_ADDRESS = 128 };

/** Age groups; their birthdays do not overlap, so no ID number is made twice. */
enum demo_age { DEMO_CHILD, DEMO_ADULT, DEMO_SIXTY, DEMO_SEVENTY, DEMO_EIGHTY, DEMO_AGES };

struct demo_village {
    char code[AREA_TEXT], street[AREA_TEXT];
    const char *name;           /**< borrowed from the areas */
    char officer[DEMO_OFFICER]; /**< 工号 of its officer */
    char clerk[DEMO_OFFICER];   /**< 工号 of the street's officer who files the cases */
    char chief[DEMO_OFFICER];
    char visitors[2][DEMO_NAME]; /**< the officer and a helper, by name */
    unsigned missed;             /**< elders missed in a month, of a thousand */
    uint32_t until;              /**< its cases end before this number */
};

/** The state between two steps; copied, never shared. */
struct demo_state {
    struct random random;
    uint32_t made[DEMO_AGES]; /**< persons made so far */
    uint32_t elders;
    uint32_t waiting; /**< people not yet visited this month; some get an alarm or excuse */
    uint32_t cases;
    size_t village; /**< the village whose cases are being made */
    uint64_t visits;
};

struct demo {
    struct service *service;
    uint32_t cases; /**< number of cases wanted */
    uint64_t seed;
    day_t today;
    month_t first, now; /**< months with visits */
    size_t village_count, street_count;
    struct demo_village *villages; /**< sorted by code */
};

/** One step in progress. */
struct demo_making {
    const struct demo *demo;
    struct demo_state state;
    struct usecase *usecase;
};

// ---- cases (demo_case.c)

/** The programmes of the demonstration. The properties in the programme files choose them; no name
 *  is fixed here. */
enum demo_programme {
    DEMO_ELDERS,     /**< the programme whose rate is reported */
    DEMO_HOUSEHOLDS, /**< the programme for households */
    DEMO_CHILDREN,   /**< the programme that is never published */
    DEMO_SUPPORT,    /**< the other programme for persons */
    DEMO_PROGRAMMES
};
/** NULL if the catalogue has no such programme. */
const struct form *demo_form(const struct service *service, enum demo_programme programme);

/** Makes the cases of one person or household, with months of visits. Villages are filled in the
 *  order of their keys, so that records written together lie together. */
enum result demo_unit_make(struct demo_making *making);
/** What an officer types for a household, and for a person of the other programme (after the person's
 *  own values), but the first month. */
void demo_household_values(struct demo_making *making, const struct demo_village *village,
                           struct fields *values);
void demo_support_values(struct demo_making *making, const struct demo_village *village,
                         bool at_home, struct fields *values);
enum demo_age demo_elder_age(struct demo_making *making);

/** Changes a case as an officer does: `change` gets its values (demo_change.c). */
typedef void (*demo_change_fn)(struct fields *values, void *arg);
enum result demo_case_change(struct usecase *usecase, const Rec__Case *casefile,
                             demo_change_fn change, void *arg);

// ---- visits (demo_visit.c)

enum { DEMO_CASES_OF_ONE = 2 };

/** The cases of one person, as stored. */
struct demo_subject {
    const struct demo_village *village;
    size_t count;
    uint64_t cases[DEMO_CASES_OF_ONE]; /**< the first case is the one visited for */
    day_t closed_on;                   /**< no visits after this day; 0 = the cases go on */
};
enum result demo_visits_make(struct demo_making *making, const struct demo_subject *subject);

// ---- what officers are at (demo_work.c), all in the first street

/** Applications at each step: one late, one that awaits papers, one given back; a matter handed to
 *  another office. */
enum result demo_applications_make(struct demo_making *making);
/** Rosters of this month and the last, leads that were answered. Not within a transaction. */
enum result demo_office_work(const struct demo *demo);

#endif
