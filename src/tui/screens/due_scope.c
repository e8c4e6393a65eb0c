/* 应访清单: which rows it has, and what goes out on paper. */
#include "tui/screens/due_private.h"

#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/listorder.h"
#include "tui/app/officers.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"
#include "tui/form/form.h"
#include "tui/screens/leads.h"

#include <stdlib.h>
#include <string.h>

void due_toggle_all(struct app *app)
{
    struct due_screen *due = due_of(app->top);

    due->all = !due->all;
    due->list.screen.stale = true;
}

static uint64_t case_of(const struct table *table, size_t row)
{
    return strtoull(sheet_get(table->sheet, row, "case_id"), NULL, 10);
}

/** The cases that are printed, if these are not all of the list; new array. */
static uint64_t *picked_cases(const struct table *table, size_t *ret_count)
{
    const struct list *list = &table->list;
    uint64_t *cases = mem_array(list->count + 1, sizeof *cases);
    bool marked = list->mark_count > 0;

    *ret_count = 0;
    for (size_t i = 0; i < (marked ? list->count : list->view_count); i++) {
        size_t row = marked ? i : list->view[i];
        if (!marked || list_marked(list, row))
            cases[(*ret_count)++] = case_of(table, row);
    }
    if (!marked && *ret_count == list->count)
        *ret_count = 0;
    return cases;
}

/** All cases as they stand on the screen, none if that is the order of paper; new array. The server
 *  has the most urgent of a village first, and so have the screen's orders by urgency and by village. */
static uint64_t *ordered_cases(const struct table *table, size_t *ret_count)
{
    uint64_t *cases = mem_array(table->list.count + 1, sizeof *cases);
    char *order = list_order_id(table);
    bool own = order[0] == '\0' || strcmp(order, "village") == 0;

    *ret_count = own ? 0 : table->list.count;
    for (size_t row = 0; row < *ret_count; row++)
        cases[row] = case_of(table, row);
    free(order);
    return cases;
}

/** What goes out on paper comes back by the codes of its sheets. */
static enum result make_sheets(const struct due_screen *due, struct sheet **ret_sheet)
{
    struct due_watch watch;
    Wire__SheetMake make = WIRE__SHEET_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    due_watch_list(&due->list.screen, &watch);
    make.list = &watch.list;
    make.only = picked_cases(&due->list.table, &make.n_only);
    make.order = ordered_cases(&due->list.table, &make.n_order);
    request.what_case = WIRE__REQUEST__WHAT_SHEET_MAKE;
    request.sheet_make = &make;
    enum result result = app_call_pages(due->list.screen.app, &request, NULL, ret_sheet);
    free(make.order);
    free(make.only);
    return result;
}

/** The sheets are made when something is printed or saved. `arg` is the list's screen. */
static bool print_rows(struct app *app, void *arg, struct sheet **ret_rows)
{
    struct due_screen *due = arg;

    (void)app;
    return make_sheets(due, ret_rows) == 0;
}

static void set_scope(const struct due_screen *due, struct document *document)
{
    char *order = list_order_id(&due->list.table);
    char *words = list_order_words(&due->list.table);
    struct str scope = {0};

    prints_scope_add(&scope, "kind", due->kind);
    prints_scope_add(&scope, "officer", due->officer);
    prints_scope_add(&scope, "all", due->all ? "1" : "0");
    prints_scope_add(&scope, "order", order);
    fields_set(&document->facts, "scope", str_text(&scope));
    fields_set(&document->facts, "order", words);
    str_free(&scope);
    free(words);
    free(order);
}

void due_narrow(struct app *app, const char *area, const struct fields *scope)
{
    struct due_screen *due = due_of(app->top);

    mem_replace(&due->area, area);
    mem_replace(&due->kind, fields_get(scope, "kind"));
    free(due->officer);
    due->officer = officers_resolve(app, fields_get(scope, "officer"));
    due->all = strcmp(fields_get(scope, "all"), "1") == 0;
    list_order_take(&due->list.table, fields_get(scope, "order"));
}

void due_print(struct app *app)
{
    struct due_screen *due = due_of(app->top);
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];
    char *picked;
    char *title;

    if (due_ask(due, &sheet) != 0)
        return;
    picked = table_pick(&due->list.table, sheet);
    title = mem_printf("%s %s%s%s%s", due->list.screen.ops->title, app_month_words(app, month),
                       sheet->basis == NULL ? "" : " ", sheet_basis(sheet), picked);
    bool whole =
        *picked == '\0' && due->officer[0] == '\0' && due->kind[0] == '\0' && !due->reviews;
    free(picked);
    const char *layout = due->reviews ? "reviews" : "due";
    struct document *document = preview_document(app, layout, title, due->area, &sheet);
    if (due->officer[0] != '\0')
        fields_set(&document->facts, "officer",
                   officers_known(app, due->officer)[0] != '\0' ? officers_known(app, due->officer)
                                                                : due->officer);
    set_scope(due, document);
    if (whole)
        leads_add_table(app, due->area, document);
    preview_open_later(app, layout, &document, due->reviews ? NULL : print_rows, due);
    free(title);
}

// ---- which part of the list

static void scope_submit(struct form_screen *form, bool confirm)
{
    struct due_screen *due = form->spec.arg;
    const char *title = fields_get(form->values, "kind");
    const struct form *programme = NULL;

    (void)confirm;
    mem_replace(&due->area, fields_get(form->values, "area"));
    free(due->officer);
    due->officer =
        officers_resolve(form->screen.app, fields_get(form->values, FORM_DIALOG_VISITOR));
    mem_replace(&due->kind, "");
    for (size_t i = 0; (programme = programmes_at(form->screen.app, i)) != NULL; i++)
        if (strcmp(programme->brief, title) == 0)
            mem_replace(&due->kind, programme->kind);
    due->all = strcmp(fields_get(form->values, "all"), "是") == 0;
    form_close(form);
}

enum { PROGRAMMES_MAX = 32 };

void due_scope(struct app *app)
{
    struct due_screen *due = due_of(app->top);
    const char *kinds[PROGRAMMES_MAX + 1] = {0};
    const struct form *programme = NULL;
    struct dialog_field fields[] = {
        {.id = "area", .label = "区划", .type = "area", .help = "空着是本人管辖的全部；F4 选择"},
        {.id = FORM_DIALOG_VISITOR,
         .label = "探访人",
         .type = "text",
         .help = "工号或姓名，F4 选；空着是所有人"},
        {.id = "kind", .label = "业务", .type = "choice", .options = kinds},
        {.id = "all", .label = "含已达标的", .type = "bool"},
    };
    struct form_spec spec = {
        .title = "清单范围", .modal = true, .submit = scope_submit, .arg = due};

    for (size_t i = 0, n = 0; n < PROGRAMMES_MAX && (programme = programmes_at(app, i)) != NULL;
         i++)
        if (programme->has_visits || due->reviews)
            kinds[n++] = programme->brief;
    spec.dialog = dialog_new("清单范围", fields, sizeof fields / sizeof fields[0]);
    fields_set(&spec.values, "area", due->area);
    fields_set(&spec.values, FORM_DIALOG_VISITOR, due->officer);
    programme = programmes_form(app, due->kind);
    fields_set(&spec.values, "kind", programme == NULL ? "" : programme->brief);
    fields_set(&spec.values, "all", due->all ? "是" : "否");
    (void)form_open(app, &spec);
}
