/**
 * 菜单 and 帮助, both from the tables of actions. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_MENU_H
#define DOUDI_TUI_APP_MENU_H

#include "tui/app/action.h"

struct sheet;

/** A heading of the menu: 业务, 督导 … */
const char *menu_heading(enum menu menu);
/** The places that the officer may open, a row each: what text action. New sheet. */
void menu_lines(struct app *app, struct sheet **ret_sheet);
/** Runs an action by its id. */
void menu_run(struct app *app, const char *id);

/* Handlers of common keys. */
void menu_open(struct app *app);
void menu_help(struct app *app);
void menu_refresh(struct app *app);
void menu_redraw(struct app *app);
void menu_back(struct app *app);
void menu_leave(struct app *app);

#endif
