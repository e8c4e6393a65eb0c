/*
 * Applications: from the village's draft over the steps onto the books, and what stops them.
 */
#include "service_fixture.h"

#include "service/cases/application.h"
#include "service/cases/notice.h"
#include "service/cases/proposal.h"
#include "service/cases/publicity.h"

/** An old man for 特困; `birth` other than "" makes it a child without an ID number. */
static uint64_t apply(struct fixture *fixture, const struct caller *caller, const char *kind,
                      const char *birth)
{
    struct fields values = {0};
    struct proposal_input input = {.kind = kind, .values = &values};
    char id_no[19];

    fields_set(&values, "person.name", "郑大山");
    fields_set(&values, "person.area", VILLAGE);
    if (*birth == '\0') {
        fields_set(&values, "person.id_no", fixture_id_no(fixture, id_no));
    } else {
        fields_set(&values, "person.id_type", "户口簿无证");
        fields_set(&values, "person.birth", birth);
        fields_set(&values, "person.sex", "男");
    }
    fields_set(&values, "tk_kind", *birth == '\0' ? "老年人" : "未成年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    assert_result(proposal_put(fixture->service, caller, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
}

static enum result act(struct fixture *fixture, const struct caller *caller, uint64_t id,
                       const char *what, const char *to)
{
    struct application_input input = {
        .id = id, .act = what, .opinion = "核对无误", .to = to, .until = "2026-12-10"};

    return application_act(fixture->service, caller, &input, fixture_clear(fixture));
}

/** "step due days waits mine" of the only application the caller sees, "" if there is none. */
static const char *line(struct fixture *fixture, const struct caller *caller)
{
    static char text[160];
    struct sheet *sheet = NULL;

    assert_result(
        application_list(fixture->service, caller, "", false, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    if (sheet->row_count > 0)
        snprintf(text, sizeof text, "%s %s %s %s%s%s", sheet_get(sheet, 0, "step"),
                 sheet_get(sheet, 0, "due_on"), sheet_get(sheet, 0, "days_left"),
                 sheet_get(sheet, 0, "waits_for"), sheet_get(sheet, 0, "why"),
                 *sheet_get(sheet, 0, "mine") != '\0' ? " *" : "");
    sheet_free(&sheet);
    return text;
}

static void expect_state(struct fixture *fixture, const char *state)
{
    struct sheet *sheet = NULL;

    assert_result(application_list(fixture->service, &fixture->street, "", false, &sheet,
                                   fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(sheet_get(sheet, 0, "state"), state);
    sheet_free(&sheet);
}

/* Village, street, publication, chief; the case begins in the month after the decision. */
static void it_goes_step_by_step_onto_the_books(void **state)
{
    struct fixture *fixture = *state; /* 2026-11-23 */
    uint64_t id = apply(fixture, &fixture->village, "tekun", "");

    assert_string_equal(line(fixture, &fixture->village), "受理   镇街经办、镇街负责人未设时限");
    assert_string_equal(line(fixture, &fixture->street), "受理   镇街经办、镇街负责人未设时限 *");
    assert_result(act(fixture, &fixture->village, id, "done", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->other_street, id, "done", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户 2026-12-14 21 镇街经办、镇街负责人 *");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "请当天张贴"));
    assert_string_equal(line(fixture, &fixture->street), "公示 2026-11-30 7 公示满期");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_CONFLICT);
    fixture_today(fixture, "2026-11-29");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_CONFLICT);
    fixture_today(fixture, "2026-11-30");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->chief),
                        "确认 2026-12-21 21 镇街负责人、县区民政 *");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->chief), "");
    uint64_t case_id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    case_id = case_id != 0 ? case_id : fixture_id(1);
    struct case_view view = case_open(fixture, &fixture->street, case_id, true);
    assert_string_equal(fields_get(&view.values, "from_m"), "2026-12");
    assert_string_equal(fields_get(&view.values, "accepted"), "2026-11-23");
    assert_string_equal(fields_get(&view.values, "decided"), "2026-11-30");
    assert_string_equal(fields_get(&view.values, "pub_from"), "2026-11-23");
    assert_string_equal(fields_get(&view.values, "pub_to"), "2026-11-30");
    case_view_free(&view);
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_CONFLICT);
}

