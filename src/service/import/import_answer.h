/**
 * The results of units as sheets: refused rows, remarks, differences.
 *
 * Private to the import (import_unit.h). Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_ANSWER_H
#define DOUDI_SERVICE_IMPORT_IMPORT_ANSWER_H

#include "service/import/import_unit.h"

void import_answer(const struct import_plan *plan, struct import_unit *const *units, size_t count,
                   struct import_result *ret_result);

#endif
