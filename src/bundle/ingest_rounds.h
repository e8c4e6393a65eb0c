/**
 * Computes the figures of a sender's extra rounds of visits (专项走访) again, and compares. Private to
 * src/bundle. Threads: within one reading transaction.
 */
#ifndef DOUDI_BUNDLE_INGEST_ROUNDS_H
#define DOUDI_BUNDLE_INGEST_ROUNDS_H

#include "bundle/ingest_check.h"
#include "service/frame/usecase.h"

/** By the rows of the duties that were taken in, as of the bundle's day. */
enum result ingest_rounds_check(struct usecase *usecase, struct ingest_check *check);

#endif
