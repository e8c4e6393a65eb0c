/**
 * 合规看板: figures by county, street, village, officer or programme; from any of them one key
 * opens the level below, the names, or the trend. Private to src/tui.
 */
#ifndef DOUDI_TUI_BOARD_H
#define DOUDI_TUI_BOARD_H

struct app;

/* Handlers of the action table. */
void board_open(struct app *app);
void board_enter(struct app *app);
void board_names(struct app *app);
void board_excused(struct app *app);
void board_not_counted(struct app *app);
void board_right(struct app *app);
void board_left(struct app *app);
void board_suspects(struct app *app);
void board_trend(struct app *app);
void board_by(struct app *app);
void board_kind(struct app *app);
void board_reported(struct app *app);
void board_print(struct app *app);

#endif
