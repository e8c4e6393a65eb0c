/* The form screen: rows of lists, each filled in on a screen of its own. */
#include "tui/form/form_private.h"

#include "base/mem.h"

#include <stdlib.h>

void form_row_open(struct form_screen *whole, size_t row, bool added)
{
    const struct form_field *list = formmodel_item(&whole->model)->field;
    struct form_screen *form = mem_new(sizeof *form);

    form->screen.ops = &FORM_ROW_OPS;
    form->added = added;
    form->spec = (struct form_spec){
        .form = whole->spec.form,
        .title = mem_printf("%s 第 %zu 行", list->label, row + 1),
        .changed = whole->spec.changed,
        .known = whole->spec.known,
        .arg = whole->spec.arg, /* the whole form's */
    };
    form->values = whole->values;
    fields_copy(&form->base, form->values);
    app_push(whole->screen.app, &form->screen);
    formmodel_init_row(&form->model, &whole->model, list, row);
    form_begin_edit(form);
}

void form_row_add(struct app *app)
{
    struct form_screen *form = (struct form_screen *)app->top;
    long row;

    form_end_edit(form);
    row = formmodel_add_row(&form->model);
    form_begin_edit(form);
    if (row < 0) {
        app_say(app, "这里没有可以增加的行；光标移到成员等列表上再按");
        return;
    }
    form_row_open(form, (size_t)row, true);
}

void form_row_remove(struct app *app)
{
    struct form_screen *form = (struct form_screen *)app->top;

    form_end_edit(form);
    app_say(app, formmodel_remove_row(&form->model) ? "已删除这一行（提交后生效）"
                                                    : "光标移到要删除的行上");
    form_begin_edit(form);
}

void form_row_leave(struct form_screen *form)
{
    struct form_screen *whole = (struct form_screen *)form->screen.below;
    bool empty;

    form_end_edit(form);
    empty = form->added && fields_equal(form->values, &form->base);
    app_pop(form->screen.app);
    formmodel_layout(&whole->model);
    if (empty)
        (void)formmodel_remove_row(&whole->model);
    form_begin_edit(whole);
}

/** Goes back to the form if nothing is missing in the row; otherwise shows what is missing. Esc
 *  goes back in any case. */
void form_row_done(struct app *app)
{
    struct form_screen *form = (struct form_screen *)app->top;
    const struct form_screen *whole = (struct form_screen *)form->screen.below;

    form_end_edit(form);
    formmodel_check_row(&form->model);
    form_places_check(form);
    if (!formmodel_goto_error(&form->model) ||
        (whole->spec.partial && form_only_missing(form->model.problems)))
        form_row_leave(form);
    else
        form_show_errors(form, "；Esc 先回表单");
}

/** The next member of a household needs one key. */
void form_row_next(struct app *app)
{
    struct screen *whole = app->top->below;

    form_row_done(app);
    if (app->top == whole)
        form_row_add(app);
}
