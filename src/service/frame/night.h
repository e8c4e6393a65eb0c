/**
 * The night's work, that it failed, and that the disk was full: alarms until a night succeeds.
 *
 * A night counts as failed from its beginning until it has succeeded, so that a server that is killed
 * in the middle leaves the alarm too. What cannot be written, because the disk is full, is kept in memory and
 * written by a later service_tick(); until then it is shown all the same.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_NIGHT_H
#define DOUDI_SERVICE_FRAME_NIGHT_H

#include "service/frame/usecase.h"

struct night;

struct night *night_new(void);
void night_free(struct night **night);

/** When the last night failed and in which words (new string); 0 and NULL if there is nothing to be
 *  alarmed about. */
int64_t night_failed(struct service *service, const Rec__Home *home, char **ret_words);
/** When the disk was last too full for somebody's write; 0 if it was not since the last night. */
int64_t night_full(struct service *service, const Rec__Home *home);
/** A write has met a full disk. Not within a transaction. */
void night_note_full(struct service *service);
/** In the transaction that remembers an export: it succeeded. */
void night_succeeded(Rec__Home *home);
/** … and once that is committed. */
void night_forget(struct service *service);
/** Writes what could not be written before. */
void night_retry(struct service *service);

/** The night's work begins: from now on it is an alarm for every supervisor, which is shown unless it
 *  goes on or succeeds. Each begun one is ended, but one that fails to begin. */
enum result night_export_begin(struct service *service, const struct caller *caller,
                               struct reply *reply);
void night_export_end(struct service *service, const struct caller *caller, enum result result,
                      const char *words);

#endif
