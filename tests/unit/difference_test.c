/* What a county computes otherwise than a street wrote: each line says whom or which place it is about,
 * and the receipt leaves names out. And what its first screen counts. */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/lists/home.h"
#include "service/lists/overlap.h"
#include "service/lists/senders.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DAY "2026-11-10"
#define STREET "211103001000"
#define OTHER "211103002000"

static char *folder;

/** A county that has taken a street's bundle with changes; the street stays. */
struct scene {
    struct office street, county;
    struct members members;
    struct receipt *receipt;
    struct sheet *lines;
};

static struct scene scene_new(void)
{
    struct scene scene = {0};

    ingest_street(&scene.street, STREET, 60, 5, DAY);
    office_make_of(&scene.county, "211103", "county", DAY, NULL);
    char *bundle = ingest_export(&scene.street, folder);
    members_read(&scene.members, bundle);
    free(bundle);
    return scene;
}

static void scene_take(struct scene *scene)
{
    char *path = mem_printf("%s/lie.tar.zst", folder);

    members_write(&scene->members, path);
    scene->receipt = ingest_take(&scene->county, path);
    assert_int_equal(scene->receipt->outcome, RECEIPT_TAKEN);
    reply_free(&scene->county.reply);
    assert_ok(senders_differences(scene->county.service, &scene->county.system, "", &scene->lines,
                                  &scene->county.reply));
    assert_int_equal(scene->lines->row_count, scene->receipt->difference_total);
    unlink(path);
    free(path);
}

static void scene_free(struct scene *scene)
{
    receipt_free(&scene->receipt);
    sheet_free(&scene->lines);
    members_free(&scene->members);
    office_remove(&scene->street);
    office_remove(&scene->county);
}

/** The row's cells that a screen shows, one behind the other; new string. */
static char *shown(const struct sheet *lines, size_t row)
{
    static const char *const ids[] = {"area_name", "month", "kind_name", "title", "words", "names"};
    struct str text = {0};

    for (size_t i = 0; i < COUNT(ids); i++)
        str_printf(&text, "%s ", sheet_get(lines, row, ids[i]));
    return str_take(&text);
}

static void expect_no_two_alike(const struct sheet *lines)
{
    for (size_t i = 0; i < lines->row_count; i++)
        for (size_t k = 0; k < i; k++) {
            char *a = shown(lines, i), *b = shown(lines, k);
            if (strcmp(a, b) == 0)
                fail_msg("twice: %s", a);
            free(a);
            free(b);
        }
}

/** How many of the lines are about a figure. */
static size_t count_figure(const struct scene *scene, const char *figure)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->receipt->difference_count; i++)
        count += strcmp(scene->receipt->differences[i].figure, figure) == 0;
    return count;
}

// ---- people

/** The receipt may lie open on its way: it has the case's number, and the street knows whose it is. */
static void expect_names_apart(struct scene *scene)
{
    char *text = receipt_text(scene->receipt);

    for (size_t i = 0; i < scene->lines->row_count; i++) {
        const struct receipt_difference *difference = &scene->receipt->differences[i];
        const char *names = sheet_get(scene->lines, i, "names");
        char *name = mem_copy_bytes(names, strcspn(names, "\xef")); /* up to （ */
        char *words =
            senders_case_words(scene->street.service, &scene->street.system, difference->case_no);
        assert_true(strlen(difference->case_no) > 0 && strlen(name) > 0);
        assert_non_null(strstr(names, difference->case_no));
        assert_string_equal(words, names);
        assert_null(strstr(text, name));
        free(words);
        free(name);
    }
    free(text);
}

