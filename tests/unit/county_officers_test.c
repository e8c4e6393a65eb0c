/* Two streets whose officers have the same 工号: at their county each keeps to its own figures, names
 * and visits. What the streets themselves say is the oracle. */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/cases/case.h"
#include "service/ledger/statement.h"
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/why.h"

#include <stdlib.h>
#include <string.h>

#define TODAY "2026-11-23"

static const char *const STREETS[] = {"211103001", "211103002"};
static const char *const STREET_NAMES[] = {"振兴街道", "兴隆街道"};
static struct office streets[2], county, city;
static char *folder;

static void take(struct office *receiver, char *bundle)
{
    struct receipt *receipt = ingest_take(receiver, bundle);

    if (receipt->outcome != RECEIPT_TAKEN)
        fail_msg("%s", receipt->words);
    assert_int_equal(receipt->difference_total, 0);
    receipt_free(&receipt);
    free(bundle);
}

/** Two officers of the county whose numbers are not of one length: texts, 10001 before 9001. */
static enum result put_clerks(struct txn *txn, void *arg)
{
    static const char *const ids[] = {"10001", "9001"};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < COUNT(ids) && result == 0; i++) {
        Rec__Officer officer = REC__OFFICER__INIT;
        officer.id = (char *)(uintptr_t)ids[i];
        officer.name = (char *)(uintptr_t)(i == 1 ? (const char *)arg : "李南");
        officer.role = (char *)(uintptr_t) "county";
        officer.area = (char *)(uintptr_t) "211103000000";
        result = store_officer_put(txn, &officer);
    }
    return result;
}

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("officers");
    office_make_of(&county, "211103", "county", TODAY, NULL);
    for (size_t i = 0; i < COUNT(streets); i++) {
        ingest_street(&streets[i], STREETS[i], 60, i + 3, TODAY);
        /* September is closed: what is known of it is no longer what was reported. */
        ingest_visit_on(&streets[i], "2026-09-30", 0, 1);
        take(&county, ingest_export(&streets[i], folder));
    }
    assert_ok(store_run(facts_store(county.service), STORE_WRITE, put_clerks, (void *)"王北"));
    office_make_of(&city, "2111", "city", TODAY, NULL);
    take(&city, ingest_export(&county, folder));
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(streets); i++)
        office_remove(&streets[i]);
    office_remove(&county);
    office_remove(&city);
    remove_tree(folder);
    free(folder);
    return 0;
}

// ---- texts that are compared

/** Lines in any order. */
struct lines {
    size_t count;
    char *items[4000];
};

