/*
 * Every table: what is put is got, replaced, deleted, scanned in order and by prefix.
 */
#include "base/month.h"
#include "store_fixture.h"

static struct home home;

static int setup(void **state)
{
    (void)state;
    home = home_create();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    home_remove(&home);
    return 0;
}

/* What a scan handed over, as one text: "1 2 3 ". */
struct seen {
    char text[4096];
    size_t count;
    size_t stop_at; /* 0 = never */
};

static enum result saw(struct seen *seen, const char *what)
{
    size_t length = strlen(seen->text);
    if (length + strlen(what) + 2 < sizeof seen->text)
        sprintf(seen->text + length, "%s ", what);
    seen->count++;
    return seen->count == seen->stop_at ? (enum result)STORE_STOP : RESULT_OK;
}

static enum result saw_number(struct seen *seen, uint64_t number)
{
    char text[24];
    sprintf(text, "%ju", (uintmax_t)number);
    return saw(seen, text);
}

static enum result see_area(const Rec__Area *area, void *arg)
{
    return saw(arg, area->code);
}

static enum result see_person(const Rec__Person *person, void *arg)
{
    return saw_number(arg, person->id);
}

static enum result see_case(const Rec__Case *record, void *arg)
{
    return saw_number(arg, record->id);
}

static enum result see_duty(const Rec__Duty *duty, void *arg)
{
    return saw_number(arg, duty->case_id);
}

static enum result see_duty_month(const Rec__Duty *duty, void *arg)
{
    return saw_number(arg, (uint64_t)duty->month);
}

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    return saw_number(arg, visit->person * 1000 + (uint64_t)visit->date * 10 + visit->seq);
}

static enum result see_officer(const Rec__Officer *officer, void *arg)
{
    return saw(arg, officer->id);
}

static enum result see_standard(const Rec__Standard *standard, void *arg)
{
    return saw(arg, standard->value);
}

static enum result see_statement(const Rec__Statement *statement, void *arg)
{
    return saw_number(arg, statement->version);
}

static enum result see_event(const Rec__Event *event, void *arg)
{
    return saw_number(arg, event->seq);
}

static enum result see_draft(const Rec__Draft *draft, void *arg)
{
    return saw(arg, draft->title);
}

#define assert_seen(call, expected)                                                                \
    do {                                                                                           \
        struct seen seen = {0};                                                                    \
        assert_ok(call);                                                                           \
        assert_string_equal(seen.text, expected);                                                  \
    } while (0)

static enum result home_body(struct txn *txn, void *arg)
{
    Rec__Home *got;
    Rec__Home record = REC__HOME__INIT;
    (void)arg;
    assert_result(store_home_get(txn, &got), RESULT_NOTFOUND);
    record.format = STORE_FORMAT;
    record.area = "211102002000";
    assert_ok(store_home_put(txn, &record));
    record.opened_month = 24322;
    assert_ok(store_home_put(txn, &record));
    assert_ok(store_home_get(txn, &got));
    assert_string_equal(got->area, "211102002000");
    assert_int_equal(got->opened_month, 24322);
    rec__home__free_unpacked(got, NULL);
    return RESULT_OK;
}

static void home_is_one_record(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, home_body, NULL);
}

static enum result area_body(struct txn *txn, void *arg)
{
    static char *const codes[] = {"211102002001", "210000000000", "211102001002", "211102002000"};
    Rec__Area *got;
    (void)arg;
    for (size_t i = 0; i < COUNT(codes); i++) {
        Rec__Area area = REC__AREA__INIT;
        area.code = codes[i];
        area.name = "旌旗社区";
        assert_ok(store_area_put(txn, &area));
    }
    assert_ok(store_area_get(txn, "211102002001", &got));
    assert_string_equal(got->name, "旌旗社区");
    rec__area__free_unpacked(got, NULL);
    assert_result(store_area_get(txn, "211102002", &got), RESULT_NOTFOUND);
    assert_result(store_area_get(txn, "2111020020010000", &got), RESULT_NOTFOUND);
    assert_seen(store_area_scan(txn, "211102002", see_area, &seen), "211102002000 211102002001 ");
    assert_seen(store_area_scan(txn, "", see_area, &seen),
                "210000000000 211102001002 211102002000 211102002001 ");
    assert_seen(store_area_scan(txn, "2112", see_area, &seen), "");
    return RESULT_OK;
}

