#include "tui/form/formmodel.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

static bool is_list(const struct form_field *field)
{
    return field->column_count > 0;
}

/**
 * The values that conditions read: the form's and, inside a row, the row's own under their bare
 * ids.
 */
static void scope_make(const struct formmodel *model, struct fields *scope)
{
    fields_copy(scope, model->values);
    for (size_t i = 0; model->list != NULL && i < model->field_count; i++) {
        fields_set(scope, model->fields[i].id,
                   fields_get_row(model->values, model->list->id, model->row, model->fields[i].id));
    }
}

static bool holds(const struct formmodel *model, const struct expr *expr,
                  const struct fields *scope)
{
    return expr_true(expr, model->form, scope, model->context.today);
}

static void add_item(struct formmodel *model, size_t *capacity, struct formitem item)
{
    mem_grow((void **)&model->items, model->count, capacity, sizeof model->items[0]);
    model->items[model->count++] = item;
}

static char *field_name(const struct formmodel *model, const struct form_field *field)
{
    if (model->list == NULL)
        return mem_copy(field->id);
    return mem_printf("%s.%zu.%s", model->list->id, model->row, field->id);
}

static void add_list(struct formmodel *model, size_t *capacity, const struct form_field *field)
{
    size_t rows = fields_rows(model->values, field->id);

    add_item(model, capacity,
             (struct formitem){.type = FORMITEM_LIST, .field = field, .name = mem_copy(field->id)});
    for (size_t row = 0; row < rows; row++) {
        add_item(model, capacity,
                 (struct formitem){.type = FORMITEM_ROW,
                                   .field = field,
                                   .row = row,
                                   .name = mem_printf("%s.%zu", field->id, row)});
    }
    add_item(model, capacity,
             (struct formitem){.type = FORMITEM_ADD,
                               .field = field,
                               .row = rows,
                               .name = mem_printf("%s.%zu", field->id, rows)});
}

static void clear_items(struct formmodel *model)
{
    for (size_t i = 0; i < model->count; i++)
        free(model->items[i].name);
    free(model->items);
    model->items = NULL;
    model->count = 0;
}

static bool enterable(const struct formitem *item)
{
    return item->type == FORMITEM_ROW || item->type == FORMITEM_ADD || formmodel_editable(item);
}

/** Puts the cursor on an item that can be entered, at or near `place`. */
static void settle(struct formmodel *model, size_t place)
{
    size_t after = place < model->count ? place : model->count;

    while (after < model->count && !enterable(&model->items[after]))
        after++;
    if (after == model->count) {
        after = place < model->count ? place : model->count;
        while (after > 0 && (after == model->count || !enterable(&model->items[after])))
            after--;
    }
    model->current = after;
}

static bool has_problem_at(const struct formmodel *model, const char *name)
{
    for (size_t i = 0; i < model->problems->count; i++)
        if (strcmp(model->problems->items[i].field, name) == 0)
            return true;
    return false;
}

/** True if the field stands behind a key: nothing is in it, and nothing is wrong with it. */
static bool is_folded(const struct formmodel *model, const struct form_field *field,
                      const struct fields *scope)
{
    if (model->unfolded || model->form->subject != FORM_VISIT || field->folded == NULL ||
        !holds(model, field->folded, scope))
        return false;
    char *name = field_name(model, field);
    bool empty = is_list(field) ? fields_rows(model->values, field->id) == 0
                                : fields_get(model->values, name)[0] == '\0';
    bool folded = empty && !has_problem_at(model, name);
    free(name);
    return folded;
}

void formmodel_layout(struct formmodel *model)
{
    struct fields scope = {0};
    const struct formitem *item = formmodel_item(model);
    char *name = mem_copy(item == NULL ? "" : item->name);
    size_t place = model->current;
    size_t capacity = 0;
    const char *section = "";

    scope_make(model, &scope);
    clear_items(model);
    for (size_t i = 0; i < model->field_count; i++) {
        const struct form_field *field = &model->fields[i];
        if (field->when != NULL && !holds(model, field->when, &scope))
            continue;
        if (is_folded(model, field, &scope))
            continue;
        if (strcmp(section, field->section) != 0) {
            section = field->section;
            add_item(
                model, &capacity,
                (struct formitem){.type = FORMITEM_SECTION, .text = section, .name = mem_copy("")});
        }
        if (is_list(field)) {
            add_list(model, &capacity, field);
        } else {
            add_item(model, &capacity,
                     (struct formitem){
                         .type = FORMITEM_FIELD, .field = field, .name = field_name(model, field)});
        }
    }
    settle(model, place);
    (void)(name[0] != '\0' && formmodel_goto(model, name));
    fields_free(&scope);
    free(name);
}

