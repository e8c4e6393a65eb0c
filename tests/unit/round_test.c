/*
 * Extra rounds of visits (专项走访): whom one concerns, and that its rate flatters nobody. A model that
 * knows nothing of duties says what must come out of many made-up rounds.
 */
#include "service_fixture.h"

#include "base/str.h"
#include "domain/round.h"
#include "service/ledger/excuse.h"
#include "service/lists/home.h"
#include "service/lists/round.h"

#include <inttypes.h>

// ---- the rule

static void the_clock_is_said_in_days(void **state)
{
    static const struct round_days days = {.from = 100, .to = 110, .last = 105};
    static const struct {
        day_t today;
        const char *words;
    } cases[] = {{97, "3 天后开始"},
                 {100, "还剩 5 天"},
                 {104, "还剩 1 天"},
                 {105, "今天截止"},
                 {106, "已结束"}};
    char words[ROUND_WORDS];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(round_clock(&days, cases[i].today, words), cases[i].words);
}

static void a_visit_comes_first_and_a_miss_cannot_hide(void **state)
{
    static const struct round_days days = {.from = 100, .to = 110, .last = 110};
    static const struct {
        struct round_facts facts;
        day_t today;
        enum round_state state;
        uint64_t attempted, late;
    } cases[] = {
        {{.reached_on = 101, .late = true, .attempts = 1}, 105, ROUND_OUT, 0, 0},
        {{.there = true}, 110, ROUND_PENDING},
        {{.there = true, .attempts = 3}, 111, ROUND_MISSED, 1, 0},
        {{.there = true, .reached_on = 110, .late = true, .attempts = 2}, 111, ROUND_REACHED, 0, 1},
        {{.there = true, .reached_on = 101, .gone_on = 102}, 111, ROUND_REACHED},
        {{.there = true, .gone_on = 102}, 111, ROUND_NOT_COUNTED},
        {{.there = true, .excused = true}, 111, ROUND_EXCUSED},
        {{.there = true, .excused = true, .gone_on = 102}, 111, ROUND_NOT_COUNTED},
        {{.there = true, .excused = true, .reached_on = 103}, 111, ROUND_REACHED},
        {{.there = true, .unowed = "改为集中供养"}, 111, ROUND_NOT_COUNTED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct round_facts facts = cases[i].facts;
        struct figures figures = {0};
        facts.gone = "死亡";
        facts.excuse = "住院";
        facts.unowed = facts.unowed != NULL ? facts.unowed : "";
        struct round_view view = round_judge(&days, &facts, cases[i].today);
        round_count(&figures, &facts, &view);
        if (view.state != cases[i].state || figures.attempted != cases[i].attempted ||
            figures.late != cases[i].late)
            fail_msg("row %zu: %s", i, round_state_name(view.state));
        assert_int_equal(figures.owed, figures.reached + figures.pending + figures.missed);
    }
}

// ---- a home

static uint64_t round_new(struct fixture *fixture, const struct caller *caller, const char *from,
                          const char *to, char *tier, char *area)
{
    struct round_input input = {.name = "寒潮走访",
                                .reason = "寒潮",
                                .from = from,
                                .to = to,
                                .tiers = &tier,
                                .tier_count = tier != NULL,
                                .areas = &area,
                                .area_count = area != NULL};
    enum result result = round_make(fixture->service, caller, &input, fixture_clear(fixture));

    if (result != 0)
        fail_msg("%s", fixture->reply.message);
    return strtoull(fields_get(&fixture->reply.values, "round"), NULL, 10);
}

/** "NAME WORDS" of each person, a line each. Borrowed until the next call. */
static const char *people(struct fixture *fixture, const struct caller *caller, uint64_t round,
                          const char *area)
{
    static char text[8000];
    struct round_query query = {.round = round, .area = area, .by = "", .all = true};
    struct sheet *sheet = NULL;
    enum result result =
        round_show(fixture->service, caller, &query, &sheet, fixture_clear(fixture));

    text[0] = '\0';
    if (result != 0)
        snprintf(text, sizeof text, "%s", fixture->reply.message);
    for (size_t row = 0; result == 0 && row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s\n",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "words"));
    sheet_free(&sheet);
    return text;
}

/** "owed reached pending missed excused not_counted rate" in the list of rounds. */
static const char *figures(struct fixture *fixture, const struct caller *caller, uint64_t round)
{
    static const char *const ids[] = {"owed",    "reached",     "pending", "missed",
                                      "excused", "not_counted", "rate",    "state"};
    static char text[200];
    struct sheet *sheet = NULL;
    char id[NUMBER_TEXT];

    snprintf(id, sizeof id, "%" PRIu64, round);
    assert_result(round_list(fixture->service, caller, "", &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; strcmp(sheet_get(sheet, row, "round"), id) == 0 && i < COUNT(ids); i++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? " " : "",
                     sheet_get(sheet, row, ids[i]));
    sheet_free(&sheet);
    return text;
}

static uint64_t elder(struct fixture *fixture, const char *name, const char *area, const char *tier,
                      const char *since)
{
    char id_no[19];

    return elder_add(fixture, &(struct elder){.name = name,
                                              .id_no = fixture_id_no(fixture, id_no),
                                              .area = area,
                                              .tier = tier,
                                              .since = since,
                                              .officer = "s01"});
}

static const char *home_line(struct fixture *fixture, const struct caller *caller)
{
    static char text[400];
    struct home_view view = {0};

    assert_result(home_view_read(fixture->service, caller, "", &view, fixture_clear(fixture)),
                  RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), "专项走访") == 0)
            snprintf(text, sizeof text, "%s", sheet_get(view.alarms, row, "text"));
    home_view_free(&view);
    return text;
}

/* A visit before the round is none of it; one within it counts for both, and is recorded once. */
static void an_ordinary_visit_counts_for_both(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, "甲老", VILLAGE, "低", "2026-01-01");
    uint64_t two = elder(fixture, "乙老", VILLAGE, "高", "2026-01-01");

    elder(fixture, "丙老", VILLAGE2, "高", "2026-01-01");
    visit_ok(fixture, one, "2026-11-20");
    uint64_t round = round_new(fixture, &fixture->street, "2026-11-22", "2026-11-25", NULL, NULL);
    assert_string_equal(figures(fixture, &fixture->street, round), "3 0 3 0 0 0 0.0 进行中");
    visit_expect(fixture, one, "2026-11-22", "上门", "未遇", RESULT_OK);
    visit_ok(fixture, two, "2026-11-23");
    assert_string_equal(figures(fixture, &fixture->street, round), "3 1 2 0 0 0 33.3 进行中");
    assert_string_equal(figures(fixture, &fixture->village, round), "2 1 1 0 0 0 50.0 进行中");
    assert_string_equal(people(fixture, &fixture->village, round, ""),
                        "甲老 待访\n乙老 已访 2026-11-23\n");
    assert_string_equal(home_line(fixture, &fixture->village),
                        "寒潮走访 还剩 2 天（至 11-25），已访 1/2，还差 1 人，50.0%");
    assert_string_equal(home_line(fixture, &fixture->county),
                        "寒潮走访 还剩 2 天（至 11-25），已访 1/3，还差 2 人，33.3%");
    assert_string_equal(home_line(fixture, &fixture->other_street), "");
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "2 2 1 0 0 0 0 0 1 100.0");
}

