/**
 * 应访清单, private: what the parts of the screen share. due.c asks for the rows and shows them,
 * due_row.c does something with one, due_scope.c says which rows and prints them.
 */
#ifndef DOUDI_TUI_SCREENS_DUE_PRIVATE_H
#define DOUDI_TUI_SCREENS_DUE_PRIVATE_H

#include "tui/app/listscreen.h"
#include "tui/screens/due.h"

struct due_screen {
    struct list_screen list;
    char *area, *officer, *kind; /**< "" = all */
    bool all;                    /**< also people who are not pending */
    bool reviews;                /**< 复核 instead of 探访 */
    char *question;              /**< the question that the rows answer */
    uint64_t moves;              /**< of the ledger when the rows were read, 0 = not known */
};

static inline struct due_screen *due_of(struct screen *screen)
{
    return (struct due_screen *)screen;
}

/** Fetches the list and the board's figures of the same scope. */
enum result due_ask(const struct due_screen *due, struct sheet **ret_sheet);
/** The request for the rows. */
void due_watch_list(const struct screen *screen, struct due_watch *watch);

/* due_row.c: handlers of keys. */
void due_record(struct app *app);
void due_record_phone(struct app *app);
void due_record_unmet(struct app *app);
void due_record_same(struct app *app);
void due_mark_home(struct app *app);
void due_open_batch(struct app *app);
void due_excuse(struct app *app);

/* due_scope.c: handlers of keys. */
void due_toggle_all(struct app *app);
void due_print(struct app *app);
void due_scope(struct app *app);

#endif
