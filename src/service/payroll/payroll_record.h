/**
 * A roster as it is stored: which one a query means, its hash, its lines. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_RECORD_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_RECORD_H

#include "base/digest.h"
#include "domain/area.h"
#include "service/frame/usecase.h"
#include "service/payroll/payroll.h"

/** Which roster a query means. */
struct payroll_key {
    const char *kind;
    const struct form *form;
    month_t month;
    char street[AREA_TEXT];
};

/** Checks programme, month and street; words for what is wrong. */
enum result payroll_key_read(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, struct payroll_key *ret_key,
                             struct reply *reply);

/** SHA-256 over street, programme, month, version and every cell of the lines, in order. */
void payroll_hash(const Rec__Payroll *payroll, uint8_t sum[DIGEST_SIZE]);
/** True if the stored hash is that of the lines. */
bool payroll_is_whole(const Rec__Payroll *payroll);

/** The latest version, or the given one; refused with words if there is none. */
enum result payroll_find(struct usecase *usecase, const struct payroll_key *key, uint32_t version,
                         Rec__Payroll **ret_payroll);
bool payroll_is_confirmed(const Rec__Payroll *payroll);
/** The bank's answer to a line; NULL if it was not sent back. */
const Rec__PayrollReturn *payroll_returned(const Rec__Payroll *payroll, size_t line);
/** 可发 不能发 已退回 待认退回 */
const char *payroll_line_state(const Rec__Payroll *payroll, size_t line);

/** The sums of a roster: payable and not. */
struct payroll_sums {
    size_t paid, unpaid, returned, doubted;
    int64_t total; /**< of the payable lines, in fen */
};
struct payroll_sums payroll_add_up(const Rec__Payroll *payroll);

/** Sets a cell to yuan, "" if it is not known. */
void payroll_set_fen(struct sheet *sheet, size_t row, const char *column, bool known, int64_t fen);

#endif
