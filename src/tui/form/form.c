#include "tui/form/form_private.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/pick.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"
#include "tui/kit/memo.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

enum {
    MODAL_COLUMNS = 64,
    WIDE_TERMINAL = 110,
    WIDE_COLUMNS = 96, /* choices and remarks that need two lines at 80 stand in one */
    MORE_COLUMNS = 14
};

static struct form_screen *form_of(struct screen *screen)
{
    return (struct form_screen *)screen;
}

/** The form on top; handlers are only called when one is. */
static struct form_screen *form_top(struct app *app)
{
    return form_of(app->top);
}

static bool is_row(const struct form_screen *form)
{
    return form->values != &form->own;
}

// ---- the field that is being typed into

/** True if the field is typed as text; choices and lists are not. */
static bool is_typed(const struct formitem *item)
{
    size_t count = 0;

    return item != NULL && formmodel_editable(item) &&
           item->field->type->choices(item->field, &count) == NULL;
}

/** True for a type whose values always have full length: nothing can be added to a value. */
static bool is_whole(const struct field_type *type)
{
    static const char *const names[] = {"date", "month", "area"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(type->name, names[i]) == 0)
            return true;
    return false;
}

void form_begin_edit(struct form_screen *form)
{
    const struct formitem *item = formmodel_item(&form->model);

    free(form->editing);
    form->editing = NULL;
    lineedit_free(&form->edit);
    if (is_typed(item)) {
        char *text = formmodel_text(&form->model, item);
        form->edit.max_codes = item->field->max > 0 ? (size_t)item->field->max : 0;
        form->edit.lines = strcmp(item->field->type->name, "memo") == 0;
        form->edit.secret = item->field->sensitive && form->spec.dialog != NULL;
        form->editing = mem_copy(item->name);
        form->begins_anew = *text != '\0' && is_whole(item->field->type);
        lineedit_set(&form->edit, text);
        free(text);
    }
}

void form_changed(struct form_screen *form, const char *name)
{
    if (form->spec.changed != NULL)
        form->spec.changed(form, name);
}

void form_end_edit(struct form_screen *form)
{
    char *text;
    char *name;

    if (form->editing == NULL)
        return;
    name = form->editing;
    form->editing = NULL;
    text = form_place_read(form, formmodel_item(&form->model), lineedit_text(&form->edit));
    if (formmodel_put(&form->model, text)) {
        form_place_check(form, name);
        form_changed(form, name);
    }
    free(name);
    free(text);
}

void form_set(struct form_screen *form, const char *name, const char *value)
{
    fields_set(form->values, name, value);
    formmodel_layout(&form->model);
    form_begin_edit(form);
}

// ---- the screen

/** The line of keys below the fields. */
static const char *hint(const struct form_screen *form)
{
    if (form->spec.login)
        return "回车 登录  Esc 退出";
    if (form->edit.lines)
        return "回车 下一项  Ctrl+N 换行  ↑↓ 逐行  ? 说明  F2 保存  Esc 离开";
    if (is_row(form))
        return "回车 下一项  打号或←→选  F4 列表  ? 说明  F2 填好  F5 填好再加一行";
    if (form->spec.dialog == NULL)
        return "回车 下一项  打号或←→选  F4 列表  ? 说明  F2 保存  Esc 离开";
    for (size_t i = 0; i < form->spec.form->field_count; i++)
        if (strcmp(form->spec.form->fields[i].type->name, "choice") == 0)
            return "回车 下一项  打号或←→选  F4 列表  F2 确定  Esc 取消";
    return "回车 下一项  ? 说明  F2 确定  Esc 取消";
}

static void form_paint(struct screen *screen, struct canvas *canvas)
{
    struct form_screen *form = form_of(screen);
    struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 2, canvas->columns);

    size_t below = formview_paint(form, &body);

    int room = canvas->columns - (below > 0 ? MORE_COLUMNS + 1 : 0);
    struct canvas head = canvas_part(canvas, 0, 0, 1, room);
    (void)draw_rest(&head, 0, screen->ops->modal ? 0 : 1, form->spec.title, STYLE_STRONG);
    if (below > 0) {
        (void)draw_format(canvas, 0, canvas->columns - MORE_COLUMNS, STYLE_FAINT, "↓ 还有 %zu 行",
                          below);
    }
    (void)draw_text(canvas, canvas->rows - 1, 0, canvas->columns, hint(form), STYLE_FAINT);
    canvas->cursor_y = body.cursor_y;
    canvas->cursor_x = body.cursor_x;
}

