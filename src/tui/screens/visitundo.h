/**
 * 撤销 and 更正 of what the officer recorded last, and 更正 of a person's last visit, from any list of
 * people. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_VISITUNDO_H
#define DOUDI_TUI_SCREENS_VISITUNDO_H

#include "wire/doudi.pb-c.h"

#include <stdint.h>

struct app;

/** Notes the visit of the server's answer. */
void visitundo_note(struct app *app, uint64_t case_id, const char *name,
                    const Wire__VisitDone *done, const char *replaces);

/* Handlers of keys, on a list whose rows are cases. */
void visitundo_ask(struct app *app);
void visitundo_correct(struct app *app);
void visitundo_correct_aimed(struct app *app);

#endif
