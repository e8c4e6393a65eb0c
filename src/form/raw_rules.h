/**
 * forms/rules/\*.yaml and forms/indicators.yaml as libcyaml reads them: one member for each key, as in form/raw.h.
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
    int expect; /**< of a rule 1 = a lead; of an indicator enum indicator_standing */
};

struct raw_rule {
    const char *id, *title, *source, *about, *when, *todo;
    int subject; /**< enum form_subject */
    const char **show;
    unsigned show_count;
    struct raw_rule_example *examples;
    unsigned example_count;
};

struct raw_indicator {
    const char *id, *no, *name, *unit, *base, *target, *source, *figure, *among, *met, *unknown;
    int subject; /**< enum form_subject */
    struct raw_rule_example *examples;
    unsigned example_count;
};

struct raw_rules {
    struct raw_need *needs;
    unsigned need_count;
    struct raw_rule *items;
    unsigned item_count;
    struct raw_indicator *indicators;
    unsigned indicator_count;
};

/** The keys of such a file, for form/source.h. */
extern const cyaml_schema_value_t raw_rules_schema;

#endif