static void form_size(const struct screen *screen, int *rows, int *columns)
{
    const struct form_screen *form = (const struct form_screen *)screen;

    bool wide = !form->spec.login && screen->app->canvas->columns >= WIDE_TERMINAL;
    int inside = wide ? WIDE_COLUMNS : MODAL_COLUMNS;
    int needed = formview_columns(form, screen->app->canvas->columns - 4);

    inside = needed > inside ? needed : inside;
    *rows = formview_lines(form, inside) + 4;
    *columns = inside + 4;
}

/** True for a visit's findings, of which there are many: a number goes on to the next one. */
static bool is_finding(const struct form_screen *form)
{
    const struct formitem *item = formmodel_item(&form->model);

    return form->spec.form->subject == FORM_VISIT && form->spec.dialog == NULL && !is_row(form) &&
           item != NULL && item->field->required == NULL &&
           strcmp(item->field->type->name, "choice") == 0;
}

/** Arrows step through the choices, digits and text choose (tui/app/pick.h). */
static bool choice_key(struct form_screen *form, int key)
{
    const struct formitem *item = formmodel_item(&form->model);

    if (item == NULL || !formmodel_editable(item) || key == '?' || key == '+')
        return false;
    if (key == K_LEFT || key == K_RIGHT) {
        formmodel_cycle(&form->model, key == K_LEFT ? -1 : 1);
        form_changed(form, formmodel_item(&form->model)->name);
        return true;
    }
    if (key == K_DELETE || key == K_BACKSPACE) {
        (void)formmodel_put(&form->model, "");
        form_changed(form, formmodel_item(&form->model)->name);
        return true;
    }
    if (!key_is_text(key) || !pick_key(form->screen.app, form->spec.form, item->field,
                                       formmodel_value(&form->model, item), key, form_take, form))
        return false;
    if (key >= '1' && key <= '9' && is_finding(form) && !form->screen.app->bad)
        form_next(form->screen.app);
    return true;
}

/** True if ? explains the field: where no such sign is typed, or nothing has been typed yet. */
static bool explains(const struct form_screen *form)
{
    static const char *const texts[] = {"text", "memo", "name", "who"};
    const struct formitem *item = formmodel_item(&form->model);
    bool text = form->edit.secret;

    for (size_t i = 0; !text && item != NULL && i < sizeof texts / sizeof texts[0]; i++)
        text = strcmp(item->field->type->name, texts[i]) == 0;
    return !text || (form->edit.count == 0 && !form->edit.secret);
}

static bool form_key(struct screen *screen, int key)
{
    struct form_screen *form = form_of(screen);

    if (form->editing == NULL)
        return choice_key(form, key);
    if (key == '?' && !screen->app->pasting && explains(form))
        return false;
    if (form->edit.lines && (key == K_UP || key == K_DOWN) &&
        memo_move(&form->edit, form->memo_width, key == K_UP ? -1 : 1))
        return true;
    if (form->begins_anew && key_is_text(key) && key != ' ') /* typed whole: 23, -1, jqsq */
        lineedit_set(&form->edit, "");
    bool used = lineedit_key(&form->edit, key);
    form->begins_anew = form->begins_anew && !used;
    return used;
}

static void form_done(struct screen *screen)
{
    struct form_screen *form = form_of(screen);

    if (form->spec.free_arg != NULL)
        form->spec.free_arg(form->spec.arg);
    formmodel_free(&form->model);
    fields_free(&form->own);
    fields_free(&form->base);
    fields_free(&form->draft);
    fields_free(&form->shown);
    problems_free(&form->own_problems);
    lineedit_free(&form->edit);
    dialog_free(&form->spec.dialog);
    free((char *)form->spec.title);
    free((char *)form->spec.draft_form);
    free((char *)form->spec.draft_record);
    free(form->editing);
    free(form);
}

static const struct screen_ops *ops_of(const struct form_spec *spec)
{
    return spec->login            ? &FORM_LOGIN_OPS
           : spec->dialog != NULL ? &FORM_DIALOG_OPS
           : spec->modal          ? &FORM_ENTRY_OPS
                                  : &FORM_OPS;
}

struct form_screen *form_open(struct app *app, struct form_spec *spec)
{
    struct form_screen *form = mem_new(sizeof *form);

