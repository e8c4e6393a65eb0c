/**
 * Worked examples of a programme file (`examples:`): loading and the start of the service run them,
 * and refuse the file if one fails.
 *
 * The catalogue (form/form.h) owns everything here; it never changes.
 */
#ifndef DOUDI_FORM_EXAMPLE_H
#define DOUDI_FORM_EXAMPLE_H

#include "base/date.h"
#include "base/fields.h"
#include "base/month.h"

#include <stdbool.h>
#include <stdint.h>

enum form_expect {
    FORM_EXPECT_OK,      /**< accepted without an error */
    FORM_EXPECT_REFUSED, /**< refused with words that contain `say` */
    FORM_EXPECT_OWED,    /**< owes visits */
    FORM_EXPECT_NOT_OWED,
    FORM_EXPECT_COUNTED,     /**< a duty of `month` with the case begun on `since` */
    FORM_EXPECT_NOT_COUNTED, /**< the service runs this one and FORM_EXPECT_COUNTED */
    FORM_EXPECT_ALARM,       /**< accepted, and its findings raise the alarm */
    FORM_EXPECT_NO_ALARM,
    FORM_EXPECT_AMOUNT,    /**< the case gets `gives` in `month`; the service runs these, too */
    FORM_EXPECT_NO_AMOUNT, /**< its amount is unknown or it is not paid, with words `say` */
    FORM_EXPECT_DATED,     /**< one of its dates is `say`: "照料协议到期 2026-12-31" */
    FORM_EXPECT_NOT_DATED,
    FORM_EXPECT_EXCLUDED, /**< excluded by the case in `others`, with words that contain `say` */
    FORM_EXPECT_TOGETHER,
    FORM_EXPECT_LACKING, /**< lacks a case that it requires, with words that contain `say` */
    FORM_EXPECT_NOT_LACKING,
    FORM_EXPECT_LIMITED, /**< a limit says the words `say`, by the example's `standards` */
    FORM_EXPECT_WITHIN,  /**< no limit says anything */
    FORM_EXPECT_UNMET,   /**< accepted, and nobody was met (`alarm.unmet`) */
    FORM_EXPECT_MET
};

/** Names and values, in the file's order. */
struct form_pairs {
    size_t count;
    const struct field *items;
};

/** A worked example of the file. `given` has the canonical values if the service runs it. */
struct form_example {
    struct form_pairs given;
    struct form_pairs standards, others, gives;
    day_t today; /**< 0 = any */
    day_t since;
    month_t month;
    enum form_expect expect;
    const char *say;
    const char *file; /**< for messages */
};

/** The `standards` of the example `arg`, as a benefit asks for them (form/benefit.h). */
bool form_example_standard(const char *name, int64_t *ret_value, void *arg);

#endif
