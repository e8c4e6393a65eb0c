/**
 * What officers do with rosters, for tests.
 */
#ifndef DOUDI_TESTS_PAYROLL_STEPS_H
#define DOUDI_TESTS_PAYROLL_STEPS_H

#include "service_fixture.h"

#include "service/payroll/payroll.h"

/** 低保 of the street in that month. */
struct payroll_query roster_november(void);
struct payroll_query roster_december(void);

/** A household of one from 2026-10, its amount stated with a reason; `account` or `base` NULL = not
 *  entered. */
uint64_t roster_household_add(struct fixture *fixture, const char *name, const char *account,
                              const char *base);

/** The same, from a ledger: `batch` is named after the day of the import. */
void roster_household_import(struct fixture *fixture, const char *name, const char *batch);

/** By the street's officer. */
enum result roster_make(struct fixture *fixture, struct payroll_query query);
enum result roster_confirm(struct fixture *fixture, const struct caller *caller,
                           struct payroll_query query);
/** The lines, with whole numbers. */
struct sheet *roster_show(struct fixture *fixture, struct payroll_query query);
/** The bank's one file, as text. New string; NULL if something else than success is expected. */
char *roster_export(struct fixture *fixture, struct payroll_query query, enum result expected);
/** Reads back one row of the bank. */
enum result roster_send_back(struct fixture *fixture, struct payroll_query query, const char *name,
                             const char *account, const char *reason);
/** The same with the amount, where an account has several lines. */
enum result roster_send_back_amount(struct fixture *fixture, struct payroll_query query,
                                    const char *name, const char *account, const char *yuan,
                                    const char *reason);
void roster_expect_verified(struct fixture *fixture);

/** How many lines the lists have. */
struct roster_lines {
    size_t raises, all_raises, overpaid;
};
/** With what is kept in memory the lists of raises and of what was overpaid are those that read and
 *  compute everything. */
struct roster_lines roster_expect_lists(struct fixture *fixture);

#endif
