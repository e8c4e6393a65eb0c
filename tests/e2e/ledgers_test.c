/**
 * One month of a street as offices keep it: five spreadsheets in, the month's figures out.
 *
 * tests/data/ledgers/expected.json says what must come of it.
 */
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "unit.h"

#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct ledger {
    const char *kind;
    const char *file;
    bool households;
} LEDGERS[] = {
    {"dibao", "低保.csv", true},
    {"tekun", "特困.csv", false},
    {"tanfang", "探访对象.csv", false},
    {"ertong", "孤儿.csv", false},
    {"visit", "探访记录-2026-10.csv", false},
};

static struct json_object *expected;

static int64_t number(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;

    assert_true(json_object_object_get_ex(object, name, &value));
    return json_object_get_int64(value);
}

/** The line numbers of a refusal file, in order, comma-separated. New string. */
static char *refused_lines(const char *path)
{
    struct str lines = {0};
    char *line = NULL;
    size_t capacity = 0;
    FILE *file = fopen(path, "re");

    if (file == NULL)
        return str_take(&lines);
    assert_true(getline(&line, &capacity, file) > 0);
    assert_non_null(strstr(line, "line,column,value,reason"));
    while (getline(&line, &capacity, file) > 0)
        str_printf(&lines, "%ld,", strtol(line, NULL, 10));
    free(line);
    fclose(file);
    return str_take(&lines);
}

static char *expected_lines(struct json_object *ledger)
{
    struct json_object *rejected = NULL;
    struct str lines = {0};

    assert_true(json_object_object_get_ex(ledger, "rejected", &rejected));
    for (size_t i = 0; i < json_object_array_length(rejected); i++) {
        struct json_object *item = json_object_array_get_idx(rejected, i);
        str_printf(&lines, "%ld,", (long)number(item, "line"));
    }
    return str_take(&lines);
}

static void expect_import(struct world *world, const struct ledger *ledger)
{
    struct json_object *wanted = NULL;
    char *copy = mem_printf("%s-%s.csv", world->home, ledger->kind);
    char *source = NULL;
    char *command = NULL;
    char *refused = mem_printf("%s.refused.csv", copy);
    char *lines = NULL;
    char *wanted_lines = NULL;
    char *name = mem_printf("ledgers/%s", ledger->file);

    assert_true(json_object_object_get_ex(expected, ledger->file, &wanted));
    wanted_lines = expected_lines(wanted);
    source = world_data(name);
    command = mem_printf("cp '%s' '%s'", source, copy);
    assert_int_equal(system(command), 0);
    world_expect(world, wanted_lines[0] != '\0' ? 1 : 0, "import %s '%s'", ledger->kind, copy);
    lines = refused_lines(refused);
    assert_string_equal(lines, wanted_lines);
    if (ledger->households) {
        free(command);
        command = mem_printf("households 120 accepted %d refused 4",
                             (int)number(wanted, "households_accepted"));
        world_expect_output(world, command);
    } else {
        int rows = (int)number(wanted, "rows");
        int accepted = (int)number(wanted, "accepted");
        char *last = world_last_line(world);

        free(command);
        command = mem_printf("rows %d accepted %d refused %d", rows, accepted, rows - accepted);
        assert_string_equal(last, command);
        free(last);
    }
    unlink(copy);
    unlink(refused);
    free(copy);
    free(refused);
    free(source);
    free(command);
    free(lines);
    free(wanted_lines);
    free(name);
}

/** Every village with elders, with the figures of expected.json — and no other. */
static void expect_by_village(struct world *world)
{
    struct json_object *villages = NULL;
    size_t seen = 0;
    int64_t owed = 0;
    int64_t reached = 0;
    char *save = NULL;
    char *line = NULL;

    assert_true(json_object_object_get_ex(expected, "by_village", &villages));
    world_expect(world, 0, "compliance --month 2026-10 --by village");
    line = strtok_r(world->output, "\n", &save);
    assert_string_equal(line, "key,name,owed,reached,fulfilled,pending,missed,excused,not_counted,"
                              "attempted,late,rate");
    while ((line = strtok_r(NULL, "\n", &save)) != NULL) {
        struct json_object *village = NULL;
        char key[AREA_TEXT] = "";
        long owed_here = 0;
        long reached_here = 0;
        const char *after = NULL;

        memcpy(key, line, 12);
        after = strchr(strchr(line, ',') + 1, ',');
        assert_int_equal(sscanf(after, ",%ld,%ld", &owed_here, &reached_here), 2);
        if (!json_object_object_get_ex(villages, key, &village))
            fail_msg("a village that has no elder: %s", line);
        assert_int_equal(owed_here, number(village, "registered"));
        assert_int_equal(reached_here, number(village, "visited"));
        owed += owed_here;
        reached += reached_here;
        seen++;
    }
    assert_int_equal(seen, json_object_object_length(villages));
    assert_int_equal(owed, number(expected, "elders"));
    assert_int_equal(reached, number(expected, "elders_visited_at_least_once"));
}

static void the_ledgers_give_the_month(void **state)
{
    struct world *world = world_new_home("2026-10-31", "2026-10");

    (void)state;
    for (size_t i = 0; i < COUNT(LEDGERS); i++) {
        print_message("%s\n", LEDGERS[i].file);
        expect_import(world, &LEDGERS[i]);
    }
    expect_by_village(world);
    world_expect(world, 0, "verify");
    assert_string_equal(world->output, "verify ok\n");
    world_free(&world);
}

/** A second import of the same file changes nothing: everybody is registered already. */
static void importing_twice_registers_nobody_twice(void **state)
{
    struct world *world = world_new_home("2026-10-31", "2026-10");
    char *source = world_data("ledgers/孤儿.csv");
    char *copy = mem_printf("%s-twice.csv", world->home);
    char *command = mem_printf("cp '%s' '%s'", source, copy);
    char *refused = mem_printf("%s.refused.csv", copy);
    char *last = NULL;

    (void)state;
    assert_int_equal(system(command), 0);
    world_expect(world, 0, "import ertong '%s' --dry-run", copy);
    world_expect(world, 0, "import ertong '%s'", copy);
    world_expect(world, 1, "import ertong '%s'", copy);
    last = world_last_line(world);
    assert_string_equal(last, "rows 12 accepted 0 refused 12");
    unlink(copy);
    unlink(refused);
    free(last);
    free(source);
    free(copy);
    free(command);
    free(refused);
    world_free(&world);
}

static int load_expected(void **state)
{
    char *path = world_data("ledgers/expected.json");

    (void)state;
    expected = json_object_from_file(path);
    free(path);
    return expected != NULL ? 0 : -1;
}

static int drop_expected(void **state)
{
    (void)state;
    json_object_put(expected);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledgers_give_the_month),
        cmocka_unit_test(importing_twice_registers_nobody_twice),
    };

    return cmocka_run_group_tests(tests, load_expected, drop_expected);
}
