/**
 * Every programme file that is there, on the real screen: a case is entered as its first accepted example says,
 * goes over its steps by whoever may do them, is put on the books by somebody else, and leaves by an exit.
 *
 * Nothing here names a programme: a new file is walked by being there. What its example leaves out and the form
 * requires is filled in by the field's type.
 */
#include "world.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/text.h"
#include "form/form.h"
#include "form/source.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VILLAGE "211102002005"
#define MEMBERS "members"
#define MARKER "▸"

enum { FILL_MOST = 40, FIELDS_MOST = 300, ACTS_MOST = 40 };

static const struct {
    const char *role, *id;
} OFFICERS[] = {{"street", "1001"}, {"chief", "2001"}, {"county", "4001"}};

struct walk {
    struct world *world;
    struct forms *forms;
    const struct form *form;
    struct fields typed; /**< what is typed, before the form fills in the rest */
    char today[DATE_TEXT];
    struct screen *screens[COUNT(OFFICERS)];
    bool acted[COUNT(OFFICERS)];
};

// ---- what is typed

/** The pairs of the file's first example that expects to be accepted. */
static void take_example(struct walk *walk)
{
    struct pool texts = {0};
    struct pool rest = {0};
    struct source *source = NULL;
    char *error = NULL;
    char *folder = paths_data("forms");
    char *path = mem_printf("%s/%s.yaml", folder, walk->form->kind);
    const struct raw_example *example = NULL;

    if (source_read(path, SOURCE_FORM, &texts, &rest, &source, &error) != 0)
        fail_msg("%s", error);
    for (unsigned i = 0; i < source->form->example_count && example == NULL; i++)
        if (source->form->examples[i].expect == FORM_EXPECT_OK)
            example = &source->form->examples[i];
    if (example == NULL)
        fail_msg("%s has no example that is accepted", path);
    snprintf(walk->today, sizeof walk->today, "%s",
             example->today != NULL ? example->today : "2026-01-01");
    for (unsigned i = 0; i < example->given_count; i++) {
        const char *sign = strchr(example->given[i], '=');
        char *before = mem_copy_bytes(example->given[i], (size_t)(sign - example->given[i]));
        char *name = text_clean(before);
        char *value = text_clean(sign + 1);
        fields_set(&walk->typed, name, value);
        free(before);
        free(name);
        free(value);
    }
    source_free(&source);
    pool_free(&texts);
    pool_free(&rest);
    free(path);
    free(folder);
}

/** Something that a field of this type takes. New string. */
static char *make_value(const struct walk *walk, const struct form_field *field)
{
    static const struct {
        const char *type, *value;
    } values[] = {
        {"name", "郑大山"},
        {"idno", "211102195001010042"},
        {"phone", "13900000009"},
        {"area", VILLAGE},
        {"account", "6222020700001234"},
        {"int", "1"},
        {"money", "100"},
        {"who", "刘洋"},
        {"text", "说明"},
        {"memo", "情况说明"},
    };
    size_t count = 0;
    const char *const *choices = field->type->choices(field, &count);

    if (choices != NULL && count > 0)
        return mem_copy(choices[0]);
    if (strcmp(field->type->name, "date") == 0)
        return mem_copy(walk->today);
    if (strcmp(field->type->name, "month") == 0)
        return mem_copy_bytes(walk->today, strlen("2026-01"));
    for (size_t i = 0; i < COUNT(values); i++)
        if (strcmp(values[i].type, field->type->name) == 0)
            return mem_copy(values[i].value);
    fail_msg("%s: no value for the type %s", walk->form->kind, field->type->name);
    return NULL;
}

/** The first error of the form as typed so far, and its field; false if there is none. */
static bool find_error(const struct walk *walk, struct str *ret_field, struct str *ret_words)
{
    struct type_context context = {0};
    struct fields values = {0};
    struct problems problems = {0};
    bool found = false;

    assert_int_equal(date_parse(walk->today, &context.today), 0);
    fields_copy(&values, &walk->typed);
    form_fill(walk->form, &values, context.today);
    form_suggest(walk->form, &values, context.today);
    (void)form_check(walk->form, &context, &values, &problems);
    for (size_t i = 0; i < problems.count && !found; i++) {
        found = !problems.items[i].warning;
        if (found) {
            str_add(ret_field, problems.items[i].field);
            str_add(ret_words, problems.items[i].text);
        }
    }
    fields_free(&values);
    problems_free(&problems);
    return found;
}

