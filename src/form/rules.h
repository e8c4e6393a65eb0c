/**
 * Rules that find leads (线索), from forms/rules/\*.yaml: who may lack a service, who no longer fits.
 *
 * A rule is a condition over the facts of one person: the fields of the person's record by their
 * bare ids, and for each programme a list of that name with a row for each case on the books in
 * which the person takes part. A row has the case's own fields, in a household also the member's,
 * `case_no`, `case_county` (six digits). Further facts: `exclusion` (cases of the person that clash,
 * form/beside.h), `lacking` (what a case requires and is not there), `listed_death` (a date from a death
 * list), `listed_name` (the name there, if it is not the person's: told only then).
 *
 * Loading runs the rules' examples and refuses a file with file and line if one fails. The catalogue
 * (form/form.h) owns everything here; it never changes. Threads: any.
 */
#ifndef DOUDI_FORM_RULES_H
#define DOUDI_FORM_RULES_H

#include "form/form.h"

#define RULES_FOLDER "rules"

/** Facts that the system itself adds. */
#define FACT_CASE_NO "case_no"
#define FACT_CASE_COUNTY "case_county"
#define FACT_EXCLUSION "exclusion"
#define FACT_LACKING "lacking"
#define FACT_LISTED_DEATH "listed_death"
#define FACT_LISTED_NAME "listed_name"

struct form_rule {
    const char *id;
    const char *title;  /**< 低保家庭残疾人没有生活补贴 */
    const char *source; /**< the statute or plan it follows */
    const char *todo;   /**< what the officer should do */
    const char *about;  /**< the programme whose case the lead names, "" = the person's first */
    bool household;     /**< one lead for a household, with its head */
    const struct expr *when;
    size_t show_count;
    const char *const *show; /**< facts to tell */
    const char *lacks;       /**< the programme it asks about and that is not there, "" = none */
};

/** In the order of the files; NULL after the last. */
const struct form_rule *forms_rule(const struct forms *forms, size_t index);
/** NULL if there is none of this id. */
const struct form_rule *forms_rule_find(const struct forms *forms, const char *id);
/** The facts as a form: persons' fields, and a list for each programme. */
const struct form *forms_facts(const struct forms *forms);
/** Changes when a rule does. */
uint32_t forms_rules_mark(const struct forms *forms);

/** True if the person is the head of a household in a programme. */
bool rules_is_head(const struct forms *forms, const struct fields *facts);
/** True if the rule finds the person. */
bool rules_hold(const struct forms *forms, const struct form_rule *rule, const struct fields *facts,
                day_t today);
/** The facts that it tells: "残疾类别：肢体；残疾证号：未登记". `mask` makes the text of a value, new
 *  string. New string. */
char *rules_why(const struct forms *forms, const struct form_rule *rule, const struct fields *facts,
                char *(*mask)(const struct form_field *field, const char *value));

/** For forms_load(): reads the files, when all programmes are made, and if they were asked for
 *  (struct forms_folders): without that there are no rules and no facts. */
struct overlay;
enum result rules_load(struct forms *forms, const struct overlay *overlay);

#endif