static void add_line(struct lines *lines, char *line)
{
    assert_true(lines->count < COUNT(lines->items));
    lines->items[lines->count++] = line;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void expect_same(struct lines *expected, struct lines *found)
{
    assert_true(expected->count > 0);
    qsort(expected->items, expected->count, sizeof(char *), compare);
    qsort(found->items, found->count, sizeof(char *), compare);
    for (size_t i = 0; i < expected->count && i < found->count; i++)
        assert_string_equal(expected->items[i], found->items[i]);
    assert_int_equal(expected->count, found->count);
    for (size_t i = 0; i < expected->count; i++) {
        free(expected->items[i]);
        free(found->items[i]);
    }
    expected->count = found->count = 0;
}

static char *figures_of(const struct sheet *sheet, size_t row)
{
    static const char *const columns[] = {"owed",   "reached", "fulfilled",   "pending",
                                          "missed", "excused", "not_counted", "attempted",
                                          "late",   "rate"};
    struct str text = {0};

    for (size_t i = 0; i < COUNT(columns); i++)
        str_printf(&text, ",%s", sheet_get(sheet, row, columns[i]));
    return str_take(&text);
}

static struct sheet *board_by(struct office *office, const char *by, const char *month,
                              bool as_reported)
{
    struct board_query query = {
        .month = month, .area = "", .by = by, .kind = "", .as_reported = as_reported};
    struct sheet *sheet = NULL;

    reply_free(&office->reply);
    assert_ok(board_list(office->service, &office->system, &query, &sheet, &office->reply));
    assert_true(sheet->row_count > 0);
    return sheet;
}

static struct sheet *board_of(struct office *office, const char *month, bool as_reported)
{
    struct sheet *sheet = board_by(office, "officer", month, as_reported);

    assert_true(sheet->row_count > 2);
    return sheet;
}

static struct sheet *why_of(struct office *office, const char *officer)
{
    struct why_query query = {.month = "2026-11",
                              .area = "",
                              .kind = "",
                              .state = "",
                              .officer = officer,
                              .after = "",
                              .limit = 4000};
    struct sheet *sheet = NULL;

    reply_free(&office->reply);
    assert_ok(why_explain(office->service, &office->system, &query, &sheet, &office->reply));
    return sheet;
}

// ---- figures

static void the_board_is_that_of_the_streets(void **state)
{
    static const struct {
        const char *month;
        bool as_reported;
    } boards[] = {{"2026-11", false}, {"2026-10", false}, {"2026-10", true}};
    static struct lines expected, found;

    (void)state;
    for (size_t b = 0; b < COUNT(boards); b++) {
        for (size_t i = 0; i < COUNT(streets); i++) {
            struct sheet *sheet = board_of(&streets[i], boards[b].month, boards[b].as_reported);
            for (size_t row = 0; row < sheet->row_count; row++) {
                char *figures = figures_of(sheet, row);
                add_line(&expected,
                         mem_printf("%s:%s,%s（%s）%s", STREETS[i], sheet_get(sheet, row, "key"),
                                    sheet_get(sheet, row, "name"), STREET_NAMES[i], figures));
                free(figures);
            }
            sheet_free(&sheet);
        }
        struct sheet *sheet = board_of(&county, boards[b].month, boards[b].as_reported);
        for (size_t row = 0; row < sheet->row_count; row++) {
            char *figures = figures_of(sheet, row);
            add_line(&found, mem_printf("%s,%s%s", sheet_get(sheet, row, "key"),
                                        sheet_get(sheet, row, "name"), figures));
            free(figures);
        }
        sheet_free(&sheet);
        expect_same(&expected, &found);
    }
}

// ---- names

static void take_rows(struct lines *lines, const struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        add_line(lines, mem_printf("%s %s %s %s", sheet_get(sheet, row, "case_no"),
                                   sheet_get(sheet, row, "kind"), sheet_get(sheet, row, "officer"),
                                   sheet_get(sheet, row, "reason")));
}

static void names_behind_a_figure_are_the_streets(void **state)
{
    static struct lines expected, found;

    (void)state;
    for (size_t i = 0; i < COUNT(streets); i++) {
        struct sheet *sheet = why_of(&streets[i], "");
        take_rows(&expected, sheet);
        sheet_free(&sheet);
    }
    struct sheet *sheet = why_of(&county, "");
    take_rows(&found, sheet);
    sheet_free(&sheet);
    expect_same(&expected, &found);
}

/** Each officer's names; a bare 工号 means nobody, and the refusal says how to write it. */
static void one_officer_has_only_their_own(void **state)
{
    static struct lines expected, found;
    const struct due_query due = {.month = "2026-11", .officer = "4001"};
    struct due_place *next = NULL;
    struct sheet *none = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(streets); i++) {
        struct sheet *board = board_of(&streets[i], "2026-11", false);
        const char *officer = sheet_get(board, 0, "key");
        char *key = mem_printf("%s:%s", STREETS[i], officer);
        struct sheet *sheet = why_of(&streets[i], officer);
        take_rows(&expected, sheet);
        sheet_free(&sheet);
        sheet = why_of(&county, key);
        take_rows(&found, sheet);
        sheet_free(&sheet);
        sheet_free(&board);
        free(key);
        expect_same(&expected, &found);
    }
    struct sheet *sheet = why_of(&county, "4001");
    assert_int_equal(sheet->row_count, 0);
    sheet_free(&sheet);
    reply_free(&county.reply);
    assert_int_equal(due_list(county.service, &county.system, &due, &none, &next, &county.reply),
                     RESULT_USAGE);
    assert_non_null(strstr(county.reply.message, "211103001:1001"));
    sheet_free(&none);
}

