/**
 * A village by its initials wherever a field takes a division, and a day as it is said wherever one takes
 * a day: in the form of every programme, as the engine's table of fields has them, and in every window.
 */
#include "world.h"

#include "base/mem.h"
#include "form/form.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is typed into a field and what it shows then; ended by NULL. On 2026-11-23. */
struct typing {
    const char *typed, *shown;
};

static const struct typing PLACE[] = {{"jqsq", "211102002005 旌旗社区"}, {NULL, NULL}};
static const struct typing PAST[] = {{".", "2026-11-23"},    {"-1", "2026-11-22"},
                                     {"20", "2026-11-20"},   {"27", "2026-10-27"},
                                     {"1120", "2026-11-20"}, {NULL, NULL}};
static const struct typing AHEAD[] = {{".", "2026-11-23"},
                                      {"-1", "2026-11-22"},
                                      {"27", "2026-11-27"},
                                      {"1126", "2026-11-26"},
                                      {NULL, NULL}};

/** What is tried in a field; NULL = nothing: it is of another type, or not always asked. */
static const struct typing *typing_of(const struct form_field *field)
{
    bool day = strcmp(field->type->name, "date") == 0;
    bool place = strcmp(field->type->name, "area") == 0;

    return field->when != NULL || field->compute != NULL || (!day && !place) ? NULL
           : place                                                           ? PLACE
           : field->ahead                                                    ? AHEAD
                                                                             : PAST;
}

/** The row whose marker is in front of the label, -1 if there is none: a list behind has its own. */
static int marked_row(struct screen *screen, const char *label, int rows)
{
    for (int row = 0; row < rows; row++) {
        const char *mark = strstr(screen_row(screen, row), "▸");
        if (mark != NULL && strstr(mark, label) != NULL)
            return row;
    }
    return -1;
}

static void expect_typed(struct screen *screen, const char *label, int rows,
                         const struct typing *typing)
{
    int row = 0;

    screen_press(screen, "PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp Up Up Up Up Up Up");
    for (int i = 0; i < 60 && marked_row(screen, label, rows) < 0; i++)
        screen_press(screen, "Down");
    row = marked_row(screen, label, rows);
    if (row < 0) {
        screen_print(screen);
        fail_msg("never reached: %s", label);
    }
    for (; typing->typed != NULL; typing++) {
        screen_press(screen, "^U");
        screen_type(screen, typing->typed);
        screen_press(screen, "Down");
        if (strstr(screen_row(screen, row), typing->shown) == NULL &&
            screen_find(screen, typing->shown) < 0) {
            screen_print(screen);
            fail_msg("%s does not take %s", label, typing->typed);
        }
        if (marked_row(screen, label, rows) < 0) /* it is not the last one */
            screen_press(screen, "Up");
    }
}

/** The form of a programme; nothing of it is kept. */
static size_t try_form(struct world *world, const struct form *form)
{
    struct screen *screen = world_screen(world, "1001", 43, 132);
    size_t places = 0;

    screen_press(screen, "F5");
    screen_type(screen, form->title);
    screen_press(screen, "Enter");
    for (size_t i = 0; i < form->field_count; i++) {
        const struct typing *typing = typing_of(&form->fields[i]);
        if (typing == NULL)
            continue;
        print_message("%s %s\n", form->title, form->fields[i].label);
        expect_typed(screen, form->fields[i].label, 43, typing);
        screen_press(screen, "^U");
        places++;
    }
    screen_free(&screen);
    return places;
}

static void in_every_form(void **state)
{
    struct world *world = world_new_elders();
    struct forms *forms = NULL;
    const struct form *form = NULL;
    char *folder = mem_printf("%s/forms", getenv("srcdir") != NULL ? getenv("srcdir") : "..");
    char *message = NULL;
    size_t places = 0;

    (void)state;
    assert_int_equal(forms_load(folder, &forms, &message), RESULT_OK);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        places += try_form(world, form);
    print_message("%zu fields\n", places);
    assert_true(places >= 30);
    forms_free(&forms);
    free(folder);
    world_free(&world);
}

/** The windows with a field for a division, then those with one for a day: how each is opened. */
static const struct {
    const char *officer, *keys, *label;
    const struct typing *typing; /* NULL = PLACE */
} WINDOWS[] = {
    {"1001", ":|=应访|Enter s", "区划"},
    {"2001", ":|=请假|Enter F6", "村(社区)"},
    {"9002", ":|=人员|Enter F2 Down Down|=村级|Enter", "区划"},
    {"4001", ":|=区划|Enter|/|=团结|Enter F7", "并入"},
    {"9002", ":|=标准|Enter F2|=低保标准|Enter", "区划"},
    {"9002", ":|=标准|Enter F2|=低保标准|Enter", "生效日期", AHEAD},
    {"9001", ":|=操作记录|Enter F6", "自何日起", PAST},
    {"4001", ":|=区划|Enter|/|=团结|Enter F7", "生效日期", AHEAD},
    {"1001", "F4 Enter F8", "生效日期", PAST},
    {"1001", "d F6", "起始日", AHEAD},
    {"1001", "d F6", "截止日", AHEAD},
    {"2001", ":|=请假|Enter F7", "起始日", AHEAD},
    {"2001", ":|=请假|Enter F7", "截止日", AHEAD},
    {"2001", ":|=专项|Enter F7", "起始日", AHEAD},
    {"2001", ":|=专项|Enter F7", "截止日", AHEAD},
    {"1001", "F4 Enter F7", "复核日期", PAST},
};

/* Windows with a day that need something to have been drawn or found first: spotcheck.c, leads.c. They are
 * of the same type. */
enum { LATER = 2 };

static void take(struct screen *screen, const char *keys)
{
    char *whole = mem_copy(keys);
    char *rest = whole;

    for (char *step = strsep(&rest, "|"); step != NULL; step = strsep(&rest, "|"))
        if (step[0] == '=')
            screen_type(screen, step + 1);
        else
            screen_press(screen, step);
    free(whole);
}

/** As many as the sources have. */
static void every_window_is_listed(void)
{
    char *command =
        mem_printf("grep -hoE '\\.type = \"(area|date)\"' '%s'/src/tui/screens/*.[ch] | "
                   "wc -l",
                   getenv("srcdir") != NULL ? getenv("srcdir") : "..");
    FILE *output = popen(command, "r");
    int count = 0;

    assert_non_null(output);
    assert_int_equal(fscanf(output, "%d", &count), 1);
    (void)pclose(output);
    assert_int_equal(count, COUNT(WINDOWS) + LATER);
    free(command);
}

static void in_every_window(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    every_window_is_listed();
    world_expect(world, 0, "officer add 9002 --name 赵明 --role admin --area 2111");
    world_expect(world, 0, "officer add 9001 --name 钱清 --role auditor --area 2111");
    for (size_t i = 0; i < COUNT(WINDOWS); i++) {
        struct screen *screen = NULL;
        screen = world_screen(world, WINDOWS[i].officer, 24, 80);
        print_message("%s\n", WINDOWS[i].keys);
        take(screen, WINDOWS[i].keys);
        expect_typed(screen, WINDOWS[i].label, 24,
                     WINDOWS[i].typing != NULL ? WINDOWS[i].typing : PLACE);
        screen_free(&screen);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_every_form),
        cmocka_unit_test(in_every_window),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
