/**
 * 草拟个案: actions on a drafted case, for officers who file cases and for the officer who drafted it.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PROPOSAL_H
#define DOUDI_TUI_SCREENS_PROPOSAL_H

#include "base/sheet.h"

struct app;

/** Asks what to do with the proposal of that id: file it or give it back; change or withdraw it.
 *  Officers who do the steps of its programme come to 办理 instead. */
void proposal_open(struct app *app, const char *id, const char *kind);

#endif
