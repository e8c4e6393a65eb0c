/** The form model over the real programme files: items, cursor, values, rows, problems. */
#include "tui/form/formmodel.h"

#include "base/paths.h"
#include "tui/form/dialog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct forms *forms;
    struct fields values;
    struct problems problems;
    struct formmodel model;
    day_t today;
};

static int load(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    char *folder = paths_data("forms");
    char *error = NULL;
    int failed = forms_load(folder, &fixture->forms, &error) != 0;

    fixture->today = date_make(2026, 11, 23);
    *state = fixture;
    free(folder);
    free(error);
    return failed;
}

static int unload(void **state)
{
    struct fixture *fixture = *state;

    forms_free(&fixture->forms);
    free(fixture);
    return 0;
}

static void open_form(struct fixture *fixture, const char *kind)
{
    const struct form *form = forms_get(fixture->forms, kind);

    assert_non_null(form);
    form_fill(form, &fixture->values, fixture->today);
    formmodel_init(&fixture->model, form, &fixture->values, &fixture->problems, fixture->today);
}

static void close_form(struct fixture *fixture)
{
    formmodel_free(&fixture->model);
    fields_free(&fixture->values);
    problems_free(&fixture->problems);
    fixture->problems = (struct problems){0};
}

static const char *name_at(const struct fixture *fixture)
{
    return formmodel_item(&fixture->model)->name;
}

static bool shows(const struct fixture *fixture, const char *name)
{
    for (size_t i = 0; i < fixture->model.count; i++)
        if (strcmp(fixture->model.items[i].name, name) == 0)
            return true;
    return false;
}

static void test_visit_opens_ready(void **state)
{
    struct fixture *fixture = *state;

    open_form(fixture, "visit_elder");
    assert_string_equal(name_at(fixture), "date"); /* the first field, not its heading */
    assert_string_equal(fields_get(&fixture->values, "date"), "2026-11-23");
    assert_string_equal(fields_get(&fixture->values, "result"), "成功");
    assert_true(formmodel_goto(&fixture->model, "by"));
    assert_true(formmodel_put(&fixture->model, "刘洋"));
    assert_true(formmodel_check(&fixture->model)); /* that is all an ordinary visit needs */
    close_form(fixture);
}

static void test_conditions(void **state)
{
    struct fixture *fixture = *state;

    open_form(fixture, "visit_elder");
    assert_true(shows(fixture, "health"));
    assert_true(formmodel_goto(&fixture->model, "result"));
    assert_true(formmodel_put(&fixture->model, "未遇"));
    assert_false(shows(fixture, "health"));
    assert_string_equal(name_at(fixture), "result"); /* the cursor stays at its field */
    close_form(fixture);
}

/** What F2 found missing stays said until something is put there, by hand or by another field. */
static void test_missing_stays_said(void **state)
{
    struct fixture *fixture = *state;
    struct formmodel *model = &fixture->model;

    open_form(fixture, "tanfang");
    assert_false(formmodel_check(model));
    assert_true(formmodel_goto(model, "person.id_no"));
    assert_false(formmodel_put(model, "")); /* passed over without typing */
    assert_non_null(formmodel_problem(model, formmodel_item(model), 0));
    assert_true(formmodel_goto(model, "person.sex"));
    assert_non_null(formmodel_problem(model, formmodel_item(model), 0));
    assert_true(formmodel_goto(model, "person.id_no"));
    assert_true(formmodel_put(model, "211122194512156810"));
    assert_null(formmodel_problem(model, formmodel_item(model), 0));
    assert_true(formmodel_goto(model, "person.sex"));
    assert_null(formmodel_problem(model, formmodel_item(model), 0));
    assert_true(formmodel_goto(model, "person.name"));
    assert_non_null(formmodel_problem(model, formmodel_item(model), 0));
    close_form(fixture);
}