static void areas_are_scanned_by_prefix(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, area_body, NULL);
}

static enum result person_body(struct txn *txn, void *arg)
{
    Rec__Person *got;
    Rec__Person one = make_person(1, "甲", "211102194001010019");
    Rec__Person two = make_person(2, "乙", "");
    Rec__Person large = make_person(UINT64_C(1) << 40, "丙", "");
    (void)arg;
    assert_ok(store_person_put(txn, &large));
    assert_ok(store_person_put(txn, &two));
    assert_ok(store_person_put(txn, &one));
    assert_ok(store_person_get(txn, 1, &got));
    assert_string_equal(got->name, "甲");
    rec__person__free_unpacked(got, NULL);
    assert_result(store_person_get(txn, 3, &got), RESULT_NOTFOUND);
    assert_seen(store_person_scan(txn, 0, see_person, &seen), "1 2 1099511627776 ");
    assert_seen(store_person_scan(txn, 1, see_person, &seen), "2 1099511627776 ");
    assert_seen(store_person_scan(txn, UINT64_MAX, see_person, &seen), "");
    return RESULT_OK;
}

static void persons_are_scanned_by_number(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, person_body, NULL);
}

static enum result id_no_body(struct txn *txn, void *arg)
{
    Rec__Person *got;
    Rec__Person one = make_person(1, "甲", "211102194001010019");
    Rec__Person two = make_person(2, "乙", "211102194001010019");
    (void)arg;
    assert_ok(store_person_put(txn, &one));
    assert_result(store_person_put(txn, &two), RESULT_EXISTS);
    assert_result(store_person_get(txn, 2, &got), RESULT_NOTFOUND);
    assert_ok(store_person_put(txn, &one)); /* its own number is no obstacle */
    one.id_no = "21110219400101002X";
    assert_ok(store_person_put(txn, &one));
    assert_result(store_person_by_id_no(txn, "211102194001010019", &got), RESULT_NOTFOUND);
    assert_ok(store_person_by_id_no(txn, "21110219400101002X", &got));
    assert_int_equal(got->id, 1);
    rec__person__free_unpacked(got, NULL);
    assert_ok(store_person_put(txn, &two)); /* free again */
    return RESULT_OK;
}

static void an_id_number_belongs_to_one_person(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, id_no_body, NULL);
}

