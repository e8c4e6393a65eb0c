/**
 * Programmes that the office leaves out (form/overlay.h), or whose file it took away, must not have
 * cases: figures and lists would lose people without a word.
 *
 * Call once at the opening. Threads: one.
 */
#ifndef DOUDI_SERVICE_MEMORY_LEFTOUT_H
#define DOUDI_SERVICE_MEMORY_LEFTOUT_H

#include "db/store.h"
#include "form/form.h"

/** RESULT_INVALID with *ret_message (new string) if there is a case, open or closed, of a programme
 *  that is left out or has no file. A home that collects others' data may have cases of programmes
 *  that only its streets know. */
enum result leftout_check(struct store *store, const struct forms *forms, char **ret_message);

#endif
