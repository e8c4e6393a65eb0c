/**
 * A form being filled in, without its looks: which fields there are, what stands in them, what is
 * wrong with them, where the cursor is.
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
    size_t current; /**< always an item that can be entered, if there is one */
};

void formmodel_init(struct formmodel *model, const struct form *form, struct fields *values,
                    struct problems *problems, day_t today);
/** The model of one row of `list`. */
void formmodel_init_row(struct formmodel *model, const struct formmodel *whole,
                        const struct form_field *list, size_t row);
/** Works the items out anew after values changed; the cursor stays at its field. */
void formmodel_layout(struct formmodel *model);
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
/** True if the field must be filled as things stand. */
bool formmodel_required(const struct formmodel *model, const struct formitem *item);
/**
 * Puts what was typed into the current field. What cannot be read stays as typed, with a problem
 * at the field; what can takes its problems away. True if the value changed.
 */
bool formmodel_put(struct formmodel *model, const char *text);
/** Takes away what is said of one field. */
void formmodel_forget(struct formmodel *model, const char *name);
/** The next (+1) or previous choice of a choice or yes/no field. */
void formmodel_cycle(struct formmodel *model, int delta);
/** Adds a row to the list at the cursor and returns its number; -1 when there is no list. */
long formmodel_add_row(struct formmodel *model);
/** Takes the row at the cursor out. */
bool formmodel_remove_row(struct formmodel *model);
/** Everything at once: parses, computes, required fields, checks. True if no error was found. */
bool formmodel_check(struct formmodel *model);
/** The problems at an item (of a row: at any of its fields), NULL behind the last. */
const struct problem *formmodel_problem(const struct formmodel *model, const struct formitem *item,
                                        size_t index);
/** Goes to the first item in the order of the screen at which an error stands. False if there is none:
 *  the cursor stays. */
bool formmodel_goto_error(struct formmodel *model);
/** Checks the row whose model this is and puts what is wrong with it in place of what was said of it
 *  before; the rest stays as it was. */
void formmodel_check_row(struct formmodel *model);
void formmodel_free(struct formmodel *model);

#endif
