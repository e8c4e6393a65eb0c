#include "tui/app/handbook.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/handbooktext.h"
#include "tui/kit/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 110, FILE_MOST = 4 * 1024 * 1024 /* bytes */ };

struct handbook_screen {
    struct screen screen;
    char *source;
    struct handbook_lines lines;
    int columns;   /* for which they were laid out, 0 = not yet */
    size_t wanted; /* byte of the source that must be on top then */
    size_t top, page;
    char *sought; /* NULL = nothing yet */
    size_t hit;   /* its line, SIZE_MAX = none */
};

static struct handbook_screen *handbook_of(struct screen *screen)
{
    return (struct handbook_screen *)screen;
}

/** The installed manual; NULL if there is none. New string. */
static char *read_manual(void)
{
    char *path = paths_data("用户手册.md");
    FILE *file = fopen(path, "re");
    struct str text = {0};
    char bytes[4096];
    size_t count;

    while (file != NULL && text.length < FILE_MOST &&
           (count = fread(bytes, 1, sizeof bytes, file)) > 0)
        str_add_bytes(&text, bytes, count);
    if (file != NULL)
        (void)fclose(file);
    free(path);
    if (text.length > 0 && text_valid(str_text(&text)))
        return str_take(&text);
    str_free(&text);
    return NULL;
}

static void open_at(struct app *app, const char *section)
{
    char *source = read_manual();
    struct handbook_screen *book;

    if (source == NULL) {
        app_warn(app, "这台机器上没有用户手册；请找系统管理员重新安装程序");
        return;
    }
    book = mem_new(sizeof *book);
    book->screen.ops = &HANDBOOK_OPS;
    book->source = source;
    book->wanted = section == NULL ? 0 : handbooktext_section(source, section);
    book->hit = SIZE_MAX;
    app_push(app, &book->screen);
}

void handbook_open(struct app *app)
{
    open_at(app, NULL);
}

/** The section that has the screen's keys: forms in windows are told with the form. */
static const char *section_of(const struct screen_ops *ops)
{
    if ((ops->is & (SCREEN_FORM | SCREEN_ENTRY | SCREEN_ROW | SCREEN_DIALOG)) != 0)
        return "表单";
    return ops->section != NULL ? ops->section : ops->title;
}

void handbook_open_here(struct app *app)
{
    const struct screen_ops *ops = app->top->below->ops;

    app_pop(app);
    if (ops != &HANDBOOK_OPS)
        open_at(app, section_of(ops));
}

// ---- painting

/** Lays the text out anew when the terminal has another width; what was on top stays there. */
static void lay(struct handbook_screen *book, int columns)
{
    if (columns == book->columns)
        return;
    if (book->columns != 0 && book->top < book->lines.count)
        book->wanted = book->lines.rows[book->top].source;
    handbooktext_free(&book->lines);
    handbooktext_lay(book->source, columns, &book->lines);
    book->columns = columns;
    book->hit = SIZE_MAX;
    book->top = 0;
    while (book->top + 1 < book->lines.count && book->lines.rows[book->top].source < book->wanted)
        book->top++;
}

static const char *heading_above(const struct handbook_screen *book)
{
    for (size_t i = book->top + 1; i > 0; i--)
        if (book->lines.rows[i - 1].heading)
            return book->lines.rows[i - 1].text;
    return "";
}

static void handbook_paint(struct screen *screen, struct canvas *canvas)
{
    struct handbook_screen *book = handbook_of(screen);
    int columns = canvas->columns - 2;

    lay(book, columns > MOST_COLUMNS ? MOST_COLUMNS : columns);
    book->page = canvas->rows > 1 ? (size_t)canvas->rows - 1 : 1;
    (void)draw_format(canvas, 0, 1, STYLE_FAINT, "第 %zu/%zu 行  %s", book->top + 1,
                      book->lines.count, heading_above(book));
    for (size_t y = 0; y < book->page && book->top + y < book->lines.count; y++) {
        const struct handbook_line *line = &book->lines.rows[book->top + y];
        if (book->top + y == book->hit)
            (void)draw_text(canvas, (int)y + 1, 0, 1, draw_marker(canvas), STYLE_STRONG);
        (void)draw_text(canvas, (int)y + 1, 1, columns, line->text,
                        line->heading || book->top + y == book->hit ? STYLE_STRONG : STYLE_PLAIN);
    }
}

static void handbook_done(struct screen *screen)
{
    struct handbook_screen *book = handbook_of(screen);

    handbooktext_free(&book->lines);
    free(book->source);
    free(book->sought);
    free(book);
}

