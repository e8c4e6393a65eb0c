/*
 * Invented cases: persons and households with their dates, values, reviews and exits.
 */
#include "service/demo/demo_person.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "service/cases/case.h"
#include "service/cases/case_edit.h"
#include "service/frame/event.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** One person or household being made. */
struct unit {
    struct demo_making *making;
    const struct demo_village *village;
    struct demo_subject subject;
    uint64_t person;
    day_t since; /**< the latest start among its cases */
};

#define PICK(making, list) ((list)[demo_below((making), sizeof(list) / sizeof((list)[0]))])

// ---- dates of a case

/** Most cases begin before the months shown, some within them, a few after the 25th. */
static day_t pick_since(struct demo_making *making)
{
    const struct demo *demo = making->demo;
    day_t first = month_first(demo->first);

    return demo_chance(making, 860) ? demo_day(making, first - 1000, first - 20)
                                    : demo_day(making, first, demo->today);
}

static void set_day(struct fields *values, const char *name, day_t day)
{
    char text[DATE_TEXT];

    fields_set(values, name, date_format(day, text));
}

static void set_month(struct fields *values, const char *name, day_t day)
{
    char text[MONTH_TEXT];

    fields_set(values, name, month_format(month_of(day), text));
}

static void set_name(struct demo_making *making, struct fields *values, const char *name)
{
    char text[DEMO_NAME];

    demo_name_make(making, text);
    fields_set(values, name, text);
}

static void set_phone(struct demo_making *making, struct fields *values, const char *name)
{
    char text[12];

    demo_phone_make(making, text);
    fields_set(values, name, text);
}

// ---- recording

static enum demo_programme programme_of(const struct form *form)
{
    if (form->subject == FORM_HOUSEHOLD)
        return DEMO_HOUSEHOLDS;
    if (form->secret)
        return DEMO_CHILDREN;
    return form->rate ? DEMO_ELDERS : DEMO_SUPPORT;
}

const struct form *demo_form(const struct service *service, enum demo_programme programme)
{
    const struct form *form = NULL;

    for (size_t i = 0; (form = forms_programme(service_forms(service), i)) != NULL; i++)
        if (programme_of(form) == programme)
            return form;
    return NULL;
}

/** Records a case as an officer of the street on that day; adds its id to the unit. */
static enum result record_case(struct unit *unit, enum demo_programme programme,
                               const struct fields *values, day_t since)
{
    struct usecase *usecase = unit->making->usecase;
    struct reply reply = {0};
    struct event_draft event = {0};
    struct usecase own = *usecase;
    const char *kind = demo_form(usecase->service, programme)->kind;
    Rec__Case *casefile = NULL;

    own.reply = &reply;
    own.event = &event;
    own.now = demo_moment(unit->making, since);
    enum result result = case_record(
        &own, &(struct case_input){.kind = kind, .values = values, .confirm = true, .batch = ""});
    uint64_t id = strtoull(fields_get(&reply.values, "case_id"), NULL, 10);
    if (result == RESULT_INVALID)
        log_error("demonstration: %s: %s", kind, problems_first(&reply.problems));
    if (result == 0)
        result = store_case_get(usecase->txn, id, &casefile);
    if (result == 0) {
        unit->person = casefile->person;
        unit->since = casefile->since > unit->since ? casefile->since : unit->since;
        unit->subject.cases[unit->subject.count++] = id;
        unit->making->state.cases++;
        rec__case__free_unpacked(casefile, NULL);
    }
    event_draft_clear(&event);
    reply_free(&reply);
    return result;
}

// ---- 探访

enum demo_age demo_elder_age(struct demo_making *making)
{
    uint32_t roll = demo_below(making, 100);

    return roll < 28 ? DEMO_SIXTY : roll < 70 ? DEMO_SEVENTY : DEMO_EIGHTY;
}

