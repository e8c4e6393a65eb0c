/**
 * Whatever a test does, the numbers of persons and cases in memory are those of the records.
 */
#ifndef DOUDI_TESTS_CENSUS_UNIT_H
#define DOUDI_TESTS_CENSUS_UNIT_H

#include "unit.h"

#include "service/memory/census.h"
#include "service/memory/state.h"

#include <pthread.h>

static inline void census_unit_report(const char *line, void *arg)
{
    (void)arg;
    fail_msg("%s", line);
}

static inline void census_unit_check(struct service *service)
{
    atomic_store(&service->stopping, false); /* a stopped service does not count */
    pthread_rwlock_wrlock(&service->gate);
    assert_int_equal(census_check(service, census_unit_report, NULL), RESULT_OK);
    pthread_rwlock_unlock(&service->gate);
}

#endif