static void statements_and_visits_have_names(void **state)
{
    static struct lines expected, found;

    (void)state;
    for (size_t i = 0; i < COUNT(streets); i++) {
        struct office *const offices[] = {&streets[i], &county};
        struct lines *const into[] = {&expected, &found};
        struct sheet *why = why_of(&streets[i], "");
        for (size_t k = 0; k < COUNT(offices); k++) {
            struct office *office = offices[k];
            struct sheet *sheet = NULL;
            char *area = mem_printf("%s000", STREETS[i]);
            reply_free(&office->reply);
            assert_ok(statement_show(office->service, &office->system, "2026-10", area, 0, &sheet,
                                     &office->reply));
            take_rows(into[k], sheet);
            sheet_free(&sheet);
            free(area);
            for (size_t row = 0; row < why->row_count; row++) {
                uint64_t id = strtoull(sheet_get(why, row, "case_id"), NULL, 10);
                reply_free(&office->reply);
                assert_ok(
                    case_visits(office->service, &office->system, id, 0, &sheet, &office->reply));
                for (size_t at = 0; at < sheet->row_count; at++)
                    add_line(into[k],
                             mem_printf("%s %s %s %s", sheet_get(why, row, "case_no"),
                                        sheet_get(sheet, at, "date"), sheet_get(sheet, at, "by"),
                                        sheet_get(sheet, at, "officer")));
                sheet_free(&sheet);
            }
        }
        sheet_free(&why);
        expect_same(&expected, &found);
    }
}

// ---- higher up

static void take_board_by(struct lines *lines, struct office *office, const char *by,
                          const char *month, bool as_reported)
{
    struct sheet *sheet = board_by(office, by, month, as_reported);

    for (size_t row = 0; row < sheet->row_count; row++) {
        char *figures = figures_of(sheet, row);
        add_line(lines, mem_printf("%s,%s%s", sheet_get(sheet, row, "key"),
                                   sheet_get(sheet, row, "name"), figures));
        free(figures);
    }
    sheet_free(&sheet);
}

static void take_board(struct lines *lines, struct office *office, const char *month,
                       bool as_reported)
{
    take_board_by(lines, office, "officer", month, as_reported);
}

static uint64_t reached_of(struct office *office, bool as_reported)
{
    struct sheet *sheet = board_by(office, "county", "2026-09", as_reported);
    uint64_t reached = strtoull(sheet_get(sheet, 0, "reached"), NULL, 10);

    sheet_free(&sheet);
    return reached;
}

/** Of a closed month, however it is divided: reported is what the streets reported, known what was
 *  recorded since. */
static void a_city_says_what_was_reported(void **state)
{
    static const char *const by[] = {"village", "street", "county", "kind"};
    static struct lines expected, found;

    (void)state;
    for (size_t i = 0; i < 2 * COUNT(by); i++) {
        bool reported = i % 2 == 0;
        take_board_by(&expected, &county, by[i / 2], "2026-09", reported);
        take_board_by(&found, &city, by[i / 2], "2026-09", reported);
        expect_same(&expected, &found);
    }
    assert_int_equal(reached_of(&city, true),
                     reached_of(&streets[0], true) + reached_of(&streets[1], true));
    assert_int_equal(reached_of(&city, false),
                     reached_of(&streets[0], false) + reached_of(&streets[1], false));
    assert_true(reached_of(&city, false) > reached_of(&city, true));
}

/** Through both levels, and again after the county's next bundle, a delta. */
static void a_city_has_the_names_of_the_county(void **state)
{
    static struct lines expected, found;
    (void)state;
    for (size_t turn = 0; turn < 2; turn++) {
        take_board(&expected, &county, "2026-11", false);
        take_board(&found, &city, "2026-11", false);
        expect_same(&expected, &found);
        take_board(&expected, &county, "2026-10", true);
        take_board(&found, &city, "2026-10", true);
        expect_same(&expected, &found);
        struct sheet *sheet = why_of(&county, "");
        take_rows(&expected, sheet);
        sheet_free(&sheet);
        sheet = why_of(&city, "");
        take_rows(&found, sheet);
        sheet_free(&sheet);
        expect_same(&expected, &found);
        if (turn > 0)
            break;
        assert_ok(store_run(facts_store(county.service), STORE_WRITE, put_clerks, (void *)"赵北"));
        take(&city, ingest_export_delta(&county, folder));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_board_is_that_of_the_streets),
        cmocka_unit_test(names_behind_a_figure_are_the_streets),
        cmocka_unit_test(one_officer_has_only_their_own),
        cmocka_unit_test(statements_and_visits_have_names),
        cmocka_unit_test(a_city_says_what_was_reported),
        cmocka_unit_test(a_city_has_the_names_of_the_county),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
