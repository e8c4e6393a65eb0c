/**
 * 菜单 and 帮助, both from the tables of actions. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_MENU_H
#define DOUDI_TUI_APP_MENU_H

#include "tui/app/action.h"

struct sheet;

/** 业务, 督导 …: under which a place stands. */
const char *menu_heading(enum menu menu);
/** What the officer may open, one line each: what text action. New sheet. */
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
