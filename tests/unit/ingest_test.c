/* Streets report to a county, a county to a city: what is taken, what is refused, and that figures
 * stay equal. With DOUDI_LONG set: 50 streets and 30 days. */
#include "ingest_fixture.h"

#include "base/digest.h"
#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/keeping/verify.h"
#include "service/lists/overlap.h"
#include "service/lists/senders.h"
#include "service/memory/state.h"

#include <locale.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FIRST_DAY "2026-11-10"
#define STREET "211103001000"
#define OTHER "211103002000"

static char *folder;

static char *in_folder(const char *name)
{
    return mem_printf("%s/%s", folder, name);
}

static void expect(struct receipt *receipt, enum receipt_outcome outcome,
                   enum receipt_reason reason, const char *words)
{
    if (receipt->outcome != outcome || receipt->reason != reason ||
        strstr(receipt->words, words) == NULL)
        fail_msg("%s %s: %s", receipt_outcome_label(receipt->outcome),
                 receipt_reason_label(receipt->reason), receipt->words);
    receipt_free(&receipt);
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

// ---- faults

/** A street, its bundle, and a county that knows nothing yet. */
struct scene {
    struct office street, county;
    char *bundle;
    char *before; /**< all that the county holds */
};

static void scene_make(struct scene *scene)
{
    ingest_street(&scene->street, STREET, 30, 5, FIRST_DAY);
    office_make_of(&scene->county, "211103", "county", FIRST_DAY, NULL);
    scene->bundle = ingest_export(&scene->street, folder);
    scene->before = office_contents(&scene->county, false);
}

static void scene_remove(struct scene *scene)
{
    office_remove(&scene->street);
    office_remove(&scene->county);
    free(scene->bundle);
    free(scene->before);
}

static void expect_unchanged(struct scene *scene, const char *what)
{
    char *now = office_contents(&scene->county, false);

    if (strcmp(now, scene->before) != 0)
        fail_msg("%s left something in the county", what);
    free(now);
}

static const struct {
    const char *what, *file, *old, *new;
    bool agree; /**< the manifest is made to agree */
    enum receipt_reason reason;
    const char *words;
} FAULTS[] = {
    {"a changed row", "cases.csv", ",active,", ",closed,", false, RECEIPT_UNREADABLE, "cases.csv"},
    {"a duty of another street", "duties.csv", ",211103001", ",211103002", true, RECEIPT_ROWS,
     "不在 211103001000 之内"},
    {"a statement of another street", "statements.csv", ",211103001000,", ",211103002000,", true,
     RECEIPT_ROWS, "statements.csv 第 "},
    {"a person's id of elsewhere", "persons.csv", "\n3626721941", "\n3626721970", true,
     RECEIPT_ROWS, "不是这个单位的"},
    {"an id that is none", "persons.csv", "\n3626721941", "\nx626721941", true, RECEIPT_CONTENT,
     "不对"},
    {"a date that is none", "visits.csv", ",2026-", ",2026:", true, RECEIPT_CONTENT, "日期"},
    {"a lost column", "persons.csv", ",phone,", ",telephone,", true, RECEIPT_CONTENT,
     "缺少列 phone"},
    {"a member of nobody", "members.csv", "\n3626721941", "\n3626721940", true, RECEIPT_CONTENT,
     "members.csv"},
    {"a quote that is open", "visits.csv", ",成功,", ",\"成功,", true, RECEIPT_CONTENT,
     "visits.csv"},
    {"a control character", "persons.csv", "社区", "社\x1b[2J", true, RECEIPT_CONTENT, ""},
    {"a state that is none", "cases.csv", ",active,", ",asleep,", true, RECEIPT_CONTENT, "asleep"},
    {"a statement without a row", "statement_rows.csv", "\n2026-09", "\n2026-08", true,
     RECEIPT_CONTENT, "名单应有"},
    {"a division of its own gone", "areas.csv", "\n211103001000,", "\n211102999000,", true,
     RECEIPT_CONTENT, "areas.csv"},
    {"a changed manifest", "manifest.json", "\"number\":1", "\"number\":5", false,
     RECEIPT_UNREADABLE, "manifest.sha256"},
    {"a foreign sender", "manifest.json", "\"area\":\"211103001000\"", "\"area\":\"211102001000\"",
     true, RECEIPT_FOREIGN, "不是"},
    {"a sender that is too high", "manifest.json", "\"area\":\"211103001000\"",
     "\"area\":\"211103000000\"", true, RECEIPT_FOREIGN, "下一级"},
    {"a sender of nowhere", "manifest.json", "\"area\":\"211103001000\"", "\"area\":\"\"", true,
     RECEIPT_FOREIGN, "没有区划"},
    {"another street's name", "manifest.json", "\"area\":\"211103001000\"",
     "\"area\":\"211103002000\"", true, RECEIPT_ROWS, "211103002000"},
    {"a newer program", "manifest.json", "\"format\":2", "\"format\":9", true, RECEIPT_FORM,
     "升级"},
    {"a day to come", "manifest.json", "\"date\":\"2026-11-10\"", "\"date\":\"2027-11-10\"", true,
     RECEIPT_DATE, "时钟"},
};

static void faults_leave_nothing(void **state)
{
    struct scene scene;
    char *path = in_folder("fault.tar.zst");

    (void)state;
    scene_make(&scene);
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        struct members members;
        members_read(&members, scene.bundle);
        members_change(&members, FAULTS[i].file, FAULTS[i].old, FAULTS[i].new, FAULTS[i].agree);
        members_write(&members, path);
        print_message("%s\n", FAULTS[i].what);
        expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, FAULTS[i].reason,
               FAULTS[i].words);
        expect_unchanged(&scene, FAULTS[i].what);
        members_free(&members);
    }
    unlink(path);
    free(path);
    scene_remove(&scene);
}

