/**
 * The order of a list, chosen by the officer. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_LISTORDER_H
#define DOUDI_TUI_APP_LISTORDER_H

struct app;
struct table;

/** Handler of a common key: asks by which column the top screen's table is to be ordered. The same
 *  column a second time turns the order round. Lasts until the screen is left. */
void list_order_ask(struct app *app);
/** The order that was chosen, for a printed list: "姓名，倒序"; "" for the usual one. New string. */
char *list_order_words(const struct table *table);
/** The same for the log of prints, "-name" for the other way round; "" for the usual order. New
 *  string. */
char *list_order_id(const struct table *table);
/** Puts a table into the order of such an id; one that it does not have is the usual one. */
void list_order_take(struct table *table, const char *id);

#endif