static void people_are_told_apart(void **state)
{
    static const char was[] = ",0,0,0,pending,0,", lie[] = ",0,2,1,reached,1,";
    struct scene scene = scene_new();
    struct caller admin = scene.street.system;

    (void)state;
    for (int i = 0; i < 3; i++)
        members_change(&scene.members, "duties.csv", was, lie, true);
    scene_take(&scene);
    assert_int_equal(scene.receipt->difference_total, 9);
    assert_int_equal(count_figure(&scene, "state"), 3);
    assert_int_equal(count_figure(&scene, "late"), 3);
    assert_int_equal(count_figure(&scene, "attempted"), 3);
    expect_no_two_alike(scene.lines);
    expect_names_apart(&scene);
    /* An administrator reads receipts, but no cases. */
    admin.role = ROLE_ADMIN;
    char *words =
        senders_case_words(scene.street.service, &admin, scene.receipt->differences[0].case_no);
    assert_string_equal(words, scene.receipt->differences[0].case_no);
    free(words);
    words = senders_case_words(scene.street.service, &scene.street.system, "211103001没有");
    assert_string_equal(words, "211103001没有");
    free(words);
    scene_free(&scene);
}

/** A row that lies in one cell only is found by that cell. */
static void one_wrong_cell_is_enough(void **state)
{
    static const char was[] = ",0,0,0,pending,0,";
    static const char *const lies[] = {",0,2,0,pending,0,", ",0,0,1,pending,0,",
                                       ",0,0,0,pending,1,"};
    struct scene scene = scene_new();

    (void)state;
    for (size_t i = 0; i < COUNT(lies); i++)
        members_change(&scene.members, "duties.csv", was, lies[i], true);
    scene_take(&scene);
    assert_int_equal(scene.receipt->difference_total, COUNT(lies));
    assert_int_equal(count_figure(&scene, "attempted"), 1);
    assert_int_equal(count_figure(&scene, "late"), 1);
    assert_int_equal(count_figure(&scene, "state"), 1);
    scene_free(&scene);
}

// ---- places

/** Villages, rows that stand there twice, and divisions that are none. */
static void places_are_told_apart(void **state)
{
    static const char row[] = "2026-09,tanfang,211103001001,世纪社区,";
    struct scene scene = scene_new();
    struct member *file = members_find(&scene.members, "compliance.csv");

    (void)state;
    const char *at = strstr(file->text, row);
    assert_non_null(at);
    char *line = mem_copy_bytes(at, strcspn(at, "\n") + 1);
    char *rest = mem_copy(line + strlen(row));
    /* The village's row with 7 more owed, and once more; then the same of two that are none. */
    char *lies =
        mem_printf("%s7%s%s7%s2026-09,tanfang,甲村,世纪社区,7%s2026-09,tanfang,乙村,世纪社区,7%s",
                   row, rest, row, rest, rest, rest);
    members_change(&scene.members, "compliance.csv", line, lies, true);
    scene_take(&scene);
    assert_true(scene.receipt->difference_total > 3);
    expect_no_two_alike(scene.lines);
    size_t notes = 0;
    for (size_t i = 0; i < scene.receipt->difference_count; i++) {
        const struct receipt_difference *difference = &scene.receipt->differences[i];
        assert_string_equal(difference->note, sheet_get(scene.lines, i, "names"));
        notes +=
            strstr(difference->note, "甲村") != NULL || strstr(difference->note, "乙村") != NULL;
    }
    assert_true(notes >= 2);
    free(lies);
    free(rest);
    free(line);
    scene_free(&scene);
}

/** Each figure of a village is computed again: the cell that lies is named. */
static void every_figure_is_checked(void **state)
{
    static const char row[] = "2026-09,tanfang,211103001001,世纪社区,";
    static const char *const cells[] = {
        "owed",       "reached",      "fulfilled",   "pending",
        "missed",     "excused",      "not_counted", "attempted",
        "late",       NULL,           NULL,          NULL /* rate basis version */,
        "known_owed", "known_reached"};
    struct scene scene = scene_new();
    char *line = strstr(members_find(&scene.members, "compliance.csv")->text, row);
    struct str lie = {0};

    (void)state;
    assert_non_null(line);
    line = mem_copy_bytes(line, strcspn(line, "\r\n"));
    str_add(&lie, row);
    const char *at = line + strlen(row);
    for (size_t i = 0; i < COUNT(cells); i++) {
        size_t length = strcspn(at, ",");
        str_printf(&lie, "%s%s%.*s", i > 0 ? "," : "", cells[i] != NULL ? "9" : "", (int)length,
                   at);
        at += length + (at[length] == ',');
    }
    assert_string_equal(at, "");
    members_change(&scene.members, "compliance.csv", line, str_text(&lie), true);
    scene_take(&scene);
    for (size_t i = 0; i < COUNT(cells); i++)
        if (cells[i] != NULL && count_figure(&scene, cells[i]) == 0)
            fail_msg("%s", cells[i]);
    str_free(&lie);
    free(line);
    scene_free(&scene);
}

