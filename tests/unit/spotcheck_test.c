/*
 * Checks (抽查): who is drawn follows from the seed, a draw cannot be made again in secret, and
 * nobody checks visits of their own.
 */
#include "service_fixture.h"

#include "domain/spotcheck.h"
#include "service/figures/spotcheck.h"

#include <inttypes.h>

enum { PEOPLE = 10 };

// ---- the rule

static void a_share_is_rounded_up(void **state)
{
    static const struct {
        size_t people;
        unsigned share;
        size_t drawn;
    } cases[] = {{0, 30, 0},   {1, 1, 1},   {10, 30, 3}, {11, 30, 4},
                 {61, 30, 19}, {3, 33, 1},  {3, 34, 2},  {3, 100, 3},
                 {100, 1, 1},  {101, 1, 2}, {7, 50, 4},  {1000000, 100, 1000000}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(spotcheck_count(cases[i].people, cases[i].share), cases[i].drawn);
}

/** printf '%s' 'abc,211102002-2026-LR-00001' | sha256sum */
static void the_sum_is_that_of_standard_tools(void **state)
{
    uint8_t sum[DIGEST_SIZE];
    char text[DIGEST_TEXT];

    (void)state;
    spotcheck_sum("abc", "211102002-2026-LR-00001", sum);
    assert_string_equal(digest_format(sum, text),
                        "f84ada1223e105ab1c59f8e03764afe8617bb084db461aa3b505cf2179451fd1");
    spotcheck_sum("十月开奖", "1", sum);
    assert_string_equal(digest_format(sum, text),
                        "9256d7d632c50cfe72f59884cb67e0dc597aad0099f2518dc9eb214cf0868340");
}

static void a_seed_can_be_typed_again(void **state)
{
    static const struct {
        const char *seed;
        bool valid;
    } cases[] = {{"", false},
                 {"1", true},
                 {"20261101", true},
                 {"十月开奖03-11-27", true},
                 {"a b", false},
                 {"a,b", false},
                 {"a\tb", false},
                 {"1234567890123456789012345678901234567890", true},
                 {"12345678901234567890123456789012345678901", false}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(spotcheck_seed_valid(cases[i].seed), cases[i].valid);
}

static void findings_have_ids_and_labels(void **state)
{
    (void)state;
    assert_int_equal(spotcheck_finding_parse(""), SPOTCHECK_UNCHECKED);
    assert_int_equal(spotcheck_finding_parse("属实"), SPOTCHECK_RIGHT);
    assert_int_equal(spotcheck_finding_parse("wrong"), SPOTCHECK_WRONG);
    assert_int_equal(spotcheck_finding_parse("未见到"), SPOTCHECK_NOT_MET);
    assert_int_equal(spotcheck_finding_parse("好"), SPOTCHECK_COUNT_);
}

// ---- draws

static struct spotcheck_query october(const char *seed)
{
    return (struct spotcheck_query){.month = "2026-10",
                                    .area = STREET,
                                    .kind = "",
                                    .share = 30,
                                    .seed = seed,
                                    .by = "",
                                    .case_no = "",
                                    .finding = "",
                                    .note = "",
                                    .date = ""};
}

/** Ten elders, eight of them visited, two of those in the other village. */
static void fill(struct fixture *fixture)
{
    for (int i = 0; i < PEOPLE; i++) {
        char id_no[19];
        char name[32];
        char day[16];
        snprintf(name, sizeof name, "老人%c", 'A' + i);
        snprintf(day, sizeof day, "2026-10-%02d", i + 3);
        uint64_t id = elder_add(fixture, &(struct elder){.name = name,
                                                         .id_no = fixture_id_no(fixture, id_no),
                                                         .area = i < 6 ? VILLAGE : VILLAGE2,
                                                         .tier = i == 0 ? "高" : "低",
                                                         .since = "2026-09-01",
                                                         .officer = i % 2 == 0 ? "s01" : "李四"});
        if (i < 8)
            visit_ok(fixture, id, day);
    }
}

static enum result draw(struct fixture *fixture, const struct caller *caller,
                        struct spotcheck_query query)
{
    return spotcheck_draw(fixture->service, caller, &query, fixture_clear(fixture));
}

/** A list as lines of these columns. Borrowed until the next call. */
static const char *lines(const struct sheet *sheet, const char *const *ids, size_t count)
{
    static char text[4000];

    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < count; i++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
                     sheet_get(sheet, row, ids[i]), i + 1 < count ? " " : "\n");
    return text;
}

static struct sheet *show(struct fixture *fixture, struct spotcheck_query query)
{
    struct sheet *sheet = NULL;

    assert_result(
        spotcheck_show(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    return sheet;
}

static const char *number_of(struct fixture *fixture)
{
    return fields_get(&fixture->reply.values, "number");
}

/** Draws again, as anybody can: the lowest sums of those who were reached. */
static void expect_repeatable(const struct sheet *drawn, const char *seed)
{
    uint8_t last[DIGEST_SIZE] = {0};
    uint8_t sum[DIGEST_SIZE];

    for (size_t row = 0; row < drawn->row_count; row++) {
        spotcheck_sum(seed, sheet_get(drawn, row, "case_no"), sum);
        assert_true(memcmp(last, sum, sizeof sum) < 0);
        memcpy(last, sum, sizeof sum);
    }
    /* whoever was reached and not drawn has a higher sum */
    for (uint64_t nth = 1; nth <= PEOPLE; nth++) {
        char number[64];
        bool there = false;
        snprintf(number, sizeof number, "2111020022026LR%05" PRIu64, nth);
        for (size_t row = 0; row < drawn->row_count; row++)
            there = there || strcmp(sheet_get(drawn, row, "case_no"), number) == 0;
        spotcheck_sum(seed, number, sum);
        if (!there && nth <= 8)
            assert_true(memcmp(last, sum, sizeof sum) < 0);
        assert_false(there && nth > 8);
    }
}

static void a_draw_is_repeatable(void **state)
{
    struct fixture *fixture = *state;

    fill(fixture);
    assert_result(draw(fixture, &fixture->chief, october("开奖号0311")), RESULT_OK);
    assert_string_equal(number_of(fixture), "1");
    assert_string_equal(fields_get(&fixture->reply.values, "population"), "8");
    struct sheet *sheet = show(fixture, october(""));
    assert_int_equal(sheet->row_count, 3); /* 30 % of 8, rounded up */
    expect_repeatable(sheet, "开奖号0311");
    sheet_free(&sheet);
}

static void no_draw_is_made_in_secret(void **state)
{
    static const char *const ids[] = {"number",     "seed",  "share",
                                      "population", "drawn", "unchecked"};
    struct fixture *fixture = *state;
    struct spotcheck_query query = october("一");
    struct sheet *sheet = NULL;

    fill(fixture);
    assert_result(draw(fixture, &fixture->chief, query), RESULT_OK);
    assert_result(draw(fixture, &fixture->chief, query), RESULT_OK); /* the same: nothing new */
    assert_string_equal(number_of(fixture), "1");
    assert_non_null(strstr(fixture->reply.message, "结果相同"));
    query.seed = "二";
    assert_result(draw(fixture, &fixture->chief, query), RESULT_OK);
    assert_string_equal(number_of(fixture), "2");
    assert_non_null(strstr(fixture->reply.message, "第 2 次"));
    query.share = 50;
    assert_result(draw(fixture, &fixture->chief, query), RESULT_OK);
    assert_string_equal(number_of(fixture), "3");
    query.month = "";
    assert_result(
        spotcheck_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(lines(sheet, ids, COUNT(ids)),
                        "1 一 30 8 3 3\n2 二 30 8 3 3\n3 二 50 8 4 4\n");
    sheet_free(&sheet);
}

/** A visit that is entered later changes who could be drawn, not who was. */
static void a_draw_stays_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fill(fixture);
    assert_result(draw(fixture, &fixture->chief, october("一")), RESULT_OK);
    uint64_t id = elder_add(fixture, &(struct elder){.name = "后来",
                                                     .id_no = fixture_id_no(fixture, id_no),
                                                     .area = VILLAGE,
                                                     .tier = "低",
                                                     .since = "2026-09-01",
                                                     .officer = "张三"});
    visit_ok(fixture, id, "2026-10-20");
    assert_result(draw(fixture, &fixture->chief, october("一")), RESULT_OK);
    assert_string_equal(number_of(fixture), "1");
    assert_non_null(strstr(fixture->reply.message, "当时 8 人，现在 9 人"));
    struct sheet *sheet = show(fixture, october(""));
    assert_int_equal(sheet->row_count, 3);
    sheet_free(&sheet);
}

static void bad_draws_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct spotcheck_query query = october("一");

    assert_result(draw(fixture, &fixture->chief, query), RESULT_NOTFOUND); /* nobody was visited */
    fill(fixture);
    assert_result(draw(fixture, &fixture->street, query), RESULT_DENIED);
    assert_result(draw(fixture, &fixture->village, query), RESULT_DENIED);
    assert_result(draw(fixture, &fixture->other_chief, query), RESULT_DENIED);
    query.share = 0;
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    query.share = 101;
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    query = october("a b");
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    query = october("一");
    query.kind = "nothing";
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    query = october("一");
    query.month = "2026-12";
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    query.month = "";
    assert_result(draw(fixture, &fixture->chief, query), RESULT_USAGE);
    struct sheet *sheet = NULL;
    query.month = "2026-10";
    assert_result(
        spotcheck_show(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_NOTFOUND);
}

// ---- findings

static enum result enter(struct fixture *fixture, const struct caller *caller, const char *case_no,
                         const char *finding, const char *note, const char *date)
{
    struct spotcheck_query query = october("");

    query.case_no = case_no;
    query.finding = finding;
    query.note = note;
    query.date = date;
    return spotcheck_enter(fixture->service, caller, &query, fixture_clear(fixture));
}

/** `own` is of the street's officer, `others` of somebody else. */
static void expect_refusals(struct fixture *fixture, const char *own, const char *others)
{
    /* no officer checks people of their own */
    assert_result(enter(fixture, &fixture->street, own, "属实", "", ""), RESULT_DENIED);
    assert_non_null(strstr(fixture->reply.message, "另一人"));
    assert_result(enter(fixture, &fixture->street, others, "属实", "", ""), RESULT_OK);
    assert_result(enter(fixture, &fixture->other_street, others, "属实", "", ""), RESULT_DENIED);
    assert_result(enter(fixture, &fixture->village, others, "属实", "", ""), RESULT_DENIED);
    assert_result(enter(fixture, &fixture->chief, others, "好", "", ""), RESULT_USAGE);
    assert_result(enter(fixture, &fixture->chief, others, "不属实", "", ""), RESULT_INVALID);
    assert_result(enter(fixture, &fixture->chief, "2111020022026LR00009", "属实", "", ""),
                  RESULT_NOTFOUND); /* not reached, so not drawn */
    assert_result(enter(fixture, &fixture->chief, others, "属实", "", "2026-10-01"),
                  RESULT_INVALID); /* before the visit */
    assert_result(enter(fixture, &fixture->chief, others, "属实", "", "2026-11-24"),
                  RESULT_INVALID); /* after today */
}

static void findings_are_entered_and_counted(void **state)
{
    static const char *const counts[] = {"name", "drawn", "right", "wrong", "not_met", "unchecked"};
    static const char *const rows[] = {"result", "note", "checked_on"};
    struct fixture *fixture = *state;
    struct spotcheck_query all = october("一");
    char numbers[8][64];
    char own[64] = "";
    char others[64] = "";

    fill(fixture);
    all.share = 100;
    assert_result(draw(fixture, &fixture->chief, all), RESULT_OK);
    struct sheet *sheet = show(fixture, all);
    for (size_t i = 0; i < 8; i++)
        snprintf(numbers[i], sizeof numbers[i], "%s", sheet_get(sheet, i, "case_no"));
    for (size_t i = 7; i >= 3; i--)
        snprintf(strcmp(sheet_get(sheet, i, "officer"), "张敏") == 0 ? own : others, sizeof own,
                 "%s", numbers[i]);
    sheet_free(&sheet);
    expect_refusals(fixture, own, others);
    assert_result(enter(fixture, &fixture->chief, numbers[0], "属实", "", ""), RESULT_OK);
    assert_result(
        enter(fixture, &fixture->chief, numbers[1], "不属实", "本人说没人来过", "2026-11-20"),
        RESULT_OK);
    assert_result(enter(fixture, &fixture->chief, numbers[2], "未见到", "住院", ""), RESULT_OK);
    assert_result(enter(fixture, &fixture->chief, numbers[0], "未见到", "门锁着", ""), RESULT_OK);
    sheet = show(fixture, all);
    static const char first[] = "未见到 门锁着 2026-11-23\n不属实 本人说没人来过 2026-11-20\n"
                                "未见到 住院 2026-11-23\n";
    assert_int_equal(strncmp(lines(sheet, rows, COUNT(rows)), first, strlen(first)), 0);
    sheet_free(&sheet);
    all.by = "officer";
    sheet = show(fixture, all);
    assert_int_equal(sheet->row_count, 2);
    size_t sums[5] = {0};
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < 5; i++)
            sums[i] += strtoull(sheet_get(sheet, row, counts[i + 1]), NULL, 10);
    assert_int_equal(sums[0], 8);
    assert_int_equal(sums[1], 1);
    assert_int_equal(sums[2], 1);
    assert_int_equal(sums[3], 2);
    assert_int_equal(sums[4], 4);
    sheet_free(&sheet);
    all.by = "village";
    sheet = show(fixture, all);
    assert_int_equal(sheet->row_count, 2);
    sheet_free(&sheet);
    all.by = "month";
    assert_result(
        spotcheck_show(fixture->service, &fixture->chief, &all, &sheet, fixture_clear(fixture)),
        RESULT_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_rounded_up),
        cmocka_unit_test(the_sum_is_that_of_standard_tools),
        cmocka_unit_test(a_seed_can_be_typed_again),
        cmocka_unit_test(findings_have_ids_and_labels),
        cmocka_unit_test_setup_teardown(a_draw_is_repeatable, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_draw_is_made_in_secret, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_draw_stays_as_it_was, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(bad_draws_are_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_are_entered_and_counted, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
