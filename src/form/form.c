#include "form/form.h"

#include "base/mem.h"
#include "base/str.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

// ---- names

const struct form_field *form_column(const struct form_field *list, const char *id)
{
    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i].id, id) == 0)
            return &list->columns[i];
    return NULL;
}

uint32_t form_name_hash(const char *name)
{
    uint32_t hash = UINT32_C(2166136261); /* FNV-1a */
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * UINT32_C(16777619);
    return hash;
}

size_t form_index_slots(size_t count)
{
    size_t slots = 1;
    while (slots <= 2 * count)
        slots *= 2;
    return slots;
}

void form_index_hash(struct form_index *index)
{
    index->slot_count = form_index_slots(index->count);
    for (size_t i = 0; i < index->count; i++) {
        size_t at = form_name_hash(index->names[i].name) & (index->slot_count - 1);
        while (index->slots[at] != 0)
            at = (at + 1) & (index->slot_count - 1);
        index->slots[at] = (uint32_t)i + 1;
    }
}

static const struct form_name *find_name(const struct form *form, const char *name, uint32_t hash)
{
    const struct form_index *index = form->index;
    if (index->count == 0)
        return NULL;
    for (size_t at = hash;; at++) {
        uint32_t slot = index->slots[at & (index->slot_count - 1)];
        if (slot == 0)
            return NULL;
        if (strcmp(index->names[slot - 1].name, name) == 0)
            return &index->names[slot - 1];
    }
}

/* The dot before a row number ("members.2.name"), NULL if there is none. */
static const char *row_part(const char *name)
{
    const char *dot = strchr(name, '.');
    if (dot == NULL)
        return NULL;
    size_t digits = strspn(dot + 1, "0123456789");
    return digits > 0 && dot[1 + digits] == '.' ? dot : NULL;
}

const struct form_field *form_field(const struct form *form, const char *name)
{
    const char *row = row_part(name);
    const struct form_name *found = NULL;
    if (row == NULL) {
        found = find_name(form, name, form_name_hash(name));
    } else {
        const char *column = strchr(row + 1, '.');
        char *plain = mem_printf("%.*s%s", (int)(row - name), name, column);
        found = find_name(form, plain, form_name_hash(plain));
        free(plain);
    }
    return found != NULL ? found->field : NULL;
}

const char *form_row_value(const struct fields *values, const char *list, size_t row,
                           const char *column)
{
    return fields_get_row(values, list, row, column);
}

size_t form_head_row(const struct fields *values)
{
    size_t rows = fields_rows(values, FORM_MEMBERS);
    for (size_t row = 0; row < rows; row++)
        if (strcmp(form_row_value(values, FORM_MEMBERS, row, FORM_RELATION), FORM_RELATION_HEAD) ==
            0)
            return row;
    return 0;
}

const char *form_value(const struct form *form, const struct fields *values, const char *name,
                       const struct form_field **ret_field)
{
    return form_value_hashed(form, values, name, form_name_hash(name), ret_field);
}

const char *form_value_hashed(const struct form *form, const struct fields *values,
                              const char *name, uint32_t hash, const struct form_field **ret_field)
{
    const struct form_name *found = find_name(form, name, hash);
    *ret_field = found != NULL ? found->field : NULL;
    if (found == NULL && row_part(name) != NULL) { /* no name of the index has a row's number */
        *ret_field = form_field(form, name);
        return fields_get(values, name);
    }
    if (found == NULL)
        return "";
    if (found->head)
        return form_row_value(values, FORM_MEMBERS, form_head_row(values), found->path);
    return fields_get(values, found->path);
}

// ---- questions about a programme

const struct form_tier *form_tier(const struct form *form, const char *name)
{
    const struct form_visits *visits = &form->visits;
    for (size_t i = 0; i < visits->tier_count; i++)
        if (strcmp(visits->tiers[i].name, name) == 0)
            return &visits->tiers[i];
    return visits->tier_count > 0 ? &visits->tiers[visits->tier_count - 1] : NULL;
}

int form_cycle_months(const struct form *form, const char *review_class)
{
    if (*form->roles.review_class == '\0')
        return form->cycle_count > 0 ? form->cycles[0].months : 0;
    for (size_t i = 0; i < form->cycle_count; i++)
        if (strcmp(form->cycles[i].name, review_class) == 0)
            return form->cycles[i].months;
    return 0;
}