void formmodel_init(struct formmodel *model, const struct form *form, struct fields *values,
                    struct problems *problems, day_t today)
{
    *model = (struct formmodel){
        .form = form,
        .fields = form->fields,
        .field_count = form->field_count,
        .context = {.today = today},
        .values = values,
        .problems = problems,
    };
    form_compute(form, values, today);
    formmodel_layout(model);
}

void formmodel_init_row(struct formmodel *model, const struct formmodel *whole,
                        const struct form_field *list, size_t row)
{
    *model = (struct formmodel){
        .form = whole->form,
        .fields = list->columns,
        .field_count = list->column_count,
        .list = list,
        .row = row,
        .context = whole->context,
        .values = whole->values,
        .problems = whole->problems,
    };
    formmodel_layout(model);
}

const struct formitem *formmodel_item(const struct formmodel *model)
{
    return model->current < model->count ? &model->items[model->current] : NULL;
}

bool formmodel_editable(const struct formitem *item)
{
    return item->type == FORMITEM_FIELD && item->field->compute == NULL;
}

bool formmodel_move(struct formmodel *model, int delta)
{
    long place = (long)model->current;

    for (;;) {
        place += delta < 0 ? -1 : 1;
        if (place < 0 || place >= (long)model->count)
            return false;
        if (enterable(&model->items[place])) {
            model->current = (size_t)place;
            return true;
        }
    }
}

void formmodel_section(struct formmodel *model, int delta)
{
    long place = (long)model->current;
    long seen = 0;

    /* Going backwards, the first heading is the present section's own. */
    for (long step = delta < 0 ? -1 : 1; place >= 0 && place < (long)model->count; place += step) {
        if (model->items[place].type == FORMITEM_SECTION && ++seen == (delta < 0 ? 2 : 1)) {
            settle(model, (size_t)place);
            return;
        }
    }
    settle(model, delta < 0 ? 0 : model->count);
}

/** Goes to the first field that was folded, below the cursor or else anywhere. */
static void goto_unfolded(struct formmodel *model)
{
    struct fields scope = {0};
    size_t found = model->count;

    scope_make(model, &scope);
    model->unfolded = false; /* which are folded otherwise */
    for (size_t i = 0; i < model->count; i++) {
        const struct formitem *item = &model->items[i];
        if (item->field == NULL || !enterable(item) || !is_folded(model, item->field, &scope))
            continue;
        if (found == model->count || (found < model->current && i > model->current))
            found = i;
    }
    model->unfolded = true;
    if (found < model->count)
        model->current = found;
    fields_free(&scope);
}

bool formmodel_unfold(struct formmodel *model)
{
    bool any = false;

    for (size_t i = 0; i < model->field_count; i++)
        any = any || (model->form->subject == FORM_VISIT && model->fields[i].folded != NULL);
    model->unfolded = any && !model->unfolded;
    formmodel_layout(model);
    if (model->unfolded)
        goto_unfolded(model);
    return any;
}

bool formmodel_goto(struct formmodel *model, const char *name)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct formitem *item = &model->items[i];
        size_t length = strlen(item->name);
        bool inside = item->type == FORMITEM_ROW && strncmp(name, item->name, length) == 0 &&
                      (name[length] == '.' || name[length] == '\0');
        if (enterable(item) && (inside || strcmp(item->name, name) == 0)) {
            model->current = i;
            return true;
        }
    }
    for (size_t i = 0; i < model->count; i++) { /* a list as a whole: its last line */
        if (model->items[i].type == FORMITEM_ADD && strcmp(model->items[i].field->id, name) == 0) {
            model->current = i;
            return true;
        }
    }
    return false;
}

const char *formmodel_value(const struct formmodel *model, const struct formitem *item)
{
    return fields_get(model->values, item->name);
}

