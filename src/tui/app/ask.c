#include "tui/app/ask.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHOICE_LINES = 14, /* at least, if there are so many */
    CHOICE_AROUND = 8, /* lines of the terminal beside the entries */
    TEXT_COLUMNS = 74,
    CONFIRM_COLUMNS = 56,
    PROMPT_COLUMNS = 56,
    MORE_COLUMN = 24
};

static void pop_and_answer(struct app *app, ask_answer answer, void *arg, const char *text)
{
    app_pop(app);
    if (answer != NULL)
        answer(app, arg, text);
}

// ---- choose

struct choice_screen {
    struct screen screen;
    char *title;
    struct table table; /* one column "name" */
    bool many;
    bool pointed;  /* a line was looked for by text or number and not yet marked: Enter means it */
    size_t number; /* the digits typed so far */
    ask_answer answer;
    void *arg;
};

static const struct table_column CHOICE_COLUMNS[] = {{.id = "name", .label = "", .least = 8}};

static struct choice_screen *choice_of(struct screen *screen)
{
    return (struct choice_screen *)screen;
}

static void choice_paint(struct screen *screen, struct canvas *canvas)
{
    struct choice_screen *choice = choice_of(screen);
    struct canvas list = canvas_part(canvas, 0, 0, canvas->rows, canvas->columns);

    table_paint(&choice->table, &list);
    canvas->cursor_y = list.cursor_y;
    canvas->cursor_x = list.cursor_x;
    (void)draw_rest(canvas, 0, 0, choice->title, STYLE_STRONG);
}

static void choice_size(const struct screen *screen, int *rows, int *columns)
{
    const struct choice_screen *choice = (const struct choice_screen *)screen;
    size_t count = choice->table.list.count;
    int widest = text_width(choice->title) + 4;

    for (size_t row = 0; row < count; row++) {
        int width = text_width(sheet_get(choice->table.sheet, row, "name"));
        widest = width > widest ? width : widest;
    }
    int most = screen->app->canvas->rows - CHOICE_AROUND;

    most = most > CHOICE_LINES ? most : CHOICE_LINES;
    *rows = ((int)count > most ? most : (int)count) + 3;
    *rows += choice->table.filter.count > 0 ? 1 : 0;
    *columns = widest + 12 < 44 ? 44 : widest + 12;
}

static void ask_accept(struct app *app);

static void mark_line(struct choice_screen *choice)
{
    list_mark(&choice->table.list);
    choice->pointed = false;
}

/** A digit goes to the line of that number; if no further digit can follow, it takes or marks the
 *  line. */
static void choose_number(struct choice_screen *choice, int digit)
{
    struct list *list = &choice->table.list;
    size_t most = list->view_count;

    if (choice->table.numbered > 0 && choice->table.numbered < most)
        most = choice->table.numbered;
    choice->number = choice->number * 10 + (size_t)digit;
    if (choice->number > most)
        choice->number = (size_t)digit;
    if (choice->number == 0 || choice->number > most) {
        choice->number = 0;
        app_warn(choice->screen.app, "没有第 %d 项，可打 1 到 %zu", digit, most);
        return;
    }
    list_select(list, list->view[choice->number - 1]);
    choice->pointed = true;
    if (choice->number * 10 <= most)
        return;
    choice->number = 0;
    if (choice->many)
        mark_line(choice);
    else
        ask_accept(choice->screen.app);
}

/** In a numbered list digits choose; other text filters. */
static bool choice_key(struct screen *screen, int key)
{
    struct choice_screen *choice = choice_of(screen);
    struct table *table = &choice->table;

    if (table->numbers && table->filter.count == 0 && key >= '0' && key <= '9' &&
        !screen->app->pasting) {
        choose_number(choice, key - '0');
        return true;
    }
    choice->number = 0;
    if (key == K_ESC || key == K_ENTER || key == K_TAB || key == ' ' || key == K_LEFT ||
        key == K_RIGHT || key == K_HOME || key == K_END)
        return false;
    table->filtering = true;
    if (!table_key(table, key)) {
        table->filtering = false;
        return false;
    }
    table->filtering = false;
    choice->pointed = table->filter.count > 0;
    return true;
}

static struct list *choice_list(struct screen *screen)
{
    return &choice_of(screen)->table.list;
}

static void choice_done(struct screen *screen)
{
    struct choice_screen *choice = choice_of(screen);

    table_free(&choice->table);
    free(choice->title);
    free(choice);
}

static void select_current(const char *piece, void *arg)
{
    struct choice_screen *choice = arg;

    for (size_t row = 0; row < choice->table.sheet->row_count; row++) {
        if (strcmp(sheet_get(choice->table.sheet, row, "value"), piece) == 0) {
            list_select(&choice->table.list, row);
            if (choice->many)
                list_mark(&choice->table.list);
        }
    }
}