bool form_owes_visits(const struct form *form, const struct fields *values, day_t today)
{
    if (!form->has_visits)
        return false;
    return form->visits.when == NULL || expr_true(form->visits.when, form, values, today);
}

static bool listed(const char *const *list, const char *text)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

bool form_accepts(const struct form *form, const char *kind)
{
    return form->has_visits &&
           (strcmp(form->kind, kind) == 0 || listed(form->visits.accepts, kind));
}

bool form_mode_counts(const struct form *form, const char *mode)
{
    return listed(form->visits.modes, mode);
}

// ---- walks over a record's values

/* A place in a record: a field, or a column of a row. */
struct place {
    const struct form_field *field;
    const char *name; /* full name, with the row number */
    struct expr_scope scope;
};

struct walk {
    const struct form *form;
    const struct type_context *context;
    struct fields *values;
    struct problems *problems;
    size_t unread_from, unread_to; /* problems of unreadable texts */
};

static void visit_row(struct walk *walk, const struct form_field *list, size_t row,
                      void (*each)(struct walk *walk, const struct place *place))
{
    struct str prefix = {0};
    struct str name = {0};
    struct place place = {.scope = {.form = walk->form,
                                    .values = walk->values,
                                    .today = walk->context->today,
                                    .list = list->id,
                                    .row = row}};
    str_printf(&prefix, "%s.%zu.", list->id, row);
    for (size_t i = 0; i < list->column_count; i++) {
        str_clear(&name);
        str_add(&name, str_text(&prefix));
        str_add(&name, list->columns[i].id);
        place.field = &list->columns[i];
        place.name = str_text(&name);
        each(walk, &place);
    }
    str_free(&name);
    str_free(&prefix);
}

/* Calls `each` for every field and every column of every row, in the form's order. */
static void visit_places(struct walk *walk,
                         void (*each)(struct walk *walk, const struct place *place))
{
    struct place place = {
        .scope = {.form = walk->form, .values = walk->values, .today = walk->context->today}};
    for (size_t i = 0; i < walk->form->field_count; i++) {
        const struct form_field *field = &walk->form->fields[i];
        place.field = field;
        place.name = field->id;
        each(walk, &place);
        if (field->column_count == 0)
            continue;
        size_t rows = fields_rows(walk->values, field->id); /* does not change */
        for (size_t row = 0; row < rows; row++)
            visit_row(walk, field, row, each);
    }
}

static bool holds(const struct expr *expr, const struct expr_scope *scope)
{
    return expr != NULL && expr_true_in(expr, scope);
}

static bool is_shown(const struct place *place)
{
    return place->field->when == NULL || expr_true_in(place->field->when, &place->scope);
}

static bool is_empty(const struct walk *walk, const struct place *place)
{
    if (place->field->column_count > 0)
        return fields_rows(walk->values, place->field->id) == 0;
    return *fields_get(walk->values, place->name) == '\0';
}

/* Sets a field to an expression's value in the field's form; drops a value that does not fit. */
static void set_result(struct walk *walk, const struct place *place, const struct expr *expr)
{
    char *text = expr_value_in(expr, &place->scope);
    char *value = NULL;
    char *error = NULL;
    if (*text != '\0' &&
        place->field->type->parse(place->field, walk->context, text, &value, &error) != 0)
        free(error);
    fields_set(walk->values, place->name, value);
    free(value);
    free(text);
}

// ---- filling and computing

/* In an import no one sees the filled value, so a figure's fields stay empty. */
static bool is_left_empty(const struct walk *walk, const struct place *place)
{
    return walk->context->ledger && place->field->stated;
}

static void put_initial(struct walk *walk, const struct place *place)
{
    if (*place->field->initial != '\0' && is_empty(walk, place) && !is_left_empty(walk, place))
        fields_set(walk->values, place->name, place->field->initial);
}

static void put_filled(struct walk *walk, const struct place *place)
{
    if (place->field->fill != NULL && is_empty(walk, place) && !is_left_empty(walk, place))
        set_result(walk, place, place->field->fill);
}

/* Takes out what `fill` put in, so that it follows another value; what somebody typed differs from it. */
static void drop_filled(struct walk *walk, const struct place *place)
{
    if (place->field->fill == NULL || is_empty(walk, place))
        return;
    char *before = mem_copy(fields_get(walk->values, place->name));
    set_result(walk, place, place->field->fill);
    bool same = strcmp(fields_get(walk->values, place->name), before) == 0;
    fields_set(walk->values, place->name, same ? NULL : before);
    free(before);
}