/* Whoever entered it or did a step of it may not do the last one; the county may. */
static void nobody_confirms_their_own(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = apply(fixture, &fixture->chief, "tekun", "2015-06-01");

    for (size_t i = 0; i < 3; i++)
        assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->chief), /* a minor: no publication */
                        "确认 2026-12-14 21 镇街负责人、县区民政");
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_DENIED);
    assert_non_null(strstr(fixture->reply.message, "另一人"));
    assert_result(act(fixture, &fixture->county, id, "done", ""), RESULT_OK);

    id = apply(fixture, &fixture->village, "tekun", "");
    for (size_t i = 0; i < 2; i++)
        assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_OK);
    fixture_today(fixture, "2026-12-01");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_DENIED);
    /* After a return only what was done since counts. */
    assert_result(act(fixture, &fixture->county, id, "return", "review"), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    fixture_today(fixture, "2026-12-08");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_OK);
}

static void papers_stop_the_clock(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = apply(fixture, &fixture->village, "tekun", "");
    struct application_input blank = {
        .id = id, .act = "pause", .opinion = "", .to = "", .until = "2026-12-10"};

    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(
        application_act(fixture->service, &fixture->street, &blank, fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, id, "resume", ""), RESULT_CONFLICT);
    assert_result(act(fixture, &fixture->street, id, "pause", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户   申请人补正，2026-12-10 止补正，时限暂停 *");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_CONFLICT);
    fixture_today(fixture, "2026-11-30");
    assert_result(act(fixture, &fixture->street, id, "resume", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户 2026-12-21 21 镇街经办、镇街负责人 *");

    /* The last day for the papers is still theirs. */
    assert_result(act(fixture, &fixture->street, id, "pause", ""), RESULT_OK);
    fixture_today(fixture, "2026-12-10");
    expect_state(fixture, "paused");
    fixture_today(fixture, "2026-12-11");
    expect_state(fixture, "overdue");
}

/* Given back to the village before it is accepted; refused with a notice. */
static void it_is_returned_and_refused(void **state)
{
    struct fixture *fixture = *state;
    struct proposal_view view = {0};
    struct sheet *notice = NULL;
    uint64_t id = apply(fixture, &fixture->village, "tekun", "");

    assert_result(proposal_return(fixture->service, &fixture->street, id, "缺身份证号",
                                  fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_result(act(fixture, &fixture->street, id, "return", "check"), RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, id, "return", ""), RESULT_OK);
    assert_non_null(strstr(line(fixture, &fixture->village), "退回修改"));
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_CONFLICT);
    assert_result(
        proposal_get(fixture->service, &fixture->village, id, &view, fixture_clear(fixture)),
        RESULT_OK);
    struct proposal_input again = {
        .id = id, .kind = "tekun", .version = view.version, .values = &view.values};
    assert_result(proposal_put(fixture->service, &fixture->village, &again, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    again.version = view.version + 2;
    assert_result(proposal_put(fixture->service, &fixture->village, &again, fixture_clear(fixture)),
                  RESULT_DENIED); /* accepted: the street's now */
    proposal_view_free(&view);
    assert_result(act(fixture, &fixture->street, id, "refuse", ""), RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "refuse", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street), "");
    assert_result(
        notice_make(fixture->service, &fixture->street, id, &notice, fixture_clear(fixture)),
        RESULT_OK);
    static const struct {
        const char *label, *words;
    } parts[] = {
        {"文书", "不予确认告知书"}, {"申请人", "郑大山"},         {"申请事项", "特困人员救助供养"},
        {"申请日期", "2026-11-23"}, {"理由", "核对无误"},         {"依据", "民发〔2021〕43号"},
        {"决定日期", "2026-11-23"}, {"申请人的权利", "行政复议"}, {"期限和受理机关", "＿"},
    };
    for (size_t i = 0; i < COUNT(parts); i++) {
        size_t row = 0;
        while (row < notice->row_count &&
               strcmp(sheet_get(notice, row, "label"), parts[i].label) != 0)
            row++;
        assert_true(row < notice->row_count);
        assert_non_null(strstr(sheet_get(notice, row, "text"), parts[i].words));
    }
    sheet_free(&notice);
}

/* What is lacking is said at the step that needs the form to be whole. */
static void an_incomplete_form_does_not_pass(void **state)
{
    struct fixture *fixture = *state;
    struct fields values = {0};
    struct proposal_input input = {.kind = "tekun", .values = &values};

    fields_set(&values, "person.name", "郑大山");
    fields_set(&values, "person.area", VILLAGE);
    assert_result(proposal_put(fixture->service, &fixture->village, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_INVALID);
    assert_string_equal(line(fixture, &fixture->street),
                        "审核 2026-12-14 21 镇街经办、镇街负责人 *");
}

/* Refused while papers are awaited only when their day has passed, and at any step. */
static void papers_that_never_come(void **state)
{
    static const char *const days[] = {"", "2026-11-23", "2027-12-31", "明天"};
    struct fixture *fixture = *state;
    uint64_t id = apply(fixture, &fixture->village, "tekun", "");
    struct application_input pause = {.id = id, .act = "pause", .opinion = "缺残疾证", .to = ""};
    struct sheet *notice = NULL;

    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        pause.until = days[i];
        assert_result(
            application_act(fixture->service, &fixture->street, &pause, fixture_clear(fixture)),
            RESULT_INVALID);
    }
    pause.until = "2026年12月10日";
    assert_result(
        application_act(fixture->service, &fixture->street, &pause, fixture_clear(fixture)),
        RESULT_OK);
    fixture_today(fixture, "2026-12-10"); /* the last day is theirs */
    assert_result(act(fixture, &fixture->street, id, "refuse", ""), RESULT_CONFLICT);
    fixture_today(fixture, "2026-12-11");
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户   申请人补正，2026-12-10 已过期补正，时限暂停 *");
    assert_result(act(fixture, &fixture->village, id, "refuse", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->street, id, "refuse", ""), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "已不予确认"));
    assert_result(
        notice_make(fixture->service, &fixture->street, id, &notice, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(notice, 0, "text"), "不予确认告知书");
    sheet_free(&notice);
}

/* Any officer of the street enters that the applicant takes it back, with the reason; the village only
 * until it is accepted. */
static void the_applicant_takes_it_back(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = apply(fixture, &fixture->village, "tekun", "");
    struct application_input blank = {.id = id, .act = "withdraw", .opinion = "", .to = ""};
    struct sheet *log = NULL;

    assert_result(
        application_act(fixture->service, &fixture->street, &blank, fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(
        proposal_withdraw(fixture->service, &fixture->village, id, fixture_clear(fixture)),
        RESULT_CONFLICT);
    assert_result(act(fixture, &fixture->other_street, id, "withdraw", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->county, id, "withdraw", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->street, id, "withdraw", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street), "");
    assert_result(
        application_log(fixture->service, &fixture->street, id, &log, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(log, 2, "result"), "撤回");
    assert_string_equal(sheet_get(log, 2, "opinion"), "核对无误");
    sheet_free(&log);

    id = apply(fixture, &fixture->village, "tekun", "");
    assert_result(
        proposal_withdraw(fixture->service, &fixture->village, id, fixture_clear(fixture)),
        RESULT_OK);
    id = apply(fixture, &fixture->village, "tekun", "");
    assert_result(act(fixture, &fixture->street, id, "return", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->street, id, "withdraw", ""), RESULT_OK);
}

/** 低保 with its head only, of 2026-11-02. */
static uint64_t apply_dibao(struct fixture *fixture)
{
    static const char *const given[][2] = {
        {"area", VILLAGE},           {"income", "100"},         {"members.0.name", "郑大山"},
        {"members.0.m_rel", "户主"}, {"members.0.m_cov", "是"},
    };
    struct fields values = {0};
    struct proposal_input input = {.kind = "dibao", .values = &values};
    char id_no[19];

    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        fields_set(&values, given[i][0], given[i][1]);
    fields_set(&values, "members.0.id_no", fixture_id_no(fixture, id_no));
    assert_result(proposal_put(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
}

/* 30 working days, 15 more once, by who confirms, and not when the time is over. */
static void a_difficult_case_takes_longer(void **state)
{
    struct fixture *fixture = *state;

    fixture_today(fixture, "2026-09-01");
    uint64_t id = apply_dibao(fixture), late = 0;
    assert_result(act(fixture, &fixture->chief, id, "extend", ""), RESULT_CONFLICT);
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户 2026-10-19 48 镇街经办、镇街负责人 *");
    assert_result(act(fixture, &fixture->street, id, "extend", ""), RESULT_DENIED);
    assert_result(act(fixture, &fixture->chief, id, "extend", ""), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "15 个工作日"));
    assert_string_equal(line(fixture, &fixture->street),
                        "核对入户 2026-11-09 69 镇街经办、镇街负责人 *");
    assert_result(act(fixture, &fixture->chief, id, "extend", ""), RESULT_CONFLICT);
    assert_result(act(fixture, &fixture->street, id, "withdraw", ""), RESULT_OK);

    late = apply_dibao(fixture);
    assert_result(act(fixture, &fixture->street, late, "done", ""), RESULT_OK);
    fixture_today(fixture, "2026-10-20");
    assert_result(act(fixture, &fixture->chief, late, "extend", ""), RESULT_CONFLICT);
    assert_non_null(strstr(fixture->reply.message, "时限已过"));
    id = apply(fixture, &fixture->village, "tekun", "");
    assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->chief, id, "extend", ""), RESULT_CONFLICT);
}

static void fill_old_man(struct fixture *fixture, struct fields *values)
{
    char id_no[19];

    fields_set(values, "person.name", "郑大山");
    fields_set(values, "person.area", VILLAGE);
    fields_set(values, "person.id_no", fixture_id_no(fixture, id_no));
    fields_set(values, "tk_kind", "老年人");
    fields_set(values, "mode", "分散");
    fields_set(values, "wish", "否");
    fields_set(values, "from_m", "2025-11");
}

/* In a programme with steps nobody makes a case alone, not even the home's owner. */
static void nobody_saves_a_case_alone(void **state)
{
    struct fixture *fixture = *state;
    const struct caller *const callers[] = {&fixture->street, &fixture->chief, &fixture->system};
    struct fields values = {0};
    struct case_input input = {.kind = "tekun", .values = &values, .confirm = true};

    fill_old_man(fixture, &values);
    for (size_t i = 0; i < sizeof callers / sizeof callers[0]; i++) {
        assert_result(case_save(fixture->service, callers[i], &input, fixture_clear(fixture)),
                      RESULT_INVALID);
        assert_non_null(strstr(fixture->reply.message, "要先登记申请"));
    }
    fields_free(&values);
}

/* Decided before: whole, with its document; another officer compares it, and the dates stay. */
static void a_decided_case_needs_its_document_and_a_second_officer(void **state)
{
    static const char *const wrong[] = {"pause", "refuse", "resume"};
    struct fixture *fixture = *state;
    struct fields values = {0};
    struct proposal_input prior = {.kind = "tekun", .values = &values, .prior = true};
    struct application_input back = {.act = "return", .opinion = "退回核对", .to = "review"};

    fill_old_man(fixture, &values);
    fields_set(&values, "decision_no", "双民救〔2025〕8号");
    assert_result(proposal_put(fixture->service, &fixture->chief, &prior, fixture_clear(fixture)),
                  RESULT_INVALID);
    assert_string_equal(problems_first(&fixture->reply.problems), "补录要填文书上的确认日期");
    fields_set(&values, "decided", "2025-10-08");
    assert_result(proposal_put(fixture->service, &fixture->village, &prior, fixture_clear(fixture)),
                  RESULT_DENIED);
    fields_set(&values, "mode", "");
    assert_result(proposal_put(fixture->service, &fixture->chief, &prior, fixture_clear(fixture)),
                  RESULT_INVALID);
    fields_set(&values, "mode", "分散");
    assert_result(proposal_put(fixture->service, &fixture->chief, &prior, fixture_clear(fixture)),
                  RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
    assert_string_equal(line(fixture, &fixture->county),
                        "补录确认   镇街负责人、县区民政未设时限 *");
    assert_result(act(fixture, &fixture->chief, id, "done", ""), RESULT_DENIED);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_result(act(fixture, &fixture->county, id, wrong[i], ""), RESULT_CONFLICT);
    back.id = id;
    assert_result(
        application_act(fixture->service, &fixture->county, &back, fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(act(fixture, &fixture->county, id, "done", ""), RESULT_OK);
    struct case_view view =
        case_open(fixture, &fixture->street,
                  strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10), true);
    assert_string_equal(fields_get(&view.values, "from_m"), "2025-11");
    assert_string_equal(fields_get(&view.values, "decided"), "2025-10-08");
    assert_string_equal(fields_get(&view.values, "accepted"), "");
    case_view_free(&view);
    /* A programme without steps has no last step that is left. */
    prior.kind = "tanfang";
    assert_result(proposal_put(fixture->service, &fixture->street, &prior, fixture_clear(fixture)),
                  RESULT_USAGE);
    fields_free(&values);
}

/** The day of the only refused application, "?" if there is none. */
static const char *noticed(struct fixture *fixture)
{
    static char text[16];
    struct sheet *sheet = NULL;

    assert_result(
        notice_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    snprintf(text, sizeof text, "%s", sheet->row_count == 1 ? sheet_get(sheet, 0, "noticed") : "?");
    sheet_free(&sheet);
    return text;
}

/* That the applicant got the notice is a day between the decision and today, and can be taken back. */
static void a_notice_is_given(void **state)
{
    static const struct {
        const char *date;
        enum result expected;
        const char *after;
    } steps[] = {
        {"2026-11-22", RESULT_INVALID, ""},
        {"2026-11-24", RESULT_INVALID, ""},
        {"昨天", RESULT_INVALID, ""},
        {"2026-11-23", RESULT_OK, "2026-11-23"},
        {"", RESULT_OK, ""},
    };
    struct fixture *fixture = *state;
    struct sheet *notice = NULL;
    uint64_t id = apply(fixture, &fixture->street, "tekun", "");

    assert_result(
        notice_make(fixture->service, &fixture->street, id, &notice, fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(notice_give(fixture->service, &fixture->street, id, "", fixture_clear(fixture)),
                  RESULT_INVALID);
    assert_string_equal(noticed(fixture), "?");
    assert_result(act(fixture, &fixture->street, id, "refuse", ""), RESULT_OK);
    for (size_t i = 0; i < COUNT(steps); i++) {
        assert_result(notice_give(fixture->service, &fixture->street, id, steps[i].date,
                                  fixture_clear(fixture)),
                      steps[i].expected);
        assert_string_equal(noticed(fixture), steps[i].after);
    }
    assert_result(notice_give(fixture->service, &fixture->village, id, "", fixture_clear(fixture)),
                  RESULT_DENIED);
}

/* What hangs out says who, where and how long; children's programmes have no such list. */
static void what_is_published(void **state)
{
    static const struct {
        const char *kind;
        enum result expected;
    } kinds[] = {
        {"ertong", RESULT_DENIED},   {"kunjing", RESULT_DENIED},  {"liushou", RESULT_DENIED},
        {"liangbu", RESULT_INVALID}, {"tanfang", RESULT_INVALID}, {"", RESULT_USAGE},
        {"dibao", RESULT_OK},
    };
    static const char *const hidden[] = {"id_no", "phone", "address", "categories", "age"};
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;
    uint64_t id = apply(fixture, &fixture->street, "tekun", "");

    for (size_t i = 0; i < COUNT(kinds); i++) {
        assert_result(publicity_list(fixture->service, &fixture->street, kinds[i].kind, "", &sheet,
                                     fixture_clear(fixture)),
                      kinds[i].expected);
        sheet_free(&sheet);
    }
    for (size_t step = 0; step < 4; step++) {
        assert_result(publicity_list(fixture->service, &fixture->street, "tekun", "", &sheet,
                                     fixture_clear(fixture)),
                      RESULT_OK);
        assert_int_equal(sheet->row_count, step == 3);
        if (step < 3) {
            sheet_free(&sheet);
            assert_result(act(fixture, &fixture->street, id, "done", ""), RESULT_OK);
        }
    }
    assert_string_equal(sheet_get(sheet, 0, "name"), "郑大山");
    assert_string_equal(sheet_get(sheet, 0, "people"), "1");
    assert_string_equal(sheet_get(sheet, 0, "total"), ""); /* the file does not publish it */
    assert_string_equal(sheet_get(sheet, 0, "from"), "2026-11-23");
    assert_string_equal(sheet_get(sheet, 0, "to"), "2026-11-30");
    for (size_t i = 0; i < COUNT(hidden); i++)
        assert_int_equal(sheet_column_index(sheet, hidden[i]), -1);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_goes_step_by_step_onto_the_books, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(nobody_confirms_their_own, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(papers_stop_the_clock, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(it_is_returned_and_refused, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_notice_is_given, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_published, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_incomplete_form_does_not_pass, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(papers_that_never_come, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_applicant_takes_it_back, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_difficult_case_takes_longer, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(nobody_saves_a_case_alone, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_decided_case_needs_its_document_and_a_second_officer,
                                        fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
