/**
 * Runs the rules of leads: over everybody once a day, and over each person who has changed.
 *
 * A lead is made, brought back or closed here, and nowhere else; what officers do about one is in
 * lead.h. Nothing in a home that takes in others' data: its streets have the leads.
 *
 * Private to src/service. Threads: any; one run at a time.
 */
#ifndef DOUDI_SERVICE_LISTS_LEAD_RUN_H
#define DOUDI_SERVICE_LISTS_LEAD_RUN_H

#include "service/service.h"

/** Does what is due, and returns when it is done. Not within a transaction. RESULT_AGAIN if the
 *  service is stopping. */
enum result lead_run(struct service *service);
/** The same, but returns at once if another thread is at it. */
enum result lead_run_if_free(struct service *service);

#endif