/** A village that the sender leaves out is missing from the programme's sum. */
static void a_village_left_out_is_found(void **state)
{
    static const char row[] = "2026-11,tanfang,211103001001,世纪社区,";
    struct scene scene = scene_new();
    char *line = strstr(members_find(&scene.members, "compliance.csv")->text, row);

    (void)state;
    assert_non_null(line);
    line = mem_copy_bytes(line, strcspn(line, "\n") + 1);
    members_change(&scene.members, "compliance.csv", line, "", true);
    scene_take(&scene);
    assert_int_equal(scene.receipt->difference_total, 1);
    assert_int_equal(count_figure(&scene, "known_owed"), 1);
    assert_string_equal(scene.receipt->differences[0].area, STREET);
    free(line);
    scene_free(&scene);
}

// ---- the first screen

/** The line about people in two streets, "" if there is none; new string. */
static char *overlap_line(struct office *county)
{
    struct caller officer = county->system;
    struct home_view view = {0};
    char *text = mem_copy("");

    officer.role = ROLE_COUNTY;
    reply_free(&county->reply);
    assert_ok(home_view_read(county->service, &officer, "", &view, &county->reply));
    for (size_t i = 0; i < view.alarms->row_count; i++)
        if (strcmp(sheet_get(view.alarms, i, "what"), ALARM_OVERLAPS) == 0)
            mem_replace(&text, sheet_get(view.alarms, i, "text"));
    home_view_free(&view);
    return text;
}

/** It is counted again with each bundle, and says what the list has. */
static void the_first_screen_counts_them(void **state)
{
    static const char *const areas[] = {STREET, OTHER, "211103004000"};
    struct office streets[COUNT(areas)], county;
    size_t last = 0;

    (void)state;
    office_make_of(&county, "211103", "county", DAY, NULL);
    for (size_t i = 0; i < COUNT(areas); i++) {
        struct sheet *list = NULL;
        ingest_street(&streets[i], areas[i], 20, 4, DAY); /* one seed: the same people */
        char *bundle = ingest_export(&streets[i], folder);
        struct receipt *receipt = ingest_take(&county, bundle);
        assert_int_equal(receipt->outcome, RECEIPT_TAKEN);
        reply_free(&county.reply);
        assert_ok(overlap_list(county.service, &county.system, "", &list, &county.reply));
        char *line = overlap_line(&county), *again = overlap_line(&county);
        char *begin =
            list->row_count > 0 ? mem_printf("%zu 件个案", list->row_count) : mem_copy("");
        if (strncmp(line, begin, strlen(begin)) != 0 || (*begin == '\0') != (*line == '\0'))
            fail_msg("%s: %s", begin, line);
        assert_string_equal(line, again);
        assert_true(i == 0 ? list->row_count == 0 : list->row_count > last);
        last = list->row_count;
        sheet_free(&list);
        free(begin);
        free(again);
        free(line);
        receipt_free(&receipt);
        free(bundle);
    }
    for (size_t i = 0; i < COUNT(areas); i++)
        office_remove(&streets[i]);
    office_remove(&county);
}

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("bundles");
    return 0;
}

static int finish(void **state)
{
    (void)state;
    remove_tree(folder);
    free(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_told_apart),
        cmocka_unit_test(one_wrong_cell_is_enough),
        cmocka_unit_test(places_are_told_apart),
        cmocka_unit_test(every_figure_is_checked),
        cmocka_unit_test(a_village_left_out_is_found),
        cmocka_unit_test(the_first_screen_counts_them),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, begin, finish);
}