/** Numbers would stand in the way where digits are part of what one looks for. */
static bool is_numbered(const struct ask_choice *what)
{
    bool digits = false;

    for (size_t i = 0; i < what->count; i++)
        digits = digits || what->labels[i][strcspn(what->labels[i], "0123456789")] != '\0';
    return what->numbers || (!what->many && !digits);
}

void ask_choice(struct app *app, const struct ask_choice *what, ask_answer answer, void *arg)
{
    static const char *const ids[] = {"name", "value"};
    struct choice_screen *choice = mem_new(sizeof *choice);
    struct sheet *sheet = sheet_new_ids(ids, sizeof ids / sizeof ids[0]);

    for (size_t i = 0; i < what->count; i++) {
        const char *value = what->values == NULL ? what->labels[i] : what->values[i];
        (void)sheet_add_cells(sheet, (const char *const[]){what->labels[i], value});
    }
    choice->screen.ops = &ASK_CHOICE_OPS;
    choice->title = mem_copy(what->title);
    choice->many = what->many;
    choice->answer = answer;
    choice->arg = arg;
    choice->table.columns = CHOICE_COLUMNS;
    choice->table.column_count = 1;
    choice->table.empty = "没有可选的项；Esc 取消";
    choice->table.numbers = what->nine || is_numbered(what);
    choice->table.numbered = what->nine ? 9 : 0;
    table_fill(&choice->table, &sheet);
    text_split(what->current == NULL ? "" : what->current, select_current, choice);
    if (what->many)
        list_first(&choice->table.list);
    app_push(app, &choice->screen);
}

static void choice_accept(struct app *app, struct choice_screen *choice)
{
    struct str answer = {0};
    const struct list *list = &choice->table.list;

    if (list_row(list) < 0 && (!choice->many || choice->pointed)) {
        app_warn(app, "没有选中任何项；退格键清除筛选");
        return;
    }
    if (choice->pointed && choice->many && !list_marked(list, (size_t)list_row(list)))
        mark_line(choice);
    if (choice->many) {
        for (size_t row = 0; row < list->count; row++) {
            if (list_marked(list, row)) {
                str_printf(&answer, "%s%s", answer.length > 0 ? ";" : "",
                           sheet_get(choice->table.sheet, row, "value"));
            }
        }
    } else {
        str_add(&answer, table_text(&choice->table, "value"));
    }
    pop_and_answer(app, choice->answer, choice->arg, str_text(&answer));
    str_free(&answer);
}

static void ask_mark(struct app *app)
{
    struct choice_screen *choice = choice_of(app->top);

    if (choice->many)
        mark_line(choice);
    else
        ask_accept(app);
}

// ---- leaving what was typed

static const char LEAVE_KEEP[] = "保存草稿，以后再填";

bool ask_leave_keeps(const char *answer)
{
    return strcmp(answer, LEAVE_KEEP) == 0;
}

bool ask_leave_drops(const char *answer)
{
    return strcmp(answer, ASK_LEAVE_DROP) == 0;
}

void ask_leave(struct app *app, bool drafts, ask_answer answer, void *arg)
{
    static const char *const with_draft[] = {"继续填写", LEAVE_KEEP, ASK_LEAVE_DROP};
    static const char *const without[] = {"继续填写", ASK_LEAVE_DROP};
    struct ask_choice choice = {
        .title = "还没有提交", .labels = drafts ? with_draft : without, .count = drafts ? 3 : 2};

    ask_choice(app, &choice, answer, arg);
}

// ---- confirm, and texts to read

struct text_screen {
    struct screen screen;
    char *title;
    char **lines;
    size_t count, top, page;
    bool sure; /* Enter is no */
    ask_answer answer;
    void *arg;
};

static struct text_screen *text_of(struct screen *screen)
{
    return (struct text_screen *)screen;
}

static void text_paint(struct screen *screen, struct canvas *canvas)
{
    struct text_screen *text = text_of(screen);
    bool question = screen->ops == &ASK_CONFIRM_OPS;
    size_t y = 0;

    if (text->title[0] != '\0') {
        (void)draw_rest(canvas, 0, 0, text->title, STYLE_STRONG);
        y = 1;
    }
    text->page = (size_t)canvas->rows - y - 1;
    for (size_t i = text->top; i < text->count && i - text->top < text->page; i++) {
        (void)draw_text(canvas, (int)(y + i - text->top), 0, canvas->columns, text->lines[i],
                        STYLE_PLAIN);
    }
    (void)draw_text(canvas, canvas->rows - 1, 0, canvas->columns,
                    text->sure                 ? "y 是    回车 否"
                    : question                 ? "回车 是    Esc 否"
                    : text->count > text->page ? "↑↓ 翻看    Esc 关闭"
                                               : "Esc 关闭",
                    STYLE_FAINT);
    if (text->top + text->page < text->count) {
        (void)draw_format(canvas, canvas->rows - 1, MORE_COLUMN, STYLE_FAINT, "下面还有 %zu 行",
                          text->count - text->top - text->page);
    }
}

