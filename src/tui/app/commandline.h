/**
 * The command line, `:` on every list and page: whatever the officer may do here, found by typing.
 *
 * It offers every action of the screen below and every place of the menu, those used last first. A
 * place whose name was typed stands before a command of that name (tui/app/nearness.h).
 * A command is found by its name, the name's pinyin (initials or whole), the beginning of its id
 * ("due.open") or words of its help. What stands behind the first blank is typed on into what the
 * command opens: "查找 wgl", "筛选 旌旗". A number alone goes to that row, "9月" and "2026-09" go to
 * that month. Nothing is ever confirmed by it. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_COMMANDLINE_H
#define DOUDI_TUI_APP_COMMANDLINE_H

#include "tui/app/app.h"

extern const struct screen_ops COMMANDLINE_OPS;

/* Handler of a common key. */
void commandline_open(struct app *app);

#endif
