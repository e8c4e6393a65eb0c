/**
 * 合规看板: figures by county, street, village, officer or programme; one key opens the level below,
 * the names, or the trend. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BOARD_H
#define DOUDI_TUI_SCREENS_BOARD_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void board_open(struct app *app);
/** Shows what a print had (base/prints.h); on top is a board that was just opened. */
struct fields;
void board_narrow(struct app *app, const char *area, const struct fields *scope);

extern const struct screen_ops BOARD_OPS;

#endif
