#include "tui/app/preview.h"

#include "base/mem.h"
#include "base/text.h"
#include "report/text.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/ownfiles.h"
#include "tui/app/printer.h"
#include "tui/kit/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SIDE_STEP = 20, MINUTES = 16 };

struct preview_screen {
    struct screen screen;
    struct document *document;
    char *what;
    const char *name; /* of the printed screen and of the file */
    char *text;       /* as printed: pages with form feeds */
    char **lines;     /* the same for the screen, pointing into `shown` */
    char *shown;
    size_t count, top, page;
    size_t rows;
    int left;        /* columns scrolled to the right */
    bool pdf;        /* the file being named is one */
    struct str made; /* the PDF, once it was needed */
};

static struct preview_screen *preview_of(struct screen *screen)
{
    return (struct preview_screen *)screen;
}

/** Where it will be printed, at the right of the first line if there is room. */
static void paint_printer(struct preview_screen *preview, struct canvas *canvas, int used)
{
    char *words = mem_printf("打印到 %s", printer_name(preview->screen.app));
    int x = canvas->columns - text_width(words) - 1;

    if (printer_name(preview->screen.app)[0] != '\0' && x > used + 2)
        (void)draw_text(canvas, 0, x, canvas->columns, words, STYLE_FAINT);
    free(words);
}

static void preview_paint(struct screen *screen, struct canvas *canvas)
{
    struct preview_screen *preview = preview_of(screen);
    int used =
        draw_format(canvas, 0, 1, STYLE_PLAIN, "%s  %zu 行  第 %zu/%zu 行",
                    preview->document->title, preview->rows, preview->top + 1, preview->count);

    paint_printer(preview, canvas, used);
    preview->page = canvas->rows > 1 ? (size_t)canvas->rows - 1 : 1;
    for (size_t y = 0; y < preview->page && preview->top + y < preview->count; y++) {
        const char *line = preview->lines[preview->top + y];
        (void)draw_text(canvas, (int)y + 1, 0, canvas->columns,
                        line + text_fit(line, preview->left), STYLE_PLAIN);
    }
}

static void preview_done(struct screen *screen)
{
    struct preview_screen *preview = preview_of(screen);

    document_free(&preview->document);
    free(preview->what);
    free(preview->text);
    free(preview->lines);
    free(preview->shown);
    str_free(&preview->made);
    free(preview);
}

static void split_lines(struct preview_screen *preview)
{
    size_t capacity = 0;
    char *at;

    preview->shown = mem_copy(preview->text);
    for (at = preview->shown; *at != '\0';) {
        size_t length = strcspn(at, "\n\f");
        bool more = at[length] != '\0';
        mem_grow((void **)&preview->lines, preview->count, &capacity, sizeof preview->lines[0]);
        preview->lines[preview->count++] = at;
        at[length] = '\0';
        at += length + (more ? 1 : 0);
    }
}

// ---- what is printed

struct document *preview_document(struct app *app, const char *layout, const char *title,
                                  const char *area, struct sheet **rows)
{
    struct document *document = document_new(layout, title);
    const Wire__Welcome *welcome = client_welcome(app->client);
    const Wire__Account *account = app_account(app);
    bool own = area[0] == '\0' || strcmp(area, account->area) == 0;
    char now[STAMP_TEXT];
    const struct {
        const char *name, *value;
    } facts[] = {
        {"area", own ? account->area : area},
        {"area_name", own ? account->area_name : areas_name(app, area)},
        {"month", app->month},
        {"printed_by", account->name},
        {"printed_at", welcome->test_date ? welcome->today : now},
        {"basis", (*rows)->basis == NULL ? "" : sheet_basis(*rows)},
    };

    (void)date_format_stamp((int64_t)time(NULL), now);
    now[MINUTES] = '\0';
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        fields_set(&document->facts, facts[i].name, facts[i].value);
    document_add_table(document, "rows", rows);
    return document;
}

void preview_open(struct app *app, const char *what, struct document **document)
{
    struct preview_screen *preview = mem_new(sizeof *preview);
    struct str text = {0};

    text_document(*document, TEXT_WIDTH_WIDE, TEXT_HEIGHT, &text);
    preview->screen.ops = &PREVIEW_OPS;
    preview->document = *document;
    preview->what = mem_copy(what);
    preview->name = app->top->ops->title;
    preview->rows = document_table(*document, "rows")->row_count;
    preview->text = str_take(&text);
    *document = NULL;
    split_lines(preview);
    app_push(app, &preview->screen);
}

static struct printer_page page_of(const struct preview_screen *preview)
{
    const struct document *document = preview->document;

    return (struct printer_page){
        .title = document->title,
        .month = fields_get(&document->facts, "month"),
        .area = fields_get(&document->facts, "area"),
        .what = preview->what,
        .rows = preview->rows,
        .document = document,
        .text = preview->text,
    };
}