static enum result case_body(struct txn *txn, void *arg)
{
    static struct {
        uint64_t id;
        char *number, *kind, *area;
    } const cases[] = {
        {5, "LR0005", "tanfang", "211102002001"},
        {2, "LR0002", "tanfang", "211102002002"},
        {9, "DB0009", "dibao", "211102002001"},
        {300, "DB0300", "dibao", "211102002002"},
        {7, "LR0007", "tanfang", "211102002001"},
        {4, "LR0004", "tanfang", "211103001001"},
        {8, "LR0008", "", "211102"},
    };
    Rec__Case *got;
    char *after;
    (void)arg;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Rec__Case record = make_case(cases[i].id, cases[i].number, cases[i].kind, cases[i].area);
        assert_ok(store_case_put(txn, &record));
    }
    assert_ok(store_case_by_number(txn, "DB0300", &got));
    assert_int_equal(got->id, 300);
    after = store_case_key_text(got);
    rec__case__free_unpacked(got, NULL);
    assert_seen(store_case_of_area(txn, "", NULL, NULL, see_case, &seen), "8 9 5 7 300 2 4 ");
    assert_seen(store_case_of_area(txn, "211102002", "", "", see_case, &seen), "9 5 7 300 2 ");
    assert_seen(store_case_of_area(txn, "2111", "tanfang", NULL, see_case, &seen), "5 7 2 4 ");
    assert_seen(store_case_of_area(txn, "211102002001", "dibao", "", see_case, &seen), "9 ");
    assert_seen(store_case_of_area(txn, "211102002002", NULL, after, see_case, &seen), "2 ");
    assert_seen(store_case_of_area(txn, "", "tanfang", after, see_case, &seen), "2 4 ");
    assert_seen(store_case_of_area(txn, "", "tan", NULL, see_case, &seen), "");
    assert_result(store_case_of_area(txn, "", NULL, "no key", see_case, NULL), RESULT_INVALID);
    free(after);
    assert_ok(store_case_del(txn, 9));
    assert_result(store_case_del(txn, 9), RESULT_NOTFOUND);
    assert_result(store_case_by_number(txn, "DB0009", &got), RESULT_NOTFOUND);
    assert_seen(store_case_of_area(txn, "", "dibao", NULL, see_case, &seen), "300 ");
    Rec__Case twin = make_case(10, "DB0300", "dibao", "211102002001");
    assert_result(store_case_put(txn, &twin), RESULT_EXISTS);
    return RESULT_OK;
}

static void cases_are_listed_by_area_and_kind(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, case_body, NULL);
}

static enum result members_body(struct txn *txn, void *arg)
{
    Rec__Case record = make_case(1, "DB0001", "dibao", "211102002001");
    Rec__Member members[] = {REC__MEMBER__INIT, REC__MEMBER__INIT, REC__MEMBER__INIT};
    Rec__Member *list[] = {&members[0], &members[1], &members[2]};
    (void)arg;
    members[0].person = 10; /* the head is a member as well: one key */
    members[1].person = 11;
    members[2].person = 12;
    record.members = list;
    record.n_members = 3;
    assert_ok(store_case_put(txn, &record));
    assert_seen(store_case_of_person(txn, 10, see_case, &seen), "1 ");
    assert_seen(store_case_of_person(txn, 12, see_case, &seen), "1 ");
    members[1].person = 13;
    record.n_members = 2;
    assert_ok(store_case_put(txn, &record));
    assert_seen(store_case_of_person(txn, 11, see_case, &seen), "");
    assert_seen(store_case_of_person(txn, 12, see_case, &seen), "");
    assert_seen(store_case_of_person(txn, 13, see_case, &seen), "1 ");
    assert_ok(store_case_del(txn, 1));
    assert_seen(store_case_of_person(txn, 10, see_case, &seen), "");
    return RESULT_OK;
}

static void a_case_is_found_by_each_member(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, members_body, NULL);
}

static enum result duty_body(struct txn *txn, void *arg)
{
    month_t month = month_make(2026, 11);
    Rec__Duty *got;
    char *after = NULL;
    (void)arg;
    for (uint64_t i = 1; i <= 4; i++) {
        Rec__Duty duty = make_duty(month, i % 2 == 0 ? "211102002002" : "211102002001", i);
        assert_ok(store_duty_put(txn, &duty));
        duty.month = month - 1;
        assert_ok(store_duty_put(txn, &duty));
        if (i == 1)
            after = store_duty_key_text(&duty);
    }
    assert_seen(store_duty_scan(txn, month, "", NULL, see_duty, &seen), "1 3 2 4 ");
    assert_seen(store_duty_scan(txn, month, "211102002002", NULL, see_duty, &seen), "2 4 ");
    assert_seen(store_duty_scan(txn, month - 1, "", after, see_duty, &seen), "3 2 4 ");
    assert_seen(store_duty_scan(txn, month, "", after, see_duty, &seen), "1 3 2 4 ");
    assert_seen(store_duty_of_case(txn, 3, see_duty_month, &seen), "24321 24322 ");
    free(after);
    Rec__Duty duty = make_duty(month, "211102002001", 3);
    duty.need = 4;
    assert_ok(store_duty_put(txn, &duty));
    assert_ok(store_duty_get(txn, month, "211102002001", 3, "visit", &got));
    assert_int_equal(got->need, 4);
    rec__duty__free_unpacked(got, NULL);
    assert_result(store_duty_get(txn, month, "211102002001", 3, "review", &got), RESULT_NOTFOUND);
    assert_ok(store_duty_del(txn, month, "211102002001", 3, "visit"));
    assert_seen(store_duty_of_case(txn, 3, see_duty_month, &seen), "24321 ");
    return RESULT_OK;
}

