/**
 * 草拟个案: what is done with one, by those who file cases and by those who drafted it. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PROPOSAL_H
#define DOUDI_TUI_SCREENS_PROPOSAL_H

#include "base/sheet.h"

struct app;

/** Asks what to do with the proposal of that id: file it or give it back; change or withdraw it. */
void proposal_open(struct app *app, const char *id);

#endif
