#include "unit.h"

#include "service/memory/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTH = 24322, OTHER_MONTH };

static const struct duty_view PENDING = {.state = DUTY_PENDING, .owed = true};
static const struct duty_view REACHED = {
    .state = DUTY_REACHED, .owed = true, .fulfilled = true, .reached_on = 46000, .late = true};
static const struct duty_view EXCUSED = {.state = DUTY_EXCUSED};

static struct totals *make(void)
{
    struct totals *totals = totals_new(NULL);

    totals_begin(totals, MONTH);
    return totals;
}

static void count(struct totals *totals, const char *area, const char *kind, const char *officer,
                  const struct duty_view *view, int sign)
{
    struct totals_key key = {MONTH, area, kind, officer};

    totals_count(totals, &key, view, sign);
}

static struct figures sum(struct totals *totals, const char *area, uint32_t kinds)
{
    struct figures figures = {0};

    assert_true(totals_sum(totals, MONTH, area, kinds, &figures));
    return figures;
}

static void fill(struct totals *totals)
{
    count(totals, "211102002001", "tanfang", "a", &PENDING, 1);
    count(totals, "211102002001", "tanfang", "b", &REACHED, 1);
    count(totals, "211102002001", "tekun", "a", &PENDING, 1);
    count(totals, "211102002002", "tanfang", "a", &EXCUSED, 1);
    count(totals, "211102003001", "tanfang", "c", &REACHED, 1);
    count(totals, "211103001001", "tanfang", "c", &PENDING, 1);
}

static void sums_add_up_areas_and_programmes(void **state)
{
    static const struct {
        const char *area, *kind; /* NULL: all programmes */
        uint64_t owed, reached, excused;
    } cases[] = {
        {"211102002001", "tanfang", 2, 1, 0},
        {"211102002001", NULL, 3, 1, 0},
        {"211102002000", "tanfang", 2, 1, 1},
        {"211102002", "tanfang", 2, 1, 1},
        {"211102", "tanfang", 3, 2, 1},
        {"2111", "tanfang", 4, 2, 1},
        {"211102003000", "tanfang", 1, 1, 0},
        {"211102003001", "tanfang", 1, 1, 0},
        {"", "tanfang", 4, 2, 1},
        {"", "tekun", 1, 0, 0},
        {"211199", NULL, 0, 0, 0},
        {"", "unknown", 0, 0, 0},
    };
    struct totals *totals = make();

    (void)state;
    fill(totals);
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t kinds = cases[i].kind == NULL ? UINT32_MAX : totals_kinds(totals, cases[i].kind);
        struct figures figures = sum(totals, cases[i].area, kinds);
        assert_int_equal(figures.owed, cases[i].owed);
        assert_int_equal(figures.reached, cases[i].reached);
        assert_int_equal(figures.excused, cases[i].excused);
    }
    totals_free(&totals);
}

static void add_group(const char *key, const struct figures *figures, void *arg)
{
    size_t length = strlen(arg);

    snprintf((char *)arg + length, 512 - length, "%s=%d ", key, (int)figures->owed);
}

/** All programmes of an area, group by group: "KEY=OWED ". */
static bool groups(struct totals *totals, const char *area, enum totals_by by, char text[512])
{
    struct totals_ask ask = {
        .month = MONTH, .area = area, .kinds = UINT32_MAX, .by = by, .arg = text};

    return totals_each(totals, &ask, add_group);
}

static void groups_come_by_key(void **state)
{
    static const struct {
        enum totals_by by;
        const char *area, *expected;
    } cases[] = {
        {TOTALS_BY_VILLAGE, "211102002", "211102002001=3 211102002002=0 "},
        {TOTALS_BY_STREET, "211102", "211102002000=3 211102003000=1 "},
        {TOTALS_BY_COUNTY, "", "211102000000=4 211103000000=1 "},
        {TOTALS_BY_OFFICER, "", "a=2 b=1 c=2 "},
        {TOTALS_BY_KIND, "", "tanfang=4 tekun=1 "},
        {TOTALS_BY_STREET, "2112", ""},
        /* less than what a row stands for: that part of it */
        {TOTALS_BY_STREET, "211102002001", "211102002000=3 "},
        {TOTALS_BY_COUNTY, "211102003000", "211102000000=1 "},
        {TOTALS_BY_KIND, "211102002001", "tanfang=2 tekun=1 "},
    };
    struct totals *totals = make();

    (void)state;
    fill(totals);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[512] = "";
        assert_true(groups(totals, cases[i].area, cases[i].by, text));
        assert_string_equal(text, cases[i].expected);
    }
    totals_free(&totals);
}