    form->screen.ops = ops_of(spec);
    form->spec = *spec;
    form->own = spec->values;
    spec->values = (struct fields){0};
    form->values = &form->own;
    form->spec.title = mem_copy(spec->title);
    form->spec.draft_form = spec->draft_form == NULL ? NULL : mem_copy(spec->draft_form);
    form->spec.draft_record = spec->draft_record == NULL ? NULL : mem_copy(spec->draft_record);
    if (spec->dialog != NULL)
        form->spec.form = dialog_form(spec->dialog);
    form_fill(form->spec.form, form->values, app_today(app));
    app_push(app, &form->screen);
    formmodel_init(&form->model, form->spec.form, form->values, &form->own_problems,
                   app_today(app));
    form->model.context.typed = true;
    (void)month_parse(form->screen.month, &form->model.context.shown);
    fields_copy(&form->base, form->values);
    fields_copy(&form->draft, form->values);
    form_begin_edit(form);
    return form;
}

void form_send(struct form_screen *form, Wire__Request *request)
{
    struct app *app = form->screen.app;
    Wire__Response *response = NULL;

    if (app_call(app, request, &response) == 0) {
        form_close(form);
        app_say(app, "%s", response->message);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

void form_close(struct form_screen *form)
{
    struct app *app = form->screen.app;

    form_drop_draft(form);
    app_pop_to(app, &form->screen);
    app_pop(app);
    app_changed(app);
}

// ---- leaving

static void leave(struct app *app, void *arg, const char *answer)
{
    struct form_screen *form = arg;

    if (ask_leave_keeps(answer))
        form_save(&form->screen);
    else if (ask_leave_drops(answer))
        form_drop_draft(form);
    else
        return;
    app_pop_to(app, &form->screen);
    app_pop(app);
    app_changed(app);
}

static void form_cancel(struct app *app)
{
    struct form_screen *form = form_top(app);

    if (is_row(form))
        form_row_leave(form);
    else if (form->spec.cancel != NULL)
        form->spec.cancel(form);
    else if (form_touched(form))
        ask_leave(app, form->spec.draft_form != NULL, leave, form);
    else
        app_pop(app);
}

// ---- moving

/** False at the last field. */
static bool form_next_field(struct form_screen *form)
{
    bool moved;

    form_end_edit(form);
    moved = formmodel_move(&form->model, 1);
    form_begin_edit(form);
    return moved;
}

void form_next(struct app *app)
{
    (void)form_next_field(form_top(app));
}

static void form_previous(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    (void)formmodel_move(&form->model, -1);
    form_begin_edit(form);
}

static void form_section_next(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    formmodel_section(&form->model, 1);
    form_begin_edit(form);
}

static void form_section_previous(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    formmodel_section(&form->model, -1);
    form_begin_edit(form);
}

static void form_unfold(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    if (!formmodel_unfold(&form->model))
        app_say(app, "这个表没有收起的细项；接着往下填");
    form_begin_edit(form);
}

/** Fills in what the owner of the form knows from the last time. */
static void form_last(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    if (form->spec.last == NULL)
        app_say(app, "这里没有上一次的可照；请逐项填");
    else
        form->spec.last(form);
    form_begin_edit(form);
}

/** Fills in what is known of people. */
static void form_known(struct app *app)
{
    struct form_screen *form = form_top(app);

    form_end_edit(form);
    if (form->spec.known == NULL)
        app_say(app, "这里没有可取来的；请逐项填");
    else
        form->spec.known(form);
    form_begin_edit(form);
}

// ---- keys

static void form_enter(struct app *app)
{
    struct form_screen *form = form_top(app);
    const struct formitem *item = formmodel_item(&form->model);

    if (item != NULL && item->type == FORMITEM_ROW)
        form_row_open(form, item->row, false);
    else if (item != NULL && item->type == FORMITEM_ADD)
        form_row_add(app);
    else if (!form_next_field(form) && form->spec.dialog != NULL)
        form_submit(app); /* after the last field of a small form only submitting is left */
}

static const struct action ACTIONS[] = {
    {"form.file", "保存", "F2 ^S", "检查并提交", NULL, form_submit,
     .where = SCREEN_FORM | SCREEN_ENTRY, .records = true},
    {"login.accept", "登录", "F2 ^S", "登录", NULL, form_submit, .where = SCREEN_LOGIN,
     .records = true},
    {"login.enter", "登录", "Enter", "登录；没填的先填", NULL, form_enter, .where = SCREEN_LOGIN},
    {"login.leave", "退出", "Esc F10", "退出", NULL, form_cancel, .where = SCREEN_LOGIN},
    {"form.accept", "确定", "F2 ^S", "检查并提交", NULL, form_submit, .where = SCREEN_DIALOG,
     .records = true},
    {"form.row_done", "填好", "F2 ^S", "填好这一行，回到表单", NULL, form_row_done,
     .where = SCREEN_ROW, .records = true},
    {"form.choose", "列表", "F4", "从列表选择", NULL, form_choose, .but = SCREEN_LOGIN},
    {"form.row_add", "加行", "F5 +", "增加一行", NULL, form_row_add, .where = SCREEN_FORM},
    {"form.row_next", "加行", "F5", "填好这一行，再加一行", NULL, form_row_next,
     .where = SCREEN_ROW},
    {"form.row_remove", "删行", "F6", "删除光标处的行", NULL, form_row_remove,
     .where = SCREEN_FORM},
    {"form.last", "照上次", "F3", "照上一次探访的情况填，日期、方式、结果、探访人不变", NULL,
     form_last, .where = SCREEN_ENTRY},
    {"form.known", "取来", "F3", "取来已登记的：同名的人、同户家人的住址电话等；打开此人已有的个案",
     NULL, form_known, .where = SCREEN_FORM | SCREEN_ROW},
    {"form.section_previous", "上段", "F7 PgUp", "上一段", NULL, form_section_previous,
     .where = SCREEN_FORM | SCREEN_ENTRY | SCREEN_ROW},
    {"form.section_next", "下段", "F8 PgDn", "下一段", NULL, form_section_next,
     .where = SCREEN_FORM | SCREEN_ROW},
    {"form.section_next.entry", "下段", "PgDn", "下一段", NULL, form_section_next,
     .where = SCREEN_ENTRY},
    {"form.unfold", "细项", "F8", "显示细项、处置、转介等收起的项；再按收起空的", NULL, form_unfold,
     .where = SCREEN_ENTRY},
    {"form.explain", "说明", "?", "解释这一项", NULL, form_explain},
    {"form.enter", "下一项", "Enter", "下一项；在行上打开这一行", NULL, form_enter,
     .but = SCREEN_LOGIN},
    {"form.next", "下", "Down Tab", "下一项", NULL, form_next},
    {"form.previous", "上", "Up BackTab", "上一项", NULL, form_previous},
    {"form.cancel", "离开", "Esc F10", "离开，可存草稿", NULL, form_cancel,
     .where = SCREEN_FORM | SCREEN_ENTRY},
    {"form.dismiss", "取消", "Esc F10", "不提交，关闭窗口", NULL, form_cancel,
     .where = SCREEN_DIALOG},
    {"form.row_back", "返回", "Esc F10", "回到表单", NULL, form_cancel, .where = SCREEN_ROW},
};

const struct screen_ops FORM_OPS = {
    .title = "表单",
    .is = SCREEN_TYPED | SCREEN_FORM,
    .refresh = form_offer_draft,
    .paint = form_paint,
    .key = form_key,
    .save = form_save,
    .done = form_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

/** A programme's form in a window. */
const struct screen_ops FORM_ENTRY_OPS = {
    .title = "表单",
    .is = SCREEN_TYPED | SCREEN_ENTRY,
    .modal = true,
    .refresh = form_offer_draft,
    .paint = form_paint,
    .key = form_key,
    .size = form_size,
    .save = form_save,
    .done = form_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

const struct screen_ops FORM_ROW_OPS = {
    .title = "表单",
    .is = SCREEN_TYPED | SCREEN_ROW,
    .paint = form_paint,
    .key = form_key,
    .save = form_save,
    .done = form_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

const struct screen_ops FORM_DIALOG_OPS = {
    .title = "表单",
    .is = SCREEN_TYPED | SCREEN_DIALOG,
    .modal = true,
    .refresh = form_offer_draft,
    .paint = form_paint,
    .key = form_key,
    .size = form_size,
    .save = form_save,
    .done = form_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

const struct screen_ops FORM_LOGIN_OPS = {
    .title = "登录",
    .section = "",
    .is = SCREEN_TYPED | SCREEN_LOGIN,
    .modal = true,
    .paint = form_paint,
    .key = form_key,
    .size = form_size,
    .done = form_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