/** Fills in by type what the example leaves out and the form requires. */
static void fill_required(struct walk *walk)
{
    for (int i = 0; i < FILL_MOST; i++) {
        struct str name = {0};
        struct str words = {0};
        bool error = find_error(walk, &name, &words);
        const struct form_field *field = error ? form_field(walk->form, str_text(&name)) : NULL;
        if (error && (field == NULL || *fields_get(&walk->typed, str_text(&name)) != '\0'))
            fail_msg("%s: %s：%s", walk->form->kind, str_text(&name), str_text(&words));
        if (error) {
            char *value = make_value(walk, field);
            fields_set(&walk->typed, str_text(&name), value);
            free(value);
        }
        str_free(&name);
        str_free(&words);
        if (!error)
            return;
    }
    fail_msg("%s: the form is never complete", walk->form->kind);
}

/** Values as the screen shows them; the tests' home is one street: everybody lives there. */
static void make_canonical(struct walk *walk)
{
    struct type_context context = {0};

    assert_int_equal(date_parse(walk->today, &context.today), 0);
    for (size_t i = 0; i < walk->typed.count; i++) {
        const struct field *item = &walk->typed.items[i];
        const struct form_field *field = form_field(walk->form, item->name);
        char *value = NULL;
        char *error = NULL;
        if (field->type->parse(field, &context, item->value, &value, &error) != 0)
            fail_msg("%s: %s：%s", walk->form->kind, item->name, error);
        fields_set(&walk->typed, item->name,
                   strcmp(field->type->name, "area") == 0 ? VILLAGE : value);
        free(value);
    }
}

// ---- typing

/** True if the marked line is the field of this label. */
static bool is_at(struct screen *screen, const char *label)
{
    int row = screen_find(screen, MARKER);
    const char *text = row < 0 ? "" : screen_row(screen, row) + strlen(MARKER);
    size_t length = strlen(label);

    text += *text == '*' || *text == ' ' ? 1 : 0;
    return strncmp(text, label, length) == 0 && (text[length] == ' ' || text[length] == '\0');
}

static void go_to_field(struct screen *screen, const char *label)
{
    for (int i = 0; i < FIELDS_MOST && !is_at(screen, label); i++)
        screen_press(screen, "Down");
    if (!is_at(screen, label)) {
        screen_print(screen);
        fail_msg("no field %s", label);
    }
}

static size_t find_choice(const char *const *choices, size_t count, const char *label)
{
    size_t i = 0;

    while (i < count && strcmp(choices[i], label) != 0)
        i++;
    return i;
}

/** Chooses by number, or from the list. */
static void choose(struct screen *screen, const struct form_field *field, const char *label)
{
    size_t count = 0;
    const char *const *choices = field->type->choices(field, &count);
    size_t at = find_choice(choices, count, label);
    char key[24];

    if (at == count)
        fail_msg("%s has no %s", field->id, label);
    if (count <= 9) {
        (void)snprintf(key, sizeof key, "%zu", at + 1);
        screen_press(screen, key);
    } else {
        screen_type(screen, label);
        screen_press(screen, "Enter");
    }
}

static void choose_all(struct screen *screen, const struct form_field *field, const char *value)
{
    char *copy = mem_copy(value);
    char *next = NULL;

    for (char *item = strtok_r(copy, ";", &next); item != NULL; item = strtok_r(NULL, ";", &next))
        choose(screen, field, item);
    free(copy);
}

/** Goes to the field, types, and sees that it stands there. */
static void type_field(struct screen *screen, const struct form_field *field, const char *value)
{
    size_t count = 0;
    bool set = strcmp(field->type->name, "set") == 0;

    go_to_field(screen, field->label);
    if (set)
        choose_all(screen, field, value);
    else if (field->type->choices(field, &count) != NULL)
        choose(screen, field, value);
    else {
        screen_press(screen, "^U");
        screen_type(screen, value);
    }
    if (!set)
        screen_expect(screen, value);
    screen_expect_whole(screen);
}

static void type_row(struct walk *walk, struct screen *screen, const struct form_field *list,
                     size_t row)
{
    char *title = mem_printf("%s 第 %zu 行", list->label, row + 1);

    screen_press(screen, "Enter");
    screen_expect(screen, title);
    for (size_t i = 0; i < list->column_count; i++) {
        const struct form_field *column = &list->columns[i];
        const char *value = fields_get_row(&walk->typed, list->id, row, column->id);
        if (*value != '\0')
            type_field(screen, column, value);
    }
    screen_press(screen, "F2");
    screen_expect_not(screen, title);
    free(title);
}

