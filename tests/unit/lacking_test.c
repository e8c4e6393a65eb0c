/* A city names the streets that its counties have not got: of two counties, one has all of its streets. */
#include "ingest_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/lists/home.h"

#include <locale.h>
#include <string.h>

#define TODAY "2026-11-23"
#define REPORTED "211103001000" /* 振兴街道 */

static char *folder;

static void take(struct office *receiver, char *bundle)
{
    struct receipt *receipt = ingest_take(receiver, bundle);

    if (receipt->outcome != RECEIPT_TAKEN)
        fail_msg("%s", receipt->words);
    receipt_free(&receipt);
    free(bundle);
}

static void report(struct office *county, const char *street)
{
    struct office office;

    ingest_street(&office, street, 2, 3, TODAY);
    take(county, ingest_export(&office, folder));
    office_remove(&office);
}

/** Every street of the county, as the divisions have them. */
static void report_all(struct office *county, const char *prefix)
{
    const char *codes[40];
    size_t count = 0;

    for (size_t i = 1; i < 1000; i++) {
        char *code = mem_printf("%s%03zu000", prefix, i);
        const char *name = service_area_name(county->service, code);
        if (*name != '\0' && strcmp(name, code) != 0 && count < COUNT(codes))
            codes[count++] = code;
        else
            free(code);
    }
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++) {
        report(county, codes[i]);
        free((char *)(uintptr_t)codes[i]);
    }
}

/** The lines of 首页 about what was reported. New string. */
static char *lines_of(struct office *city)
{
    struct caller caller = office_officer(city, ROLE_COUNTY, "c01", "211100000000");
    struct home_view view = {0};
    struct str text = {0};

    reply_free(&city->reply);
    assert_ok(home_view_read(city->service, &caller, "", &view, &city->reply));
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), ALARM_SENDERS) == 0)
            str_printf(&text, "%s\n", sheet_get(view.alarms, row, "text"));
    home_view_free(&view);
    return str_take(&text);
}

static void a_city_names_the_streets_that_a_county_lacks(void **state)
{
    struct office whole, part, city;

    (void)state;
    office_make_of(&whole, "211102", "county", TODAY, NULL);
    office_make_of(&part, "211103", "county", TODAY, NULL);
    office_make_of(&city, "2111", "city", TODAY, NULL);
    report_all(&whole, "211102");
    report(&part, REPORTED);
    take(&city, ingest_export(&whole, folder));
    take(&city, ingest_export(&part, folder));
    char *lines = lines_of(&city);
    assert_non_null(strstr(lines, "兴隆台区缺兴隆街道（从未报）"));
    assert_null(strstr(lines, "振兴街道"));
    assert_null(strstr(lines, "双台子区缺"));
    free(lines);
    /* Two days later both are silent at their counties, and say since when. */
    office_reopen(&whole, "2026-11-25");
    office_reopen(&part, "2026-11-25");
    office_reopen(&city, "2026-11-25");
    take(&city, ingest_export(&part, folder));
    lines = lines_of(&city);
    assert_non_null(strstr(lines, "兴隆台区缺振兴街道（数据到 11-23）"));
    if (strstr(lines, "等 12 个") == NULL)
        fail_msg("%s", lines);
    free(lines);
    office_remove(&whole);
    office_remove(&part);
    office_remove(&city);
}

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("lacking");
    return 0;
}

static int end(void **state)
{
    (void)state;
    remove_tree(folder);
    free(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_names_the_streets_that_a_county_lacks),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, begin, end);
}
