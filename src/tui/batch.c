#include "tui/batch.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/action.h"
#include "tui/ask.h"
#include "tui/keys.h"
#include "tui/listscreen.h"
#include "tui/pick.h"
#include "tui/programmes.h"
#include "tui/visit.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** The cells of a row that can be filled in, in their order on the screen. */
enum cell { CELL_DATE, CELL_MODE, CELL_RESULT, CELL_BY, CELL_NOTE, CELL_COUNT };

static const struct {
    const char *label;
    const char *field; /* of the visit's form, which says what may stand here */
    int width;
} CELLS[CELL_COUNT] = {
    [CELL_DATE] = {"日期", "date", 10},    [CELL_MODE] = {"方式", "mode", 6},
    [CELL_RESULT] = {"结果", "result", 8}, [CELL_BY] = {"探访人", "by", 8},
    [CELL_NOTE] = {"备注", "note", 14},
};

struct batch_row {
    uint64_t case_id;
    char *case_no, *name, *kind, *usual; /* usual: who usually visits */
    char *cells[CELL_COUNT];
    char *outcome; /* what the server said, NULL = not sent */
    bool filed;
    bool remarked; /* refused for remarks that may be passed over */
};

struct batch_screen {
    struct screen screen;
    struct list list;
    struct batch_row *rows;
    enum cell column;
    struct lineedit edit; /* of the current cell */
    bool editing;
};

static struct batch_screen *batch_of(struct screen *screen)
{
    return (struct batch_screen *)screen;
}

static struct batch_row *current_row(struct batch_screen *batch)
{
    long row = list_row(&batch->list);

    return row < 0 ? NULL : &batch->rows[row];
}

static const struct form_field *cell_field(struct app *app, const struct batch_row *row,
                                           enum cell cell)
{
    const struct form *programme = programmes_form(app, row->kind);
    const struct form *form =
        programme == NULL || !programme->has_visits || programme->visits.record == NULL
            ? NULL
            : programmes_form(app, programme->visits.record);

    return form == NULL ? NULL : form_field(form, CELLS[cell].field);
}

/** The ordinary case: at home, successful, by the usual visitor. */
static void fill_rest(struct app *app, struct batch_row *row)
{
    for (enum cell cell = CELL_MODE; cell <= CELL_RESULT; cell++) {
        const struct form_field *field = cell_field(app, row, cell);
        if (row->cells[cell][0] == '\0' && field != NULL)
            mem_replace(&row->cells[cell], field->initial);
    }
    if (row->cells[CELL_BY][0] == '\0') {
        mem_replace(&row->cells[CELL_BY],
                    row->usual[0] != '\0' ? row->usual : app_account(app)->name);
    }
}

/** Takes over the typed text; false if it cannot be read: it stays, and is said. A bare day means
 *  this month. */
static bool end_edit(struct batch_screen *batch)
{
    struct app *app = batch->screen.app;
    struct batch_row *row = current_row(batch);
    const struct form_field *field = row == NULL ? NULL : cell_field(app, row, batch->column);
    struct type_context context = {.today = app_today(app)};
    char *text;
    char *value = NULL;
    char *error = NULL;

    if (!batch->editing || row == NULL)
        return true;
    batch->editing = false;
    text = lineedit_text(&batch->edit);
    if (batch->column == CELL_DATE && text_is_digits(text) && strlen(text) <= 2) {
        char *whole = mem_printf("%s-%02d", app->month, atoi(text));
        mem_replace(&text, whole);
        free(whole);
    }
    if (text[0] == '\0' || field == NULL) {
        mem_replace(&row->cells[batch->column], text);
    } else if (field->type->parse(field, &context, text, &value, &error) == 0) {
        mem_replace(&row->cells[batch->column], value);
    } else {
        batch->editing = true;
        app_warn(app, "%s：%s", row->name, error);
    }
    if (!batch->editing && row->cells[CELL_DATE][0] != '\0')
        fill_rest(app, row);
    free(text);
    free(value);
    free(error);
    return !batch->editing;
}

/* ---- painting */

static void paint_cell(struct batch_screen *batch, struct canvas *canvas, int y, int x,
                       const struct batch_row *row, enum cell cell, bool current)
{
    if (current && batch->editing) {
        struct lineedit_view view = lineedit_view(&batch->edit, CELLS[cell].width);
        (void)draw_text(canvas, y, x + view.start, CELLS[cell].width, str_text(&view.text),
                        STYLE_FIELD);
        draw_cursor(canvas, y, x + view.cursor);
        str_free(&view.text);
        return;
    }
    draw_cell(canvas, y, x, CELLS[cell].width, row->cells[cell], false,
              current ? STYLE_SELECTED : STYLE_PLAIN);
    if (current)
        draw_cursor(canvas, y, x);
}

