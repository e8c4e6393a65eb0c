/**
 * 撤销 and 更正 of the visit recorded last since the login, from any list of people. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_VISITUNDO_H
#define DOUDI_TUI_SCREENS_VISITUNDO_H

#include "wire/doudi.pb-c.h"

#include <stdint.h>

struct app;
struct visited_one;

/** Notes the visit of the server's answer; `one` says whose it is, its `visit` is not read. */
void visitundo_note(struct app *app, const struct visited_one *one, const Wire__VisitDone *done,
                    const char *replaces);

/* Handlers of keys, on a list whose rows are cases. */
void visitundo_ask(struct app *app);
void visitundo_correct(struct app *app);

#endif
