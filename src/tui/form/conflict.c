#include "tui/form/conflict.h"

#include "tui/form/form_private.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"

#include <stdlib.h>
#include <string.h>

struct conflict_screen {
    struct list_screen list;
    struct form_screen *form;
};

static const char *const IDS[] = {"label", "mine", "theirs", "keep", "field", "their_value"};

static const struct table_column COLUMNS[] = {
    {.id = "label", .label = "项目", .least = 12, .most = 18},
    {.id = "keep", .label = "采用", .least = 6, .most = 6},
    {.id = "mine", .label = "我填的", .least = 20, .most = 40},
    {.id = "theirs", .label = "对方已保存的", .least = 20, .most = 0},
};

static struct conflict_screen *conflict_of(struct screen *screen)
{
    return (struct conflict_screen *)screen;
}

static char *words(const struct form_field *field, const char *value)
{
    return field == NULL || value[0] == '\0' ? mem_copy(value) : field->type->format(field, value);
}

static void add_field(struct sheet *sheet, const struct form_screen *form, const char *name,
                      const char *their_value)
{
    const struct form_field *field = form_field(form->spec.form, name);
    char *mine = words(field, fields_get(form->values, name));
    char *theirs = words(field, their_value);
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "label", field == NULL ? name : field->label);
    sheet_set(sheet, row, "mine", mine[0] == '\0' ? "（空）" : mine);
    sheet_set(sheet, row, "theirs", theirs[0] == '\0' ? "（空）" : theirs);
    sheet_set(sheet, row, "keep", "我的");
    sheet_set(sheet, row, "field", name);
    sheet_set(sheet, row, "their_value", their_value);
    free(mine);
    free(theirs);
}

void conflict_open(struct form_screen *form, const Wire__CaseSaved *theirs)
{
    struct conflict_screen *conflict =
        list_screen_new(sizeof *conflict, &CONFLICT_OPS, COLUMNS,
                        sizeof COLUMNS / sizeof COLUMNS[0], NULL, "没有冲突的项；F2 保存");
    struct sheet *sheet = sheet_new_ids(IDS, sizeof IDS / sizeof IDS[0]);

    for (size_t i = 0; i < theirs->n_theirs; i++)
        add_field(sheet, form, theirs->theirs[i]->name, theirs->theirs[i]->value);
    conflict->form = form;
    list_screen_caption(&conflict->list,
                        "%s 刚才改了同样的项目。空格 换用我的或对方的，F2 按所选保存，Esc 回表单",
                        theirs->their_officer);
    table_fill(&conflict->list.table, &sheet);
    app_push(form->screen.app, &conflict->list.screen);
}

static void conflict_toggle(struct app *app)
{
    struct table *table = &conflict_of(app->top)->list.table;
    long row = list_row(&table->list);

    if (row >= 0) {
        bool mine = strcmp(table_text(table, "keep"), "我的") == 0;
        sheet_set(table->sheet, (size_t)row, "keep", mine ? "对方的" : "我的");
        (void)list_move(&table->list, 1);
    }
}

static void conflict_accept(struct app *app)
{
    struct conflict_screen *conflict = conflict_of(app->top);
    const struct sheet *sheet = conflict->list.table.sheet;
    struct form_screen *form = conflict->form;

    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "keep"), "对方的") == 0)
            form_set(form, sheet_get(sheet, row, "field"), sheet_get(sheet, row, "their_value"));
    app_pop(app);
    form_submit(app);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"conflict.accept", "保存", "F2", "按所选保存", NULL, conflict_accept, .records = true},
    {"conflict.toggle", "换", "Space Enter", "用我的或对方的", NULL, conflict_toggle, MARKS_ONE},
};

const struct screen_ops CONFLICT_OPS = {
    .title = "修改冲突",
    .is = SCREEN_TABLE | SCREEN_FIXED,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