static void put_suggested(struct walk *walk, const struct place *place)
{
    if (place->field->suggest != NULL && is_empty(walk, place))
        set_result(walk, place, place->field->suggest);
}

static void put_computed(struct walk *walk, const struct place *place)
{
    if (place->field->compute != NULL)
        set_result(walk, place, place->field->compute);
}

/* A member without an area gets the household's. */
static void put_member_areas(const struct form *form, struct fields *values)
{
    if (form->subject != FORM_HOUSEHOLD)
        return;
    const struct form_field *field = NULL;
    char *area = mem_copy(form_value(form, values, form->roles.area, &field));
    size_t rows = fields_rows(values, FORM_MEMBERS);
    for (size_t row = 0; row < rows; row++)
        if (*form_row_value(values, FORM_MEMBERS, row, "area") == '\0')
            fields_set_row(values, FORM_MEMBERS, row, "area", area);
    free(area);
}

static void fill(struct walk *walk)
{
    put_member_areas(walk->form, walk->values);
    visit_places(walk, put_filled);
}

static void fill_new(const struct form *form, struct fields *values,
                     const struct type_context *context)
{
    struct walk walk = {.form = form, .context = context, .values = values};
    visit_places(&walk, put_initial);
    fill(&walk);
}

void form_fill(const struct form *form, struct fields *values, day_t today)
{
    fill_new(form, values, &(struct type_context){.today = today});
}

void form_fill_ledger(const struct form *form, struct fields *values, day_t today)
{
    fill_new(form, values, &(struct type_context){.today = today, .ledger = true});
}

void form_drop_filled(const struct form *form, struct fields *values, day_t today)
{
    struct type_context context = {.today = today};
    struct walk walk = {.form = form, .context = &context, .values = values};
    visit_places(&walk, drop_filled);
}

void form_suggest(const struct form *form, struct fields *values, day_t today)
{
    struct type_context context = {.today = today};
    struct walk walk = {.form = form, .context = &context, .values = values};
    visit_places(&walk, put_suggested);
}

void form_compute(const struct form *form, struct fields *values, day_t today)
{
    struct type_context context = {.today = today};
    struct walk walk = {.form = form, .context = &context, .values = values};
    visit_places(&walk, put_computed);
}

// ---- parsing and checking

static void parse_place(struct walk *walk, const struct place *place)
{
    const char *text = fields_get(walk->values, place->name);
    if (*text == '\0' || place->field->compute != NULL)
        return;
    char *value = NULL;
    char *error = NULL;
    if (place->field->type->parse(place->field, walk->context, text, &value, &error) != 0)
        problems_add(walk->problems, place->name, text, "%s", error);
    else
        fields_set(walk->values, place->name, value);
    free(value);
    free(error);
}

void form_parse(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems)
{
    struct walk walk = {.form = form, .context = context, .values = values, .problems = problems};
    visit_places(&walk, parse_place);
}

// ---- one reason for each cell

/* An unreadable text gets only that one problem: checks would judge a value that is not there. */
struct mention {
    const struct walk *walk;
    const struct expr_scope *scope;
    bool found;
};

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? dot + 1 : name;
}

/* A name in an expression may mean a field of the row, the person, the head or the form. */
static void see_name(const char *name, const char *list, void *arg)
{
    struct mention *mention = arg;
    (void)list;
    for (size_t i = mention->walk->unread_from; i < mention->walk->unread_to; i++) {
        const char *unread = mention->walk->problems->items[i].field;
        const char *row = row_part(unread);
        bool other_row = row != NULL && mention->scope->list != NULL &&
                         strtoul(row + 1, NULL, 10) != mention->scope->row;
        if (!other_row && strcmp(last_part(unread), last_part(name)) == 0)
            mention->found = true;
    }
}

static bool depends_on_unread(const struct walk *walk, const struct expr *expr,
                              const struct expr_scope *scope)
{
    struct mention mention = {.walk = walk, .scope = scope};
    if (walk->unread_from < walk->unread_to)
        expr_names(expr, see_name, &mention);
    return mention.found;
}

