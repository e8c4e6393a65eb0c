/**
 * Verification of alarms: every alarm leads to what it is about, and every visit whose findings call
 * for one has it. Private to src/service.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_ALARMS_H
#define DOUDI_SERVICE_KEEPING_VERIFY_ALARMS_H

#include "service/frame/usecase.h"

/** Calls `find` with a line for each fault, and `progress` for each row it looks at. */
struct verify_alarms {
    void (*find)(const char *line, void *arg);
    enum result (*progress)(void *arg);
    void *arg;
};
enum result verify_alarms(struct usecase *usecase, const struct verify_alarms *to);

#endif