static void test_put(void **state)
{
    struct fixture *fixture = *state;
    const struct problem *problem;

    open_form(fixture, "visit_elder");
    assert_true(formmodel_put(&fixture->model, "2026.11.2"));
    assert_string_equal(fields_get(&fixture->values, "date"), "2026-11-02");
    assert_false(formmodel_put(&fixture->model, "20261102")); /* the same day */
    assert_true(formmodel_put(&fixture->model, "11月40日"));
    assert_string_equal(fields_get(&fixture->values, "date"), "11月40日"); /* stays as typed */
    problem = formmodel_problem(&fixture->model, formmodel_item(&fixture->model), 0);
    assert_non_null(problem);
    assert_false(formmodel_check(&fixture->model));
    assert_string_equal(name_at(fixture), "date");
    assert_true(formmodel_put(&fixture->model, "2026-11-03"));
    assert_null(formmodel_problem(&fixture->model, formmodel_item(&fixture->model), 0));
    assert_true(formmodel_put(&fixture->model, ""));
    assert_string_equal(fields_get(&fixture->values, "date"), "");
    close_form(fixture);
}

static void test_moving(void **state)
{
    struct fixture *fixture = *state;
    size_t fields = 0;

    open_form(fixture, "tanfang");
    assert_false(formmodel_move(&fixture->model, -1));
    do {
        enum formitem_type type = formmodel_item(&fixture->model)->type;
        assert_true(type == FORMITEM_ADD || formmodel_editable(formmodel_item(&fixture->model)));
        fields++;
    } while (formmodel_move(&fixture->model, 1));
    assert_true(fields > 20);
    assert_true(formmodel_goto(&fixture->model, "person.name"));
    formmodel_section(&fixture->model, 1);
    assert_string_equal(name_at(fixture), "person.area");
    formmodel_section(&fixture->model, -1);
    assert_string_equal(name_at(fixture), "person.name");
    formmodel_section(&fixture->model, -1); /* the first stays the first */
    assert_string_equal(name_at(fixture), "person.name");
    assert_false(formmodel_goto(&fixture->model, "no_such_field"));
    close_form(fixture);
}

static void test_cycle(void **state)
{
    struct fixture *fixture = *state;

    open_form(fixture, "tanfang");
    assert_true(formmodel_goto(&fixture->model, "tier"));
    assert_string_equal(fields_get(&fixture->values, "tier"), "低");
    formmodel_cycle(&fixture->model, 1);
    assert_string_not_equal(fields_get(&fixture->values, "tier"), "低");
    formmodel_cycle(&fixture->model, -1);
    assert_string_equal(fields_get(&fixture->values, "tier"), "低");
    assert_true(formmodel_goto(&fixture->model, "person.name"));
    formmodel_cycle(&fixture->model, 1); /* nothing to choose from */
    assert_string_equal(fields_get(&fixture->values, "person.name"), "");
    close_form(fixture);
}

/** What followed from a mistyped number goes with it; what was typed stays and is told. */
static void test_another_number_tells_anew(void **state)
{
    struct fixture *fixture = *state;
    struct formmodel *model = &fixture->model;

    open_form(fixture, "tanfang");
    assert_true(formmodel_goto(model, "person.id_no"));
    assert_true(formmodel_put(model, "11010519491231002X"));
    assert_string_equal(fields_get(&fixture->values, "person.birth"), "1949-12-31");
    assert_string_equal(fields_get(&fixture->values, "person.sex"), "女");
    assert_true(formmodel_put(model, "211122194512156810"));
    assert_string_equal(fields_get(&fixture->values, "person.birth"), "1945-12-15");
    assert_string_equal(fields_get(&fixture->values, "person.sex"), "男");
    assert_true(formmodel_goto(model, "person.birth"));
    assert_true(formmodel_put(model, "1950-01-01"));
    assert_true(formmodel_goto(model, "person.id_no"));
    assert_true(formmodel_put(model, "11010519491231002X"));
    assert_string_equal(fields_get(&fixture->values, "person.birth"), "1950-01-01");
    assert_string_equal(fields_get(&fixture->values, "person.sex"), "女");
    close_form(fixture);
}

static void test_number_tells_the_rest(void **state)
{
    struct fixture *fixture = *state;

    open_form(fixture, "tanfang");
    assert_true(formmodel_goto(&fixture->model, "person.id_no"));
    assert_true(formmodel_put(&fixture->model, "211122194512156810"));
    assert_string_equal(fields_get(&fixture->values, "person.birth"), "1945-12-15");
    assert_string_equal(fields_get(&fixture->values, "person.sex"), "男");
    close_form(fixture);
}