static void paint_row(struct batch_screen *batch, struct canvas *canvas, int y, size_t place)
{
    const struct batch_row *row = &batch->rows[batch->list.view[place]];
    bool selected = place == batch->list.cursor;
    int x = 1;

    (void)draw_text(canvas, y, 0, 1, selected ? draw_marker(canvas) : " ", STYLE_PLAIN);
    x += draw_format(canvas, y, x, STYLE_PLAIN, "%3zu ", place + 1);
    draw_cell(canvas, y, x, 10, row->name, false, STYLE_PLAIN);
    x += 11;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        paint_cell(batch, canvas, y, x, row, cell, selected && cell == batch->column);
        x += CELLS[cell].width + 1;
    }
    draw_cell(canvas, y, x, canvas->columns - x, row->outcome == NULL ? "" : row->outcome, false,
              row->filed ? STYLE_GOOD : STYLE_BAD);
}

/** By which numbers the choices of the cursor's row are made. */
static void paint_numbers(const struct batch_screen *batch, struct canvas *canvas, int y)
{
    long row = list_row(&batch->list);
    int x = 1;

    for (enum cell cell = CELL_DATE; row >= 0 && cell < CELL_COUNT; cell++) {
        const struct form_field *field = cell_field(batch->screen.app, &batch->rows[row], cell);
        char *numbers = field == NULL ? mem_copy("") : pick_numbers(field);
        if (numbers[0] != '\0')
            x += draw_format(canvas, y, x, STYLE_FAINT, "%s %s", field->label, numbers) + 3;
        free(numbers);
    }
}

static void batch_paint(struct screen *screen, struct canvas *canvas)
{
    struct batch_screen *batch = batch_of(screen);
    const struct batch_row *current = current_row(batch);
    size_t dated = 0;
    int x = 16;

    for (size_t i = 0; i < batch->list.count; i++)
        dated += batch->rows[i].cells[CELL_DATE][0] != '\0' && !batch->rows[i].filed ? 1 : 0;
    (void)draw_format(canvas, 0, 1, STYLE_PLAIN,
                      "共 %zu 人，已填 %zu 人。空格 填今天或清除，日期可只打几号，F2 提交",
                      batch->list.count, dated);
    (void)draw_text(canvas, 1, 5, 10, "姓名", STYLE_FAINT);
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        (void)draw_text(canvas, 1, x, CELLS[cell].width, CELLS[cell].label, STYLE_FAINT);
        x += CELLS[cell].width + 1;
    }
    paint_numbers(batch, canvas, canvas->rows - 2);
    list_scroll(&batch->list, canvas->rows > 4 ? (size_t)canvas->rows - 4 : 1);
    for (size_t y = 0; y < batch->list.page && batch->list.top + y < batch->list.count; y++)
        paint_row(batch, canvas, (int)y + 2, batch->list.top + y);
    if (current != NULL && current->outcome != NULL && !current->filed) { /* in full */
        (void)draw_format(canvas, canvas->rows - 1, 1, STYLE_BAD, "%s：%s", current->name,
                          current->outcome);
    }
}

/* ---- keys */

static void choose_answer(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;
    struct batch_row *row = current_row(batch);

    if (row != NULL) {
        mem_replace(&row->cells[batch->column], answer);
        if (row->cells[CELL_DATE][0] == '\0')
            mem_replace(&row->cells[CELL_DATE], client_welcome(app->client)->today);
        fill_rest(app, row);
    }
}

/** Typing begins editing; on a choice it chooses (tui/pick.h). */
static bool batch_key(struct screen *screen, int key)
{
    struct batch_screen *batch = batch_of(screen);
    struct batch_row *row = current_row(batch);
    const struct form_field *field;

    if (batch->editing && key != K_LEFT && key != K_RIGHT) /* those go to the next cell */
        return lineedit_key(&batch->edit, key);
    if (row == NULL || row->filed || !key_is_text(key) || key == ' ' || key == '?')
        return false;
    field = cell_field(screen->app, row, batch->column);
    if (field != NULL &&
        pick_key(screen->app, field, row->cells[batch->column], key, choose_answer, batch))
        return true;
    batch->editing = true;
    lineedit_free(&batch->edit);
    return lineedit_key(&batch->edit, key);
}

static struct list *batch_list(struct screen *screen)
{
    return &batch_of(screen)->list;
}