static void text_size(const struct screen *screen, int *rows, int *columns)
{
    const struct text_screen *text = (const struct text_screen *)screen;

    *rows = (int)text->count + (text->title[0] != '\0' ? 4 : 3);
    *columns = screen->ops == &ASK_CONFIRM_OPS ? CONFIRM_COLUMNS + 4 : TEXT_COLUMNS + 4;
}

static void text_done(struct screen *screen)
{
    struct text_screen *text = text_of(screen);

    for (size_t i = 0; i < text->count; i++)
        free(text->lines[i]);
    free(text->lines);
    free(text->title);
    free(text);
}

/** Cuts a text into lines of at most `columns`. */
static void add_lines(struct text_screen *text, const char *words, int columns)
{
    size_t capacity = 0;

    while (*words != '\0') {
        const char *line = words;
        size_t length = text_take_line(&words, columns);
        mem_grow((void **)&text->lines, text->count, &capacity, sizeof text->lines[0]);
        text->lines[text->count++] = mem_copy_bytes(line, length);
    }
}

static struct text_screen *text_new(const struct screen_ops *ops, const char *title,
                                    const char *words, int columns)
{
    struct text_screen *text = mem_new(sizeof *text);

    text->screen.ops = ops;
    text->title = mem_copy(title);
    add_lines(text, words, columns);
    return text;
}

void ask_confirm(struct app *app, const char *words, ask_answer yes, void *arg)
{
    struct text_screen *text = text_new(&ASK_CONFIRM_OPS, "", words, CONFIRM_COLUMNS);

    text->answer = yes;
    text->arg = arg;
    app_push(app, &text->screen);
}

void ask_sure(struct app *app, const char *words, ask_answer yes, void *arg)
{
    ask_confirm(app, words, yes, arg);
    text_of(app->top)->sure = true;
}

void ask_show(struct app *app, const char *title, const char *words)
{
    app_push(app, &text_new(&ASK_TEXT_OPS, title, words, TEXT_COLUMNS)->screen);
}

static void ask_scroll_down(struct app *app)
{
    struct text_screen *text = text_of(app->top);

    if (text->top + text->page < text->count)
        text->top += text->page > 1 ? text->page - 1 : 1;
}

static void ask_scroll_up(struct app *app)
{
    struct text_screen *text = text_of(app->top);
    size_t step = text->page > 1 ? text->page - 1 : 1;

    text->top = text->top > step ? text->top - step : 0;
}

// ---- one line

struct prompt_screen {
    struct screen screen;
    char *title;
    struct lineedit edit;
    ask_fault check; /**< NULL = any text will do */
    ask_answer answer;
    void *arg;
};

static struct prompt_screen *prompt_of(struct screen *screen)
{
    return (struct prompt_screen *)screen;
}

void ask_paint_line(struct canvas *canvas, const char *title, struct lineedit *edit)
{
    struct lineedit_view view = lineedit_view(edit, canvas->columns);

    (void)draw_rest(canvas, 0, 0, title, STYLE_STRONG);
    if (view.left)
        (void)draw_text(canvas, 1, 0, 1, "<", STYLE_FAINT);
    (void)draw_text(canvas, 1, view.start, canvas->columns, str_text(&view.text), STYLE_FIELD);
    if (view.right)
        (void)draw_text(canvas, 1, canvas->columns - 1, 1, ">", STYLE_FAINT);
    draw_cursor(canvas, 1, view.cursor);
    str_free(&view.text);
}

static void prompt_paint(struct screen *screen, struct canvas *canvas)
{
    struct prompt_screen *prompt = prompt_of(screen);

    (void)draw_text(canvas, 2, 0, canvas->columns, "回车 确定    Esc 取消", STYLE_FAINT);
    ask_paint_line(canvas, prompt->title, &prompt->edit);
}

static void prompt_size(const struct screen *screen, int *rows, int *columns)
{
    int title = text_width(((const struct prompt_screen *)screen)->title) + 1;

    *rows = 5;
    *columns = (title > PROMPT_COLUMNS ? title : PROMPT_COLUMNS) + 4;
}

static bool prompt_key(struct screen *screen, int key)
{
    return lineedit_key(&prompt_of(screen)->edit, key);
}

static void prompt_done(struct screen *screen)
{
    struct prompt_screen *prompt = prompt_of(screen);

    lineedit_free(&prompt->edit);
    free(prompt->title);
    free(prompt);
}

