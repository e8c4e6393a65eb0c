/**
 * An initialised home with a service on it: 盘锦 in small, two streets, a few villages.
 *
 * Records are put as a use case would put them, through the frame (service/frame/usecase.h), so that what is
 * tested below the use cases needs none of them.
 */
#ifndef DOUDI_TESTS_WORLD_H
#define DOUDI_TESTS_WORLD_H

#include "store_fixture.h"

#include "service/ledger/duties.h"
#include "service/memory/state.h"
#include "service/officers/session.h"

#define COUNTY "211102000000"
#define STREET "211102002000"
#define OTHER_STREET "211102003000"
#define VILLAGE "211102002001"
#define NEXT_VILLAGE "211102002002"
#define FAR_VILLAGE "211102003001"
#define ADMIN_PASSWORD "Correct-Horse-9"

struct world {
    struct home home; /**< its store is closed: the service has it */
    struct service *service;
    struct caller system;
    struct reply reply;
};

/** A home of the county, first month 2026-10, on the day given. */
void world_make(struct world *world, const char *today);
void world_remove(struct world *world);
/** Tells of a list of a village that was written to a file. */
enum result world_print(struct world *world, const struct caller *caller);
/** Closes the service and opens it again, on another day. */
void world_reopen(struct world *world, const char *today);

/** A caller of a session of its own that never logged in. */
struct caller caller_of(enum role role, const char *area);

/** A person and a case; the case's duties are made. Returns the case's id (the person's too). */
uint64_t put_case(struct world *world, const Rec__Case *record);
Rec__Case new_case(uint64_t id, char *kind, char *area, day_t since);
/** Changes a stored case through duties_follow_case(). */
void change_case(struct world *world, uint64_t id, void (*change)(Rec__Case *record));
/** A visit and the duty it is credited to. */
void put_visit(struct world *world, uint64_t person, const char *date, char *kind, char *result);

/** A case's row of a month in whatever area, NULL if it has none. Free it. */
Rec__Duty *find_duty(struct world *world, uint64_t case_id, const char *month, const char *type);
size_t count_duties(struct world *world, const char *month);
struct figures sum(struct world *world, const char *month, const char *area, const char *kind);
day_t on(const char *date);
month_t in(const char *month);

#endif