// ---- moving

static void go_to(struct handbook_screen *book, long line)
{
    long last = (long)book->lines.count - (long)book->page;

    line = line > last ? last : line;
    book->top = line < 0 ? 0 : (size_t)line;
}

static void scroll(struct app *app, long pages, long lines)
{
    struct handbook_screen *book = handbook_of(app->top);

    go_to(book, (long)book->top + pages * (long)(book->page - 1) + lines);
}

static void handbook_down(struct app *app)
{
    scroll(app, 0, 1);
}

static void handbook_up(struct app *app)
{
    scroll(app, 0, -1);
}

static void handbook_page_down(struct app *app)
{
    scroll(app, 1, 0);
}

static void handbook_page_up(struct app *app)
{
    scroll(app, -1, 0);
}

static void handbook_first(struct app *app)
{
    go_to(handbook_of(app->top), 0);
}

static void handbook_last(struct app *app)
{
    struct handbook_screen *book = handbook_of(app->top);

    go_to(book, (long)book->lines.count);
}

// ---- looking for words

/** The next line with the words, from the top again behind the last one. */
static void seek(struct app *app)
{
    struct handbook_screen *book = handbook_of(app->top);
    size_t count = book->lines.count;
    size_t from = book->hit == SIZE_MAX ? book->top : book->hit + 1;

    for (size_t i = 0; i < count; i++) {
        size_t line = (from + i) % count;
        if (strstr(book->lines.rows[line].text, book->sought) == NULL)
            continue;
        book->hit = line;
        go_to(book, (long)line - 2);
        app_say(app, "n 找下一处“%s”", book->sought);
        return;
    }
    app_warn(app, "手册里没有“%s”；换个说法再按 / 找，或按 t 看目录", book->sought);
}

static void sought(struct app *app, void *arg, const char *answer)
{
    struct handbook_screen *book = arg;

    if (answer[0] == '\0')
        return;
    mem_replace(&book->sought, answer);
    book->hit = SIZE_MAX;
    seek(app);
}

static void handbook_seek(struct app *app)
{
    struct handbook_screen *book = handbook_of(app->top);

    ask_text(app, "在手册里找什么", book->sought != NULL ? book->sought : "", sought, book);
}

static void handbook_next(struct app *app)
{
    if (handbook_of(app->top)->sought == NULL)
        handbook_seek(app);
    else
        seek(app);
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    struct handbook_screen *book = arg;

    (void)app;
    go_to(book, strtol(answer, NULL, 10));
}

static void handbook_contents(struct app *app)
{
    struct handbook_screen *book = handbook_of(app->top);
    char **labels = mem_array(book->lines.count + 1, sizeof labels[0]);
    char **values = mem_array(book->lines.count + 1, sizeof values[0]);
    size_t count = 0;

    for (size_t i = 0; i < book->lines.count; i++) {
        if (book->lines.rows[i].heading) {
            labels[count] = book->lines.rows[i].text;
            values[count++] = mem_printf("%zu", i);
        }
    }
    ask_choice(app,
               &(struct ask_choice){.title = "用户手册目录",
                                    .labels = (const char *const *)labels,
                                    .values = (const char *const *)values,
                                    .count = count},
               chosen, book);
    for (size_t i = 0; i < count; i++)
        free(values[i]);
    free(labels);
    free(values);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"handbook.contents", "目录", "F3 t", "选一节；可打首字母", NULL, handbook_contents},
    {"handbook.seek", "找", "F4 /", "找几个字，从这里往下", NULL, handbook_seek},
    {"handbook.next", "下一处", "F5 n", "再往下找同样的字", NULL, handbook_next},
    {"handbook.down", "下", "Down j Enter", "下一行", NULL, handbook_down},
    {"handbook.up", "上", "Up k", "上一行", NULL, handbook_up},
    {"handbook.pgdn", "下页", "PgDn Space", "下一页", NULL, handbook_page_down},
    {"handbook.pgup", "上页", "PgUp b", "上一页", NULL, handbook_page_up},
    {"handbook.first", "开头", "Home g", "手册的开头", NULL, handbook_first},
    {"handbook.last", "末尾", "End G", "手册的末尾", NULL, handbook_last},
};

const struct screen_ops HANDBOOK_OPS = {
    .title = "用户手册",
    .is = SCREEN_PAGE | SCREEN_PLACE,
    .paint = handbook_paint,
    .done = handbook_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