/** A list stands as its heading, its rows and a line to add one. */
static void type_list(struct walk *walk, struct screen *screen, const struct form_field *list)
{
    size_t rows = fields_rows(&walk->typed, list->id);

    if (rows == 0)
        return;
    screen_go_to(screen, list->label, 1);
    for (size_t row = 0; row < rows; row++) {
        type_row(walk, screen, list, row);
        screen_press(screen, "Down");
    }
}

static void enter(struct walk *walk, struct screen *screen)
{
    char *title = mem_printf("新增 %s", walk->form->title);

    screen_press(screen, "F5");
    screen_type(screen, walk->form->title);
    screen_press(screen, "Enter");
    screen_expect(screen, title);
    for (size_t i = 0; i < walk->form->field_count; i++) {
        const struct form_field *field = &walk->form->fields[i];
        const char *value = fields_get(&walk->typed, field->id);
        if (field->column_count > 0)
            type_list(walk, screen, field);
        else if (*value != '\0')
            type_field(screen, field, value);
    }
    screen_press(screen, "F2");
    if (screen_find(screen, "仍要提交吗") >= 0)
        screen_press(screen, "Enter");
    screen_expect_not(screen, "处需要更正");
    screen_expect_not(screen, title);
    free(title);
}

// ---- the steps

/** The step that is under way and its last day, of `steps`; false if no application is. */
static bool find_step(const struct walk *walk, size_t *ret_step, char due[DATE_TEXT])
{
    const struct life_steps *life = &walk->form->steps.life;
    char *row = NULL;
    char *at = NULL;
    const char *cell = NULL;

    world_expect(walk->world, 0, "--as 1001 steps");
    row = strchr(walk->world->output, '\n');
    if (row == NULL || row[1] == '\0')
        return false;
    at = row + 1;
    for (int i = 0; i < 4; i++)
        cell = strsep(&at, ",");
    for (*ret_step = 0; *ret_step < life->count; ++*ret_step)
        if (strcmp(life->items[*ret_step].label, cell) == 0)
            break;
    if (*ret_step == life->count)
        fail_msg("%s: no step %s", walk->form->kind, cell);
    (void)strsep(&at, ",");
    (void)snprintf(due, DATE_TEXT, "%s", strsep(&at, ","));
    return true;
}

/** Whoever may do the step; somebody who has done nothing yet, if it needs another. */
static size_t find_officer(const struct walk *walk, const struct life_step *step)
{
    for (size_t i = 0; i < COUNT(OFFICERS); i++)
        for (const char *const *role = step->who; *role != NULL; role++)
            if (strcmp(*role, OFFICERS[i].role) == 0 && !(step->apart && walk->acted[i]))
                return i;
    fail_msg("%s: nobody may do %s", walk->form->kind, step->label);
    return 0;
}

