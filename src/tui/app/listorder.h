/**
 * The order of a list, chosen by the officer. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_LISTORDER_H
#define DOUDI_TUI_APP_LISTORDER_H

struct app;

/** Handler of a common key: asks by which column the top screen's table is to be ordered. The same
 *  column a second time turns the order round. Lasts until the screen is left. */
void list_order_ask(struct app *app);

#endif
