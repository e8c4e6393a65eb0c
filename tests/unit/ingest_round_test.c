/* Extra rounds of visits (专项走访) in bundles: the county has the street's figures and names, read only;
 * what is wrong is refused or named; a bundle of a program that sends none is taken. */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/keeping/verify.h"
#include "service/lists/home.h"
#include "service/lists/round.h"
#include "service/lists/senders.h"
#include "service/memory/round_kept.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <locale.h>
#include <unistd.h>

#define TODAY "2026-11-10"
#define STREET "211103001000"
#define OTHER "211103002000"

static char *folder;

struct scene {
    struct office street, county;
    struct caller clerk, reader; /**< of the street, of the county */
    uint64_t round;
};

static uint64_t make_round(struct office *office, const char *name, const char *from,
                           const char *to)
{
    struct round_input input = {.name = name, .reason = "寒潮", .from = from, .to = to};
    bool county = service_collects(office->service);
    struct caller caller = office_officer(office, county ? ROLE_COUNTY : ROLE_STREET,
                                          county ? "c01" : "s01", service_area(office->service));

    reply_free(&office->reply);
    if (round_make(office->service, &caller, &input, &office->reply) != 0)
        fail_msg("%s", office->reply.message);
    uint64_t id = strtoull(fields_get(&office->reply.values, "round"), NULL, 10);
    reply_free(&office->reply);
    return id;
}

static void scene_make(struct scene *scene)
{
    ingest_street(&scene->street, STREET, 30, 5, TODAY);
    office_make_of(&scene->county, "211103", "county", TODAY, NULL);
    scene->clerk = office_officer(&scene->street, ROLE_STREET, "s01", STREET);
    scene->reader = office_officer(&scene->county, ROLE_COUNTY, "c01", "211103000000");
    scene->round = make_round(&scene->street, "寒潮走访", "2026-11-09", "2026-11-12");
}

static void scene_remove(struct scene *scene)
{
    office_remove(&scene->street);
    office_remove(&scene->county);
}

static void take(struct scene *scene, char *bundle, const char *words)
{
    struct receipt *receipt = ingest_take(&scene->county, bundle);

    if (receipt->outcome != RECEIPT_TAKEN || strstr(receipt->words, words) == NULL ||
        (receipt->difference_total > 0 && strcmp(words, "已收下。") == 0))
        fail_msg("%s", receipt->words);
    receipt_free(&receipt);
    free(bundle);
}

/** A cell of the round in the list of rounds; new string, NULL if it is not there. */
static char *cell(struct office *office, const struct caller *caller, uint64_t round,
                  const char *column)
{
    struct sheet *sheet = NULL;
    char *found = NULL, id[IDS_TEXT];

    reply_free(&office->reply);
    assert_ok(round_list(office->service, caller, "", &sheet, &office->reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "round"), ids_format(round, id)) == 0)
            found = mem_copy(sheet_get(sheet, row, column));
    sheet_free(&sheet);
    return found;
}

static void expect_cell(struct office *office, const struct caller *caller, uint64_t round,
                        const char *column, const char *words)
{
    char *is = cell(office, caller, round, column);

    if (is == NULL || strcmp(is, words) != 0)
        fail_msg("%s: %s, not %s", column, is == NULL ? "no round" : is, words);
    free(is);
}

/** All people of the round in the street, a line each; new string. */
static char *names(struct office *office, const struct caller *caller, uint64_t round)
{
    struct round_query query = {.round = round, .area = STREET, .by = "", .all = true};
    struct sheet *sheet = NULL;
    struct str text = {0};

    reply_free(&office->reply);
    if (round_show(office->service, caller, &query, &sheet, &office->reply) != 0)
        fail_msg("%s", office->reply.message);
    assert_true(sheet->row_count > 5);
    for (size_t row = 0; row < sheet->row_count; row++)
        str_printf(&text, "%s %s %s\n", sheet_get(sheet, row, "area"),
                   sheet_get(sheet, row, "name"), sheet_get(sheet, row, "words"));
    sheet_free(&sheet);
    return str_take(&text);
}

static void expect_equal(struct scene *scene)
{
    static const char *const columns[] = {"name",        "reason",  "from",    "to",     "state",
                                          "owed",        "reached", "pending", "missed", "excused",
                                          "not_counted", "rate",    "remark"};

    for (size_t i = 0; i < COUNT(columns); i++) {
        char *is = cell(&scene->street, &scene->clerk, scene->round, columns[i]);
        assert_non_null(is);
        expect_cell(&scene->county, &scene->reader, scene->round, columns[i], is);
        free(is);
    }
    char *here = names(&scene->county, &scene->reader, scene->round);
    char *there = names(&scene->street, &scene->clerk, scene->round);
    assert_string_equal(here, there);
    free(here);
    free(there);
}

