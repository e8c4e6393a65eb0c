#include "tui/app/menu.h"

#include "base/mem.h"
#include "tui/app/ask.h"

#include <stdlib.h>
#include <string.h>

const char *menu_heading(enum menu menu)
{
    static const char *const headings[] = {[MENU_WORK] = "业务",
                                           [MENU_SUPERVISE] = "督导",
                                           [MENU_ADMIN] = "管理",
                                           [MENU_SELF] = "个人"};

    return headings[menu];
}

void menu_lines(struct app *app, struct sheet **ret_sheet)
{
    static const char *const ids[] = {"what", "text", "action"};
    const struct action_table *places = app->screens->places;
    struct sheet *sheet = sheet_new_ids(ids, 3);

    for (size_t i = 0; i < places->count; i++) {
        const struct action *action = &places->rows[i];
        if (action->menu != MENU_NONE && app_may(app, action->right)) {
            size_t row = sheet_add_row(sheet);
            sheet_set(sheet, row, "what", menu_heading(action->menu));
            sheet_set(sheet, row, "text", action->help);
            sheet_set(sheet, row, "action", action->id);
        }
    }
    *ret_sheet = sheet;
}

void menu_run(struct app *app, const char *id)
{
    const struct action_table *places = app->screens->places;

    for (size_t i = 0; i < places->count; i++) {
        const struct action *action = &places->rows[i];
        if (strcmp(action->id, id) == 0 && app_may(app, action->right)) {
            action->handler(app);
            return;
        }
    }
}

static char *menu_line(const struct sheet *lines, size_t row)
{
    return mem_printf("%s  %s", sheet_get(lines, row, "what"), sheet_get(lines, row, "text"));
}

static void menu_chosen(struct app *app, void *arg, const char *chosen)
{
    struct sheet *lines = NULL;
    bool found = false;

    (void)arg;
    menu_lines(app, &lines);
    for (size_t row = 0; !found && row < lines->row_count; row++) {
        char *line = menu_line(lines, row);
        found = strcmp(line, chosen) == 0;
        free(line);
        if (found)
            menu_run(app, sheet_get(lines, row, "action"));
    }
    sheet_free(&lines);
}

void menu_open(struct app *app)
{
    struct sheet *sheet = NULL;
    struct ask_choice choice = {.title = "菜单"};
    char **labels;

    menu_lines(app, &sheet);
    labels = mem_array(sheet->row_count + 1, sizeof labels[0]);
    for (size_t row = 0; row < sheet->row_count; row++)
        labels[row] = menu_line(sheet, row);
    choice.labels = (const char *const *)labels;
    choice.count = sheet->row_count;
    ask_choice(app, &choice, menu_chosen, NULL);
    for (size_t row = 0; row < sheet->row_count; row++)
        free(labels[row]);
    free(labels);
    sheet_free(&sheet);
}

void menu_help(struct app *app)
{
    struct str text = {0};
    char *title = mem_printf("帮助：%s", app->top->ops->title);

    action_help(app, &text);
    ask_show(app, title, str_text(&text));
    str_free(&text);
    free(title);
}

void menu_refresh(struct app *app)
{
    app_changed(app);
}

void menu_redraw(struct app *app)
{
    term_redraw(app->term);
}

void menu_back(struct app *app)
{
    if (app->top->below != NULL)
        app_pop(app);
    else
        menu_leave(app);
}

static void leave(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    (void)answer;
    app->leaving = true;
}

void menu_leave(struct app *app)
{
    ask_confirm(app, "退出系统？", leave, NULL);
}