static bool has_error(const struct walk *walk, const char *name)
{
    const struct form_field *field = form_field(walk->form, name);

    if (field != NULL && field->column_count > 0)
        return false; /* a list has many cells */
    for (size_t i = walk->unread_from; i < walk->problems->count; i++)
        if (!walk->problems->items[i].warning && strcmp(walk->problems->items[i].field, name) == 0)
            return true;
    return false;
}

static void check_required(struct walk *walk, const struct place *place)
{
    const struct form_field *field = place->field;
    if (field->min_rows > 0 && is_shown(place) &&
        fields_rows(walk->values, field->id) < (size_t)field->min_rows)
        problems_add(walk->problems, place->name, "", "%s至少要有%d行，请补上", field->label,
                     field->min_rows);
    else if (field->required != NULL && is_empty(walk, place) && is_shown(place) &&
             holds(field->required, &place->scope) &&
             !depends_on_unread(walk, field->required, &place->scope))
        problems_add(walk->problems, place->name, "", "%s为空，请填写", field->label);
}

static void run_check(struct walk *walk, const struct form_check *check,
                      const struct expr_scope *scope)
{
    if (!expr_true_in(check->when, scope) || depends_on_unread(walk, check->when, scope))
        return;
    bool row = *check->list != '\0';
    const char *target = *check->need != '\0' ? check->need : check->field;
    char *name = row ? mem_printf("%s.%zu.%s", check->list, scope->row, target) : mem_copy(target);
    const char *value = fields_get(walk->values, name);
    if ((*check->need == '\0' || *value == '\0') && !has_error(walk, name)) {
        if (check->warning)
            problems_warn(walk->problems, name, value, "%s", check->say);
        else
            problems_add(walk->problems, name, value, "%s", check->say);
    }
    free(name);
}

static void run_checks(struct walk *walk)
{
    for (size_t i = 0; i < walk->form->check_count; i++) {
        const struct form_check *check = &walk->form->checks[i];
        struct expr_scope scope = {
            .form = walk->form, .values = walk->values, .today = walk->context->today};
        if (*check->list == '\0') {
            run_check(walk, check, &scope);
            continue;
        }
        scope.list = check->list;
        size_t rows = fields_rows(walk->values, check->list);
        for (; scope.row < rows; scope.row++)
            run_check(walk, check, &scope);
    }
}

bool form_check(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems)
{
    size_t before = problems->count;
    struct walk walk = {.form = form,
                        .context = context,
                        .values = values,
                        .problems = problems,
                        .unread_from = before};
    visit_places(&walk, parse_place);
    walk.unread_to = problems->count;
    fill(&walk);
    visit_places(&walk, put_computed);
    visit_places(&walk, check_required);
    run_checks(&walk);
    for (size_t i = before; i < problems->count; i++)
        if (!problems->items[i].warning)
            return false;
    return true;
}

static void check_wanted(struct walk *walk, const struct place *place)
{
    if (is_empty(walk, place) && is_shown(place) && holds(place->field->wanted, &place->scope))
        problems_warn(walk->problems, place->name, "", "%s未填", place->field->label);
}

void form_wanted(const struct form *form, const struct fields *values, day_t today,
                 struct problems *problems)
{
    struct type_context context = {.today = today};
    struct fields copy = {0};
    fields_copy(&copy, values);
    struct walk walk = {.form = form, .context = &context, .values = &copy, .problems = problems};
    visit_places(&walk, check_wanted);
    fields_free(&copy);
}

// ---- text

static char *text_of_builtin(const struct form *form, const struct fields *values, const char *name,
                             day_t today)
{
    struct expr *expr = NULL;
    char *error = NULL;
    if (expr_parse(name, &expr, &error) != 0) {
        free(error);
        return mem_copy("");
    }
    char *text = expr_value(expr, form, values, today);
    expr_free(&expr);
    return text;
}

char *form_text(const struct form *form, const struct fields *values, const char *name, day_t today)
{
    const struct form_field *field = NULL;
    if (expr_is_reserved(name))
        return text_of_builtin(form, values, name, today);
    const char *value = form_value(form, values, name, &field);
    if (field == NULL)
        return mem_copy("");
    if (field->column_count > 0)
        return mem_printf("%zu项", fields_rows(values, field->id));
    return *value != '\0' ? field->type->format(field, value) : mem_copy("");
}
