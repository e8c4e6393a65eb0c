/**
 * forms/rules/\*.yaml as libcyaml reads them: one member for each key, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_RULES_H
#define DOUDI_FORM_RAW_RULES_H

#include <cyaml/cyaml.h>

struct raw_need {
    const char *kind, *title;
    const char **fields;
    unsigned field_count;
};

struct raw_rule_example {
    const char **given;
    unsigned given_count;
    const char *today;
    int expect; /**< 1 = a lead */
};

struct raw_rule {
    const char *id, *title, *source, *about, *when, *todo;
    int subject; /**< enum form_subject */
    const char **show;
    unsigned show_count;
    struct raw_rule_example *examples;
    unsigned example_count;
};

struct raw_rules {
    struct raw_need *needs;
    unsigned need_count;
    struct raw_rule *items;
    unsigned item_count;
};

/** The keys of such a file, for form/source.h. */
extern const cyaml_schema_value_t raw_rules_schema;

#endif