static void set_categories(struct demo_making *making, const char *own, struct fields *values)
{
    static const char *const common[] = {"独居", "独居", "独居", "空巢", "空巢",
                                         "留守", "失能", "重残", "高龄", "计划生育特殊家庭"};
    const char *one = PICK(making, common);
    const char *other = PICK(making, common);
    struct str text = {0};

    str_add(&text, one);
    if (demo_chance(making, 300) && strcmp(one, other) != 0)
        str_printf(&text, "、%s", other);
    if (own != NULL)
        str_printf(&text, "、%s", own);
    fields_set(values, "categories", str_text(&text));
    str_free(&text);
}

/** Very old or dependent people get more visits. */
static void set_tier(struct demo_making *making, const struct demo_person *person,
                     struct fields *values)
{
    const char *categories = fields_get(values, "categories");
    bool frail = strstr(categories, "失能") != NULL || strstr(categories, "重残") != NULL;
    bool old = date_age(person->birth, making->demo->today) >= 80;
    uint32_t roll = demo_below(making, 100);

    fields_set(values, "tier",
               roll < (frail ? 25u
                       : old ? 12u
                             : 3u)
                   ? "高"
               : roll < (frail ? 80u
                         : old ? 40u
                               : 18u)
                   ? "中"
                   : "低");
}

static enum result make_tanfang(struct unit *unit, const struct demo_person *person,
                                const struct fields *known, const char *own)
{
    struct demo_making *making = unit->making;
    static const char *const kin[] = {"子", "女", "子", "女", "儿媳", "侄子", "邻居"};
    struct fields values = {0};
    day_t since = pick_since(making);

    fields_copy(&values, known);
    set_categories(making, own, &values);
    set_tier(making, person, &values);
    fields_set(&values, "visitor", unit->village->officer);
    fields_set(&values, "visitor2", unit->village->visitors[1]);
    set_day(&values, "in_on", since);
    set_name(making, &values, "em_name");
    fields_set(&values, "em_rel", PICK(making, kin));
    set_phone(making, &values, "em_phone");
    enum result result = record_case(unit, DEMO_ELDERS, &values, since);
    fields_free(&values);
    return result;
}

static enum result make_elder(struct unit *unit)
{
    struct demo_making *making = unit->making;
    struct fields values = {0};
    struct demo_person person =
        demo_person_make(making, demo_elder_age(making), 0, NULL, unit->village->code);

    demo_person_values(making, &person, unit->village, "person.", &values);
    enum result result = make_tanfang(unit, &person, &values, NULL);
    fields_free(&values);
    return result;
}

// ---- 特困

static void set_abilities(struct demo_making *making, struct fields *values)
{
    static const char *const acts[] = {"eat", "dress", "bed_move", "toilet", "walk", "bathe"};
    unsigned able = demo_chance(making, 500) ? 1000 : 600;

    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        fields_set(values, acts[i], demo_chance(making, able) ? "是" : "否");
}

static void set_support(struct demo_making *making, bool at_home, struct fields *values)
{
    static const char *const carers[] = {"邻居", "侄子", "侄女", "村居干部", "弟弟"};

    fields_set(values, "tk_kind", "老年人");
    fields_set(values, "mode", at_home ? "分散" : "集中");
    fields_set(values, "wish", at_home ? "否" : "是");
    if (!at_home) {
        fields_set(values, "inst", "中心敬老院");
        return;
    }
    set_name(making, values, "care_name");
    fields_set(values, "care_rel", PICK(making, carers));
    set_phone(making, values, "care_phone");
}

/** An account of the person's own, from the ID number: nothing else of the demo changes with it. */
static void set_own_account(struct fields *values)
{
    char account[NUMBER_TEXT];

    snprintf(account, sizeof account, "62%.17s", fields_get(values, "person.id_no"));
    fields_set(values, "person.bank", "中国邮政储蓄银行");
    fields_set(values, "person.acct", account);
    fields_set(values, "person.acct_name", fields_get(values, "person.name"));
    fields_set(values, "person.acct_rel", "本人");
}

