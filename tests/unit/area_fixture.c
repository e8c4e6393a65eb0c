#include "area_fixture.h"

#include "service/keeping/area_change.h"
#include "service/keeping/area_undo.h"
#include "service/keeping/areas.h"
#include "service/keeping/verify.h"
#include "service/lists/board.h"
#include "service/lists/why.h"
#include "service/officers/officer.h"

#include <string.h>

enum result area_fixture_change(struct fixture *fixture, const struct caller *caller,
                                const struct order *order, const char *from, bool dry_run,
                                struct sheet **ret_sheet)
{
    Rec__AreaStep step = REC__AREA_STEP__INIT;
    Rec__AreaStep *steps[] = {&step};
    struct area_order wanted = {.from = from, .count = 1, .steps = steps, .dry_run = dry_run};
    struct sheet *sheet = NULL;

    step.what = (char *)(uintptr_t)order->what;
    step.code = (char *)(uintptr_t)order->code;
    step.into = (char *)(uintptr_t)(order->into != NULL ? order->into : "");
    step.name = (char *)(uintptr_t)(order->name != NULL ? order->name : "");
    enum result result =
        area_change(fixture->service, caller, &wanted, &sheet, fixture_clear(fixture));
    if (ret_sheet != NULL)
        *ret_sheet = sheet;
    else
        sheet_free(&sheet);
    return result;
}

enum result change(struct fixture *fixture, const struct order *order, const char *from)
{
    return area_fixture_change(fixture, &fixture->system, order, from, false, NULL);
}

void must(struct fixture *fixture, enum result result)
{
    if (result != 0)
        print_error("%s\n", fixture->reply.message != NULL ? fixture->reply.message : "");
    assert_result(result, RESULT_OK);
}

enum result undo(struct fixture *fixture, uint64_t number)
{
    return area_undo(fixture->service, &fixture->system, number, false, fixture_clear(fixture));
}

void expect_sound(struct fixture *fixture)
{
    struct sheet *lines = NULL;
    enum result result =
        verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture));

    for (size_t row = 0; result != 0 && row < lines->row_count; row++)
        print_error("%s\n", sheet_get(lines, row, "line"));
    assert_result(result, RESULT_OK);
    sheet_free(&lines);
}

/** Every cell of a sheet. */
static void add_sheet(struct str *text, struct sheet **sheet)
{
    for (size_t row = 0; *sheet != NULL && row < (*sheet)->row_count; row++)
        for (size_t i = 0; i < (*sheet)->column_count; i++)
            str_printf(text, "%s%s", sheet_cell(*sheet, row, i),
                       i + 1 < (*sheet)->column_count ? "," : "\n");
    sheet_free(sheet);
}

/** All that the home says of a month: boards, names, the list of months. New string. */
char *month_text(struct fixture *fixture, const char *month, bool as_reported)
{
    static const char *const by[] = {"village", "street", "county", "officer", "kind"};
    struct str text = {0};
    struct sheet *sheet = NULL;

    for (size_t i = 0; i < COUNT(by); i++) {
        struct board_query query = {
            .month = month, .area = "211102", .by = by[i], .as_reported = as_reported};
        must(fixture, board_list(fixture->service, &fixture->system, &query, &sheet,
                                 fixture_clear(fixture)));
        str_printf(&text, "%s\n", by[i]);
        add_sheet(&text, &sheet);
    }
    struct why_query query = {.month = month, .area = "211102", .as_reported = as_reported};
    must(fixture,
         why_explain(fixture->service, &fixture->system, &query, &sheet, fixture_clear(fixture)));
    add_sheet(&text, &sheet);
    return str_take(&text);
}

char *areas_text(struct fixture *fixture, bool gone)
{
    struct str text = {0};
    struct sheet *sheet = NULL;

    must(fixture, areas_list(fixture->service, &fixture->system, "", true, gone, &sheet,
                             fixture_clear(fixture)));
    add_sheet(&text, &sheet);
    return str_take(&text);
}

char *officers_text(struct fixture *fixture)
{
    struct str text = {0};
    struct sheet *sheet = NULL;

    must(fixture,
         officer_list(fixture->service, &fixture->system, "", &sheet, fixture_clear(fixture)));
    add_sheet(&text, &sheet);
    return str_take(&text);
}

const char *case_area(struct fixture *fixture, uint64_t id)
{
    static char area[AREA_TEXT];
    struct case_view view = case_open(fixture, &fixture->system, id, true);

    snprintf(area, sizeof area, "%s", view.area);
    assert_string_equal(fields_get(&view.values, "person.area"), view.area);
    case_view_free(&view);
    return area;
}

struct elders make_elders(struct fixture *fixture)
{
    struct elders elders = {
        .first = elder_add(fixture, &(struct elder){.since = "2026-03-01", .officer = "刘洋"}),
        .second = elder_add(fixture, &(struct elder){.since = "2026-03-01", .area = VILLAGE2}),
        .far = elder_add(fixture, &(struct elder){.since = "2026-03-01", .area = OTHER_VILLAGE}),
    };

    visit_ok(fixture, elders.first, "2026-10-12");
    visit_ok(fixture, elders.second, "2026-11-12");
    return elders;
}

void close_october(struct fixture *fixture)
{
    must(fixture, month_close(fixture->service, &fixture->system, "2026-10", COUNTY,
                              fixture_clear(fixture)));
}