/** A row in short: the values of its first fields, without initial and computed ones. */
static char *row_text(const struct formmodel *model, const struct formitem *item)
{
    struct str text = {0};
    size_t shown = 0;

    for (size_t i = 0; i < item->field->column_count && shown < 6; i++) {
        const struct form_field *column = &item->field->columns[i];
        const char *value = fields_get_row(model->values, item->field->id, item->row, column->id);
        bool code = strcmp(column->type->name, "area") == 0;
        if (value[0] != '\0' && strcmp(value, column->initial) != 0 && !code) {
            char *words = column->type->format(column, value);
            str_printf(&text, "%s%s", shown > 0 ? "  " : "", words);
            free(words);
            shown++;
        }
    }
    if (shown == 0)
        str_add(&text, "（空）");
    return str_take(&text);
}

char *formmodel_text(const struct formmodel *model, const struct formitem *item)
{
    const char *value = formmodel_value(model, item);

    if (item->type == FORMITEM_ROW)
        return row_text(model, item);
    if (value[0] == '\0' || has_problem_at(model, item->name))
        return mem_copy(value); /* perhaps no value of its type */
    return item->field->type->format(item->field, value);
}

bool formmodel_required(const struct formmodel *model, const struct formitem *item)
{
    struct fields scope = {0};
    bool required = false;

    if (item->field != NULL && item->field->required != NULL && item->type == FORMITEM_FIELD) {
        scope_make(model, &scope);
        required = holds(model, item->field->required, &scope);
        fields_free(&scope);
    }
    return required;
}

static void copy_problem(struct problems *to, const struct problem *problem)
{
    if (problem->warning)
        problems_warn(to, problem->field, problem->value, "%s", problem->text);
    else
        problems_add(to, problem->field, problem->value, "%s", problem->text);
}

void formmodel_forget(struct formmodel *model, const char *name)
{
    struct problems kept = {0};

    for (size_t i = 0; i < model->problems->count; i++) {
        const struct problem *problem = &model->problems->items[i];
        if (strcmp(problem->field, name) != 0)
            copy_problem(&kept, problem);
    }
    problems_free(model->problems);
    *model->problems = kept;
}

/** Removes "missing" problems of fields that another field has filled. */
static void forget_missing(struct formmodel *model)
{
    for (size_t i = 0; i < model->problems->count;) {
        const struct problem *problem = &model->problems->items[i];
        if (problem->value[0] == '\0' && fields_get(model->values, problem->field)[0] != '\0') {
            char *name = mem_copy(problem->field);
            formmodel_forget(model, name);
            free(name);
            i = 0;
        } else {
            i++;
        }
    }
}

/** Stores a value and the values that follow from it. */
static void take_value(struct formmodel *model, const struct formitem *item, const char *value)
{
    bool number = strcmp(item->field->type->name, "idno") == 0;

    if (number) /* those of a mistyped number go with it */
        form_drop_filled(model->form, model->values, model->context.today);
    fields_set(model->values, item->name, value);
    if (number) /* sex and birth follow from it */
        form_fill(model->form, model->values, model->context.today);
    form_compute(model->form, model->values, model->context.today);
    forget_missing(model);
    formmodel_layout(model);
}

bool formmodel_put(struct formmodel *model, const char *text)
{
    const struct formitem *item = formmodel_item(model);
    const struct form_field *field = item == NULL ? NULL : item->field;
    char *value = NULL;
    char *error = NULL;
    bool changed;

    if (item == NULL || !formmodel_editable(item))
        return false;
    if (text[0] != '\0' && field->type->parse(field, &model->context, text, &value, &error) != 0)
        value = mem_copy(text);
    changed = strcmp(fields_get(model->values, item->name), value == NULL ? "" : value) != 0;
    if (changed || error != NULL) /* an untouched field keeps its problems */
        formmodel_forget(model, item->name);
    if (error != NULL)
        problems_add(model->problems, item->name, text, "%s", error);
    if (changed)
        take_value(model, item, value);
    free(value);
    free(error);
    return changed;
}

char *formmodel_day(const struct formmodel *model, const char *text)
{
    const struct formitem *item = formmodel_item(model);
    const struct form_field *field = item == NULL ? NULL : item->field;
    char *value = NULL;
    char *error = NULL;

    if (field != NULL && strcmp(field->type->name, "date") == 0)
        (void)field->type->parse(field, &model->context, text, &value, &error);
    free(error);
    return value;
}