static void duties_are_listed_by_month_and_area(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, duty_body, NULL);
}

static enum result visit_body(struct txn *txn, void *arg)
{
    Rec__Visit *got;
    (void)arg;
    for (int i = 0; i < 6; i++) {
        Rec__Visit visit = make_visit(1 + (uint64_t)i / 3, 50 - i % 3, (uint32_t)i % 2);
        assert_ok(store_visit_put(txn, &visit));
    }
    assert_seen(store_visit_scan_all(txn, see_visit, &seen), "1480 1491 1500 2481 2490 2501 ");
    assert_seen(store_visit_scan(txn, 1, 49, 50, see_visit, &seen), "1491 1500 ");
    assert_seen(store_visit_scan(txn, 2, 0, 48, see_visit, &seen), "2481 ");
    assert_seen(store_visit_scan(txn, 2, 51, INT32_MAX, see_visit, &seen), "");
    assert_ok(store_visit_get(txn, 1, 49, 1, &got));
    rec__visit__free_unpacked(got, NULL);
    assert_result(store_visit_get(txn, 1, 49, 0, &got), RESULT_NOTFOUND);
    assert_ok(store_visit_del(txn, 1, 49, 1));
    assert_result(store_visit_get(txn, 1, 49, 1, &got), RESULT_NOTFOUND);
    return RESULT_OK;
}

static void visits_are_listed_by_person_and_day(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, visit_body, NULL);
}

static enum result officer_body(struct txn *txn, void *arg)
{
    static char *const ids[] = {"zhangmin", "admin", "liuyang"};
    Rec__Officer *got;
    (void)arg;
    for (size_t i = 0; i < COUNT(ids); i++) {
        Rec__Officer officer = REC__OFFICER__INIT;
        officer.id = ids[i];
        assert_ok(store_officer_put(txn, &officer));
    }
    assert_seen(store_officer_scan(txn, see_officer, &seen), "admin liuyang zhangmin ");
    assert_ok(store_officer_get(txn, "admin", &got));
    rec__officer__free_unpacked(got, NULL);
    assert_result(store_officer_get(txn, "adm", &got), RESULT_NOTFOUND);
    return RESULT_OK;
}

static void officers_are_found_by_number(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, officer_body, NULL);
}

static enum result standard_body(struct txn *txn, void *arg)
{
    static struct {
        char *name, *area;
        day_t from;
        char *value;
    } const rows[] = {
        {"dibao.urban", "", 46000, "b"},
        {"dibao.urban", "", 45000, "a"},
        {"dibao", "", 45000, "z"},
        {"dibao.urban", "2111", 45000, "c"},
    };
    (void)arg;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Rec__Standard standard = REC__STANDARD__INIT;
        standard.name = rows[i].name;
        standard.area = rows[i].area;
        standard.from = rows[i].from;
        standard.value = rows[i].value;
        assert_ok(store_standard_put(txn, &standard));
    }
    assert_seen(store_standard_scan(txn, "dibao.urban", see_standard, &seen), "a b c ");
    assert_seen(store_standard_scan(txn, "dibao", see_standard, &seen), "z ");
    assert_seen(store_standard_scan(txn, "", see_standard, &seen), "z a b c ");
    return RESULT_OK;
}