static void tiers_and_places_choose(void **state)
{
    struct fixture *fixture = *state;

    elder(fixture, "甲老", VILLAGE, "低", "2026-01-01");
    elder(fixture, "乙老", VILLAGE, "高", "2026-01-01");
    elder(fixture, "丙老", VILLAGE2, "高", "2026-01-01");
    elder(fixture, "丁老", OTHER_VILLAGE, "高", "2026-01-01");
    uint64_t high =
        round_new(fixture, &fixture->street, "2026-11-23", "2026-11-25", (char *)"高", NULL);
    assert_string_equal(people(fixture, &fixture->street, high, ""), "乙老 待访\n丙老 待访\n");
    uint64_t here =
        round_new(fixture, &fixture->chief, "2026-11-26", "2026-11-27", NULL, (char *)VILLAGE2);
    assert_string_equal(people(fixture, &fixture->street, here, ""), "丙老 待访\n");
    assert_string_equal(people(fixture, &fixture->village, here, ""),
                        "寒潮走访不包括团结社区，请选它包括的区划。");
    uint64_t all =
        round_new(fixture, &fixture->county, "2026-11-23", "2026-11-30", (char *)"高", NULL);
    assert_string_equal(figures(fixture, &fixture->county, all), "3 0 3 0 0 0 0.0 进行中");
    assert_string_equal(people(fixture, &fixture->other_street, all, ""), "丁老 待访\n");
}