static void expect_verified(struct office *office)
{
    struct sheet *lines = NULL;

    reply_free(&office->reply);
    enum result result = verify_all(office->service, &office->system, &lines, &office->reply);
    for (size_t i = 0; result != 0 && i < lines->row_count; i++)
        print_error("%s\n", sheet_get(lines, i, "line"));
    assert_ok(result);
    sheet_free(&lines);
}

// ---- taken

static void full_and_delta_give_the_street_s_figures(void **state)
{
    struct scene scene;

    (void)state;
    scene_make(&scene);
    ingest_visit(&scene.street, 0, 4);
    take(&scene, ingest_export(&scene.street, folder), "已收下。");
    expect_equal(&scene);
    char *reached = cell(&scene.county, &scene.reader, scene.round, "reached");
    assert_true(atoi(reached) > 0);
    free(reached);
    expect_cell(&scene.county, &scene.reader, scene.round, "may", "");
    expect_cell(&scene.county, &scene.reader, scene.round, "office", "振兴街道");
    ingest_visit(&scene.street, 1, 4);
    take(&scene, ingest_export_delta(&scene.street, folder), "已收下。");
    expect_equal(&scene);
    /* Over: by the bundle of the day behind the last. */
    office_reopen(&scene.street, "2026-11-13");
    office_reopen(&scene.county, "2026-11-14");
    take(&scene, ingest_export_delta(&scene.street, folder), "已收下。");
    expect_equal(&scene);
    char *missed = cell(&scene.county, &scene.reader, scene.round, "missed");
    assert_true(atoi(missed) > 0);
    free(missed);
    expect_verified(&scene.county);
    scene_remove(&scene);
}

/** What the street ends or withdraws is so at the county, which itself can only look. */
static void the_county_only_reads(void **state)
{
    struct scene scene;

    (void)state;
    scene_make(&scene);
    take(&scene, ingest_export(&scene.street, folder), "已收下。");
    reply_free(&scene.county.reply);
    assert_int_equal(round_end(scene.county.service, &scene.reader, scene.round, true, "不办了",
                               &scene.county.reply),
                     RESULT_DENIED);
    assert_non_null(strstr(scene.county.reply.message, "在发起的单位自己的系统里"));
    assert_ok(round_end(scene.street.service, &scene.clerk, scene.round, true, "发错了，不办",
                        &scene.street.reply));
    take(&scene, ingest_export_delta(&scene.street, folder), "已收下。");
    expect_cell(&scene.county, &scene.reader, scene.round, "state", "已撤销");
    expect_cell(&scene.county, &scene.reader, scene.round, "owed", "");
    expect_verified(&scene.county);
    scene_remove(&scene);
}

// ---- the county's own, the first screen, who is missing

static char *home_lines(struct office *office, const struct caller *caller)
{
    struct home_view view = {0};
    struct str text = {0};

    reply_free(&office->reply);
    assert_ok(home_view_read(office->service, caller, "", &view, &office->reply));
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), HOME_ROUNDS) == 0)
            str_printf(&text, "%s\n", sheet_get(view.alarms, row, "text"));
    home_view_free(&view);
    return str_take(&text);
}

static void the_first_screen_has_figures(void **state)
{
    struct scene scene;
    struct office other;
    uint64_t own;

    (void)state;
    scene_make(&scene);
    own = make_round(&scene.county, "全县寒潮", "2026-11-10", "2026-11-13");
    ingest_visit(&scene.street, 0, 3);
    take(&scene, ingest_export(&scene.street, folder), "已收下。");
    char *owed = cell(&scene.county, &scene.reader, own, "owed");
    char *reached = cell(&scene.county, &scene.reader, own, "reached");
    char *lines = home_lines(&scene.county, &scene.reader);
    char *wanted = mem_printf("已访 %s/%s", reached, owed);
    assert_true(atoi(reached) > 0);
    assert_non_null(strstr(lines, "全县寒潮 还剩 3 天"));
    if (strstr(lines, wanted) == NULL || strstr(lines, "下级发起的 1 次，已访") == NULL)
        fail_msg("%s: %s", wanted, lines);
    /* Nobody but the one street has reported. */
    char *reported = cell(&scene.county, &scene.reader, own, "reported");
    assert_non_null(strstr(reported, "从未报"));
    assert_null(strstr(reported, "振兴街道"));
    assert_non_null(strstr(lines, "个单位未报"));
    expect_cell(&scene.county, &scene.reader, scene.round, "reported", "都已报");
    office_reopen(&scene.county, "2026-11-12");
    expect_cell(&scene.county, &scene.reader, scene.round, "reported",
                "1 个未报：振兴街道（数据到 11-10）");
    ingest_street(&other, OTHER, 20, 6, "2026-11-12");
    take(&scene, ingest_export(&other, folder), "已收下。");
    char *later = cell(&scene.county, &scene.reader, own, "owed");
    assert_true(atoi(later) > atoi(owed));
    office_remove(&other);
    free(owed);
    free(reached);
    free(lines);
    free(wanted);
    free(reported);
    free(later);
    scene_remove(&scene);
}