static void go_to_day(const struct walk *walk, const char *day)
{
    world_stop_server(walk->world, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
    world_expect(walk->world, 0, "status");
}

static struct screen *open_steps(struct walk *walk, size_t officer)
{
    if (walk->screens[officer] == NULL) {
        walk->screens[officer] = world_screen(walk->world, OFFICERS[officer].id, 24, 80);
        screen_press(walk->screens[officer], "s");
    }
    screen_press(walk->screens[officer], "^R");
    return walk->screens[officer];
}

/** The one who entered it is told whose move it is. */
static void expect_refused(struct walk *walk)
{
    struct screen *screen = open_steps(walk, 0);

    screen_press(screen, "Enter");
    screen_expect(screen, "现在等");
    screen_expect_whole(screen);
}

static void do_step(struct walk *walk, size_t step, const char *due)
{
    const struct life_step *item = &walk->form->steps.life.items[step];
    size_t officer = find_officer(walk, item);
    char *done = mem_printf("%s通过", item->label);

    if (item->apart)
        expect_refused(walk);
    if (item->least)
        go_to_day(walk, due);
    struct screen *screen = open_steps(walk, officer);
    screen_press(screen, "Enter 1 Enter");
    walk->acted[officer] = true;
    if (screen_find(screen, done) < 0)
        screen_expect(screen, "已确认");
    screen_expect_whole(screen);
    free(done);
}

static void go_all_steps(struct walk *walk)
{
    size_t step = 0;
    char due[DATE_TEXT];

    walk->acted[0] = true; /* entered it */
    for (int i = 0; i < ACTS_MOST && find_step(walk, &step, due); i++)
        do_step(walk, step, due);
}

// ---- on the books, and off

static void find_case(struct walk *walk, struct screen *screen)
{
    const char *name = walk->form->subject == FORM_HOUSEHOLD
                           ? fields_get_row(&walk->typed, MEMBERS, 0, "name")
                           : fields_get(&walk->typed, "person.name");

    screen_press(screen, "F3");
    screen_type(screen, name);
    screen_expect(screen, name);
    screen_expect(screen, walk->form->brief);
    screen_press(screen, "Enter");
    screen_expect(screen, "在册");
    screen_expect_whole(screen);
}

/** Every tab is read; what the programme pays stands on 待遇, known or not. */
static void read_tabs(const struct walk *walk, struct screen *screen)
{
    enum { TABS_MOST = 7 };

    screen_press(screen, walk->form->subject == FORM_HOUSEHOLD ? "Right Right" : "Right");
    if (walk->form->benefit != NULL) {
        screen_expect(screen, "算法和说明");
        screen_expect(screen, "合计");
    }
    for (int i = 0; i < TABS_MOST; i++) {
        screen_press(screen, "Right");
        screen_expect_whole(screen);
    }
}

/** By the last reason of the file, 其他 in most. */
static void leave_by_exit(const struct walk *walk, struct screen *screen)
{
    const char *const *exits = walk->form->exits;
    size_t count = 0;

    while (exits[count] != NULL)
        count++;
    const char *reason = exits[count - 1];
    screen_press(screen, "F8");
    screen_expect(screen, "退出原因");
    screen_press(screen, "Down");
    screen_type(screen, reason);
    screen_press(screen, "Enter F2");
    if (screen_find(screen, "仍要提交吗") >= 0)
        screen_press(screen, "Enter");
    screen_expect(screen, "已退出（");
    screen_expect(screen, reason);
    screen_expect_whole(screen);
}

/** Into the first month of the case: the next one after the decision, or the later one of the example. */
static void go_to_first_month(const struct walk *walk)
{
    day_t today = 0;
    month_t stated = 0;
    char first[DATE_TEXT];

    assert_int_equal(date_parse(getenv("DOUDI_TODAY"), &today), 0);
    (void)month_parse_loose(fields_get(&walk->typed, walk->form->roles.since), &stated);
    month_t next = month_of(today) + 1;
    go_to_day(walk, date_format(month_first(stated > next ? stated : next), first));
}

/** On a small screen and a large one; the case ends on the second. */
static void read_and_leave(struct walk *walk)
{
    go_to_first_month(walk);
    struct screen *screen = world_screen(walk->world, OFFICERS[0].id, 24, 80);

    find_case(walk, screen);
    read_tabs(walk, screen);
    screen_free(&screen);
    screen = world_screen(walk->world, OFFICERS[0].id, 43, 132);
    find_case(walk, screen);
    read_tabs(walk, screen);
    leave_by_exit(walk, screen);
    screen_free(&screen);
}

static void walk_form(struct walk *walk)
{
    struct screen *screen = NULL;

    take_example(walk);
    make_canonical(walk);
    fill_required(walk);
    walk->world = world_new_home(walk->today, "2026-01");
    screen = world_screen(walk->world, OFFICERS[0].id, 24, 80);
    enter(walk, screen);
    if (walk->form->steps.life.count > 0) {
        screen_expect(screen, "申请已登记");
        go_all_steps(walk);
    }
    screen_free(&screen);
    read_and_leave(walk);
    world_expect(walk->world, 0, "verify");
    for (size_t i = 0; i < COUNT(OFFICERS); i++)
        screen_free(&walk->screens[i]);
    world_free(&walk->world);
    fields_free(&walk->typed);
}

static void every_programme_goes_onto_the_books(void **state)
{
    char *folder = paths_data("forms");
    const char *only = getenv("DOUDI_TEST_KIND");
    struct forms *forms = NULL;
    const struct form *form = NULL;
    char *error = NULL;

    (void)state;
    if (forms_load(folder, &forms, &error) != 0)
        fail_msg("%s", error);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        struct walk walk = {.forms = forms, .form = form};
        if (only == NULL || strcmp(only, form->kind) == 0)
            walk_form(&walk);
    }
    forms_free(&forms);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_programme_goes_onto_the_books)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