static void test_rows(void **state)
{
    struct fixture *fixture = *state;
    struct formmodel row = {0};
    char *text;

    open_form(fixture, "dibao");
    assert_true(formmodel_goto(&fixture->model, "members"));
    assert_int_equal(formmodel_item(&fixture->model)->type, FORMITEM_ADD);
    assert_int_equal(formmodel_add_row(&fixture->model), 0);
    formmodel_init_row(&row, &fixture->model, form_field(fixture->model.form, "members"), 0);
    assert_true(formmodel_goto(&row, "members.0.name"));
    assert_true(formmodel_put(&row, "曹俊贵"));
    formmodel_free(&row);
    formmodel_layout(&fixture->model);
    assert_true(formmodel_goto(&fixture->model, "members.0"));
    text = formmodel_text(&fixture->model, formmodel_item(&fixture->model));
    assert_string_equal(text, "户主  曹俊贵"); /* what stands there by itself is left out */
    free(text);
    problems_add(&fixture->problems, "members.0.id_no", "", "空");
    assert_non_null(formmodel_problem(&fixture->model, formmodel_item(&fixture->model), 0));
    assert_true(formmodel_goto(&fixture->model, "members.0.id_no")); /* leads to its row */
    assert_int_equal(formmodel_item(&fixture->model)->type, FORMITEM_ROW);
    assert_true(formmodel_remove_row(&fixture->model));
    assert_int_equal(fields_rows(&fixture->values, "members"), 0);
    assert_false(formmodel_remove_row(&fixture->model));
    close_form(fixture);
}

static void test_dialog(void **state)
{
    static const char *const options[] = {"住院", "外出", NULL};
    static const struct dialog_field fields[] = {
        {.id = "reason", .label = "原因", .type = "choice", .options = options, .required = true},
        {.id = "note", .label = "说明", .type = "text", .max = 5},
    };
    struct fixture *fixture = *state;
    struct dialog *dialog = dialog_new("免访", fields, 2);

    formmodel_init(&fixture->model, dialog_form(dialog), &fixture->values, &fixture->problems,
                   fixture->today);
    assert_true(formmodel_required(&fixture->model, formmodel_item(&fixture->model)));
    assert_false(formmodel_check(&fixture->model));
    formmodel_cycle(&fixture->model, 1);
    assert_string_equal(fields_get(&fixture->values, "reason"), "住院");
    assert_true(formmodel_check(&fixture->model));
    close_form(fixture);
    dialog_free(&dialog);
    assert_null(dialog);
}

static bool has_item(const struct formmodel *model, const char *name)
{
    for (size_t i = 0; i < model->count; i++)
        if (strcmp(model->items[i].name, name) == 0)
            return true;
    return false;
}

static void put_at(struct fixture *fixture, const char *name, const char *text)
{
    assert_true(formmodel_goto(&fixture->model, name));
    (void)formmodel_put(&fixture->model, text);
}

/** Details stand behind a key; what is in one, or wrong with it, is always seen. */
static void test_folded(void **state)
{
    static const char *const folded[] = {"with",   "em_done", "em_called", "h_speech",
                                         "s_heat", "sign_no", "referrals"};
    struct fixture *fixture = *state;
    struct formmodel *model = &fixture->model;

    open_form(fixture, "visit_elder");
    for (size_t i = 0; i < sizeof folded / sizeof folded[0]; i++)
        assert_false(has_item(model, folded[i]));
    put_at(fixture, "health", "异常");
    assert_true(has_item(model, "em_done") && has_item(model, "em_called"));
    assert_false(has_item(model, "h_speech"));
    put_at(fixture, "em_called", "120");
    put_at(fixture, "health", "正常");
    assert_true(has_item(model, "em_called"));
    assert_false(has_item(model, "em_done"));
    assert_true(formmodel_goto(model, "note"));
    assert_true(formmodel_unfold(model));
    for (size_t i = 0; i < sizeof folded / sizeof folded[0]; i++)
        assert_true(has_item(model, folded[i]));
    assert_string_equal(formmodel_item(model)->name, "h_speech"); /* the first below the cursor */
    put_at(fixture, "s_gas", "关注");
    assert_true(formmodel_unfold(model));
    assert_true(has_item(model, "s_gas"));
    assert_false(has_item(model, "s_heat"));
    problems_add(&fixture->problems, "minutes", "x", "应为数字");
    assert_true(formmodel_goto_error(model));
    assert_string_equal(formmodel_item(model)->name, "minutes");
    close_form(fixture);
    open_form(fixture, "tanfang"); /* a case's form has all of it */
    assert_false(formmodel_unfold(model));
    close_form(fixture);
}

