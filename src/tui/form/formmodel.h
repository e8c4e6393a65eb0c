/**
 * A form being filled in, without its looks: its fields, their values and problems, the cursor.
 *
 * The lines of a form are its items: headings, fields, and for a list its rows and a line to add
 * one. They follow from the programme file and the values: a field whose condition (`when`) is
 * false has no item. A row of a list is filled in through a second model over the same values
 * (formmodel_init_row()).
 *
 * Ownership: values and problems belong to the caller and outlive the model.
 */
#ifndef DOUDI_TUI_FORM_FORMMODEL_H
#define DOUDI_TUI_FORM_FORMMODEL_H

#include "base/fields.h"
#include "base/problems.h"
#include "form/form.h"

#include <stdbool.h>
#include <stddef.h>

enum formitem_type {
    FORMITEM_SECTION, /**< a heading */
    FORMITEM_FIELD,
    FORMITEM_LIST, /**< a list's heading */
    FORMITEM_ROW,  /**< one row of it, in short */
    FORMITEM_ADD   /**< "add a row" */
};

struct formitem {
    enum formitem_type type;
    const struct form_field *field; /**< field or list; NULL for a heading */
    const char *text;               /**< of a heading */
    char *name;                     /**< name of its value: "tier", "members.2.name", "members.2" */
    size_t row;
};

struct formmodel {
    const struct form *form;
    const struct form_field *fields;
    size_t field_count;
    const struct form_field *list; /**< the list whose row this is, NULL = the whole form */
    size_t row;
    struct type_context context;
    struct fields *values;
    struct problems *problems;
    struct formitem *items;
    size_t count;
    bool unfolded;  /**< fields that stand behind a key are shown, too */
    size_t current; /**< always an item that can be entered, if there is one */
};

void formmodel_init(struct formmodel *model, const struct form *form, struct fields *values,
                    struct problems *problems, day_t today);
/** The model of one row of `list`. */
void formmodel_init_row(struct formmodel *model, const struct formmodel *whole,
                        const struct form_field *list, size_t row);
/** Makes the items anew after values have changed; the cursor stays at its field. */
void formmodel_layout(struct formmodel *model);
/** Shows the fields that stand behind a key and goes to the first, or folds the empty ones again.
 *  False if the form has none. */
bool formmodel_unfold(struct formmodel *model);
/** Goes `delta` fields on (negative: back). False at the end. */
bool formmodel_move(struct formmodel *model, int delta);
/** Goes to the first field of the next (+1) or previous (-1) section. */
void formmodel_section(struct formmodel *model, int delta);
/** Goes to the field of that name, or to the row that contains it. False if there is none. */
bool formmodel_goto(struct formmodel *model, const char *name);
/** The current item; NULL in a form without fields. */
const struct formitem *formmodel_item(const struct formmodel *model);
/** True if the item is a field that can be typed or chosen. */
bool formmodel_editable(const struct formitem *item);
/** A field's value as stored; as a person reads it (new string); a row in short (new string). */
const char *formmodel_value(const struct formmodel *model, const struct formitem *item);
char *formmodel_text(const struct formmodel *model, const struct formitem *item);
/** True if the field is required with the present values. */
bool formmodel_required(const struct formmodel *model, const struct formitem *item);
/**
 * Puts typed text into the current field. An unreadable text stays as typed, with a problem at the
 * field; a readable one removes the field's problems. True if the value changed.
 */
bool formmodel_put(struct formmodel *model, const char *text);
/** The day that a text means in the current field; NULL if that takes no days or no such text. New
 *  string. */
char *formmodel_day(const struct formmodel *model, const char *text);
/** Removes the problems of one field. */
void formmodel_forget(struct formmodel *model, const char *name);
/** The next (+1) or previous choice of a choice or yes/no field. */
void formmodel_cycle(struct formmodel *model, int delta);
/** Adds a row to the list at the cursor and returns its number; -1 when there is no list. */
long formmodel_add_row(struct formmodel *model);
/** Removes the row at the cursor. */
bool formmodel_remove_row(struct formmodel *model);
/** Checks the whole form: parses, computes, required fields, checks. True if there is no error. */
bool formmodel_check(struct formmodel *model);
/** The problems at an item (of a row: at any of its fields), NULL behind the last. */
const struct problem *formmodel_problem(const struct formmodel *model, const struct formitem *item,
                                        size_t index);
/** Goes to the first item with an error, in the order of the screen. False if there is none: the
 *  cursor stays. */
bool formmodel_goto_error(struct formmodel *model);
/** Checks this model's row and replaces the row's problems; other problems stay. */
void formmodel_check_row(struct formmodel *model);
void formmodel_free(struct formmodel *model);

#endif
