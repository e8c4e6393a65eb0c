#include "tui/app/commandline.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/keyfile.h"
#include "tui/app/listscreen.h"
#include "tui/app/nearness.h"
#include "tui/kit/keys.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 18, COLUMNS = 76, TYPED_MAX = 120 };

struct commandline {
    struct screen screen;
    struct lineedit edit;
    struct table table;           /* what was found */
    const struct action **offers; /* all, those used last first; NULL behind the last; owned */
    const struct action **found;  /* of each row of the table; owned */
};

static const struct table_column LINE_COLUMNS[] = {
    {.id = "name", .label = "命令", .least = 8, .most = 12},
    {.id = "keys", .label = "按键", .least = 8, .most = 14, .rank = 1},
    {.id = "help", .label = "做什么", .least = 20, .most = 0},
};

static struct commandline *commandline_of(struct screen *screen)
{
    return (struct commandline *)screen;
}

// ---- a line that is a row or a month

/** True if the text is the number of a row of the screen below, which may not be there. */
static bool is_row(const struct commandline *line, const char *text)
{
    return line->screen.below->ops->list != NULL && text_is_digits(text);
}

/** The month that the text means, of this year if it says "9月"; 0 if it is none or the screen
 *  below shows no month. */
static month_t month_in(const struct commandline *line, const char *text)
{
    const struct app *app = line->screen.app;
    month_t month = 0;

    if ((line->screen.below->ops->is & SCREEN_MONTHLY) == 0)
        return 0;
    if (text_ends(text, "月") && month_parse_loose(text, &month) != 0) {
        char *whole = mem_printf("%d年%s", month_year(month_of(app_today(app))), text);
        (void)month_parse_loose(whole, &month);
        free(whole);
    } else if (strchr(text, '-') != NULL) {
        (void)month_parse_loose(text, &month);
    }
    return month;
}

static void go_to_row(struct app *app, const char *text)
{
    struct list *list = app->top->ops->list(app->top);
    int64_t number = 0;

    if (list->view_count == 0)
        app_warn(app, "没有第 %s 行，这里一行也没有；请打别的命令", text);
    else if (text_to_int(text, 1, (int64_t)list->view_count, &number) != 0)
        app_warn(app, "没有第 %s 行，可打 1 到 %zu", text, list->view_count);
    else
        list_select(list, list->view[(size_t)number - 1]);
}

/** Says of a line that means nothing how it should be typed. */
static void refuse(struct app *app, const struct commandline *line, const char *text)
{
    bool monthly = (line->screen.below->ops->is & SCREEN_MONTHLY) != 0;

    if (monthly && text[0] >= '0' && text[0] <= '9' &&
        (strchr(text, '-') != NULL || strstr(text, "月") != NULL))
        app_warn(app, "没有“%s”；看别的月份请打 9月 或 2026-09，或按 [ ]", text);
    else
        app_warn(app, "没有“%s”这个命令；退格改一改，Esc 取消", text);
}

// ---- what is offered, and what fits

static bool is_offered(const struct app *app, const struct screen *below,
                       const struct action *action)
{
    bool place = action->menu != MENU_NONE;

    return app_may(app, action->right) && action->handler != commandline_open &&
           (place || action_is_on(app->screens->places, below->ops, action));
}

/** True if one of them does the same, perhaps by another key. */
static bool is_in(const struct action *const *actions, const struct action *action)
{
    while (*actions != NULL && (*actions)->handler != action->handler)
        actions++;
    return *actions != NULL;
}

/** All that may be done from the screen below, each once; a new array. */
static const struct action **offers_of(const struct app *app, const struct screen *below)
{
    /* tables of action_table(): its own, the places, what every list has, help */
    static const size_t order[ACTION_KINDS] = {2, 3, 1, 4, 5, 0};
    const struct action **offers;
    size_t most = COMMANDS_KEPT + 1;
    size_t count = 0;

    for (size_t nth = 0; nth < ACTION_KINDS; nth++)
        most += action_table(app->screens->places, below->ops, nth).count;
    offers = mem_array(most, sizeof offers[0]);
    for (size_t i = 0; i < COMMANDS_KEPT && app->commands[i] != NULL; i++)
        if (is_offered(app, below, app->commands[i]))
            offers[count++] = app->commands[i];
    for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
        struct action_table table = action_table(app->screens->places, below->ops, order[nth]);
        for (size_t i = 0; i < table.count; i++)
            if (is_offered(app, below, &table.rows[i]) && !is_in(offers, &table.rows[i]))
                offers[count++] = &table.rows[i];
    }
    return offers;
}