// ---- every form that an officer fills in

/** Calls `each` for every field of every programme, its visit's form and their lists. */
static void every_field(const struct fixture *fixture,
                        void (*each)(const struct form_field *field, void *arg), void *arg)
{
    const struct form *programme;

    for (size_t p = 0; (programme = forms_programme(fixture->forms, p)) != NULL; p++) {
        const struct form *record =
            programme->has_visits ? forms_get(fixture->forms, programme->visits.record) : NULL;
        const struct form *const forms[] = {programme, record};
        for (size_t f = 0; f < 2 && forms[f] != NULL; f++)
            for (size_t i = 0; i < forms[f]->field_count; i++) {
                const struct form_field *field = &forms[f]->fields[i];
                each(field, arg);
                for (size_t c = 0; c < field->column_count; c++)
                    each(&field->columns[c], arg);
            }
    }
}

struct typing {
    struct type_context context;
    size_t dates, months;
};

static void type_short(const struct form_field *field, void *arg)
{
    static const char *const days[] = {"27", "1020", "-1", "."};
    static const char *const months[] = {".", "-1"};
    struct typing *typing = arg;
    bool date = strcmp(field->type->name, "date") == 0;
    bool month = strcmp(field->type->name, "month") == 0;
    const char *const *typed = date ? days : months;

    if (!date && !month)
        return;
    *(date ? &typing->dates : &typing->months) += 1;
    for (size_t i = 0; i < (date ? 4U : 2U); i++) {
        char *value = NULL, *error = NULL;
        if (field->type->parse(field, &typing->context, typed[i], &value, &error) != 0)
            fail_msg("%s (%s) refuses %s: %s", field->label, field->id, typed[i], error);
        free(value);
        free(error);
    }
}

static void test_every_date_is_typed_short(void **state)
{
    const struct fixture *fixture = *state;
    struct typing typing = {.context = {.today = fixture->today, .typed = true}};

    every_field(fixture, type_short, &typing);
    assert_true(typing.dates > 40);
    assert_true(typing.months > 4);
}

/** The first item with an error is gone to, and it was marked as required before. */
static void test_every_form_goes_to_what_is_missing(void **state)
{
    struct fixture *fixture = *state;
    const struct form *programme;
    size_t seen = 0;

    for (size_t p = 0; (programme = forms_programme(fixture->forms, p)) != NULL; p++) {
        struct formmodel *model = &fixture->model;
        open_form(fixture, programme->kind);
        assert_false(formmodel_check(model));
        assert_true(formmodel_goto_error(model));
        size_t at = model->current;
        for (size_t i = 0; i < at; i++) {
            const struct problem *problem = formmodel_problem(model, &model->items[i], 0);
            if (problem != NULL && !problem->warning)
                fail_msg("%s: item %zu has a problem before %zu", programme->kind, i, at);
        }
        const struct formitem *item = formmodel_item(model);
        assert_non_null(formmodel_problem(model, item, 0));
        if (item->type == FORMITEM_FIELD && !formmodel_required(model, item))
            fail_msg("%s: %s is missing and was not marked", programme->kind, item->name);
        seen++;
        close_form(fixture);
    }
    assert_true(seen > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_visit_opens_ready),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_missing_stays_said),
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_moving),
        cmocka_unit_test(test_cycle),
        cmocka_unit_test(test_number_tells_the_rest),
        cmocka_unit_test(test_another_number_tells_anew),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_dialog),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_every_date_is_typed_short),
        cmocka_unit_test(test_every_form_goes_to_what_is_missing),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
