/**
 * Who reports to this home, and whose bundle of last night is missing. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_SENDERS_H
#define DOUDI_SERVICE_LISTS_SENDERS_H

#include "base/str.h"
#include "service/frame/usecase.h"
#include "service/service.h"

/** A division directly below this home's, by code. Borrowed for the call. */
struct sender {
    const Rec__Area *area;
    const Rec__Bundle *last; /**< NULL = none came yet */
    bool missing;            /**< none with the data of this day or the evening before */
};
typedef void (*sender_fn)(const struct sender *sender, void *arg);

/** Within a transaction; nothing in a home that takes in no bundles. Private to src/service. */
enum result senders_each(struct usecase *usecase, sender_fn each, void *arg);

/** What calls for somebody; empty in a home that takes in no bundles. Private to src/service. */
struct senders_tally {
    size_t missing, differing; /**< senders without last night's bundle; … whose figures differ */
    size_t never;              /**< of the missing: nothing has ever come, the figures lack them */
    struct str names;          /**< of those that are missing, the first few */
    struct str lacking; /**< what senders say they lack themselves (service/lists/lacking.h) */
    uint64_t bundles;   /**< another number whenever a bundle was taken in */
};
enum result senders_count(struct usecase *usecase, struct senders_tally *ret_tally);
void senders_tally_free(struct senders_tally *tally);

/** COLUMNS_SENDERS, those that are missing first; `waiting` is left to bundle/waiting.h. */
enum result senders_list(struct service *service, const struct caller *caller,
                         struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_SENT_DIFFERENCES: figures that came out otherwise than the sender wrote, of each sender's
 *  last bundle, with the cases behind them; of one sender, of all for "". */
enum result senders_differences(struct service *service, const struct caller *caller,
                                const char *area, struct sheet **ret_sheet, struct reply *reply);

/** 现况应访 of "known_owed", as receipts and differences name a figure. */
const char *senders_figure_label(const char *figure);
/** "已访（达标）" of the state "reached+"; a number as it is, "没有" for "". New string. */
char *senders_figure_words(const char *figure, const char *value);
/** "王桂兰（211103001…）" of a case that a receipt names; the number alone if no case here has it, or
 *  the caller may not see names. New string. */
char *senders_case_words(struct service *service, const struct caller *caller, const char *case_no);

/** Gives up a sender's chain, with a reason: its next whole bundle is taken whatever its number and
 *  the one before it (a home that was restored, or exchanged for another). The rows stay as they are
 *  until then; bundles of before are not taken again. RESULT_NOTFOUND if there is no chain. */
enum result senders_reset(struct service *service, const struct caller *caller, const char *area,
                          const char *reason, struct reply *reply);

#endif
