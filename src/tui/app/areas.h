/**
 * Divisions: choosing one, their names. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_AREAS_H
#define DOUDI_TUI_APP_AREAS_H

#include "tui/app/ask.h"

/** Shows a list of the divisions within the officer's own, of one level ("" = of all). The answer
 *  is a line for areas_code(). */
void areas_choose(struct app *app, const char *level, ask_answer answer, void *arg);
/** The code at the beginning of a line of that list; new string. */
char *areas_code(const char *line);
/** The code of the division of that level that is nearest to what was typed: called so (with or without
 *  社区, 村 …), so spelt (jqsq, jingqi), beginning so, with it inside. NULL if none or several are as
 *  near; *ret_count says how many. Borrowed until the next login. */
const char *areas_named(struct app *app, const char *level, const char *name, size_t *ret_count);
/** The level of a code, by its digits: "county", "street" or "village". */
const char *areas_level(const char *code);
/** The level below it; "village" has none but itself. */
const char *areas_level_below(const char *level);

/** The division's name, "" for one the officer does not see. Borrowed until the next login. */
const char *areas_name(struct app *app, const char *code);

#endif
