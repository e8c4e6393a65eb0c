/**
 * 线索: whom the rules have found, and what is done about it. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_LEADS_H
#define DOUDI_TUI_SCREENS_LEADS_H

struct app;
struct document;

void leads_open(struct app *app);
/** Those of one division; `name` stands above them. */
void leads_open_area(struct app *app, const char *area, const char *name);

/** Adds the open ones as the table "leads" to a village list that is printed; without the right to
 *  see them, or if they cannot be read, nothing. */
void leads_add_table(struct app *app, const char *area, struct document *document);

extern const struct screen_ops LEADS_OPS;

#endif