static void write_part(const char *from, const char *to, size_t length, long flip)
{
    FILE *in = fopen(from, "re"), *out = fopen(to, "we");
    char *bytes = mem_array(length, 1);

    assert_non_null(in);
    assert_int_equal(fread(bytes, 1, length, in), length);
    if (flip >= 0)
        bytes[flip] ^= 0x40;
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    fclose(in);
    fclose(out);
    free(bytes);
}

static void expect_same_members(const char *a, const char *b)
{
    struct members left, right;

    members_read(&left, a);
    members_read(&right, b);
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) {
        assert_string_equal(left.items[i].name, right.items[i].name);
        assert_int_equal(left.items[i].length, right.items[i].length);
        assert_memory_equal(left.items[i].text, right.items[i].text, left.items[i].length);
    }
    members_free(&left);
    members_free(&right);
}

/** Cut anywhere, or with a byte changed anywhere. */
static void broken_files_are_refused(void **state)
{
    enum { PLACES = 12 };
    struct scene scene;
    struct stat status;
    char *path = in_folder("broken.tar.zst");

    (void)state;
    scene_make(&scene);
    assert_int_equal(stat(scene.bundle, &status), 0);
    for (size_t i = 0; i < PLACES; i++) {
        size_t place = (size_t)status.st_size * i / PLACES;
        write_part(scene.bundle, path, place, -1);
        expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_UNREADABLE, "");
        write_part(scene.bundle, path, (size_t)status.st_size, (long)place);
        struct receipt *receipt = ingest_take(&scene.county, path);
        if (receipt->outcome != RECEIPT_REFUSED) { /* some bits of zstd change nothing */
            expect_same_members(scene.bundle, path);
            free(scene.before);
            scene.before = office_contents(&scene.county, false);
        }
        receipt_free(&receipt);
    }
    expect_unchanged(&scene, "a broken file");
    unlink(path);
    free(path);
    scene_remove(&scene);
}

/** Members that lead out of the folder, links, a bomb. */
static void strange_members_are_refused(void **state)
{
    enum { BOMB = 200 << 20 };
    static const char *const names[] = {"../climbed.csv", "/tmp/climbed.csv", "a/b.csv", ".hidden",
                                        "cases.csv/../x"};
    struct scene scene;
    struct members members;
    char *path = in_folder("strange.tar.zst");

    (void)state;
    scene_make(&scene);
    members_read(&members, scene.bundle);
    struct member *added = &members.items[members.count++];
    *added = (struct member){.text = mem_copy("x"), .length = 1};
    for (size_t i = 0; i < COUNT(names); i++) {
        mem_replace(&added->name, names[i]);
        members_write(&members, path);
        expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_UNREADABLE, "");
    }
    mem_replace(&added->name, "link.csv");
    added->link = true;
    members_write(&members, path);
    expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_UNREADABLE, "");
    added->link = false;
    free(added->text);
    added->text = mem_array(BOMB, 1);
    added->length = BOMB;
    members_write(&members, path);
    expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_LARGE, "大得不像");
    expect_unchanged(&scene, "a strange member");
    assert_int_equal(access("/tmp/climbed.csv", F_OK), -1);
    members_free(&members);
    unlink(path);
    free(path);
    scene_remove(&scene);
}