static void add_row(struct sheet *sheet, const struct keymap *keymap, const struct action *action)
{
    struct str keys = {0};

    action_add_keys(keymap, action, &keys);
    (void)sheet_add_cells(sheet,
                          (const char *const[]){action->name, str_text(&keys), action->help});
    str_free(&keys);
}

/** The first word of the line in lower case, and the place behind it; new string. */
static char *first_word(const struct commandline *line, size_t *ret_end)
{
    char *text = lineedit_text(&line->edit);
    size_t end = 0;

    while (end < line->edit.count && !text_is_blank(line->edit.codes[end]))
        end++;
    *ret_end = end;
    text[strcspn(text, " ")] = '\0';
    for (char *c = text; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return text;
}

static void search(const struct app *app, struct commandline *line)
{
    static const char *const ids[] = {"name", "keys", "help"};
    struct sheet *sheet = sheet_new_ids(ids, sizeof ids / sizeof ids[0]);
    size_t end = 0;
    char *typed = first_word(line, &end);
    size_t count = 0;

    for (enum nearness near = NEARNESS_PLACE; near < NEARNESS_NONE; near++) {
        for (size_t i = 0; line->offers[i] != NULL; i++) {
            if (nearness_of_action(line->offers[i], line->offers, typed) == near) {
                add_row(sheet, app->keymap, line->offers[i]);
                line->found[count++] = line->offers[i];
            }
        }
    }
    table_fill(&line->table, &sheet);
    list_first(&line->table.list);
    free(typed);
}

// ---- running it

/** Keeps the command in front of those used before. */
static void keep(struct app *app, const struct action *action)
{
    size_t place = 0;

    while (place < COMMANDS_KEPT - 1 && app->commands[place] != NULL &&
           app->commands[place] != action)
        place++;
    for (; place > 0; place--)
        app->commands[place] = app->commands[place - 1];
    app->commands[0] = action;
}

/** Types the rest of the line into what the command has opened: a search, an input window, or a
 *  list's filter. Never into a form, where a digit would choose. */
static void type_on(struct app *app, const uint32_t *codes, size_t count)
{
    const struct screen_ops *ops = app->top->ops;

    if (count == 0)
        return;
    if ((ops->is & SCREEN_TABLE) != 0 && ops->table != NULL && (ops->is & SCREEN_FIXED) == 0)
        list_screen_start_filter(app);
    else if ((ops->is & (SCREEN_LIST | SCREEN_INPUT)) == 0)
        ops = NULL;
    for (size_t i = 0; ops != NULL && ops->key != NULL && i < count; i++)
        (void)ops->key(app->top, (int)codes[i]);
    if (ops == NULL || ops->key == NULL)
        app_say(app, "后面的字没有用上：“%s”不接着输入", app->top->ops->title);
}

static void run_action(struct app *app, struct commandline *line, const struct action *action)
{
    size_t from = 0;
    uint32_t codes[TYPED_MAX];
    size_t count = 0;

    free(first_word(line, &from));
    while (from < line->edit.count && text_is_blank(line->edit.codes[from]))
        from++;
    for (; from < line->edit.count && count < TYPED_MAX; from++)
        codes[count++] = line->edit.codes[from];
    app_pop(app);
    keep(app, action);
    if (action_do(app, action))
        type_on(app, codes, count);
}

static void line_run(struct app *app)
{
    struct commandline *line = commandline_of(app->top);
    long row = list_row(&line->table.list);
    char *text = lineedit_text(&line->edit);
    month_t month = month_in(line, text);
    char words[MONTH_TEXT];

    if (is_row(line, text)) {
        app_pop(app);
        go_to_row(app, text);
    } else if (month != 0) {
        app_pop(app);
        app_month_go(app, month_format(month, words));
    } else if (row >= 0) {
        run_action(app, line, line->found[row]);
    } else {
        refuse(app, line, text);
    }
    free(text);
}

/** Puts the selected command's name into the line, and a blank for what may follow. */
static void line_complete(struct app *app)
{
    struct commandline *line = commandline_of(app->top);
    long row = list_row(&line->table.list);
    char *text;

    if (row < 0)
        return;
    text = mem_printf("%s ", line->found[row]->name);
    lineedit_set(&line->edit, text);
    free(text);
}

/** The officer's own letters for the selected command. */
static void line_keys(struct app *app)
{
    const struct commandline *line = commandline_of(app->top);
    long row = list_row(&line->table.list);
    const struct action *action = row < 0 ? NULL : line->found[row];

    if (action == NULL)
        return;
    app_pop(app);
    keyfile_ask(app, action);
}

// ---- the screen

static bool line_key(struct screen *screen, int key)
{
    struct commandline *line = commandline_of(screen);
    size_t before = line->edit.count;

    if (!lineedit_key(&line->edit, key))
        return false;
    if (line->edit.count != before)
        search(screen->app, line);
    return true;
}

static void line_paint(struct screen *screen, struct canvas *canvas)
{
    struct commandline *line = commandline_of(screen);
    struct canvas list = canvas_part(canvas, 2, 0, canvas->rows - 3, canvas->columns);
    char *text = lineedit_text(&line->edit);
    char words[MONTH_TEXT];

    if (is_row(line, text))
        (void)draw_format(canvas, 2, 0, STYLE_PLAIN, "到第 %s 行", text);
    else if (month_in(line, text) != 0)
        (void)draw_format(canvas, 2, 0, STYLE_PLAIN, "看 %s",
                          month_format(month_in(line, text), words));
    else
        table_paint(&line->table, &list);
    (void)draw_text(canvas, canvas->rows - 1, 0, canvas->columns,
                    "回车 执行    Tab 补全    ↑↓ 选择    F3 改键    Esc 取消", STYLE_FAINT);
    ask_paint_line(canvas, "命令：名称、首字母、编号或行号，空格后可接着输入", &line->edit);
    free(text);
}

static void line_size(const struct screen *screen, int *rows, int *columns)
{
    (void)screen;
    *rows = ROWS;
    *columns = COLUMNS;
}

static struct list *line_list(struct screen *screen)
{
    return &commandline_of(screen)->table.list;
}

static void line_done(struct screen *screen)
{
    struct commandline *line = commandline_of(screen);

    table_free(&line->table);
    lineedit_free(&line->edit);
    free(line->offers);
    free(line->found);
    free(line);
}

void commandline_open(struct app *app)
{
    struct commandline *line = mem_new(sizeof *line);
    size_t count = 1;

    line->screen.ops = &COMMANDLINE_OPS;
    line->edit.max_codes = TYPED_MAX;
    line->offers = offers_of(app, app->top);
    while (line->offers[count - 1] != NULL)
        count++;
    line->found = mem_array(count, sizeof line->found[0]);
    line->table.columns = LINE_COLUMNS;
    line->table.column_count = sizeof LINE_COLUMNS / sizeof LINE_COLUMNS[0];
    line->table.empty = "没有这个命令；退格改一改";
    search(app, line);
    app_push(app, &line->screen);
}

// ---- keys

static const struct action LINE_ACTIONS[] = {
    {"command.run", "执行", "Enter", "执行选中的命令", NULL, line_run},
    {"command.complete", "补全", "Tab", "把选中的命令补全，后面可接着输入", NULL, line_complete},
    {"command.keys", "改键", "F3", "给选中的命令换字母键，记在自己的按键文件里", NULL, line_keys},
};

const struct screen_ops COMMANDLINE_OPS = {
    .title = "命令",
    .section = "命令行",
    .is = SCREEN_LIST | SCREEN_TYPED | SCREEN_INPUT,
    .modal = true,
    .paint = line_paint,
    .size = line_size,
    .key = line_key,
    .list = line_list,
    .done = line_done,
    .actions = {ACTION_TABLE(LINE_ACTIONS)},
};