static void batch_done(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);

    for (size_t i = 0; i < batch->list.count; i++) {
        free(batch->rows[i].case_no);
        free(batch->rows[i].name);
        free(batch->rows[i].kind);
        free(batch->rows[i].usual);
        free(batch->rows[i].outcome);
        for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
            free(batch->rows[i].cells[cell]);
    }
    free(batch->rows);
    list_free(&batch->list);
    lineedit_free(&batch->edit);
    free(batch);
}

static const struct screen_ops BATCH_OPS = {
    .title = "批量登记",
    .where = AT_BATCH,
    .paint = batch_paint,
    .key = batch_key,
    .list = batch_list,
    .done = batch_done,
};

/* ---- opening */

struct gather {
    struct batch_screen *batch;
    const struct sheet *sheet;
    size_t count;
};

static void add_row(size_t row, void *arg)
{
    struct gather *gather = arg;
    struct batch_row *to = &gather->batch->rows[gather->count++];

    to->case_id = strtoull(sheet_get(gather->sheet, row, "case_id"), NULL, 10);
    to->case_no = mem_copy(sheet_get(gather->sheet, row, "case_no"));
    to->name = mem_copy(sheet_get(gather->sheet, row, "name"));
    to->kind = mem_copy(sheet_get(gather->sheet, row, "kind"));
    to->usual = mem_copy(sheet_get(gather->sheet, row, "officer"));
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        to->cells[cell] = mem_copy("");
}

void batch_open(struct app *app, const struct table *due)
{
    struct batch_screen *batch;
    struct gather gather = {.sheet = due->sheet};

    if (due->sheet == NULL || due->list.view_count == 0) {
        app_say(app, "清单里没有人");
        return;
    }
    batch = mem_new(sizeof(*batch));
    batch->screen.ops = &BATCH_OPS;
    batch->rows = mem_array(due->list.count, sizeof(batch->rows[0]));
    gather.batch = batch;
    if (due->list.mark_count > 0)
        table_chosen(due, add_row, &gather);
    else
        for (size_t place = 0; place < due->list.view_count; place++)
            add_row(due->list.view[place], &gather);
    list_reset(&batch->list, gather.count);
    app_push(app, &batch->screen);
}

/* ---- handlers */

static void move(struct app *app, long rows, int columns)
{
    struct batch_screen *batch = batch_of(app->top);
    int column;

    if (!end_edit(batch))
        return;
    (void)list_move(&batch->list, rows);
    column = (int)batch->column + columns;
    batch->column = column < 0 ? CELL_DATE : column >= CELL_COUNT ? CELL_NOTE : (enum cell)column;
}

void batch_down(struct app *app)
{
    move(app, 1, 0);
}

void batch_up(struct app *app)
{
    move(app, -1, 0);
}

void batch_right(struct app *app)
{
    move(app, 0, 1);
}

void batch_left(struct app *app)
{
    move(app, 0, -1);
}

void batch_page_down(struct app *app)
{
    if (end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, 1);
}

void batch_page_up(struct app *app)
{
    if (end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, -1);
}

/** Fills in the ordinary case for today, or empties the row. */
static void toggle(struct app *app, struct batch_row *row, bool on)
{
    if (row->filed)
        return;
    if (on) {
        if (row->cells[CELL_DATE][0] == '\0')
            mem_replace(&row->cells[CELL_DATE], client_welcome(app->client)->today);
        fill_rest(app, row);
        return;
    }
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        mem_replace(&row->cells[cell], "");
}

void batch_toggle(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);
    struct batch_row *row = current_row(batch);
    bool typed = batch->editing;

    if (end_edit(batch) && row != NULL) {
        if (!typed) /* Enter after typing only goes on */
            toggle(app, row, row->cells[CELL_DATE][0] == '\0');
        (void)list_move(&batch->list, 1);
    }
}

void batch_fill(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);

    for (size_t i = 0; end_edit(batch) && i < batch->list.count; i++)
        toggle(app, &batch->rows[i], true);
}

void batch_clear(struct app *app)
{
    struct batch_row *row = current_row(batch_of(app->top));

    batch_of(app->top)->editing = false;
    if (row != NULL)
        toggle(app, row, false);
}

/** What filing many rows came to. */
struct filing {
    struct batch_screen *batch;
    bool confirm; /* remarks have been read */
    size_t filed, refused, remarked;
    char *before, *after; /* the area's figures, as in VisitDone */
};