/** The figures are counted once; then after each change of a duty they rest on, and on another day. */
static void figures_are_kept(void **state)
{
    struct scene scene;
    const char *column = "reached";

    (void)state;
    scene_make(&scene);
    (void)make_round(&scene.street, "节日走访", "2026-11-10", "2026-11-20");
    const struct service *service = scene.street.service;
    free(cell(&scene.street, &scene.clerk, scene.round, column));
    uint64_t counted = kept_counted(service->round_kept);
    assert_int_equal(counted, 2);
    free(cell(&scene.street, &scene.clerk, scene.round, column));
    free(home_lines(&scene.street, &scene.clerk));
    assert_int_equal(kept_counted(service->round_kept), counted);
    char *before = cell(&scene.street, &scene.clerk, scene.round, column);
    ingest_visit(&scene.street, 0, 3);
    char *after = cell(&scene.street, &scene.clerk, scene.round, column);
    assert_int_equal(kept_counted(service->round_kept), counted + 2);
    assert_true(atoi(after) > atoi(before));
    free(before);
    free(after);
    take(&scene, ingest_export(&scene.street, folder), "已收下。");
    service = scene.county.service;
    free(cell(&scene.county, &scene.reader, scene.round, column));
    counted = kept_counted(service->round_kept);
    free(cell(&scene.county, &scene.reader, scene.round, column));
    assert_int_equal(kept_counted(service->round_kept), counted);
    ingest_visit(&scene.street, 1, 3);
    take(&scene, ingest_export_delta(&scene.street, folder), "已收下。");
    expect_equal(&scene);
    assert_int_equal(kept_counted(service->round_kept), counted + 2);
    scene_remove(&scene);
}

