/**
 * Alarms about failed nightly work and a full disk; they stay until a night succeeds.
 *
 * A night counts as failed from its beginning until it succeeds, so that a server killed in the
 * middle leaves the alarm too. If the disk is too full to write the failure, it is kept in memory
 * and shown, and a later service_tick() writes it.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_NIGHT_H
#define DOUDI_SERVICE_FRAME_NIGHT_H

#include "service/frame/usecase.h"

struct night;

struct night *night_new(void);
void night_free(struct night **night);

/** The time and words (new string) of the last failed night; 0 and NULL if there is no alarm. */
int64_t night_failed(struct service *service, const Rec__Home *home, char **ret_words);
/** The last time that the disk was too full for a write; 0 if there was none since the last
 *  successful night. */
int64_t night_full(struct service *service, const Rec__Home *home);
/** Notes that a write failed because the disk is full. Not within a transaction. */
void night_note_full(struct service *service);
/** Call in the transaction that records a successful export … */
void night_succeeded(Rec__Home *home);
/** … and this after its commit. */
void night_forget(struct service *service);
/** Writes failures that could not be written before. */
void night_retry(struct service *service);

/** Begins the night's work: from now on it counts as failed, but the alarm is not shown while the
 *  work runs. RESULT_AGAIN while another export runs. Call night_export_end() for each begin that
 *  returned RESULT_OK. */
enum result night_export_begin(struct service *service, const struct caller *caller,
                               struct reply *reply);
void night_export_end(struct service *service, const struct caller *caller, enum result result,
                      const char *words);

#endif