static void standards_are_listed_by_name_area_day(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, standard_body, NULL);
}

static enum result statement_body(struct txn *txn, void *arg)
{
    Rec__Statement *got;
    month_t month = month_make(2026, 11);
    (void)arg;
    assert_result(store_statement_get(txn, month, "211102002000", &got), RESULT_NOTFOUND);
    for (uint32_t version = 1; version <= 3; version++) {
        Rec__Statement statement = REC__STATEMENT__INIT;
        statement.month = month;
        statement.area = "211102002000";
        statement.version = version;
        assert_ok(store_statement_put(txn, &statement));
        assert_ok(store_statement_get(txn, month, "211102002000", &got));
        assert_int_equal(got->version, version);
        rec__statement__free_unpacked(got, NULL);
        statement.area = "211102003000";
        statement.version += 10;
        assert_ok(store_statement_put(txn, &statement));
    }
    assert_result(store_statement_get(txn, month - 1, "211102002000", &got), RESULT_NOTFOUND);
    assert_result(store_statement_get(txn, month, "211102001000", &got), RESULT_NOTFOUND);
    assert_result(store_statement_get(txn, month, "211102004000", &got), RESULT_NOTFOUND);
    assert_seen(store_statement_scan(txn, month, "211102", see_statement, &seen),
                "1 2 3 11 12 13 ");
    return RESULT_OK;
}

static void the_latest_statement_counts(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, statement_body, NULL);
}

static enum result event_body(struct txn *txn, void *arg)
{
    uint8_t a[16] = {1}, b[16] = {1, 2}, none[16] = {9};
    int64_t noon = INT64_C(1795579200); /* 2026-11-25 12:00 in China */
    Rec__Event *got;
    (void)arg;
    for (uint64_t seq = 1; seq <= 300; seq++) {
        Rec__Event event =
            make_event(a, seq, noon + (int64_t)seq, seq % 100 ? "case:1" : "case:12");
        assert_ok(store_event_put(txn, &event));
    }
    Rec__Event event = make_event(b, 900, noon + 86400, "case:12");
    assert_ok(store_event_put(txn, &event));
    assert_ok(store_event_last(txn, a, &got));
    assert_int_equal(got->seq, 300);
    rec__event__free_unpacked(got, NULL);
    assert_ok(store_event_last(txn, b, &got));
    assert_int_equal(got->seq, 900);
    rec__event__free_unpacked(got, NULL);
    assert_result(store_event_last(txn, none, &got), RESULT_NOTFOUND);
    assert_ok(store_event_get(txn, a, 7, &got));
    assert_int_equal(got->at, noon + 7);
    rec__event__free_unpacked(got, NULL);
    assert_seen(store_event_of_record(txn, "case:12", see_event, &seen), "100 200 300 900 ");
    assert_seen(store_event_since(txn, date_of_time(noon + 86400), see_event, &seen), "900 ");
    struct seen all = {0};
    assert_ok(store_event_scan(txn, see_event, &all));
    assert_int_equal(all.count, 301);
    event.session.len = 8;
    assert_result(store_event_put(txn, &event), RESULT_INVALID);
    return RESULT_OK;
}

static void events_are_found_by_session_day_and_record(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, event_body, NULL);
}