/* Who is gone before being reached is named with the day, and who was reached stays reached. */
static void the_dead_and_the_moved_stand_beside(void **state)
{
    struct fixture *fixture = *state;
    uint64_t dead = elder(fixture, "甲老", VILLAGE, "低", "2026-01-01");
    uint64_t moved = elder(fixture, "乙老", VILLAGE, "低", "2026-01-01");
    uint64_t seen = elder(fixture, "丙老", VILLAGE, "低", "2026-01-01");
    uint64_t before = elder(fixture, "丁老", VILLAGE, "低", "2026-01-01");

    assert_result(case_close(fixture->service, &fixture->street, before, "2026-11-20", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    uint64_t round =
        round_new(fixture, &fixture->street, "2026-11-22", "2026-11-25", NULL, (char *)VILLAGE);
    fixture_today(fixture, "2026-11-24");
    uint64_t late = elder(fixture, "戊老", VILLAGE, "低", "2026-11-24");
    visit_ok(fixture, seen, "2026-11-23");
    assert_result(case_close(fixture->service, &fixture->street, dead, "2026-11-23", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_close(fixture->service, &fixture->street, seen, "2026-11-24", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_change(fixture, &fixture->street, moved, "person.area", VILLAGE2),
                  RESULT_OK);
    assert_string_equal(people(fixture, &fixture->village, round, ""),
                        "戊老 待访\n丙老 已访 2026-11-23\n甲老 不计 死亡 2026-11-23\n"
                        "乙老 不计 迁往旌旗社区 2026-11-24\n");
    assert_string_equal(figures(fixture, &fixture->street, round), "2 1 1 0 0 2 50.0 进行中");
    /* a move after its last day hides no miss */
    fixture_today(fixture, "2026-11-27");
    assert_result(case_change(fixture, &fixture->street, late, "person.area", VILLAGE2), RESULT_OK);
    assert_string_equal(figures(fixture, &fixture->village, round), "2 1 0 1 0 2 50.0 已结束");
    assert_string_equal(home_line(fixture, &fixture->village),
                        "寒潮走访 已结束（至 11-25），已访 1/2，未访 1 人，50.0%");
}

static void grant(struct fixture *fixture, uint64_t id, const char *from, const char *to)
{
    struct excuse_input ask = {.case_id = id,
                               .month = "2026-11",
                               .reason = "住院",
                               .from = from,
                               .to = to,
                               .note = "市医院住院"};

    assert_result(excuse_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(excuse_decide(fixture->service, &fixture->chief, id, "2026-11", true, "",
                                fixture_clear(fixture)),
                  RESULT_OK);
}

/* Only who is excused for all days of it. */
static void an_excuse_must_cover_the_round(void **state)
{
    struct fixture *fixture = *state;
    uint64_t part = elder(fixture, "乙老", VILLAGE, "低", "2026-01-01");

    grant(fixture, elder(fixture, "甲老", VILLAGE, "低", "2026-01-01"), "2026-11-01", "2026-11-25");
    grant(fixture, elder(fixture, "丙老", VILLAGE, "低", "2026-11-22"), "2026-11-22", "2026-11-30");
    grant(fixture, part, "2026-11-01", "2026-11-24");
    uint64_t round = round_new(fixture, &fixture->street, "2026-11-22", "2026-11-25", NULL, NULL);
    assert_string_equal(people(fixture, &fixture->street, round, ""),
                        "乙老 待访\n甲老 免访 住院\n丙老 免访 住院\n");
    assert_string_equal(figures(fixture, &fixture->street, round), "1 0 1 0 2 0 0.0 进行中");
    visit_ok(fixture, part, "2026-11-23");
    assert_string_equal(figures(fixture, &fixture->street, round), "1 1 0 0 2 0 100.0 进行中");
    round = round_new(fixture, &fixture->street, "2026-11-28", "2026-12-03", NULL, NULL);
    fixture_today(fixture, "2026-12-01"); /* of which no day is excused */
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    assert_string_equal(figures(fixture, &fixture->street, round), "3 0 3 0 0 0 0.0 进行中");
}

static void expect_refused(struct fixture *fixture, const struct caller *caller,
                           const struct round_input *input, const char *words)
{
    assert_true(round_make(fixture->service, caller, input, fixture_clear(fixture)) != 0);
    if (strstr(fixture->reply.message, words) == NULL)
        fail_msg("%s", fixture->reply.message);
}

static void who_may_make_one(void **state)
{
    struct fixture *fixture = *state;
    char *other = (char *)OTHER_VILLAGE;
    struct round_input input = {
        .name = "寒潮走访", .reason = "寒潮", .from = "2026-11-23", .to = "2026-11-25"};
    struct round_input wrong = input;

    expect_refused(fixture, &fixture->village, &input, "");
    expect_refused(fixture, &fixture->auditor, &input, "");
    wrong.areas = &other;
    wrong.area_count = 1;
    expect_refused(fixture, &fixture->street, &wrong, "");
    wrong = input;
    wrong.from = "2026-11-19";
    expect_refused(fixture, &fixture->street, &wrong, "起始日最早为");
    wrong = input;
    wrong.to = "2026-11-22";
    expect_refused(fixture, &fixture->street, &wrong, "早于");
    wrong = input;
    wrong.reason = "台风";
    expect_refused(fixture, &fixture->street, &wrong, "原因应为");
    wrong = input;
    wrong.to = "2027-03-01";
    expect_refused(fixture, &fixture->street, &wrong, "最长");
    assert_result(round_make(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    expect_refused(fixture, &fixture->street, &input, "同名");
}

/* One that was closed early counts up to that day; one that has run out stays as it came out. */
static void how_one_ends(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, "甲老", VILLAGE, "低", "2026-01-01");
    uint64_t round = round_new(fixture, &fixture->street, "2026-11-22", "2026-11-27", NULL, NULL);

    assert_result(round_end(fixture->service, &fixture->other_chief, round, false, "天气转暖",
                            fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(
        round_end(fixture->service, &fixture->chief, round, false, "", fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(round_end(fixture->service, &fixture->chief, round, false, "天气转暖",
                            fixture_clear(fixture)),
                  RESULT_OK);
    fixture_today(fixture, "2026-11-24");
    visit_ok(fixture, one, "2026-11-24");
    assert_string_equal(figures(fixture, &fixture->street, round), "1 0 0 1 0 0 0.0 提前结束");
    uint64_t next = round_new(fixture, &fixture->street, "2026-11-25", "2026-11-26", NULL, NULL);
    assert_result(round_end(fixture->service, &fixture->chief, next, false, "天气转暖",
                            fixture_clear(fixture)),
                  RESULT_INVALID);
    assert_result(round_end(fixture->service, &fixture->street, next, true, "日期写错了",
                            fixture_clear(fixture)),
                  RESULT_OK);
    uint64_t third = round_new(fixture, &fixture->street, "2026-11-24", "2026-11-24", NULL, NULL);
    fixture_today(fixture, "2026-11-25");
    assert_result(round_end(fixture->service, &fixture->street, third, true, "率太低了",
                            fixture_clear(fixture)),
                  RESULT_CLOSED);
    assert_string_equal(figures(fixture, &fixture->street, third), "1 1 0 0 0 0 100.0 已结束");
}

// ---- against a model

enum { ELDERS = 14, STEPS = 60, FIRST = 16, LAST = 30, BEGIN = 19, END = 26 };

/** What the model knows of somebody: days of November, 0 = none. */
struct model {
    uint64_t id;
    const char *name, *tier;
    int since, closed;
    int moved; /**< from the first village to the second on this day */
    int good[STEPS];
    size_t good_count;
};

static unsigned next_number(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

/** How somebody must stand at the end in the round of the first village and these tiers. */
static const char *expected(const struct model *who, const char *tier, int today)
{
    bool there =
        who->since <= today && who->since <= END && (who->closed == 0 || who->closed >= BEGIN) &&
        (who->moved == 0 || who->moved >= BEGIN) && (tier == NULL || strcmp(tier, who->tier) == 0);

    if (!there)
        return "";
    for (size_t i = 0; i < who->good_count; i++)
        if (who->good[i] >= BEGIN && who->good[i] <= END && who->good[i] >= who->since)
            return "reached";
    if ((who->closed != 0 && who->closed <= END) || (who->moved != 0 && who->moved <= END))
        return "not_counted";
    return today > END ? "missed" : "pending";
}

static void day_text(int day, char text[16])
{
    snprintf(text, 16, "2026-11-%02d", day);
}

/** Something happens to somebody on that day. */
static void happen(struct fixture *fixture, struct model *who, int day, unsigned what)
{
    char text[16];

    if (who->since > day || who->closed != 0)
        return;
    day_text(day, text);
    if (what < 4) {
        visit_ok(fixture, who->id, text);
        who->good[who->good_count++] = day;
    } else if (what < 6) {
        visit_expect(fixture, who->id, text, "上门", "未遇", RESULT_OK);
    } else if (what == 6 && who->good_count > 0 && who->good[who->good_count - 1] == day) {
        struct void_input input = {.case_id = who->id, .visit = text, .reason = "登记错了"};
        if (visit_void(fixture->service, &fixture->street, &input, fixture_clear(fixture)) == 0)
            who->good_count--;
    } else if (what == 7) {
        assert_result(case_close(fixture->service, &fixture->street, who->id, text, "迁出", 0,
                                 fixture_clear(fixture)),
                      RESULT_OK);
        who->closed = day;
    } else if (what == 8 && who->moved == 0) {
        assert_result(case_change(fixture, &fixture->street, who->id, "person.area", VILLAGE2),
                      RESULT_OK);
        who->moved = day;
    }
}

static void compare(struct fixture *fixture, uint64_t round, const struct model *all,
                    const char *tier, int today)
{
    struct round_query query = {.round = round, .area = "", .by = "", .all = true};
    struct sheet *sheet = NULL;

    assert_result(
        round_show(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (int i = 0; i < ELDERS; i++) {
        const char *found = "";
        for (size_t row = 0; row < sheet->row_count; row++)
            if (strcmp(sheet_get(sheet, row, "name"), all[i].name) == 0)
                found = sheet_get(sheet, row, "state");
        if (strcmp(found, expected(&all[i], tier, today)) != 0)
            fail_msg("%s on %d: %s, the model says %s", all[i].name, today, found,
                     expected(&all[i], tier, today));
    }
    sheet_free(&sheet);
}

static void live_through(struct fixture *fixture, unsigned seed)
{
    static const char *const names[ELDERS] = {"甲老", "乙老", "丙老", "丁老", "戊老",
                                              "己老", "庚老", "辛老", "壬老", "癸老",
                                              "子老", "丑老", "寅老", "卯老"};
    const char *tier = seed % 2 == 0 ? NULL : "高";
    struct model all[ELDERS] = {0};
    uint64_t round = 0;
    char text[16];

    fixture_today(fixture, "2026-11-16");
    for (int i = 0; i < ELDERS; i++) {
        all[i] = (struct model){
            .name = names[i],
            .tier = next_number(&seed) % 2 == 0 ? "高" : "低",
            .since = next_number(&seed) % 3 == 0 ? FIRST + (int)(next_number(&seed) % 14) : 1};
    }
    for (int day = FIRST; day <= LAST; day++) {
        day_text(day, text);
        fixture_today(fixture, text);
        if (day == BEGIN - 1)
            round = round_new(fixture, &fixture->chief, "2026-11-19", "2026-11-26",
                              (char *)(uintptr_t)tier, (char *)VILLAGE);
        for (int i = 0; i < ELDERS; i++)
            if (all[i].since == day || (all[i].since == 1 && day == FIRST)) {
                day_text(all[i].since, text);
                all[i].id = elder(fixture, all[i].name, VILLAGE, all[i].tier, text);
            }
        for (int i = 0; i < STEPS / (LAST - FIRST); i++)
            happen(fixture, &all[next_number(&seed) % ELDERS], day, next_number(&seed) % 9);
        if (round != 0 && day % 4 == 0)
            compare(fixture, round, all, tier, day);
    }
    compare(fixture, round, all, tier, LAST);
}

static void the_model_agrees(void **state)
{
    unsigned first = unit_first_run(), end = first + unit_runs(2, 20);

    (void)state;
    for (unsigned seed = first; seed < end; seed++) {
        struct fixture fixture;
        fixture_begin(&fixture, "2026-10", "2026-11-16");
        live_through(&fixture, seed);
        fixture_end(&fixture);
    }
}

// ---- before its first day

static void until_its_first_day_it_is_planned(void **state)
{
    static const struct round_days days = {.from = 46352, .to = 46359, .last = 46359};
    static const struct {
        day_t today;
        const char *words;
    } cases[] = {{46349, "按今日在册，11-26 开始日重定"},
                 {46351, "按今日在册，11-26 开始日重定"},
                 {46352, ""},
                 {46353, ""},
                 {46360, ""}};
    char words[ROUND_WORDS];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(round_is_planned(&days, cases[i].today), *cases[i].words != '\0');
        assert_string_equal(round_basis(&days, cases[i].today, words), cases[i].words);
    }
}

/** What the list of rounds, the people and the villages say of whom they are about. */
static void expect_basis(struct fixture *fixture, uint64_t round, const char *list,
                         const char *words)
{
    struct round_query query = {.round = round, .area = "", .by = "", .all = true};
    struct sheet *sheet = NULL;

    assert_result(
        round_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_basis(sheet), list);
    sheet_free(&sheet);
    assert_result(
        round_show(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_basis(sheet), words);
    sheet_free(&sheet);
    query.by = "village";
    assert_result(
        round_show(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_basis(sheet), words);
    sheet_free(&sheet);
}

/* Until then it is about those of today; who dies, leaves or comes between is settled on its first. */
static void a_planned_round_says_whom_it_lists(void **state)
{
    static const char list[] = "未开始的按今日在册，开始日重定";
    static const char words[] = "按今日在册，11-26 开始日重定";
    struct fixture *fixture = *state;
    uint64_t dies = elder(fixture, "甲老", VILLAGE, "低", "2026-01-01");
    uint64_t leaves = elder(fixture, "乙老", VILLAGE, "低", "2026-01-01");
    uint64_t first = elder(fixture, "丙老", VILLAGE, "低", "2026-01-01");

    uint64_t round = round_new(fixture, &fixture->street, "2026-11-26", "2026-11-28", NULL, NULL);
    expect_basis(fixture, round, list, words);
    assert_string_equal(people(fixture, &fixture->street, round, ""),
                        "甲老 待访\n乙老 待访\n丙老 待访\n");
    assert_string_equal(figures(fixture, &fixture->street, round), "3 0 3 0 0 0  未开始");
    assert_string_equal(home_line(fixture, &fixture->street),
                        "寒潮走访 3 天后开始，应走访 3 人（按今日在册，11-26 开始日重定）");
    fixture_today(fixture, "2026-11-25");
    elder(fixture, "丁老", VILLAGE, "低", "2026-11-25");
    assert_result(case_close(fixture->service, &fixture->street, dies, "2026-11-24", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_close(fixture->service, &fixture->street, leaves, "2026-11-25", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    expect_basis(fixture, round, list, words);
    assert_string_equal(people(fixture, &fixture->street, round, ""), "丙老 待访\n丁老 待访\n");
    fixture_today(fixture, "2026-11-26");
    expect_basis(fixture, round, "", "");
    assert_string_equal(people(fixture, &fixture->street, round, ""), "丙老 待访\n丁老 待访\n");
    assert_result(case_close(fixture->service, &fixture->street, first, "2026-11-26", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(people(fixture, &fixture->street, round, ""),
                        "丁老 待访\n丙老 不计 死亡 2026-11-26\n");
    assert_string_equal(figures(fixture, &fixture->street, round), "1 0 1 0 0 1 0.0 进行中");
}

#define ROUND_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_is_said_in_days),
        cmocka_unit_test(a_visit_comes_first_and_a_miss_cannot_hide),
        ROUND_TEST(an_ordinary_visit_counts_for_both),
        ROUND_TEST(tiers_and_places_choose),
        ROUND_TEST(the_dead_and_the_moved_stand_beside),
        ROUND_TEST(an_excuse_must_cover_the_round),
        ROUND_TEST(who_may_make_one),
        ROUND_TEST(how_one_ends),
        cmocka_unit_test(until_its_first_day_it_is_planned),
        ROUND_TEST(a_planned_round_says_whom_it_lists),
        cmocka_unit_test(the_model_agrees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