void formmodel_cycle(struct formmodel *model, int delta)
{
    const struct formitem *item = formmodel_item(model);
    const char *const *labels;
    size_t count = 0;
    size_t at;

    if (item == NULL || !formmodel_editable(item) ||
        (labels = item->field->type->choices(item->field, &count)) == NULL || count == 0)
        return;
    for (at = 0; at < count; at++)
        if (strcmp(labels[at], formmodel_value(model, item)) == 0)
            break;
    if (at == count) /* nothing chosen yet */
        at = delta > 0 ? 0 : count - 1;
    else
        at = (at + (delta > 0 ? 1 : count - 1)) % count;
    (void)formmodel_put(model, labels[at]);
}

long formmodel_add_row(struct formmodel *model)
{
    const struct formitem *item = formmodel_item(model);
    const struct form_field *list;
    size_t row;

    if (item == NULL || item->field == NULL || !is_list(item->field))
        return -1;
    list = item->field;
    row = fields_rows(model->values, list->id);
    for (size_t i = 0; i < list->column_count; i++)
        fields_set_row(model->values, list->id, row, list->columns[i].id, list->columns[i].initial);
    if (row == 0 && strcmp(list->id, FORM_MEMBERS) == 0) /* most begin with the head; it is shown */
        fields_set_row(model->values, list->id, row, FORM_RELATION, FORM_RELATION_HEAD);
    form_fill(model->form, model->values, model->context.today); /* e.g. the household's village */
    formmodel_layout(model);
    return (long)row;
}

bool formmodel_remove_row(struct formmodel *model)
{
    const struct formitem *item = formmodel_item(model);

    if (item == NULL || item->type != FORMITEM_ROW)
        return false;
    fields_remove_row(model->values, item->field->id, item->row);
    problems_free(model->problems); /* they name rows by number */
    *model->problems = (struct problems){0};
    form_compute(model->form, model->values, model->context.today);
    formmodel_layout(model);
    return true;
}

bool formmodel_check(struct formmodel *model)
{
    bool fine;

    problems_free(model->problems);
    *model->problems = (struct problems){0};
    fine = form_check(model->form, &model->context, model->values, model->problems);
    formmodel_layout(model);
    return fine;
}

void formmodel_check_row(struct formmodel *model)
{
    char *prefix = mem_printf("%s.%zu.", model->list->id, model->row);
    struct problems all = {0};
    struct problems kept = {0};

    for (size_t i = 0; i < model->problems->count; i++)
        if (!text_starts(model->problems->items[i].field, prefix))
            copy_problem(&kept, &model->problems->items[i]);
    (void)form_check(model->form, &model->context, model->values, &all);
    for (size_t i = 0; i < all.count; i++)
        if (text_starts(all.items[i].field, prefix))
            copy_problem(&kept, &all.items[i]);
    problems_free(model->problems);
    *model->problems = kept;
    problems_free(&all);
    formmodel_layout(model);
    free(prefix);
}

const struct problem *formmodel_problem(const struct formmodel *model, const struct formitem *item,
                                        size_t index)
{
    size_t length = strlen(item->name);

    for (size_t i = 0; item->type != FORMITEM_SECTION && i < model->problems->count; i++) {
        const struct problem *problem = &model->problems->items[i];
        bool inside = item->type == FORMITEM_ROW &&
                      strncmp(problem->field, item->name, length) == 0 &&
                      problem->field[length] == '.';
        if ((inside || strcmp(problem->field, item->name) == 0) && index-- == 0)
            return problem;
    }
    return NULL;
}

bool formmodel_goto_error(struct formmodel *model)
{
    formmodel_layout(model); /* a field with an error is not folded */
    for (size_t i = 0; i < model->count; i++) {
        const struct problem *problem = NULL;
        for (size_t k = 0;
             (problem = formmodel_problem(model, &model->items[i], k)) != NULL && problem->warning;)
            k++;
        if (problem != NULL && formmodel_goto(model, problem->field))
            return true;
    }
    return false;
}

void formmodel_free(struct formmodel *model)
{
    clear_items(model);
}
