/**
 * Programme files: a programme (低保, 特困, 探访 …), the person and the visit, as data.
 *
 * forms_load() reads forms/\*.yaml, forms/blocks/\*.yaml, forms/codes.yaml and forms/amounts.yaml,
 * checks them and runs their examples; it refuses a wrong file with file, line and reason. An
 * office lays files of its own over them, which upgrades leave alone (form/overlay.h). After that a catalogue never changes and any thread may read it; it owns everything in it. HACKING.md
 * ("Add a programme") describes the files' keys.
 *
 * A record's values are a struct fields (base/fields.h). In a case's values the person's fields are
 * named "person.ID", the programme's "ID", a list's rows "LIST.0.ID". A household's members are the
 * list "members"; each row has the person's and the member's fields.
 */
#ifndef DOUDI_FORM_FORM_H
#define DOUDI_FORM_FORM_H

#include "base/date.h"
#include "base/fields.h"
#include "base/paths.h"
#include "base/problems.h"
#include "base/str.h"
#include "form/programme.h"
#include "form/type.h"

struct forms; /**< the catalogue */

/** Reads a folder of programme files. On failure *ret_error (new string) has file, line and the
 *  reason in Chinese. */
enum result forms_load(const char *directory, struct forms **ret_forms, char **ret_error);
/** The same with the files of an office laid over those that came with the program. */
enum result forms_load_over(const struct forms_folders *folders, struct forms **ret_forms,
                            char **ret_error);
void forms_free(struct forms **forms);
/** Which files are the office's, for people: "/etc/doudi/forms：amounts.yaml、gl.yaml（新增）", and which of
 *  their rules do not say what to do; NULL if none. */
const char *forms_office(const struct forms *forms);

/** A form by kind ("tanfang", "person", "visit_elder"), NULL if there is none. */
const struct form *forms_get(const struct forms *forms, const char *kind);
/** Programmes that the office uses, by rank; NULL after the last. */
const struct form *forms_programme(const struct forms *forms, size_t index);
/** Programmes that the office leaves out; NULL after the last. */
const struct form *forms_left_out(const struct forms *forms, size_t index);
/** One of the used ones by kind. NULL for any other form, and for a programme that is left out: what is there of
 *  it stays readable, nothing new is made. */
const struct form *forms_programme_find(const struct forms *forms, const char *kind);

/** The code tables, as in codes.yaml; NULL after the last. */
const struct form_codes *forms_codes_at(const struct forms *forms, size_t index);

/** A field by full name, with or without row number ("members.2.name", "members.name"); NULL if
 *  none. Also finds a bare id of the person ("name"), "head.name" of a household and "person.name"
 *  of a visit. */
const struct form_field *form_field(const struct form *form, const char *name);
/** The tier by name; the default tier for other names. NULL for a programme without visits. */
const struct form_tier *form_tier(const struct form *form, const char *name);
/** Months between reviews; 0 = none. A programme without review classes has one cycle for all
 *  cases. */
int form_cycle_months(const struct form *form, const char *review_class);
bool form_owes_visits(const struct form *form, const struct fields *values, day_t today);
/** True if a visit made for `kind` counts for a case of `form`. */
bool form_accepts(const struct form *form, const char *kind);
bool form_mode_counts(const struct form *form, const char *mode);
/** True if the findings of a visit need action at once, by the visit's own values. */
bool form_raises_alarm(const struct form *form, const struct fields *values);
/** True if nobody was met at the visit, as the form says it. */
bool form_is_unmet(const struct form *form, const struct fields *values);
/** The findings in the alarm's fields: "健康异常、安全关注；现场处置：已送医". Leaves out empty
 *  fields and a choice's first code, which is the normal one. New string. */
char *form_findings(const struct form *form, const struct fields *values);

/** "FILE:LINE" of an example, for messages; reads the file again. New string. */
char *form_example_place(const struct form *form, size_t index);

/** Words and columns of ledgers that are neither fields nor codes. */
const struct form_ledger *forms_ledger(const struct forms *forms);

/** Puts defaults and derived values into empty fields. */
void form_fill(const struct form *form, struct fields *values, day_t today);
/** The same for a ledger's row: leaves fields empty on which a figure depends. */
void form_fill_ledger(const struct form *form, struct fields *values, day_t today);
/** Takes out the values that `fill` has put in: before something changes from which they follow. */
void form_drop_filled(const struct form *form, struct fields *values, day_t today);
/** The first values of a new form on a screen. Never for imports: a guess would be stored as if an
 *  officer had entered it. */
void form_suggest(const struct form *form, struct fields *values, day_t today);
void form_compute(const struct form *form, struct fields *values, day_t today);
/** Turns typed text into canonical values, in place. A failure is a problem at its field and leaves
 *  the text. */
void form_parse(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** Parses, computes, then applies required fields and checks. True if no error was found. */
bool form_check(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** Warns of empty wanted fields. Values are canonical. */
void form_wanted(const struct form *form, const struct fields *values, day_t today,
                 struct problems *problems);
/** The row of a household's head; 0 if no row is marked. */
size_t form_head_row(const struct fields *values);
/** A value for people; also of built-in names like age (form/expr.h). New string. */
char *form_text(const struct form *form, const struct fields *values, const char *name,
                day_t today);

#endif
