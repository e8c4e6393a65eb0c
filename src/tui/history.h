/**
 * 打印、导入记录: what came in and what went out, and an import taken back. Private to src/tui.
 */
#ifndef DOUDI_TUI_HISTORY_H
#define DOUDI_TUI_HISTORY_H

struct app;

/* Handlers of the action table. */
void history_open(struct app *app);
void history_show(struct app *app);
void history_undo(struct app *app);

#endif