/** Other rows of the same person that the visit counts for, too, need none of their own. */
static void note_credited(struct filing *filing, const struct batch_row *filed,
                          const Wire__VisitDone *done)
{
    for (size_t i = 0; i < filing->batch->list.count; i++) {
        struct batch_row *row = &filing->batch->rows[i];
        bool same = row->cells[CELL_DATE][0] == '\0' ||
                    strcmp(row->cells[CELL_DATE], filed->cells[CELL_DATE]) == 0;
        for (size_t j = 0; j < done->n_credited && same && !row->filed; j++) {
            if (strcmp(done->credited[j], row->case_no) == 0) {
                row->filed = true;
                list_screen_leave(filing->batch->screen.below, row->case_id);
                mem_replace(&row->outcome, "已同时计入");
            }
        }
    }
}

static bool only_remarks(const Wire__Response *response)
{
    bool only = response != NULL && response->n_problems > 0;

    for (size_t i = 0; only && i < response->n_problems; i++)
        only = response->problems[i]->warning;
    return only;
}

static void take_answer(struct filing *filing, struct batch_row *row, enum result result,
                        const Wire__Response *response)
{
    row->filed = result == 0;
    if (row->filed)
        list_screen_leave(filing->batch->screen.below, row->case_id);
    row->remarked = !row->filed && only_remarks(response);
    filing->filed += row->filed ? 1 : 0;
    filing->refused += row->filed ? 0 : 1;
    filing->remarked += row->remarked ? 1 : 0;
    mem_replace(&row->outcome, result == 0 ? "已登记"
                               : response != NULL && response->n_problems > 0
                                   ? response->problems[0]->text
                                   : client_words(result, response));
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT) {
        if (filing->before == NULL)
            filing->before = mem_copy(response->visit->reached_before);
        mem_replace(&filing->after, response->visit->reached_after);
        note_credited(filing, row, response->visit);
    }
}

static void file_row(struct app *app, struct filing *filing, struct batch_row *row)
{
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct fields values = {0};
    enum result result;

    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        fields_set(&values, CELLS[cell].field, row->cells[cell]);
    add.case_id = row->case_id;
    add.date = row->cells[CELL_DATE];
    add.mode = row->cells[CELL_MODE];
    add.result = row->cells[CELL_RESULT];
    add.by = row->cells[CELL_BY];
    add.confirm = filing->confirm && row->remarked;
    wire_values_write(&values, &add.n_values, &add.values);
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    result = app_call(app, &request, &response);
    take_answer(filing, row, result, response);
    client_response_free(&response);
    wire_values_free(add.n_values, add.values);
    fields_free(&values);
}

static void confirmed(struct app *app, void *arg, const char *answer);

static void say_outcome(struct app *app, const struct filing *filing)
{
    struct str text = {0};

    str_printf(&text, "登记了 %zu 人", filing->filed);
    if (filing->after != NULL)
        visit_move_words(&text, filing->before, filing->after);
    if (filing->refused == 0) {
        app_say(app, "%s", str_text(&text));
    } else {
        app_warn(app, "%s；%zu 人没有成功：原因在行末，改正后再按 F2", str_text(&text),
                 filing->refused);
    }
    str_free(&text);
    if (filing->remarked > 0) {
        char *ask = mem_printf("%zu 行有提示，见行末（光标移到该行看全文）。仍要登记这些行吗？",
                               filing->remarked);
        ask_confirm(app, ask, confirmed, filing->batch);
        free(ask);
    }
}

static void file_all(struct app *app, struct batch_screen *batch, bool confirm)
{
    struct filing filing = {.batch = batch, .confirm = confirm};

    for (size_t i = 0; i < batch->list.count; i++) {
        struct batch_row *row = &batch->rows[i];
        if (!row->filed && row->cells[CELL_DATE][0] != '\0')
            file_row(app, &filing, row);
    }
    say_outcome(app, &filing);
    free(filing.before);
    free(filing.after);
    for (struct screen *screen = batch->screen.below; screen != NULL; screen = screen->below)
        screen->stale = true;
}

static void confirmed(struct app *app, void *arg, const char *answer)
{
    (void)answer;
    file_all(app, arg, true);
}

void batch_submit(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);

    if (end_edit(batch))
        file_all(app, batch, false);
}

static void leave(struct app *app, void *arg, const char *answer)
{
    (void)answer;
    app_pop_to(app, arg);
    app_pop(app);
}

void batch_cancel(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);
    size_t unsent = 0;

    if (batch->editing) {
        batch->editing = false;
        return;
    }
    for (size_t i = 0; i < batch->list.count; i++)
        unsent += !batch->rows[i].filed && batch->rows[i].cells[CELL_DATE][0] != '\0' ? 1 : 0;
    if (unsent == 0) {
        app_pop(app);
        return;
    }
    ask_confirm(app, "有填好还没有提交的行，放弃吗？", leave, &batch->screen);
}