void demo_support_values(struct demo_making *making, const struct demo_village *village,
                         bool at_home, struct fields *values)
{
    set_own_account(values);
    set_support(making, at_home, values);
    set_abilities(making, values);
    fields_set(values, "visitor", village->officer);
    fields_set(values, "visitor2", village->visitors[1]);
}

static enum result make_tekun(struct unit *unit)
{
    struct demo_making *making = unit->making;
    struct fields person_values = {0};
    struct fields values = {0};
    bool at_home = demo_chance(making, 700);
    bool also_visited = at_home && demo_chance(making, 300) &&
                        making->state.cases + DEMO_CASES_OF_ONE <= making->demo->cases;
    day_t since = pick_since(making);
    struct demo_person person =
        demo_person_make(making, demo_elder_age(making), 0, NULL, unit->village->code);

    demo_person_values(making, &person, unit->village, "person.", &person_values);
    enum result result =
        also_visited ? make_tanfang(unit, &person, &person_values, "特困") : RESULT_OK;
    fields_copy(&values, &person_values);
    demo_support_values(making, unit->village, at_home, &values);
    set_month(&values, "from_m", since);
    if (result == 0)
        result = record_case(unit, DEMO_SUPPORT, &values, since);
    fields_free(&values);
    fields_free(&person_values);
    return result;
}

// ---- 儿童

static enum result make_child(struct unit *unit)
{
    static const char *const guardians[] = {"祖父", "祖母", "外祖父", "外祖母", "姑母", "叔父"};
    static const char *const absent[] = {"服刑", "重残", "重病", "死亡"};
    struct demo_making *making = unit->making;
    struct fields values = {0};
    bool orphan = demo_chance(making, 400);
    day_t since = demo_day(making, making->demo->today - 700, making->demo->today - 20);
    struct demo_person person = demo_person_make(making, DEMO_CHILD, 0, NULL, unit->village->code);
    int age = date_age(person.birth, making->demo->today);

    demo_person_values(making, &person, unit->village, "person.", &values);
    fields_set(&values, "ch_kind", orphan ? "孤儿" : "事实无人抚养");
    fields_set(&values, "rear", "散居");
    fields_set(&values, "rear_kind", "亲属抚养");
    fields_set(&values, "fa_state", orphan ? "死亡" : PICK(making, absent));
    fields_set(&values, "mo_state", orphan ? "死亡" : PICK(making, absent));
    fields_set(&values, "schooling", age < 7 ? "幼儿园" : age < 13 ? "小学" : "初中");
    fields_set(&values, "director", unit->village->officer);
    set_name(making, &values, "g_name");
    fields_set(&values, "g_rel", PICK(making, guardians));
    set_phone(making, &values, "g_phone");
    fields_set(&values, "payee", fields_get(&values, "g_name"));
    set_own_account(&values);
    set_month(&values, "from_m", since);
    enum result result = record_case(unit, DEMO_CHILDREN, &values, since);
    fields_free(&values);
    return result;
}

// ---- 低保

static void set_member(struct fields *values, size_t row, const char *id, const char *value)
{
    fields_set_row(values, "members", row, id, value);
}

static struct demo_person add_member(struct unit *unit, size_t row, enum demo_age age, int sex,
                                     const char *surname, const char *relation,
                                     struct fields *values)
{
    struct demo_person person =
        demo_person_make(unit->making, age, sex, surname, unit->village->code);
    char prefix[FORM_PREFIX];

    snprintf(prefix, sizeof prefix, "members.%zu.", row);
    demo_person_values(unit->making, &person, unit->village, prefix, values);
    set_member(values, row, "m_rel", relation);
    set_member(values, row, "m_cov", demo_chance(unit->making, 930) ? "是" : "否");
    return person;
}

