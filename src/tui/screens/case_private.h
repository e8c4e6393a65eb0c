/**
 * 个案, private: what the parts of the screen share. case.c asks for the case and shows it, case_pages.c
 * has the tables of its pages, case_act.c does something with the case.
 */
#ifndef DOUDI_TUI_SCREENS_CASE_PRIVATE_H
#define DOUDI_TUI_SCREENS_CASE_PRIVATE_H

#include "form/form.h"
#include "tui/app/app.h"
#include "tui/screens/case.h"
#include "tui/screens/casemembers.h"
#include "wire/doudi.pb-c.h"

enum case_tab {
    CASE_BASIC,
    CASE_MEMBERS,
    CASE_BENEFIT,
    CASE_DUTIES,
    CASE_VISITS,
    CASE_REVIEWS,
    CASE_STEPS,
    CASE_HOUSE,
    CASE_OTHERS,
    CASE_LOG,
    CASE_TAB_COUNT
};

struct case_screen {
    struct screen screen;
    uint64_t case_id;
    uint64_t person;          /**< the person for whom it was opened, 0 = the whole case */
    bool open;                /**< ID numbers are shown whole */
    Wire__Response *response; /**< holds `view` */
    const Wire__CaseView *view;
    struct fields values;
    enum case_tab tab;
    struct table tables[CASE_TAB_COUNT];
    struct table newest;         /**< of the log, for the first page */
    bool loaded[CASE_TAB_COUNT]; /**< tabs that are asked for when they are opened */
    struct table beside;         /**< on a wide terminal what leads on, beside the fields */
    int columns;                 /**< the terminal's, for which the first page was made */
    bool right;                  /**< the cursor is in `beside` */
    bool came;                   /**< the page was opened from the first one: Esc goes back there */
};

static inline struct case_screen *case_of(struct screen *screen)
{
    return (struct case_screen *)screen;
}

/** The case's programme; NULL before the case has been loaded. */
const struct form *case_form(const struct case_screen *one);
/** The person's name, or the name of a household's head. */
const char *case_name(const struct case_screen *one);
/** What the tables of members need to know. */
struct casemembers_of case_members(const struct case_screen *one);

/** True if the first page stands in two columns. */
bool case_is_wide(const struct case_screen *one);
/** The table that has the cursor. */
struct table *case_table(struct screen *screen);

/* case_pages.c */
void case_begin_pages(struct case_screen *one);
/** Fills the tables that come with the case. */
void case_fill_pages(struct case_screen *one);
/** Makes the first page anew: its rows follow from the other pages and the terminal's width. */
void case_fill_first(struct case_screen *one);
/** Asks for what a tab shows that does not come with the case. */
void case_load_page(struct case_screen *one, enum case_tab tab);
bool case_has_page(const struct case_screen *one, enum case_tab tab);
const char *case_page_title(enum case_tab tab);
void case_show_page(struct case_screen *one, enum case_tab tab);
/** The same from a row of the first page: Esc goes back to it. */
void case_follow_page(struct case_screen *one, enum case_tab tab);

/* case_act.c: handlers of keys. */
void case_edit(struct app *app);
void case_record_visit(struct app *app);
void case_correct_visit(struct app *app);
void case_void_visit(struct app *app);
void case_unmask(struct app *app);
void case_excuse(struct app *app);
void case_ask_review(struct app *app);
void case_ask_end(struct app *app);
void case_ask_reopen(struct app *app);
void case_print(struct app *app);
void case_upper(struct app *app);
void case_follow(struct app *app);

#endif
