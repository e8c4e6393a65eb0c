#include "unmet_steps.h"

#include "db/alarm.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/import/import.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/recount.h"

#include <string.h>

struct unmet_known unmet_elder(struct fixture *fixture)
{
    struct unmet_known known = {.fixture = fixture};

    fixture_id_no(fixture, known.id_no);
    known.elder = elder_add(fixture, &(struct elder){.id_no = known.id_no});
    return known;
}

// ---- visits

static void name_day(int day, char date[DATE_TEXT])
{
    snprintf(date, DATE_TEXT, "2026-11-%02d", day);
}

void unmet_enter(struct unmet_known *known, int day, bool unmet, bool correct)
{
    char date[DATE_TEXT], replaces[DATE_TEXT + 12] = "";
    struct visit_input input = {.case_id = known->elder,
                                .date = date,
                                .mode = "上门",
                                .result = unmet ? "未遇" : "成功",
                                .by = "刘洋",
                                .confirm = true,
                                .replaces = replaces,
                                .batch = ""};

    name_day(day, date);
    if (correct)
        snprintf(replaces, sizeof replaces, "%s:%u", date, known->days[day].seq);
    if (visit_add(known->fixture->service, &known->fixture->street, &input,
                  fixture_clear(known->fixture)) != 0)
        fail_msg("%s", known->fixture->reply.message);
    known->days[day].there = true;
    known->days[day].unmet = unmet;
    known->days[day].batch[0] = '\0';
    known->days[day].seq =
        (unsigned)atoi(strrchr(fields_get(&known->fixture->reply.values, "visit"), ':') + 1);
}

void unmet_void(struct unmet_known *known, int day)
{
    char reference[DATE_TEXT + 12];
    struct void_input input = {
        .case_id = known->elder, .visit = reference, .reason = "登记到别人名下了"};

    snprintf(reference, sizeof reference, "2026-11-%02d:%u", day, known->days[day].seq);
    assert_result(visit_void(known->fixture->service, &known->fixture->street, &input,
                             fixture_clear(known->fixture)),
                  RESULT_OK);
    known->days[day].there = false;
}

// ---- imports

struct found {
    const char *batch;
    struct unmet_known *known;
};

static enum result see_imported(const Rec__Visit *visit, void *arg)
{
    const struct found *found = arg;
    int year, month, day;

    if (strcmp(visit->batch, found->batch) != 0)
        return RESULT_OK;
    date_split(visit->date, &year, &month, &day);
    found->known->days[day].seq = visit->seq;
    return RESULT_OK;
}

static enum result read_imported(struct txn *txn, void *arg)
{
    return store_visit_scan_all(txn, see_imported, arg);
}

static void import_rows(struct unmet_known *known, struct import *import, const int *days,
                        const bool *unmet, size_t count)
{
    char date[DATE_TEXT];

    for (size_t i = 0; i < count; i++) {
        const char *cells[] = {known->id_no, date, "上门", unmet[i] ? "未遇" : "成功", "刘洋"};
        name_day(days[i], date);
        assert_result(import_row(import, &(struct import_input){.number = (uint32_t)i + 2,
                                                                .count = COUNT(cells),
                                                                .cells = cells,
                                                                .fault = ""}),
                      RESULT_OK);
        known->days[days[i]].there = true;
        known->days[days[i]].unmet = unmet[i];
        snprintf(known->days[days[i]].batch, sizeof known->days[0].batch, "%s",
                 import_batch(import));
    }
}

void unmet_import(struct unmet_known *known, const int *days, const bool *unmet, size_t count)
{
    static const struct import_heading headings[] = {
        {.text = "身份证号", .group = ""}, {.text = "探访日期", .group = ""},
        {.text = "方式", .group = ""},     {.text = "结果", .group = ""},
        {.text = "探访人", .group = ""},
    };
    struct fixture *fixture = known->fixture;
    struct import_options options = {.kind = "visit",
                                     .file = "探访记录.csv",
                                     .save_map = "",
                                     .headings = headings,
                                     .heading_count = COUNT(headings)};
    struct import *import = NULL;
    struct sheet *columns = NULL;
    struct import_result result = {0};

    if (import_open(fixture->service, &fixture->street, &options, &import, &columns,
                    fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
    import_rows(known, import, days, unmet, count);
    assert_result(import_flush(import, &fixture->street, true, &result, fixture_clear(fixture)),
                  RESULT_OK);
    if (result.accepted != count)
        fail_msg("%s", sheet_get(result.refusals, 0, "reason"));
    struct found found = {.batch = import_batch(import), .known = known};
    assert_result(store_run(facts_store(fixture->service), STORE_READ, read_imported, &found),
                  RESULT_OK);
    import_result_free(&result);
    sheet_free(&columns);
    import_free(&import);
}

enum result unmet_undo_import(struct unmet_known *known, int day)
{
    struct sheet *left = NULL;
    char *batch = mem_copy(known->days[day].batch);
    struct fixture *fixture = known->fixture;
    enum result result =
        import_undo(fixture->service, &fixture->street, batch, &left, fixture_clear(fixture));

    for (int i = 0; i < UNMET_DAYS && result == 0; i++)
        if (strcmp(known->days[i].batch, batch) == 0) {
            known->days[i].there = false;
            known->days[i].batch[0] = '\0';
        }
    sheet_free(&left);
    free(batch);
    return result;
}

// ---- what stands

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct unmet_standing *standing = arg;
    int year, month, day;

    if (strcmp(alarm->kind, ALARM_UNMET) != 0)
        return RESULT_OK;
    date_split(alarm->visit_date, &year, &month, &day);
    if (store_alarm_is_open(alarm)) {
        unmet_standing_free(standing);
        standing->count++;
        standing->open = record_copy(alarm);
    } else if (strcmp(alarm->state, ALARM_DONE) == 0 && day > standing->done) {
        standing->done = day;
    }
    return RESULT_OK;
}

static enum result read_alarms(struct txn *txn, void *arg)
{
    return store_alarm_scan(txn, see_alarm, arg);
}

struct unmet_standing unmet_standing_of(struct fixture *fixture)
{
    struct unmet_standing standing = {0};

    assert_result(store_run(facts_store(fixture->service), STORE_READ, read_alarms, &standing),
                  RESULT_OK);
    return standing;
}

void unmet_standing_free(struct unmet_standing *standing)
{
    if (standing->open != NULL)
        rec__alarm__free_unpacked(standing->open, NULL);
    standing->open = NULL;
}

bool unmet_is_marked(const Rec__Alarm *alarm)
{
    return strstr(alarm->text, "办结时请写明") != NULL;
}

const char *unmet_state(struct fixture *fixture)
{
    struct unmet_standing standing = unmet_standing_of(fixture);
    const char *state = standing.count > 1                 ? "several"
                        : standing.open == NULL            ? "none"
                        : unmet_is_marked(standing.open)   ? "marked"
                        : *standing.open->taken_by != '\0' ? "taken"
                                                           : "open";

    unmet_standing_free(&standing);
    return state;
}

void unmet_act(struct fixture *fixture, bool finish)
{
    struct unmet_standing standing = unmet_standing_of(fixture);

    assert_non_null(standing.open);
    assert_result(finish ? alarm_finish(fixture->service, &fixture->street, standing.open->id,
                                        "邻居说去了女儿家", fixture_clear(fixture))
                         : alarm_take(fixture->service, &fixture->street, standing.open->id,
                                      fixture_clear(fixture)),
                  RESULT_OK);
    unmet_standing_free(&standing);
}
