/**
 * What tests of alarms share: visits that find something, and what the first screens say of it.
 */
#ifndef DOUDI_TESTS_ALARM_FIXTURE_H
#define DOUDI_TESTS_ALARM_FIXTURE_H

#include "service_fixture.h"

#include "service/lists/alarm.h"

#define NOTE "已送市医院，家属陪护"

struct finding {
    const char *id, *value;
};

extern const struct finding ILL[];  /* 健康异常 and what was done at once */
extern const struct finding GAS[];  /* 燃气安全异常 */
extern const struct finding FINE[]; /* nothing that calls for somebody */

/** Records a visit with findings as `caller`; returns its "DATE:SEQ", borrowed until the next. */
const char *visit(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                  const char *date, const struct finding *findings, const char *replaces);
/** What the first screen says of alarms: "WHAT TEXT" of each row, a line each. Free it. */
char *home_text(struct fixture *fixture, const struct caller *caller);
void expect_home(struct fixture *fixture, const struct caller *caller, const char *expected);
/** The id of the alarm in a row of the chief's first screen, the most urgent first. */
uint64_t alarm_at(struct fixture *fixture, size_t row);
/** Verification finds nothing, or (`fault` not NULL) this among the rest. */
void expect_verified(struct fixture *fixture, const char *fault);

#endif
