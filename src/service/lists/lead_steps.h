/**
 * How a lead came to its present state: who did what, and which case answered it.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LISTS_LEAD_STEPS_H
#define DOUDI_SERVICE_LISTS_LEAD_STEPS_H

#include "service/frame/usecase.h"

/** Adds a step of `by` (LEAD_BY_RULE: of the rule itself). A step that says that the lead was done, or
 *  that its condition is gone, names the person's case that was saved last since the lead was found. */
enum result lead_add_step(struct usecase *usecase, Rec__Lead *lead, const char *by,
                          const char *words);
#define LEAD_BY_RULE "system"

/** "已办结（系统：情况已不在，自动办结；张敏登记的探访2111020022026LR00001）": the state; of an answered
 *  lead who, until when, the words and the case. New string. */
char *lead_state_text(struct usecase *usecase, const Rec__Lead *lead);
/** All its steps, one a line, the oldest first. New string. */
char *lead_steps_text(struct usecase *usecase, const Rec__Lead *lead);

#endif
