/**
 * PostgreSQL as a peer beyond recording visits (engine.h).
 */
#ifndef DOUDI_TESTS_BENCH_POSTGRESQL_H
#define DOUDI_TESTS_BENCH_POSTGRESQL_H

#include "bench.h"

/** COPY of the cases to a file, rows per second; adds nothing without a PostgreSQL. */
enum result postgresql_copy_cases(const struct bench *bench, struct series *rate);

#endif