/** Some cases are kept at a division larger than a village, and some cities have streets but no
 *  counties (441900003000): each has its place on every board, once. */
static void larger_divisions_have_rows_of_their_own(void **state)
{
    static const struct {
        enum totals_by by;
        const char *area, *expected;
    } cases[] = {
        {TOTALS_BY_VILLAGE, "",
         "211100000000=1 211102000000=2 211102002001=1 441900003000=1 "
         "441900003001=1 "},
        {TOTALS_BY_STREET, "", "211100000000=1 211102000000=2 211102002000=1 441900003000=2 "},
        {TOTALS_BY_COUNTY, "", "211100000000=1 211102000000=3 441900000000=2 "},
        {TOTALS_BY_COUNTY, "2111", "211100000000=1 211102000000=3 "},
        {TOTALS_BY_STREET, "211102000000", "211102000000=2 211102002000=1 "},
        {TOTALS_BY_STREET, "441900000000", "441900003000=2 "},
    };
    struct totals *totals = make();

    (void)state;
    count(totals, "211100000000", "tanfang", "a", &PENDING, 1);
    count(totals, "211102000000", "tanfang", "a", &PENDING, 1);
    count(totals, "211102000000", "tekun", "a", &PENDING, 1);
    count(totals, "211102002001", "tanfang", "a", &PENDING, 1);
    count(totals, "441900003000", "tanfang", "a", &PENDING, 1);
    count(totals, "441900003001", "tanfang", "a", &PENDING, 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[512] = "";
        assert_true(groups(totals, cases[i].area, cases[i].by, text));
        assert_string_equal(text, cases[i].expected);
    }
    assert_int_equal(sum(totals, "211102", UINT32_MAX).owed, 3);
    assert_int_equal(sum(totals, "2111", UINT32_MAX).owed, 4);
    assert_int_equal(sum(totals, "4419", UINT32_MAX).owed, 2);
    totals_free(&totals);
}

static void what_is_taken_away_leaves_nothing(void **state)
{
    struct totals *totals = make();
    char text[512] = "";

    (void)state;
    count(totals, "211102002001", "tanfang", "a", &PENDING, 1);
    count(totals, "211102002001", "tanfang", "a", &PENDING, -1);
    assert_int_equal(sum(totals, "", UINT32_MAX).owed, 0);
    assert_true(groups(totals, "", TOTALS_BY_VILLAGE, text));
    assert_string_equal(text, "");
    totals_free(&totals);
}

static void a_delta_changes_loaded_months_only(void **state)
{
    struct totals *totals = make();
    struct delta delta = {0};
    struct totals_key here = {MONTH, "211102002001", "tanfang", "a"};
    struct totals_key there = {OTHER_MONTH, "211102002001", "tanfang", "a"};
    struct figures figures = {0};

    (void)state;
    delta_count(&delta, &here, &PENDING, 1);
    delta_count(&delta, &there, &PENDING, 1);
    delta_count(&delta, &here, &PENDING, -1);
    delta_count(&delta, &here, &REACHED, 1);
    totals_apply(totals, &delta, NULL);
    assert_int_equal(sum(totals, "", UINT32_MAX).owed, 1);
    assert_int_equal(sum(totals, "", UINT32_MAX).reached, 1);
    assert_int_equal(sum(totals, "", UINT32_MAX).late, 1);
    assert_false(totals_has(totals, OTHER_MONTH));
    assert_false(totals_sum(totals, OTHER_MONTH, "", UINT32_MAX, &figures));
    assert_true(totals_sum_officer(totals, MONTH, "", UINT32_MAX, "a", &figures));
    assert_int_equal(figures.fulfilled, 1);
    assert_true(totals_sum_officer(totals, MONTH, "", UINT32_MAX, "b", &figures));
    assert_int_equal(figures.owed, 0);
    delta_clear(&delta);
    totals_free(&totals);
}

static void note(const char *line, void *arg)
{
    assert_true(*line != '\0');
    ++*(int *)arg;
}

static void differences_are_found_on_both_sides(void **state)
{
    struct totals *memory = make(), *ledger = make();
    int lines = 0;
    enum { TABLES = 4 }; /* each has its line: counties, streets, villages, officers */

    (void)state;
    count(memory, "211102002001", "tanfang", "a", &PENDING, 1);
    count(ledger, "211102002009", "other", "x", &PENDING, 1); /* its number differs */
    count(ledger, "211102002001", "tanfang", "a", &PENDING, 1);
    assert_int_equal(totals_differ(memory, ledger, MONTH, note, &lines), TABLES);
    count(memory, "211102002009", "other", "x", &PENDING, 1);
    assert_int_equal(totals_differ(memory, ledger, MONTH, note, &lines), 0);
    count(memory, "211102002001", "tanfang", "b", &PENDING, 1);
    assert_int_equal(totals_differ(memory, ledger, MONTH, note, &lines), TABLES);
    assert_int_equal(lines, 2 * TABLES);
    totals_free(&memory);
    totals_free(&ledger);
}

