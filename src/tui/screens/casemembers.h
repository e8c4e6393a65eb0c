/**
 * The lists of a case: members of a household as a table with headings, other lists line by line.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEMEMBERS_H
#define DOUDI_TUI_SCREENS_CASEMEMBERS_H

#include "form/form.h"
#include "tui/app/app.h"

extern const struct table_column CASEMEMBERS_COLUMNS[];
extern const size_t CASEMEMBERS_COLUMN_COUNT;

/** The case: its form, its values, and the name of the household's village. */
struct casemembers_of {
    const struct form *form;
    const struct fields *values;
    const char *area_name;
};

/** The members; empty if the form has none. */
struct sheet *casemembers_sheet(struct app *app, const struct casemembers_of *of);
/** Every filled field of a member, a line each; new string. */
char *casemembers_text(struct app *app, const struct casemembers_of *of, size_t row);
/** A row of another list in one line: "收入类别 工资性，收入金额 1200.00"; new string. */
char *casemembers_line(const struct form_field *list, const struct fields *values, size_t row);
bool casemembers_is_list(const struct form_field *field);

#endif
