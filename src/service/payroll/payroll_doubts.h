/**
 * Payments that came back and that may be any of several lines: equal amounts to one account, and the
 * bank says no more. Nobody guesses: they stand with the roster until an officer says which line it was
 * (payroll_identify()). Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_DOUBTS_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_DOUBTS_H

#include "service/frame/usecase.h"

/** Lines of a roster, ascending; owned by whoever holds it. */
struct payroll_candidates {
    size_t count;
    uint32_t *lines;
};

bool payroll_candidates_equal(const struct payroll_candidates *a,
                              const struct payroll_candidates *b);

/** How many that came back with exactly these lines are undecided. */
size_t payroll_doubts_count(const Rec__Payroll *payroll,
                            const struct payroll_candidates *candidates);
void payroll_doubts_add(struct usecase *usecase, Rec__Payroll *payroll,
                        const struct payroll_candidates *candidates, const char *reason);
/** All of these lines came back after all: takes away what was undecided of them. */
void payroll_doubts_remove(Rec__Payroll *payroll, const struct payroll_candidates *candidates);

/** Takes one of them away. */
void payroll_doubts_remove_one(Rec__Payroll *payroll, const Rec__PayrollDoubt *doubt);

/** The first undecided one that may be the line; NULL if there is none, or the line came back. */
const Rec__PayrollDoubt *payroll_doubts_of(const Rec__Payroll *payroll, size_t line);

/** Marks a line as come back, by the bank's reason. */
void payroll_doubts_mark(struct usecase *usecase, Rec__Payroll *payroll, size_t line,
                         const char *reason);

#endif
