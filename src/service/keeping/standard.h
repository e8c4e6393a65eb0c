/**
 * Dated amounts and settings of areas, as the store holds them. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_STANDARD_H
#define DOUDI_SERVICE_KEEPING_STANDARD_H

#include "db/record.pb-c.h"
#include "service/service.h"

struct txn;

/** COLUMNS_STANDARDS by name; what waits for its confirmation is a row of its own. */
enum result standard_list(struct service *service, const struct caller *caller, const char *name,
                          struct sheet **ret_sheet, struct reply *reply);
struct standard_input {
    const char *name, *area, *from, *value, *source;
};
/** Of an officer, an amount only proposes it: it moves everybody's money, and holds once another one
 *  confirms it. Parameters hold at once, and so does what the home's own account sets. */
enum result standard_set(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct reply *reply);
/** The state of a row that waits. */
#define STANDARD_WAITS "待确认"

struct standard_decision {
    const char *name, *area, *from;
    const char *value; /**< the proposed one as it was read, in yuan */
    bool refuse;
    const char *why; /**< of a refusal */
};
/** Confirms what another officer proposed, or refuses it; one's own can be taken back. */
enum result standard_decide(struct service *service, const struct caller *caller,
                            const struct standard_decision *decision, struct reply *reply);
/** The row of a name, division and day, RESULT_NOTFOUND if there is none; the caller's. */
enum result standard_find(struct txn *txn, const char *name, const char *area, day_t from,
                          Rec__Standard **ret_standard);
/** What setting it would change, by programme, in the first month that begins with it; sets nothing:
 *  COLUMNS_STANDARD_TRIAL. */
enum result standard_try(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct sheet **ret_sheet,
                         struct reply *reply);
/** The value for people: parameters are whole numbers, everything else is yuan. New string. */
char *standard_value_text(const Rec__Standard *standard);

#endif