// ---- order

static void order_does_not_matter(void **state)
{
    struct scene scene;
    struct members members;
    char *bundles[4], *path = in_folder("again.tar.zst");

    (void)state;
    scene_make(&scene);
    bundles[0] = mem_copy(scene.bundle);
    for (size_t i = 1; i < COUNT(bundles); i++) {
        ingest_visit(&scene.street, i, 5);
        bundles[i] = ingest_export(&scene.street, folder);
    }
    expect(ingest_take(&scene.county, bundles[0]), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    /* A full bundle needs none of those before it. */
    expect(ingest_take(&scene.county, bundles[2]), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    char *held = office_contents(&scene.county, false);
    expect(ingest_take(&scene.county, bundles[2]), RECEIPT_TAKEN, RECEIPT_KNOWN, "没有改动");
    expect(ingest_take(&scene.county, bundles[0]), RECEIPT_TAKEN, RECEIPT_KNOWN, "没有改动");
    expect(ingest_take(&scene.county, bundles[1]), RECEIPT_REFUSED, RECEIPT_OLDER, "第 3 号");
    members_read(&members, bundles[2]);
    members_change(&members, "cases.csv", ",active,", ",closed,", true);
    members_write(&members, path);
    expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_REPLAY, "内容不同");
    members_free(&members);
    /* The next one does not name the one before it. */
    members_read(&members, bundles[3]);
    members_change(&members, "manifest.json", "\"previous\":\"", "\"previous\":\"0", true);
    char *previous = strstr(members_find(&members, "manifest.json")->text, "\"previous\":\"");
    memmove(previous + 76, previous + 77, strlen(previous + 77) + 1);
    members_find(&members, "manifest.json")->length--;
    members_agree(&members);
    members_write(&members, path);
    expect(ingest_take(&scene.county, path), RECEIPT_REFUSED, RECEIPT_CHAIN, "接不上");
    members_free(&members);
    char *now = office_contents(&scene.county, false);
    assert_string_equal(now, held);
    expect(ingest_take(&scene.county, bundles[3]), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    expect_verified(&scene.county);
    for (size_t i = 0; i < COUNT(bundles); i++)
        free(bundles[i]);
    free(held);
    free(now);
    unlink(path);
    free(path);
    scene_remove(&scene);
}

// ---- deltas

/** Bundles that bring only what changed give the same as whole ones; a lost one makes them wait. */
static void deltas_are_put_together(void **state)
{
    struct scene scene;
    char *bundles[5];
    struct office *street = &scene.street, *one = street;
    day_t day = 0;

    (void)state;
    scene_make(&scene);
    bundles[0] = mem_copy(scene.bundle);
    assert_ok(date_parse(FIRST_DAY, &day));
    for (size_t i = 1; i < COUNT(bundles); i++) {
        ingest_visit(street, i, 6);
        bundles[i] = ingest_export_delta(street, folder);
    }
    expect(ingest_take(&scene.county, bundles[1]), RECEIPT_WAITING, RECEIPT_GAP, "缺第 1 号");
    expect_unchanged(&scene, "a delta without its base");
    expect(ingest_take(&scene.county, bundles[0]), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    struct receipt *receipt = ingest_take(&scene.county, bundles[1]);
    assert_true(receipt->delta);
    expect(receipt, RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    expect(ingest_take(&scene.county, bundles[3]), RECEIPT_WAITING, RECEIPT_GAP, "缺第 3 号");
    for (size_t i = 2; i < COUNT(bundles); i++)
        expect(ingest_take(&scene.county, bundles[i]), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    expect(ingest_take(&scene.county, bundles[4]), RECEIPT_TAKEN, RECEIPT_KNOWN, "没有改动");
    char *whole = ingest_figures(&(struct office *){&scene.county}, 1);
    char *sum = ingest_figures(&one, 1);
    assert_string_equal(whole, sum);
    expect_verified(&scene.county);
    free(whole);
    free(sum);
    for (size_t i = 0; i < COUNT(bundles); i++)
        free(bundles[i]);
    scene_remove(&scene);
}

// ---- figures

static const struct {
    const char *file, *old, *new, *figure;
} LIES[] = {
    {"duties.csv", ",pending,", ",reached,", "state"},
    {"compliance.csv", "\n2026-09,tanfang,2111030010", "\n2026-09,tanfang,2111030019", NULL},
    {"statement_rows.csv", ",reached,", ",pending,", "statement"},
};

/** A figure that the rows do not give is taken, said in the receipt, and names the case. */
static void lies_are_named(void **state)
{
    struct scene scene;
    char *path = in_folder("lie.tar.zst");

    (void)state;
    for (size_t i = 0; i < COUNT(LIES); i++) {
        struct members members;
        struct sheet *differences = NULL;
        scene_make(&scene);
        members_read(&members, scene.bundle);
        members_change(&members, LIES[i].file, LIES[i].old, LIES[i].new, true);
        members_write(&members, path);
        struct receipt *receipt = ingest_take(&scene.county, path);
        assert_int_equal(receipt->outcome, RECEIPT_TAKEN);
        assert_true(receipt->difference_total > 0);
        if (LIES[i].figure != NULL)
            assert_string_equal(receipt->differences[0].figure, LIES[i].figure);
        assert_non_null(strstr(receipt->words, "不同"));
        reply_free(&scene.county.reply);
        assert_ok(senders_differences(scene.county.service, &scene.county.system, "", &differences,
                                      &scene.county.reply));
        assert_int_equal(differences->row_count, receipt->difference_total);
        if (i == 0)
            assert_non_null(strstr(sheet_get(differences, 0, "names"), "211103001"));
        sheet_free(&differences);
        receipt_free(&receipt);
        /* The receipt of the same bundle says so again. */
        receipt = ingest_take(&scene.county, path);
        assert_int_equal(receipt->reason, RECEIPT_KNOWN);
        assert_true(receipt->difference_total > 0);
        receipt_free(&receipt);
        members_free(&members);
        scene_remove(&scene);
    }
    unlink(path);
    free(path);
}

// ---- many streets, many days

enum { STREETS_MOST = 50 };

static const char *const STREETS[] = {"211103001000", "211103002000", "211103004000",
                                      "211103007000", "211103008000"};

static void next_day(struct office *office, day_t day)
{
    char text[DATE_TEXT];

    office_reopen(office, date_format(day, text));
}

static void expect_sum(struct office *county, struct office *const *streets, size_t count)
{
    char *whole = ingest_figures(&county, 1);
    char *sum = ingest_figures(streets, count);

    assert_string_equal(whole, sum);
    free(whole);
    free(sum);
}

/** One street's day at the county: mixed with faults, by number. */
static void report(struct office *county, struct office *street, size_t turn)
{
    char *bundle = ingest_export(street, folder), *path = in_folder("mixed.tar.zst");
    struct stat status;

    assert_int_equal(stat(bundle, &status), 0);
    if (turn % 3 == 0) {
        write_part(bundle, path, (size_t)status.st_size / 2, -1);
        expect(ingest_take(county, path), RECEIPT_REFUSED, RECEIPT_UNREADABLE, "");
    }
    if (turn % 5 != 4) {
        expect(ingest_take(county, bundle), RECEIPT_TAKEN, RECEIPT_NONE, "已收下");
        if (turn % 2 == 0)
            expect(ingest_take(county, bundle), RECEIPT_TAKEN, RECEIPT_KNOWN, "");
    } /* else: this night's is lost; the next one brings everything */
    free(bundle);
    free(path);
}

static void figures_are_the_sum(void **state)
{
    bool lengthy = getenv("DOUDI_LONG") != NULL;
    size_t count = COUNT(STREETS), days = lengthy ? 30 : 6, turn = 0;
    struct office county, offices[STREETS_MOST], *streets[STREETS_MOST];
    day_t day = 0;

    (void)state;
    assert_ok(date_parse("2026-11-03", &day));
    office_make_of(&county, "211103", "county", "2026-11-03", NULL);
    for (size_t i = 0; i < count; i++) {
        ingest_street(&offices[i], STREETS[i], 24, i + 1, "2026-11-03");
        streets[i] = &offices[i];
    }
    for (size_t d = 0; d < days; d++, day++) {
        next_day(&county, day);
        for (size_t i = 0; i < count; i++) {
            next_day(&offices[i], day);
            ingest_visit(&offices[i], (d + i) % 7, 7);
            report(&county, &offices[i], turn++);
        }
    }
    for (size_t i = 0; i < count; i++) {
        char *bundle = ingest_export(&offices[i], folder);
        expect(ingest_take(&county, bundle), RECEIPT_TAKEN, RECEIPT_NONE, "已收下");
        free(bundle);
    }
    expect_sum(&county, streets, count);
    expect_verified(&county);
    for (size_t i = 0; i < count; i++)
        office_remove(&offices[i]);
    office_remove(&county);
}

// ---- higher up, and older homes

static void a_city_takes_in_counties(void **state)
{
    struct office street, county, city, *one = &county;

    (void)state;
    ingest_street(&street, STREET, 30, 3, FIRST_DAY);
    office_make_of(&county, "211103", "county", FIRST_DAY, NULL);
    office_make_of(&city, "2111", "city", FIRST_DAY, NULL);
    char *bundle = ingest_export(&street, folder);
    expect(ingest_take(&county, bundle), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    expect(ingest_take(&city, bundle), RECEIPT_REFUSED, RECEIPT_FOREIGN, "下一级");
    free(bundle);
    bundle = ingest_export(&county, folder);
    expect(ingest_take(&city, bundle), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    expect_sum(&city, &one, 1);
    expect_verified(&city);
    free(bundle);
    office_remove(&street);
    office_remove(&county);
    office_remove(&city);
}

static enum result check_origin(const Rec__Person *person, void *arg)
{
    assert_int_equal(ids_origin_of(person->id), *(uint32_t *)arg);
    return RESULT_OK;
}

static enum result check_origins(struct txn *txn, void *arg)
{
    return store_person_scan(txn, 0, check_origin, arg);
}

/** Its ids have no area: the receiver puts it in front, and everything still agrees. */
static void an_old_home_reports(void **state)
{
    struct office old = {.home = home_make()}, province, *one = &old;
    uint32_t origin = 211100000;
    char *command = mem_printf("mkdir '%s' && tar -xJf '%s/old-homes/late.tar.xz' -C '%s' "
                               "--strip-components=1",
                               old.home.path, TESTS_DATA, old.home.path);

    (void)state;
    assert_int_equal(system(command), 0);
    office_reopen(&old, "2026-11-20");
    old.system = facts_system(old.service);
    office_make_of(&province, "21", "province", "2026-11-20", NULL);
    char *bundle = ingest_export(&old, folder);
    expect(ingest_take(&province, bundle), RECEIPT_TAKEN, RECEIPT_NONE, "已收下。");
    assert_ok(store_run(facts_store(province.service), STORE_READ, check_origins, &origin));
    expect_sum(&province, &one, 1);
    expect_verified(&province);
    free(bundle);
    free(command);
    office_remove(&old);
    office_remove(&province);
}

// ---- the county's lists

static void lists_of_the_county(void **state)
{
    struct office streets[2], county;
    struct sheet *sheet = NULL;

    (void)state;
    /* The same seed: the same invented people in both. */
    ingest_street(&streets[0], STREET, 20, 4, FIRST_DAY);
    ingest_street(&streets[1], OTHER, 20, 4, FIRST_DAY);
    office_make_of(&county, "211103", "county", FIRST_DAY, NULL);
    for (size_t i = 0; i < COUNT(streets); i++) {
        char *bundle = ingest_export(&streets[i], folder);
        struct receipt *receipt = ingest_take(&county, bundle);
        assert_int_equal(receipt->outcome, RECEIPT_TAKEN);
        assert_true((receipt->finding_total > 0) == (i > 0));
        receipt_free(&receipt);
        free(bundle);
    }
    reply_free(&county.reply);
    assert_ok(overlap_list(county.service, &county.system, "", &sheet, &county.reply));
    assert_true(sheet->row_count > 0);
    assert_non_null(strstr(sheet_get(sheet, 0, "remark"), "也在"));
    sheet_free(&sheet);
    assert_ok(senders_list(county.service, &county.system, &sheet, &county.reply));
    assert_true(sheet->row_count > 2);
    assert_string_equal(sheet_get(sheet, 0, "state"), "从未收到");
    assert_string_equal(sheet_get(sheet, sheet->row_count - 1, "key"), OTHER);
    assert_string_equal(sheet_get(sheet, sheet->row_count - 1, "state"), "已收到");
    sheet_free(&sheet);
    for (size_t i = 0; i < COUNT(streets); i++)
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

#define INGEST_TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        INGEST_TEST(faults_leave_nothing),        INGEST_TEST(broken_files_are_refused),
        INGEST_TEST(strange_members_are_refused), INGEST_TEST(order_does_not_matter),
        INGEST_TEST(deltas_are_put_together),     INGEST_TEST(lies_are_named),
        INGEST_TEST(figures_are_the_sum),         INGEST_TEST(a_city_takes_in_counties),
        INGEST_TEST(an_old_home_reports),         INGEST_TEST(lists_of_the_county),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
