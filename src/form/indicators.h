/**
 * Indicators of the plan (指标), from forms/indicators.yaml, and of an office, from its indicators/\*.yaml.
 *
 * An indicator is a share of people, told by conditions over the facts that rules have
 * (form/rules.h): who is among those it is about, who meets it, and of whom this is not known. Or it
 * is a figure that the program has by name, or one that somebody enters. What is not known is never
 * a yes: whoever is among and unknown is in the denominator and not in the numerator.
 *
 * Loading runs the examples and refuses the file if one fails. The catalogue owns everything here.
 * Threads: any.
 */
#ifndef DOUDI_FORM_INDICATORS_H
#define DOUDI_FORM_INDICATORS_H

#include "form/form.h"

#define INDICATORS_FILE "indicators.yaml"
/** Files that add indicators to those of INDICATORS_FILE. */
#define INDICATORS_FOLDER "indicators"
/** The figure that the program has: 月探访率. */
#define INDICATOR_VISIT_RATE "visit_rate"

enum indicator_standing {
    INDICATOR_OUT,          /**< it is not about the person */
    INDICATOR_MET,          /**< denominator and numerator */
    INDICATOR_MISSING,      /**< denominator */
    INDICATOR_UNKNOWN,      /**< denominator; whether it is met is not recorded */
    INDICATOR_UNKNOWN_AMONG /**< whether it is about the person is not recorded; not counted */
};

struct form_indicator {
    const char *id;
    const char *no; /**< of the plan's 24; "" = not one of them */
    const char *name, *unit, *base, *target, *source;
    const char *figure;                       /**< "" = none */
    bool household;                           /**< one for a household, by its head */
    const struct expr *among, *met, *unknown; /**< all NULL: entered by hand, or `figure` */
    const char *lacks; /**< a programme it asks about and that is not there, "" = none */
};

/** In the order of the file, then of the folder's files; NULL after the last. */
const struct form_indicator *forms_indicator(const struct forms *forms, size_t index);
/** By id or number; NULL if there is none. */
const struct form_indicator *forms_indicator_find(const struct forms *forms, const char *name);
/** True if it is a share of people. */
bool indicators_counts(const struct form_indicator *indicator);
enum indicator_standing indicators_judge(const struct forms *forms,
                                         const struct form_indicator *indicator,
                                         const struct fields *facts, day_t today);

/** For rules_load(): the indicators of a file, which come behind those of the files before. */
struct form_builder;
struct source;
enum result indicators_load(struct forms *forms, struct form_builder *facts,
                            const struct source *source);
/** For rules_load(): behind the last file, puts them where the catalogue keeps them. */
void indicators_finish(struct forms *forms);

#endif
