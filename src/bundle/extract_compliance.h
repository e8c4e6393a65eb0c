/**
 * compliance.csv of the nightly bundle: the figures of every village, month and programme.
 *
 * A closed month has its reported figures (basis reported), and beside them today's known owed and
 * reached. A month that was never closed has basis known.
 *
 * Private to src/bundle. Threads: as bundle/extract.h.
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
