/**
 * How a programme file says the amount of a case in a month (`benefit:`), and its evaluation.
 *
 * A line is a part of what is paid, or a note that later lines and the reader use. Lines are
 * evaluated in order, with exact fractions; a line of a part is rounded to a fen, half up. Threads:
 * the rules never change; an evaluation is in one thread.
 */
#ifndef DOUDI_FORM_BENEFIT_H
#define DOUDI_FORM_BENEFIT_H

#include "base/date.h"
#include "base/fields.h"
#include "base/month.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct form;
struct expr;

/** A dated amount or parameter that the programme uses. */
struct form_standard {
    const char *name; /**< whole: 分类救助比例-75岁以上 */
    bool optional;    /**< without it the value is empty, and nothing is missing */
    bool has_fallback;
    int64_t fallback;   /**< as stored: in hundredths, money in fen */
    const char *source; /**< of the fallback */
};

/** One of the values of which a line takes the highest. */
struct form_benefit_choice {
    const char *name;
    const struct expr *when; /**< NULL = always */
};

struct form_benefit_line {
    const char *id;   /**< "" if no later line uses it */
    const char *part; /**< "base" and so on, "note" */
    const char *label;
    const char *rows;        /**< a line for each row of this list; "" = one line */
    const struct expr *when; /**< NULL = always */
    const struct expr *value;
    size_t choice_count;
    const struct form_benefit_choice *choices;
};

/** Where an amount that somebody entered stands. */
struct form_benefit_stated {
    const char *part; /**< "total": of the whole */
    const struct expr *value;
};

struct form_benefit {
    const struct expr *paid;    /**< NULL = always */
    const char *unpaid;         /**< what is said if not */
    const struct expr *persons; /**< NULL = 1 */
    const char *reason;         /**< field of the reason for a stated amount, "" if none */
    size_t line_count;
    const struct form_benefit_line *lines;
    size_t stated_count;
    const struct form_benefit_stated *stated;
};

/** What an evaluation asks. */
struct form_benefit_ask {
    month_t month;
    /** The standard in force, as stored; false if there is none. */
    bool (*standard)(const char *name, int64_t *ret_value, void *arg);
    /** Of a paid case of another programme in which the person is covered: true if there is one.
     *  With `what`, a part or the id of a line, sets *ret_value to its value as text, "" if it is
     *  unknown; new string. `own`: of the person's own lines only. */
    bool (*other)(const char *kind, const char *what, bool own, char **ret_value, void *arg);
    void *arg;
};

/** A line's result, borrowed for the call. */
struct form_benefit_result {
    const struct form_benefit_line *line;
    const char *label, *how;
    const char *value; /**< "" = unknown */
    int64_t fen;       /**< of a part with a value */
    size_t row;        /**< of the given values; FORM_NO_ROW = of the whole case */
};
#define FORM_NO_ROW SIZE_MAX

/** The part of a line that is not paid, and of an amount for the whole. */
#define FORM_NOTE "note"
#define FORM_TOTAL "total"

/** Takes what an evaluation tells. */
struct form_benefit_told {
    void (*line)(const struct form_benefit_result *result, void *arg);
    void (*missing)(const char *what, void *arg); /**< perhaps several times */
    void *arg;
};

/** Evaluates all lines over a case's canonical values. Members who died before the month are not
 *  there. False if it is not paid by the file's own condition; *ret_persons is -1 if unknown. */
bool form_benefit_evaluate(const struct form *form, const struct fields *values,
                           const struct form_benefit_ask *ask, const struct form_benefit_told *told,
                           int *ret_persons);
/** Calls `each` for every stated amount (fen). */
void form_benefit_stated(const struct form *form, const struct fields *values,
                         void (*each)(const char *part, int64_t fen, void *arg), void *arg);
/** The declaration of a standard; NULL if the programme does not use it. */
const struct form_standard *form_benefit_standard(const struct form *form, const char *name);

#endif