static void add_account(struct demo_making *making, struct fields *values)
{
    static const char *const banks[] = {"中国邮政储蓄银行", "中国农业银行", "盘锦银行"};
    char account[NUMBER_TEXT];
    uint32_t back = demo_below(making, 100000000);
    uint32_t front = demo_below(making, 100000000);

    snprintf(account, sizeof account, "62%08u%08u", front, back);
    set_member(values, 0, "bank", PICK(making, banks));
    set_member(values, 0, "acct", account);
    set_member(values, 0, "acct_name", fields_get_row(values, "members", 0, "name"));
    set_member(values, 0, "acct_rel", "本人");
}

/** Adds the head, perhaps a spouse, children, an old parent. */
static void add_members(struct unit *unit, struct fields *values)
{
    struct demo_making *making = unit->making;
    bool old = demo_chance(making, 350);
    struct demo_person head =
        add_member(unit, 0, old ? demo_elder_age(making) : DEMO_ADULT, 0, NULL, "户主", values);
    size_t rows = 1;

    set_member(values, 0, "m_cov", "是");
    if (demo_chance(making, 400))
        add_member(unit, rows++, old ? DEMO_SIXTY : DEMO_ADULT, 3 - head.sex, NULL, "配偶", values);
    for (int i = 0; i < 2 && !old; i++)
        if (demo_chance(making, 350)) {
            bool girl = demo_chance(making, 500);
            add_member(unit, rows++, DEMO_CHILD, girl ? 2 : 1, head.surname, girl ? "女" : "子",
                       values);
        }
    if (!old && demo_chance(making, 180))
        add_member(unit, rows, DEMO_EIGHTY, 2, NULL, "母亲", values);
    add_account(making, values);
}

/** Makes the reviews that were due in the months shown, without a few of this month. */
static enum result make_reviews(struct unit *unit)
{
    const struct demo *demo = unit->making->demo;
    struct usecase *usecase = unit->making->usecase;
    const struct form *form = demo_form(usecase->service, DEMO_HOUSEHOLDS);
    Rec__Case *casefile = NULL;
    Rec__Case *old = NULL;
    enum result result = store_case_get(usecase->txn, unit->subject.cases[0], &casefile);

    if (result != 0)
        return result;
    old = record_copy(casefile);
    for (month_t month = demo->first; month <= demo->now; month++) {
        day_t last = month == demo->now ? demo->today : month_last(month);
        if (!duties_review_owed(casefile, form, month, demo->first) ||
            (month == demo->now && demo_chance(unit->making, 500)))
            continue;
        Rec__Review *review = mem_new(sizeof *review);
        rec__review__init(review);
        review->date = demo_day(unit->making, month_first(month), last);
        review->at = demo_moment(unit->making, review->date);
        record_set(&review->result, "继续保障");
        record_set(&review->by, usecase->caller->officer);
        casefile->reviews =
            mem_resize(casefile->reviews, casefile->n_reviews + 1, sizeof(Rec__Review *));
        casefile->reviews[casefile->n_reviews++] = review;
        casefile->version++;
    }
    if (casefile->n_reviews > 0)
        result = counted_case_put(usecase, old, casefile);
    if (result == 0 && casefile->n_reviews > 0)
        result = duties_follow_case(usecase, old, casefile);
    rec__case__free_unpacked(old, NULL);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

void demo_household_values(struct demo_making *making, const struct demo_village *village,
                           struct fields *values)
{
    static const char *const causes[] = {"疾病", "残疾", "缺劳力", "因学"};
    static const char *const classes[] = {"A", "A", "A", "B", "B", "B", "B", "C"};
    struct unit unit = {.making = making, .village = village};
    char income[16];

    fields_set(values, "area", village->code);
    fields_set(values, "cls", PICK(making, classes));
    fields_set(values, "cause", PICK(making, causes));
    snprintf(income, sizeof income, "%u", demo_below(making, 30) * 50);
    fields_set(values, "income", income);
    add_members(&unit, values);
}

static enum result make_household(struct unit *unit)
{
    struct demo_making *making = unit->making;
    struct fields values = {0};
    day_t since = demo_day(making, making->demo->today - 1200, making->demo->today - 20);

