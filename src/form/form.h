/**
 * Programme files: a programme (低保, 特困, 探访 …), the person and the visit as data.
 *
 * forms_load() reads forms/\*.yaml, forms/blocks/\*.yaml, forms/codes.yaml and forms/amounts.yaml, checks them and
 * runs their examples; a wrong file is refused with file, line and reason. Afterwards a catalogue
 * never changes and may be read by any thread; everything in it is owned by it. The keys of the
 * files are described in HACKING.md ("Add a programme").
 *
 * A record's values are a struct fields (base/fields.h). In a case's values the person's own
 * fields are named "person.ID", the programme's fields "ID", a list's rows "LIST.0.ID". A
 * household's members are the list "members"; each row has the person's fields and the member's.
 */
#ifndef DOUDI_FORM_FORM_H
#define DOUDI_FORM_FORM_H

#include "base/date.h"
#include "base/fields.h"
#include "base/problems.h"
#include "base/str.h"
#include "form/programme.h"
#include "form/type.h"

struct forms; /**< the catalogue */

/** Reads a folder of programme files. On failure *ret_error (new string) names file, line, reason
 *  in Chinese. */
enum result forms_load(const char *directory, struct forms **ret_forms, char **ret_error);
void forms_free(struct forms **forms);

/** A form by kind ("tanfang", "person", "visit_elder"), NULL if there is none. */
const struct form *forms_get(const struct forms *forms, const char *kind);
/** Programmes only, by rank; NULL behind the last. */
const struct form *forms_programme(const struct forms *forms, size_t index);

/** A field by full name, with or without row number ("members.2.name", "members.name"); NULL if
 *  none. A bare id of the person ("name") is found too, and so is "head.name" of a household and
 *  "person.name" of a visit. */
const struct form_field *form_field(const struct form *form, const char *name);
/** The tier by name; the default tier for an unknown or empty one. NULL without visits. */
const struct form_tier *form_tier(const struct form *form, const char *name);
/** Months between reviews; 0 = none. A programme without review classes has one cycle for all. */
int form_cycle_months(const struct form *form, const char *review_class);
bool form_owes_visits(const struct form *form, const struct fields *values, day_t today);
/** True if a visit made for `kind` counts for a case of `form`. */
bool form_accepts(const struct form *form, const char *kind);
bool form_mode_counts(const struct form *form, const char *mode);
/** True if what a visit found must be seen to at once, by the visit's own values. */
bool form_raises_alarm(const struct form *form, const struct fields *values);
/** What it found, of the fields the alarm looks at: "健康异常、安全关注；现场处置：已送医". A choice's first
 *  code is the ordinary one and is not told, nor is what is empty. New string. */
char *form_findings(const struct form *form, const struct fields *values);

/** What ledgers write besides fields and codes. */
const struct form_ledger *forms_ledger(const struct forms *forms);

/** Defaults and what follows from other fields into empty fields. */
void form_fill(const struct form *form, struct fields *values, day_t today);
/** The same for a row of a ledger: what a figure depends on stays empty. */
void form_fill_ledger(const struct form *form, struct fields *values, day_t today);
/** What a new form on a screen begins with. Never for imports: a guess that nobody has looked at
 *  would be stored as if somebody had said so. */
void form_suggest(const struct form *form, struct fields *values, day_t today);
/** Computes the computed fields. */
void form_compute(const struct form *form, struct fields *values, day_t today);
/** Typed text to canonical values, in place; each failure is a problem at its field (and the text
 *  stays as it was). */
void form_parse(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** Parses, computes, then required fields and checks. True if no error was found. */
bool form_check(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** Fields that are wanted and empty, as warnings. Values are canonical. */
void form_wanted(const struct form *form, const struct fields *values, day_t today,
                 struct problems *problems);
/** The row of a household's head; 0 if none is marked. */
size_t form_head_row(const struct fields *values);
/** A value as a person reads it; age and others of form/expr.h too. New string. */
char *form_text(const struct form *form, const struct fields *values, const char *name,
                day_t today);

#endif
