/**
 * The steps of a programme file (办理步骤): section `steps`.
 *
 * The catalogue (form/form.h) owns everything here; it never changes. Any thread may read it.
 */
#ifndef DOUDI_FORM_STEPS_H
#define DOUDI_FORM_STEPS_H

#include "base/date.h"
#include "base/fields.h"
#include "base/lifestep.h"

struct form;

/** A worked example: a clock that begins on a day ends on another. The service runs it. */
struct form_step_example {
    size_t step;         /**< `count` of the steps: the whole way */
    day_t began, due;    /**< due 0: unknown, the calendar lacks a year */
    bool longer;         /**< with the whole way's extension */
    size_t pause_count;  /**< of `pauses` */
    const day_t *pauses; /**< papers were asked for, came, were asked for … */
    const char *where;   /**< file and number, for messages */
};

struct form_steps {
    struct life_steps life;
    const struct expr *const
        *when; /**< of each step: it is left out unless this holds; NULL = always */
    size_t example_count;
    const struct form_step_example *examples;
};

/** True if the application of these values takes the step. No child's application is published,
 *  whatever the file says. */
bool form_takes_step(const struct form *form, size_t step, const struct fields *values,
                     day_t today);

#endif
