/**
 * A programme file as libcyaml reads it: one member for each key (HACKING.md explains them).
 *
 * A missing text is NULL, a missing list has no items.
 */
#ifndef DOUDI_FORM_RAW_H
#define DOUDI_FORM_RAW_H

#include "form/raw_benefit.h"
#include "form/raw_beside.h"
#include "form/raw_codes.h"
#include "form/raw_dates.h"
#include "form/raw_example.h"
#include "form/raw_limits.h"

#include <stdbool.h>

struct raw_field {
    const char *id, *label, *type, *codes, *section, *help, *initial;
    const char *required, *wanted, *when, *compute, *fill, *suggest, *folded;
    const char **headers;
    unsigned header_count;
    const char *clock, *more;
    int max, min_rows;
    bool sensitive, stated, ahead, shared;
    const char **of; /**< lists: blocks and forms whose fields are the columns */
    unsigned of_count;
    struct raw_field *columns; /**< lists: own columns */
    unsigned column_count;
};

struct raw_check {
    const char *when, *say, *need, *field, *list;
    bool warning;
};

struct raw_tier {
    const char *name;
    int per_month, interval;
};

struct raw_visits {
    const char *when, *record, *stopped;
    struct raw_tier *tiers;
    unsigned tier_count;
    const char **modes;
    unsigned mode_count;
    const char **accepts;
    unsigned accept_count;
};

struct raw_cycle {
    const char *name;
    int months;
};

struct raw_import {
    const char *field;
    bool each, weak;
    const char **headers;
    unsigned header_count;
};

struct raw_roles {
    const char *area, *since, *tier, *officer, *review_class, *until;
};

struct raw_alarm {
    const char *when, *say, *unmet;
    const char **tell;
    unsigned tell_count;
};

struct raw_steps;

/** A programme, the person, a visit or a block. */
struct raw_form {
    const char *kind, *title, *brief, *code;
    int subject;
    bool secret, rate;
    int rank;
    const char **begin; /**< blocks before its own fields */
    unsigned begin_count;
    const char **use; /**< blocks after them */
    unsigned use_count;
    struct raw_codes *codes; /**< tables of its own, as in codes.yaml */
    unsigned code_count;
    struct raw_field *fields;
    unsigned field_count;
    struct raw_check *checks;
    unsigned check_count;
    struct raw_visits *visits;
    struct raw_cycle *cycles;
    unsigned cycle_count;
    const char **exits;
    unsigned exit_count;
    struct raw_exclude *excludes;
    unsigned exclude_count;
    struct raw_require *requires;
    unsigned require_count;
    const char **list;
    unsigned list_count;
    struct raw_import *import;
    unsigned import_count;
    struct raw_roles *roles;
    struct raw_alarm *alarm;
    struct raw_benefit *benefit;
    struct raw_limits *limits;
    struct raw_date *dates;
    unsigned date_count;
    struct raw_steps *steps; /**< form/raw_steps.h */
    struct raw_example *examples;
    unsigned example_count;
};

#endif
