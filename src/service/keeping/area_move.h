/**
 * Moves what stands in divisions to other ones: cases with their open duties and alarms, persons,
 * drafted cases, officers.
 *
 * The caller says where each thing goes and hears of each thing that went. Private to src/service.
 * Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_MOVE_H
#define DOUDI_SERVICE_KEEPING_AREA_MOVE_H

#include "domain/area.h"
#include "service/frame/usecase.h"

enum area_thing {
    AREA_CASES,
    AREA_PERSONS,
    AREA_ALARMS, /**< those that do not go with a case */
    AREA_PROPOSALS,
    AREA_OFFICERS,
    AREA_THINGS
};

/** A thing in a division. */
struct area_found {
    enum area_thing thing;
    const char *area;
    uint64_t id;
    const char *officer; /**< of an officer; else NULL */
    uint64_t duties;     /**< of a case: rows of months that were never closed, which go along */
};

struct area_move {
    struct usecase *usecase;
    day_t from;
    bool check_only; /**< write nothing, tell all the same */
    bool back;       /**< takes an earlier move back */
    size_t count;
    const char *const *codes; /**< whose things go, sorted; borrowed */
    /** Where the thing goes, NULL: it stays. Borrowed until the next call. */
    const char *(*where)(const struct area_found *found, void *arg);
    void (*moved)(const struct area_found *found, const char *into, void *arg);
    void *arg;
};

enum result area_move_all(const struct area_move *move);
/** "个案 3 件" */
const char *area_move_label(enum area_thing thing);

#endif
