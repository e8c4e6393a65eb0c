/**
 * Keys as one officer wants them: letters and Ctrl keys of actions, in a file of lines "id = keys".
 *
 *     # what stands behind '#' is not read
 *     due.record = v
 *     due.phone = p ^P
 *     due.undo =
 *
 * A line says all letters of its action; with nothing behind '=' it has none. F-keys, 回车, Esc,
 * digits, 空格 and the keys of movement stay what they are, since the texts on the screen name them.
 * A key that would mean two things on one screen is refused, and with it the whole file. Threads: any.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_KEYMAP_H
#define DOUDI_TUI_APP_KEYMAP_H

#include "base/result.h"
#include "tui/app/action.h"

struct app_screens;
struct keymap;

/** Names of the action's keys, as struct action has them. `map` may be NULL: the usual ones.
 *  Borrowed from both. */
const char *keymap_keys(const struct keymap *map, const struct action *action);
/** The letters and Ctrl keys among them, the names joined by blanks; new string. */
char *keymap_letters(const struct keymap *map, const struct action *action);
/** Reads a file's text. RESULT_INVALID: *ret_fault says in Chinese which line is wrong and why (new
 *  string). *ret_count: how many actions have other keys. */
enum result keymap_read(const char *text, const struct app_screens *screens,
                        struct keymap **ret_map, size_t *ret_count, char **ret_fault);
/** Gives an action other letters: *map (may be NULL) is replaced. RESULT_INVALID: it stays, and
 *  *ret_fault says why. */
enum result keymap_change(struct keymap **map, const struct app_screens *screens,
                          const struct action *action, const char *letters, char **ret_fault);
/** The file's text; new string. */
char *keymap_text(const struct keymap *map);
void keymap_free(struct keymap **map);

#endif
