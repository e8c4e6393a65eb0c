/**
 * Choosing an item of a field by its number, the same in every form, window and grid: the digit typed
 * is the item; where there are more than nine, or no number fits, the numbered list opens with it.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PICK_H
#define DOUDI_TUI_APP_PICK_H

#include "form/form.h"
#include "tui/app/ask.h"

/** What an item of a field is called on the screen: of a review's class how often it comes as well, "A(一年)".
 *  New string. */
char *pick_label(const struct form *form, const struct form_field *field, const char *item);
/** "1上门 2电话 3视频": the items as they are numbered; new string. "" if the field has none or more
 *  than one digit can say. */
char *pick_numbers(const struct form *form, const struct form_field *field);

/**
 * A key typed on a field of choices, whose value is `value`: a digit chooses at once, of a set it takes
 * an item in or out; other text opens the list and looks for itself in it, as does what is pasted.
 * `answer` gets the new value. False if the field has no choices.
 */
bool pick_key(struct app *app, const struct form *form, const struct form_field *field,
              const char *value, int key, ask_answer answer, void *arg);

/** Opens the field's numbered list. False if the field has no choices. */
bool pick_open(struct app *app, const struct form *form, const struct form_field *field,
               const char *value, ask_answer answer, void *arg);

#endif
