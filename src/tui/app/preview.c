#include "tui/app/preview.h"

#include "base/mem.h"
#include "base/text.h"
#include "report/text.h"
#include "report/view.h"
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

enum { SIDE_STEP = 20, MINUTES = 16, STREET_DIGITS = 9 };

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
    int left;              /* columns scrolled to the right */
    int width;             /* of the widest line */
    preview_rows_fn *make; /* makes the rows that go out; NULL once it has */
    void *arg;
    const struct file_kind *kind; /* of the file being named */
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
        draw_format(canvas, 0, 1, STYLE_PLAIN, "%s  %zu 行  第 %zu/%zu 行%s",
                    preview->document->title, preview->rows, preview->top + 1, preview->count,
                    preview->left + canvas->columns < preview->width ? "  按 → 看右边" : "");

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
    free(preview);
}

/** An officer of a village does not see the divisions above it. */
static const char *name_street(const char *street, void *arg)
{
    struct app *app = arg;
    const Wire__Account *account = app_account(app);
    bool own = strncmp(street, account->area, STREET_DIGITS) == 0;

    return own ? account->street_name : areas_name(app, street);
}

/** Lays out the document as lines of pages. */
static void lay_out(struct preview_screen *preview)
{
    struct str text = {0};
    size_t capacity = 0;
    char *at;

    text_document(preview->document, TEXT_WIDTH_WIDE, TEXT_HEIGHT, &text);
    free(preview->text);
    free(preview->lines);
    free(preview->shown);
    preview->lines = NULL;
    preview->count = 0;
    preview->width = 0;
    preview->rows = document_table(preview->document, "rows")->row_count;
    preview->text = str_take(&text);
    preview->shown = mem_copy(preview->text);
    for (at = preview->shown; *at != '\0';) {
        size_t length = strcspn(at, "\n\f");
        bool more = at[length] != '\0';
        mem_grow((void **)&preview->lines, preview->count, &capacity, sizeof preview->lines[0]);
        preview->lines[preview->count++] = at;
        at[length] = '\0';
        int width = text_width(at);
        preview->width = width > preview->width ? width : preview->width;
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
    preview_open_later(app, what, document, NULL, NULL);
}

void preview_open_later(struct app *app, const char *what, struct document **document,
                        preview_rows_fn *make, void *arg)
{
    struct preview_screen *preview = mem_new(sizeof *preview);

    preview->screen.ops = &PREVIEW_OPS;
    preview->document = *document;
    preview->what = mem_copy(what);
    preview->name = app->top->ops->title;
    preview->make = make;
    preview->arg = arg;
    *document = NULL;
    document_name_streets(preview->document, name_street, app);
    lay_out(preview);
    app_push(app, &preview->screen);
}

/** Before anything goes out: makes its rows, once. */
static bool make_rows(struct preview_screen *preview)
{
    struct sheet *rows = NULL;

    if (preview->make == NULL)
        return true;
    if (!preview->make(preview->screen.app, preview->arg, &rows))
        return false;
    preview->make = NULL;
    document_set_table(preview->document, "rows", &rows);
    lay_out(preview);
    if (preview->top >= preview->count)
        preview->top = 0;
    return true;
}

static struct printer_page page_of(const struct preview_screen *preview)
{
    const struct document *document = preview->document;

    return (struct printer_page){
        .title = document->title,
        .month = fields_get(&document->facts, "month"),
        .area = fields_get(&document->facts, "area"),
        .what = preview->what,
        .scope = fields_get(&document->facts, "scope"),
        .rows = preview->rows,
        .document = document,
        .text = preview->text,
    };
}

// ---- files

static void say_exists(struct app *app, const char *path)
{
    app_warn(app, "已有同名文件 %s，请换个文件名", path);
}

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

static bool make_pdf(struct app *app, const struct preview_screen *preview, struct str *bytes)
{
    return printer_make_file(app, preview->document, "pdf", "；可按 F2 存成文本文件", bytes);
}

static bool make_text(struct app *app, const struct preview_screen *preview, struct str *bytes)
{
    (void)app;
    str_add(bytes, preview->text);
    return true;
}

/** The columns that people read, as in the workbooks of commands. */
static bool make_workbook(struct app *app, const struct preview_screen *preview, struct str *bytes)
{
    const struct sheet *rows = document_table(preview->document, "rows");
    const char *naming = fields_get(&preview->document->facts, "heading.name");
    struct view view = {0};

    view_make(rows, rows->column_count, naming[0] != '\0' ? naming : NULL,
              plan_find(preview->document->layout), &view);
    view_name_headings(&view, &preview->document->facts);
    struct document book = *preview->document; /* borrows all but the rows */
    struct sheet *sheet = view_sheet(&view);
    for (size_t i = 0; i < book.table_count; i++)
        if (book.tables[i].sheet == rows)
            book.tables[i].sheet = sheet;
    bool made = printer_make_file(app, &book, "xlsx", "；可按 F2 存成文本文件", bytes);
    sheet_free(&sheet);
    view_free(&view);
    return made;
}

/* Only paper comes back by a code: a workbook is sorted and changed, so no sheet is made for it. */
static const struct file_kind {
    const char *label, *title, *ending;
    bool (*make)(struct app *app, const struct preview_screen *preview, struct str *bytes);
    bool is_paper;
} KINDS[] = {
    {"PDF 文件（和打印出来的一样）", "存为 PDF 文件", "pdf", make_pdf, true},
    {"文本文件", "存为文本文件", "txt", make_text, true},
    {"工作簿（Excel、WPS 打得开）", "存为工作簿", "xlsx", make_workbook, false},
};
enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

static void write_kind(struct app *app, const struct preview_screen *preview, const char *path,
                       const char *file)
{
    struct str bytes = {0};
    int error = 0;

    if (preview->kind->make(app, preview, &bytes)) {
        enum result result = ownfiles_write(file, &bytes, &error);
        if (result == RESULT_EXISTS)
            say_exists(app, path);
        else if (result != 0)
            app_warn(app, "不能写入 %s：%s；请换一个文件名", path, result_reason(error));
        else
            say_saved(app, preview, path);
    }
    str_free(&bytes);
}

static void save_as(struct app *app, void *arg, const char *path)
{
    struct preview_screen *preview = arg;

    if (!ownfiles_allow(app, path))
        return;
    char *file = term_encode(path); /* as the officer's other programs write names */
    if (access(file, F_OK) == 0)
        say_exists(app, path); /* before rows are made for nothing */
    else if (!preview->kind->is_paper || make_rows(preview))
        write_kind(app, preview, path, file);
    free(file);
}

static void name_file(struct app *app, void *arg, const char *label)
{
    struct preview_screen *preview = arg;

    preview->kind = &KINDS[0];
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(KINDS[i].label, label) == 0)
            preview->kind = &KINDS[i];
    char *path = mem_printf("%s-%s.%s", preview->name,
                            fields_get(&preview->document->facts, "month"), preview->kind->ending);
    ask_text(app, preview->kind->title, path, save_as, preview);
    free(path);
}

static void preview_to_file(struct app *app)
{
    const char *labels[KIND_COUNT];
    struct ask_choice choice = {.title = "存为文件", .labels = labels, .count = KIND_COUNT};

    for (size_t i = 0; i < KIND_COUNT; i++)
        labels[i] = KINDS[i].label;
    ask_choice(app, &choice, name_file, app->top);
}

// ---- printers

/** `arg` is the preview. */
static void print_now(struct app *app, void *arg, const char *printer)
{
    struct preview_screen *preview = arg;

    (void)printer;
    if (!make_rows(preview))
        return;
    struct printer_page page = page_of(preview);
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

    if (preview->left + app->canvas->columns < preview->width)
        preview->left += SIDE_STEP;
}

static void preview_left(struct app *app)
{
    struct preview_screen *preview = preview_of(app->top);

    preview->left = preview->left > SIDE_STEP ? preview->left - SIDE_STEP : 0;
}

// ---- keys

static const struct action ACTIONS[] = {
    {"preview.file", "存文件", "F2", "存为 PDF、文本文件或工作簿", NULL, preview_to_file,
     .records = true},
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