    set_month(&values, "from_m", since);
    demo_household_values(making, unit->village, &values);
    enum result result = record_case(unit, DEMO_HOUSEHOLDS, &values, since);
    fields_free(&values);
    return result == 0 ? make_reviews(unit) : result;
}

// ---- exits

static enum result note_death(struct unit *unit, day_t date)
{
    struct usecase *usecase = unit->making->usecase;
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, unit->person, &person);

    if (result != 0)
        return result;
    person->death = date;
    person->version++;
    person->at = demo_moment(unit->making, date);
    result = counted_person_put(usecase, person, false);
    rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result end_cases(struct unit *unit, day_t date, const char *reason)
{
    struct usecase own = *unit->making->usecase;
    struct event_draft event = {0};
    enum result result = RESULT_OK;

    own.event = &event;
    own.now = demo_moment(unit->making, date);
    for (size_t i = 0; i < unit->subject.count && result == 0; i++) {
        Rec__Case *casefile = NULL;
        result = store_case_get(own.txn, unit->subject.cases[i], &casefile);
        if (result == 0)
            result = case_end(&own, casefile, date, reason);
        if (casefile != NULL)
            rec__case__free_unpacked(casefile, NULL);
    }
    event_draft_clear(&event);
    return result;
}

/** About one elder in three hundred leaves each month, most by death. */
static const char *plan_exit(struct unit *unit)
{
    static const char *const reasons[] = {"死亡", "死亡", "死亡", "迁出", "入住机构", "不再符合"};
    struct demo_making *making = unit->making;
    const struct demo *demo = making->demo;
    unsigned months = (unsigned)(demo->now - demo->first) + 1;

    if (!demo_chance(making, months * 4 < 250 ? months * 4 : 250))
        return NULL;
    unit->subject.closed_on = demo_day(making, month_first(demo->first) + 20, demo->today);
    if (unit->subject.closed_on < unit->since)
        unit->subject.closed_on = unit->since;
    return unit->subject.count > 1 ? EXIT_DEATH : PICK(making, reasons);
}

// ---- a unit

static enum result visit_and_end(struct unit *unit, bool may_end)
{
    const char *exit = may_end ? plan_exit(unit) : NULL;
    enum result result = demo_visits_make(unit->making, &unit->subject);

    if (result == 0 && exit != NULL && strcmp(exit, EXIT_DEATH) == 0)
        result = note_death(unit, unit->subject.closed_on);
    if (result == 0 && exit != NULL)
        result = end_cases(unit, unit->subject.closed_on, exit);
    return result;
}

static enum result make_unit(struct unit *unit)
{
    uint32_t roll = demo_below(unit->making, 100);
    enum result result;

    if (roll < 20)
        return make_household(unit);
    result = roll < 30 ? make_child(unit) : roll < 40 ? make_tekun(unit) : make_elder(unit);
    return result == 0 ? visit_and_end(unit, roll >= 40) : result;
}

static const struct demo_village *village_of_next(struct demo_making *making)
{
    const struct demo *demo = making->demo;
    struct demo_state *state = &making->state;

    while (state->village + 1 < demo->village_count &&
           state->cases >= demo->villages[state->village].until)
        state->village++;
    return &demo->villages[state->village];
}

enum result demo_unit_make(struct demo_making *making)
{
    struct unit unit = {.making = making, .village = village_of_next(making)};
    struct usecase *usecase = making->usecase;
    struct usecase own = *usecase;
    struct caller clerk = *usecase->caller;

    unit.subject.village = unit.village;
    clerk.role = ROLE_STREET;
    snprintf(clerk.officer, sizeof clerk.officer, "%s", unit.village->clerk);
    snprintf(clerk.area, sizeof clerk.area, "%s", unit.village->street);
    own.caller = &clerk;
    making->usecase = &own;
    enum result result = make_unit(&unit);
    making->usecase = usecase;
    return result;
}