static void a_month_is_taken_over(void **state)
{
    struct totals *totals = totals_new(NULL), *fresh = make();

    (void)state;
    totals_begin(totals, OTHER_MONTH);
    count(fresh, "211102002001", "other", "a", &PENDING, 1);
    count(fresh, "211102002001", "tanfang", "a", &REACHED, 1);
    totals_take(totals, fresh, MONTH);
    assert_false(totals_has(fresh, MONTH));
    assert_int_equal(sum(totals, "", totals_kinds(totals, "tanfang")).reached, 1);
    assert_int_equal(sum(totals, "", totals_kinds(totals, "other")).reached, 0);
    totals_drop(totals, MONTH);
    assert_int_equal(totals_any(totals), OTHER_MONTH);
    totals_free(&fresh);
    totals_free(&totals);
}

/** Programmes without files have numbers as they came, in every totals others. */
static void cells_taken_over_are_found_again(void **state)
{
    static const char *const kinds[] = {"other", "tanfang", "tekun"};
    static const char area[] = "211102002001";
    struct totals *totals = make(), *fresh = make(), *ledger = make();
    int lines = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        count(totals, area, kinds[i], "a", &PENDING, 1);
        count(fresh, area, kinds[COUNT(kinds) - 1 - i], "a", &PENDING, 1);
        count(ledger, area, kinds[i], "a", i == 0 ? &REACHED : &PENDING, 1);
    }
    totals_take(totals, fresh, MONTH);
    count(totals, area, kinds[0], "a", &PENDING, -1);
    count(totals, area, kinds[0], "a", &REACHED, 1);
    assert_int_equal(totals_differ(totals, ledger, MONTH, note, &lines), 0);
    totals_free(&ledger);
    totals_free(&fresh);
    totals_free(&totals);
}

static void add_programme(const char *folder, int number)
{
    char path[200];

    snprintf(path, sizeof path, "%s/p%02d.yaml", folder, number);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fprintf(file,
            "kind: p%02d\ntitle: 津贴%02d\nbrief: 津%02d\ncode: %c%c\nsubject: person\nrank: 90\n"
            "fields:\n  - {id: from_m, label: 起领月, type: month, required: true}\n"
            "cycles: [{name: 半年, months: 6}]\nexits: [死亡, 迁出, 其他]\n"
            "list: [name, age, area_name]\nroles: {area: person.area, since: from_m}\n",
            number, number, number, 'A' + number / 26, 'A' + number % 26);
    assert_int_equal(fclose(file), 0);
}

/** Or the figures of two programmes would be added up as one. */
static void a_programme_too_many_is_refused(void **state)
{
    const char *source = getenv("srcdir");
    char *folder = unit_folder("forms"), command[400], *message = NULL;
    struct forms *forms = NULL;
    int number = 0;

    (void)state;
    snprintf(command, sizeof command, "cp -r '%s/forms/.' '%s'", source == NULL ? "." : source,
             folder);
    assert_int_equal(system(command), 0);
    for (size_t count = 0; count <= 32; number++) {
        enum result loaded = forms_load(folder, &forms, &message);
        if (loaded != 0)
            fail_msg("%s", message);
        for (count = 0; forms_programme(forms, count) != NULL;)
            count++;
        assert_result(totals_check(forms, &message), count <= 32 ? RESULT_OK : RESULT_INVALID);
        forms_free(&forms);
        add_programme(folder, number);
    }
    assert_non_null(strstr(message, "业务有 33 项，最多 32 项"));
    free(message);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_add_up_areas_and_programmes),
        cmocka_unit_test(groups_come_by_key),
        cmocka_unit_test(larger_divisions_have_rows_of_their_own),
        cmocka_unit_test(what_is_taken_away_leaves_nothing),
        cmocka_unit_test(a_delta_changes_loaded_months_only),
        cmocka_unit_test(differences_are_found_on_both_sides),
        cmocka_unit_test(a_month_is_taken_over),
        cmocka_unit_test(cells_taken_over_are_found_again),
        cmocka_unit_test(a_programme_too_many_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