static enum result draft_body(struct txn *txn, void *arg)
{
    static char *const rows[][4] = {
        {"zhang", "tanfang", "", "new"},
        {"zhang", "tanfang", "case:1", "one"},
        {"zhang", "dibao", "", "other"},
        {"zhangmin", "dibao", "", "hers"},
    };
    Rec__Draft *got;
    (void)arg;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Rec__Draft draft = REC__DRAFT__INIT;
        draft.officer = rows[i][0];
        draft.form = rows[i][1];
        draft.record = rows[i][2];
        draft.title = rows[i][3];
        assert_ok(store_draft_put(txn, &draft));
    }
    assert_seen(store_draft_scan(txn, "zhang", see_draft, &seen), "other new one ");
    assert_ok(store_draft_get(txn, "zhang", "tanfang", "case:1", &got));
    assert_string_equal(got->title, "one");
    rec__draft__free_unpacked(got, NULL);
    assert_ok(store_draft_del(txn, "zhang", "tanfang", "case:1"));
    assert_result(store_draft_get(txn, "zhang", "tanfang", "case:1", &got), RESULT_NOTFOUND);
    return RESULT_OK;
}

static void drafts_belong_to_an_officer(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, draft_body, NULL);
}

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    return saw_number(arg, alarm->id);
}

/* Only what is open is found by its area; all of it by case and person. */
static enum result alarm_body(struct txn *txn, void *arg)
{
    static const struct {
        uint64_t id;
        char *area, *state;
        uint64_t person, case_id;
    } rows[] = {
        {3, "211102002001", ALARM_OPEN, 7, 70}, {1, "211102002002", ALARM_TAKEN, 7, 71},
        {2, "211102002001", ALARM_DONE, 8, 70}, {4, "211102003001", ALARM_OPEN, 8, 72},
        {5, "211102002001", ALARM_VOID, 7, 70},
    };
    Rec__Alarm *got;
    (void)arg;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Rec__Alarm alarm = REC__ALARM__INIT;
        alarm.id = rows[i].id;
        alarm.area = rows[i].area;
        alarm.state = rows[i].state;
        alarm.person = rows[i].person;
        alarm.case_id = rows[i].case_id;
        assert_ok(store_alarm_put(txn, &alarm));
    }
    assert_seen(store_alarm_scan(txn, see_alarm, &seen), "1 2 3 4 5 ");
    assert_seen(store_alarm_of_area(txn, "211102002", see_alarm, &seen), "3 1 ");
    assert_seen(store_alarm_of_area(txn, "", see_alarm, &seen), "3 1 4 ");
    assert_seen(store_alarm_of_area(txn, "211103", see_alarm, &seen), "");
    assert_seen(store_alarm_of_case(txn, 70, see_alarm, &seen), "2 3 5 ");
    assert_seen(store_alarm_of_person(txn, 7, see_alarm, &seen), "1 3 5 ");
    assert_ok(store_alarm_get(txn, 3, &got));
    free(got->state);
    got->state = ALARM_DONE;
    assert_ok(store_alarm_put(txn, got));
    assert_seen(store_alarm_of_area(txn, "211102002", see_alarm, &seen), "1 ");
    assert_seen(store_alarm_of_case(txn, 70, see_alarm, &seen), "2 3 5 ");
    got->state = (char *)protobuf_c_empty_string;
    rec__alarm__free_unpacked(got, NULL);
    assert_ok(store_alarm_del(txn, 3));
    assert_result(store_alarm_get(txn, 3, &got), RESULT_NOTFOUND);
    assert_seen(store_alarm_of_person(txn, 7, see_alarm, &seen), "1 5 ");
    return RESULT_OK;
}

static void alarms_are_found_by_area_while_they_are_open(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, alarm_body, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(home_is_one_record),
        TEST(areas_are_scanned_by_prefix),
        TEST(persons_are_scanned_by_number),
        TEST(an_id_number_belongs_to_one_person),
        TEST(cases_are_listed_by_area_and_kind),
        TEST(a_case_is_found_by_each_member),
        TEST(duties_are_listed_by_month_and_area),
        TEST(visits_are_listed_by_person_and_day),
        TEST(officers_are_found_by_number),
        TEST(standards_are_listed_by_name_area_day),
        TEST(the_latest_statement_counts),
        TEST(events_are_found_by_session_day_and_record),
        TEST(drafts_belong_to_an_officer),
        TEST(alarms_are_found_by_area_while_they_are_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