static struct prompt_screen *prompt_open(struct app *app, const char *title, const char *initial,
                                         ask_answer answer, void *arg)
{
    struct prompt_screen *prompt = mem_new(sizeof *prompt);

    prompt->screen.ops = &ASK_PROMPT_OPS;
    prompt->title = mem_copy(title);
    prompt->answer = answer;
    prompt->arg = arg;
    lineedit_set(&prompt->edit, initial);
    app_push(app, &prompt->screen);
    return prompt;
}

void ask_text(struct app *app, const char *title, const char *initial, ask_answer answer, void *arg)
{
    (void)prompt_open(app, title, initial, answer, arg);
}

void ask_checked(struct app *app, const char *title, const char *initial, ask_fault check,
                 ask_answer answer, void *arg)
{
    prompt_open(app, title, initial, answer, arg)->check = check;
}

static const char *check_reason(struct app *app, const char *text)
{
    size_t length = text_length(text);

    (void)app;
    return length == 0           ? "请写明理由；Esc 取消"
           : length < REASON_MIN ? "理由太短，请写清楚"
           : length > REASON_MAX ? "理由太长，最多200字"
                                 : NULL;
}

void ask_reason(struct app *app, const char *title, ask_answer answer, void *arg)
{
    ask_checked(app, title, "", check_reason, answer, arg);
}

// ---- handlers

void ask_close(struct app *app)
{
    app_pop(app);
}

static void ask_accept(struct app *app)
{
    struct screen *screen = app->top;

    if (screen->ops == &ASK_CHOICE_OPS) {
        choice_accept(app, choice_of(screen));
    } else if (screen->ops == &ASK_PROMPT_OPS) {
        struct prompt_screen *prompt = prompt_of(screen);
        char *text = lineedit_text(&prompt->edit);
        const char *fault = prompt->check != NULL ? prompt->check(app, text) : NULL;
        if (fault != NULL)
            app_warn(app, "%s", fault);
        else
            pop_and_answer(app, prompt->answer, prompt->arg, text);
        free(text);
    } else {
        pop_and_answer(app, text_of(screen)->answer, text_of(screen)->arg, "");
    }
}

static void ask_enter(struct app *app)
{
    if (text_of(app->top)->sure)
        ask_close(app);
    else
        ask_accept(app);
}

// ---- keys

static const struct action INPUT_ACTIONS[] = {
    {"choice.accept", "确定", "Enter Tab", "选定", NULL, ask_accept},
};

static const struct action CHOICE_ACTIONS[] = {
    {"choice.mark", "选", "Space", "多选时选中或取消", NULL, ask_mark},
};

static const struct action CONFIRM_ACTIONS[] = {
    {"confirm.enter", "回车", "Enter", "提示行上写着的；会丢东西的是否", NULL, ask_enter},
    {"confirm.yes", "是", "y", "是", NULL, ask_accept},
    {"confirm.no", "否", "Esc n F10", "否", NULL, ask_close},
};

static const struct action TEXT_ACTIONS[] = {
    {"text.down", "下", "Down PgDn Space", "向下翻", NULL, ask_scroll_down},
    {"text.up", "上", "Up PgUp", "向上翻", NULL, ask_scroll_up},
    {"text.close", "关闭", "Esc Enter F10 q", "关闭", NULL, ask_close},
};

const struct screen_ops ASK_CHOICE_OPS = {
    .title = "选择",
    .section = "选择和输入窗口",
    .is = SCREEN_LIST | SCREEN_TYPED | SCREEN_INPUT,
    .modal = true,
    .paint = choice_paint,
    .size = choice_size,
    .key = choice_key,
    .list = choice_list,
    .done = choice_done,
    .actions = {ACTION_TABLE(INPUT_ACTIONS), ACTION_TABLE(CHOICE_ACTIONS)},
};

const struct screen_ops ASK_CONFIRM_OPS = {
    .title = "确认",
    .section = "确认窗口",
    .modal = true,
    .paint = text_paint,
    .size = text_size,
    .done = text_done,
    .actions = {ACTION_TABLE(CONFIRM_ACTIONS)},
};

const struct screen_ops ASK_TEXT_OPS = {
    .title = "说明",
    .section = "文字窗口",
    .is = SCREEN_TEXT,
    .modal = true,
    .paint = text_paint,
    .size = text_size,
    .done = text_done,
    .actions = {ACTION_TABLE(TEXT_ACTIONS)},
};

const struct screen_ops ASK_PROMPT_OPS = {
    .title = "输入",
    .section = "选择和输入窗口",
    .is = SCREEN_TYPED | SCREEN_INPUT,
    .modal = true,
    .paint = prompt_paint,
    .size = prompt_size,
    .key = prompt_key,
    .done = prompt_done,
    .actions = {ACTION_TABLE(INPUT_ACTIONS)},
};