/** The county's rounds as they are listed, a line each; new string. */
static char *listed(struct office *office, const struct caller *caller)
{
    static const char *const columns[] = {"name",   "owed",    "reached", "pending",
                                          "missed", "excused", "rate"};
    struct sheet *sheet = NULL;
    struct str text = {0};

    reply_free(&office->reply);
    assert_ok(round_list(office->service, caller, "", &sheet, &office->reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < COUNT(columns); i++)
            str_printf(&text, "%s%s", sheet_get(sheet, row, columns[i]),
                       i + 1 < COUNT(columns) ? " " : "\n");
    sheet_free(&sheet);
    return str_take(&text);
}

/** What is kept is what is counted from everything. */
static void expect_counted(struct office *office, const struct caller *caller)
{
    struct service *service = office->service;
    struct kept *kept = service->round_kept;
    char *known = listed(office, caller);

    service->round_kept = round_kept_new();
    char *whole = listed(office, caller);
    kept_free(&service->round_kept);
    service->round_kept = kept;
    assert_string_equal(known, whole);
    free(known);
    free(whole);
}

/** A bundle changes the figures of its street and of the county, and no other street's. */
static void a_bundle_counts_its_street_again(void **state)
{
    enum { OTHERS = 3 };
    static const char *const names_of[OTHERS] = {"敬老走访", "寒潮走访二", "节日走访"};
    struct scene scene;
    struct office other;

    (void)state;
    scene_make(&scene);
    ingest_street(&other, OTHER, 20, 6, TODAY);
    for (size_t i = 0; i < OTHERS; i++)
        (void)make_round(&other, names_of[i], "2026-11-09", "2026-11-13");
    (void)make_round(&scene.county, "全县寒潮", "2026-11-10", "2026-11-13");
    take(&scene, ingest_export(&other, folder), "已收下。");
    take(&scene, ingest_export(&scene.street, folder), "已收下。");
    char *before = listed(&scene.county, &scene.reader);
    uint64_t counted = kept_counted(scene.county.service->round_kept);
    ingest_visit(&scene.street, 1, 3);
    take(&scene, ingest_export_delta(&scene.street, folder), "已收下。");
    char *after = listed(&scene.county, &scene.reader);
    assert_string_not_equal(before, after);
    assert_int_equal(kept_counted(scene.county.service->round_kept), counted + 2);
    expect_counted(&scene.county, &scene.reader);
    ingest_visit(&other, 0, 3);
    take(&scene, ingest_export(&other, folder), "已收下。");
    counted = kept_counted(scene.county.service->round_kept);
    free(listed(&scene.county, &scene.reader));
    assert_int_equal(kept_counted(scene.county.service->round_kept), counted + OTHERS + 1);
    expect_counted(&scene.county, &scene.reader);
    office_remove(&other);
    free(before);
    free(after);
    scene_remove(&scene);
}

// ---- programs of before

/** Removes a file and what the manifest says of it. */
static void members_drop(struct members *members, const char *name)
{
    struct member *manifest = members_find(members, "manifest.json");
    char *quoted = mem_printf("\"name\":\"%s\"", name);
    char *at = strstr(manifest->text, quoted);
    int depth = 1;

    assert_non_null(at);
    while (*at != '{')
        at--;
    char *end = at + 1;
    for (; depth > 0; end++)
        depth += (*end == '{') - (*end == '}');
    while (*end == ',' || *end == '\n' || *end == ' ')
        end++;
    memmove(at, end, strlen(end) + 1);
    manifest->length = strlen(manifest->text);
    free(quoted);
    struct member *member = members_find(members, name);
    free(member->name);
    free(member->text);
    *member = members->items[--members->count];
    members_agree(members);
}

/** The bundle as `older` programs write it, behind the one before it ("" = none). */
static void write_as(bool older, const char *bundle, const char *previous, const char *path,
                     char hash[DIGEST_TEXT])
{
    struct members members;

    members_read(&members, bundle);
    if (older) {
        members_drop(&members, "rounds.csv");
        members_drop(&members, "round_figures.csv");
    }
    if (*previous != '\0') {
        char *at = strstr(members_find(&members, "manifest.json")->text, "\"previous\":\"");
        memcpy(at + strlen("\"previous\":\""), previous, DIGEST_TEXT - 1);
        members_agree(&members);
    }
    memcpy(hash, members_find(&members, "manifest.sha256")->text, DIGEST_TEXT - 1);
    members_write(&members, path);
    members_free(&members);
}

static void older_bundles_are_taken(void **state)
{
    struct scene scene;
    char hashes[3][DIGEST_TEXT] = {""};
    char *path = mem_printf("%s/older.tar.zst", folder);

    (void)state;
    scene_make(&scene);
    char *bundle = ingest_export(&scene.street, folder);
    write_as(true, bundle, "", path, hashes[0]);
    take(&scene, mem_copy(path), "已收下。");
    free(bundle);
    ingest_visit(&scene.street, 1, 4);
    bundle = ingest_export_delta(&scene.street, folder);
    write_as(true, bundle, hashes[0], path, hashes[1]);
    take(&scene, mem_copy(path), "已收下。");
    free(bundle);
    assert_null(cell(&scene.county, &scene.reader, scene.round, "name"));
    assert_non_null(strstr(scene.county.reply.message, "振兴街道的版本还不报专项走访"));
    expect_verified(&scene.county);
    /* It was given the new program: its next bundle is a full one. */
    bundle = ingest_export(&scene.street, folder);
    write_as(false, bundle, hashes[1], path, hashes[2]);
    take(&scene, mem_copy(path), "已收下。");
    free(bundle);
    expect_equal(&scene);
    expect_cell(&scene.county, &scene.reader, scene.round, "reported", "都已报");
    assert_null(scene.county.reply.message);
    unlink(path);
    free(path);
    scene_remove(&scene);
}

// ---- damage

static const struct {
    const char *what, *file, *old, *new;
    enum receipt_reason reason; /**< RECEIPT_NONE: taken, with a difference … */
    const char *words;          /**< … of this figure */
} FAULTS[] = {
    {"an id of elsewhere", "rounds.csv", "\n3626721941", "\n3626721970", RECEIPT_ROWS,
     "不是这个单位的"},
    {"another street's", "rounds.csv", ",211103001000,", ",211103002000,", RECEIPT_ROWS,
     "不在 211103001000 之内"},
    {"another street's places", "rounds.csv", "1=211103001000", "1=211103002000", RECEIPT_ROWS,
     "范围 211103002000"},
    {"a place that is none", "rounds.csv", "1=211103001000", "1=21110300100x", RECEIPT_CONTENT,
     "不是区划代码"},
    {"a day that is none", "rounds.csv", ",2026-11-09,", ",2026-11-39,", RECEIPT_CONTENT, "日期"},
    {"the last day before the first", "rounds.csv", ",2026-11-12,", ",2026-11-02,", RECEIPT_CONTENT,
     "早于"},
    {"a state that is none", "rounds.csv", ",made,", ",asleep,", RECEIPT_CONTENT, "asleep"},
    {"closed on no day", "rounds.csv", ",made,", ",closed,", RECEIPT_CONTENT, "状态"},
    {"a lost column", "rounds.csv", ",tiers,", ",levels,", RECEIPT_CONTENT, "缺少列 tiers"},
    {"a longer round", "rounds.csv", ",2026-11-12,", ",2026-11-10,", RECEIPT_NONE, NULL},
    {"a figure", "round_figures.csv", "\n3626721941529821185,211103001001,",
     "\n3626721941529821185,211103001001,7", RECEIPT_NONE, "round_owed"},
    {"a village that is none", "round_figures.csv", ",211103001001,", ",211103001000,",
     RECEIPT_NONE, "round_owed"},
    {"a round that is none", "round_figures.csv", "\n3626721941529821185,",
     "\n3626721941529821199,", RECEIPT_NONE, "round_owed"},
    {"a column of the figures", "round_figures.csv", ",missed,", ",lost,", RECEIPT_NONE,
     "round_figures.csv"},
    {"a row that is cut", "round_figures.csv", ",211103001001,", ",211103001001,\"", RECEIPT_NONE,
     "round_figures.csv"},
};

static void faults_are_refused_or_named(void **state)
{
    char *path = mem_printf("%s/fault.tar.zst", folder);

    (void)state;
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        struct scene scene;
        struct members members;
        scene_make(&scene);
        ingest_visit(&scene.street, 0, 2);
        char *bundle = ingest_export(&scene.street, folder);
        members_read(&members, bundle);
        members_change(&members, FAULTS[i].file, FAULTS[i].old, FAULTS[i].new, true);
        members_write(&members, path);
        struct receipt *receipt = ingest_take(&scene.county, path);
        bool taken = FAULTS[i].reason == RECEIPT_NONE;
        if (receipt->outcome != (taken ? RECEIPT_TAKEN : RECEIPT_REFUSED) ||
            receipt->reason != FAULTS[i].reason ||
            (!taken && strstr(receipt->words, FAULTS[i].words) == NULL))
            fail_msg("%s: %s", FAULTS[i].what, receipt->words);
        if (taken && FAULTS[i].words != NULL &&
            (receipt->difference_total == 0 ||
             strcmp(receipt->differences[0].figure, FAULTS[i].words) != 0))
            fail_msg("%s: %s", FAULTS[i].what, receipt->words);
        if (!taken)
            assert_null(cell(&scene.county, &scene.reader, scene.round, "name"));
        expect_verified(&scene.county);
        receipt_free(&receipt);
        members_free(&members);
        free(bundle);
        scene_remove(&scene);
    }
    unlink(path);
    free(path);
}

/** One of the two files alone is no bundle of anybody. */
static void both_files_or_none(void **state)
{
    struct scene scene;
    struct members members;
    char *path = mem_printf("%s/half.tar.zst", folder);

    (void)state;
    scene_make(&scene);
    char *bundle = ingest_export(&scene.street, folder);
    members_read(&members, bundle);
    members_drop(&members, "round_figures.csv");
    members_write(&members, path);
    struct receipt *receipt = ingest_take(&scene.county, path);
    assert_int_equal(receipt->reason, RECEIPT_CONTENT);
    assert_non_null(strstr(receipt->words, "只有一个"));
    receipt_free(&receipt);
    members_free(&members);
    unlink(path);
    free(path);
    free(bundle);
    scene_remove(&scene);
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

#define ROUND_TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROUND_TEST(full_and_delta_give_the_street_s_figures),
        ROUND_TEST(the_county_only_reads),
        ROUND_TEST(the_first_screen_has_figures),
        ROUND_TEST(figures_are_kept),
        ROUND_TEST(a_bundle_counts_its_street_again),
        ROUND_TEST(older_bundles_are_taken),
        ROUND_TEST(faults_are_refused_or_named),
        ROUND_TEST(both_files_or_none),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
