/**
 * Verification of alarms: the records that an alarm names exist, and every visit whose findings
 * call for an alarm has one. Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_ALARMS_H
#define DOUDI_SERVICE_KEEPING_VERIFY_ALARMS_H

#include "service/frame/usecase.h"

/** verify_alarms() calls `find` with a line for each fault, and `progress` for each row. */
struct verify_alarms {
    void (*find)(const char *line, void *arg);
    enum result (*progress)(void *arg);
    void *arg;
};
enum result verify_alarms(struct usecase *usecase, const struct verify_alarms *to);

#endif
