/**
 * Chooses an item of a field by its number, in the same way in every form, window and grid. A digit
 * takes its item. If there are more than nine items, or no item has the number, the numbered list
 * opens with the digit. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PICK_H
#define DOUDI_TUI_APP_PICK_H

#include "form/form.h"
#include "tui/app/ask.h"

/** The name of a field's item on the screen; a review class also says its cycle, "A(一年)". New
 *  string. */
char *pick_label(const struct form *form, const struct form_field *field, const char *item);
/** The items with their numbers, "1上门 2电话 3视频"; new string. "" if the field has none, or more than
 *  nine. */
char *pick_numbers(const struct form *form, const struct form_field *field);

/**
 * Handles a key on a field of choices that holds `value`. A digit chooses at once; in a set it adds
 * or removes an item. Other text, also pasted text, opens the list and filters it. `answer` gets
 * the new value. False if the field has no choices.
 */
bool pick_key(struct app *app, const struct form *form, const struct form_field *field,
              const char *value, int key, ask_answer answer, void *arg);

/** Opens the field's numbered list. False if the field has no choices. */
bool pick_open(struct app *app, const struct form *form, const struct form_field *field,
               const char *value, ask_answer answer, void *arg);

#endif
