/**
 * 区划: the divisions, their changes from a day on, and the list of changes. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DIVISIONS_H
#define DOUDI_TUI_SCREENS_DIVISIONS_H

struct app;

/** The day of a change, in a window's form (tui/form/dialog.h). */
#define DIVISIONS_FROM_FIELD                                                                       \
    {                                                                                              \
        .id = "from", .label = "生效日期", .type = "date", .required = true, .ahead = true,        \
        .help = "不能在月结过的月份里；以后的日期到期自动生效"               \
    }

/* Places of the menu (tui/screens/screens.c). */
void divisions_open(struct app *app);

extern const struct screen_ops DIVISIONS_OPS;
extern const struct screen_ops DIVISIONS_CHANGES_OPS;

#endif