// ---- files

static void say_saved(struct app *app, const struct preview_screen *preview, const char *path)
{
    struct printer_page page = page_of(preview);
    Wire__Printed printed = WIRE__PRINTED__INIT;
    char *whole = ownfiles_whole(path);

    printed.to = (char *)(uintptr_t)prints_to_id(PRINT_TO_FILE);
    printed.place = whole;
    if (printer_log(app, &page, &printed))
        app_say(app, "已存为 %s", whole);
    free(whole);
}

/** Makes the PDF unless it was made before. */
static bool have_pdf(struct app *app, struct preview_screen *preview)
{
    return preview->made.length > 0 ||
           printer_make_pdf(app, preview->document, "；可按 F2 存成文本文件", &preview->made);
}

static void save_as(struct app *app, void *arg, const char *path)
{
    struct preview_screen *preview = arg;
    struct str text = {.text = preview->text, .length = strlen(preview->text)};

    if (!ownfiles_allow(app, path) || (preview->pdf && !have_pdf(app, preview)))
        return;
    char *file = term_encode(path); /* as the officer's other programs write names */
    int error = 0;
    enum result result = ownfiles_write(file, preview->pdf ? &preview->made : &text, &error);

    if (result == RESULT_EXISTS)
        app_warn(app, "已有同名文件 %s，请换个文件名", path);
    else if (result != 0)
        app_warn(app, "不能写入 %s：%s", path, result_reason(error));
    else
        say_saved(app, preview, path);
    free(file);
}

static const char PDF[] = "PDF 文件（和打印出来的一样）";

static void name_file(struct app *app, void *arg, const char *kind)
{
    struct preview_screen *preview = arg;

    preview->pdf = strcmp(kind, PDF) == 0;
    char *path =
        mem_printf("%s-%s.%s", preview->name, fields_get(&preview->document->facts, "month"),
                   preview->pdf ? "pdf" : "txt");
    ask_text(app, preview->pdf ? "存为 PDF 文件" : "存为文本文件", path, save_as, preview);
    free(path);
}

static void preview_to_file(struct app *app)
{
    static const char *const kinds[] = {PDF, "文本文件"};
    struct ask_choice choice = {
        .title = "存为文件", .labels = kinds, .count = sizeof kinds / sizeof kinds[0]};

    ask_choice(app, &choice, name_file, app->top);
}

// ---- printers

/** `arg` is the preview. */
static void print_now(struct app *app, void *arg, const char *printer)
{
    struct printer_page page = page_of(arg);

    (void)printer;
    printer_print(app, &page);
}

static void preview_print(struct app *app)
{
    if (printer_name(app)[0] == '\0')
        printer_choose(app, print_now, app->top);
    else
        print_now(app, app->top, "");
}

static void preview_choose(struct app *app)
{
    printer_choose(app, NULL, NULL);
}

// ---- moving

static void scroll(struct app *app, long delta)
{
    struct preview_screen *preview = preview_of(app->top);
    long last = (long)preview->count - (long)preview->page;
    long top = (long)preview->top + delta;

    top = top > last ? last : top;
    preview->top = top < 0 ? 0 : (size_t)top;
}

static void preview_down(struct app *app)
{
    scroll(app, 1);
}

static void preview_up(struct app *app)
{
    scroll(app, -1);
}

static void preview_page_down(struct app *app)
{
    scroll(app, (long)preview_of(app->top)->page);
}

static void preview_page_up(struct app *app)
{
    scroll(app, -(long)preview_of(app->top)->page);
}

static void preview_right(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    if (preview->left + app->canvas->columns < TEXT_WIDTH_WIDE)
        preview->left += SIDE_STEP;
}

static void preview_left(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    preview->left = preview->left > SIDE_STEP ? preview->left - SIDE_STEP : 0;
}

// ---- keys

static const struct action ACTIONS[] = {
    {"preview.file", "存文件", "F2", "存为 PDF 或文本文件", NULL, preview_to_file},
    {"preview.print", "打印", "F3", "送打印机；第一次先选打印机", NULL, preview_print},
    {"preview.printer", "换打印机", "F4", "选打印机，以后都用它", NULL, preview_choose},
    {"preview.down", "下", "Down", "下一行", NULL, preview_down},
    {"preview.up", "上", "Up", "上一行", NULL, preview_up},
    {"preview.pgdn", "下页", "PgDn Space", "下一页", NULL, preview_page_down},
    {"preview.pgup", "上页", "PgUp", "上一页", NULL, preview_page_up},
    {"preview.right", "右", "Right", "向右看", NULL, preview_right},
    {"preview.left", "左", "Left", "向左看", NULL, preview_left},
};

const struct screen_ops PREVIEW_OPS = {
    .title = "打印预览",
    .is = SCREEN_PAGE | SCREEN_PLACE,
    .paint = preview_paint,
    .done = preview_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
