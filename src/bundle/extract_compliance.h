/**
 * compliance.csv of the nightly bundle: the figures of every village, month and programme.
 *
 * A month that was closed is handed on as it was reported (basis reported); beside it stands how many
 * are known today to have been owed and reached. A month that was never closed has basis known.
 *
 * Private to src/service. Threads: as bundle/extract.h.
 */
#ifndef DOUDI_BUNDLE_EXTRACT_COMPLIANCE_H
#define DOUDI_BUNDLE_EXTRACT_COMPLIANCE_H

#include "bundle/extract.h"
#include "bundle/extract_line.h"

enum { EXTRACT_COMPLIANCE_COLUMNS = 18 };
extern const char *const extract_compliance_columns[EXTRACT_COMPLIANCE_COLUMNS];

enum result extract_compliance(struct service *service, const struct extract_file *file,
                               extract_row_fn row, void *arg);

#endif
