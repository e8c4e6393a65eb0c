/*
 * The matrix of what one person may have at once (../shared/reference/domain.md §6), each pair in both
 * orders and in each of three ways: entered by an officer, imported from a ledger, found at night in
 * cases that came onto the books otherwise.
 */
#include "service_fixture.h"

#include "base/idno.h"
#include "base/str.h"
#include "db/tables.h"
#include "service/import/import.h"
#include "service/lists/duplicates.h"
#include "service/lists/lead.h"
#include "service/memory/state.h"

#include <string.h>

enum { PAIRS_MOST = 16 };

// ---- what a person may have

/** A case of the person; the household's head is somebody else if `member`. */
struct side {
    const char *kind;
    bool house, member, child;
    const char *values[PAIRS_MOST]; /**< name, value, … */
};

#define DISABLED "person.dis_type", "肢体", "person.dis_grade", "一级"
#define RELIEF                                                                                     \
    "ls_kind", "支出型", "cause", "疾病", "obj", "个人", "level", "镇街", "way", "现金",           \
        "pay_way", "银行代发"

enum {
    LOW,       /* 低保 */
    LOW_OTHER, /* … of another household */
    MARGIN,
    RIGID,
    POOR_HOME,
    POOR_INST,
    LIVING,
    NURSING,
    OLD,
    VISITED,
    RELIEF_ONCE,
    C_LOW,
    C_POOR,
    C_ORPHAN,
    C_ALONE,
    C_LIVING,
    C_NURSING,
    C_RELIEF,
    NONE
};

static const struct side SIDES[] = {
    [LOW] = {"dibao", .house = true},
    [LOW_OTHER] = {"dibao", .house = true, .member = true},
    [MARGIN] = {"bianyuan", .house = true},
    [RIGID] = {"gangxing", .house = true},
    [POOR_HOME] = {"tekun", .values = {"tk_kind", "老年人", "mode", "分散", "wish", "否"}},
    [POOR_INST] = {"tekun", .values = {"tk_kind", "老年人", "mode", "集中", "wish", "是", "inst",
                                       "供养中心"}},
    [LIVING] = {"liangbu", .values = {"lb_kind", "生活", DISABLED}},
    [NURSING] = {"liangbu", .values = {"lb_kind", "护理", DISABLED}},
    [OLD] = {"gaoling"},
    [VISITED] = {"tanfang", .values = {"categories", "独居", "in_on", "2026-11-01"}},
    [RELIEF_ONCE] = {"linshi", .values = {RELIEF}},
    [C_LOW] = {"dibao", .house = true, .member = true, .child = true},
    [C_POOR] = {"tekun", .child = true,
                .values = {"tk_kind", "未成年人", "mode", "分散", "wish", "否"}},
    [C_ORPHAN] = {"ertong", .child = true,
                  .values = {"ch_kind", "孤儿", "rear", "散居", "fa_state", "死亡", "mo_state",
                             "死亡"}},
    [C_ALONE] = {"ertong", .child = true,
                 .values = {"ch_kind", "事实无人抚养", "rear", "散居", "fa_state", "服刑",
                            "mo_state", "死亡"}},
    [C_LIVING] = {"liangbu", .child = true, .values = {"lb_kind", "生活", DISABLED}},
    [C_NURSING] = {"liangbu", .child = true, .values = {"lb_kind", "护理", DISABLED}},
    [C_RELIEF] = {"linshi", .child = true, .values = {RELIEF}},
};

enum outcome { TOGETHER, EXCLUDED, REMARKED };

/** `words` is what the officer reads who enters the second, `back` if the first comes second. */
static const struct pair {
    int one, other;
    enum outcome outcome;
    const char *words, *back;
    int with; /**< what 生活补贴 requires is there before */
} PAIRS[] = {
    {LOW, POOR_HOME, EXCLUDED, "不得同时享受特困", "不得同时享受低保", NONE},
    {C_POOR, C_ORPHAN, EXCLUDED, "请先办理特困退出", "不得同时享受特困", NONE},
    {C_POOR, C_ALONE, EXCLUDED, "请先办理特困退出", "不得同时享受特困", NONE},
    {C_ORPHAN, C_ALONE, EXCLUDED, "已有", "已有", NONE},
    {C_ALONE, C_LOW, TOGETHER, NULL, NULL, NONE}, /* the difference is paid */
    {C_ORPHAN, C_LIVING, EXCLUDED, "已按孤儿保障", "还在领生活补贴", C_LOW},
    {C_ORPHAN, C_NURSING, TOGETHER, NULL, NULL, NONE},
    {C_ALONE, C_LIVING, TOGETHER, NULL, NULL, C_LOW},
    {POOR_HOME, NURSING, EXCLUDED, "不得同时领取两项补贴", "还在领两项补贴", NONE},
    {LIVING, NURSING, TOGETHER, NULL, NULL, LOW},
    {LIVING, LIVING, EXCLUDED, "已有在册的生活补贴", "已有在册的生活补贴", LOW},
    {NURSING, NURSING, EXCLUDED, "已有在册的护理补贴", "已有在册的护理补贴", NONE},
    {NURSING, OLD, TOGETHER, NULL, NULL, NONE},
    {LIVING, OLD, TOGETHER, NULL, NULL, LOW},
    {NURSING, LOW, TOGETHER, NULL, NULL, NONE},
    {LOW, MARGIN, EXCLUDED, "不得同时列为低保边缘", "还在低保边缘在册", NONE},
    {LOW, RIGID, EXCLUDED, "不得同时列为刚性支出", "还在刚性支出困难家庭在册", NONE},
    {MARGIN, RIGID, EXCLUDED, "不得同时列为刚性支出", "还在刚性支出困难家庭在册", NONE},
    {POOR_HOME, MARGIN, EXCLUDED, "不得同时列为低保边缘", "还在低保边缘在册", NONE},
    {POOR_HOME, RIGID, EXCLUDED, "不得同时列为刚性支出", "还在刚性支出困难家庭在册", NONE},
    {LOW, LOW_OTHER, EXCLUDED, "另一户低保在册", "另一户低保在册", NONE},
    {LOW, RELIEF_ONCE, TOGETHER, NULL, NULL, NONE},
    {POOR_HOME, RELIEF_ONCE, TOGETHER, NULL, NULL, NONE},
    {C_ORPHAN, C_RELIEF, TOGETHER, NULL, NULL, NONE},
    {VISITED, VISITED, EXCLUDED, "已有", "已有", NONE},
    {VISITED, POOR_HOME, TOGETHER, NULL, NULL, NONE},
    {VISITED, POOR_INST, REMARKED, "还在居家探访里", "已集中供养", NONE},
};

// ---- cases as they are typed

struct people {
    char adult[19], child[19], head[19];
};

/** Nobody else has these numbers; `nth` tells people of one home apart. */
static void make_people(struct fixture *fixture, struct people *people, unsigned nth)
{
    fixture_id_no(fixture, people->adult);
    fixture_id_no(fixture, people->head);
    snprintf(people->child, sizeof people->child, "21110220150601%03u", 100 + nth);
    people->child[17] = idno_check(people->child);
    people->child[18] = '\0';
}

static const char *person_of(const struct side *side, const struct people *people)
{
    return side->child ? people->child : people->adult;
}

static void house_values(const struct side *side, const struct people *people,
                         struct fields *values)
{
    static const char *const names[] = {"谭怡晓", "谭怡晓"};
    size_t own = side->member ? 1 : 0;

    fields_set(values, "area", VILLAGE);
    fields_set(values, "income", strcmp(side->kind, "dibao") == 0 ? "100" : "900");
    fields_set(values, "from_m", "2026-11");
    if (strcmp(side->kind, "dibao") == 0)
        fields_set(values, "cls", "B");
    if (side->member) {
        fields_set(values, "members.0.name", "曹俊贵");
        fields_set(values, "members.0.id_no", people->head);
        fields_set(values, "members.0.m_rel", "户主");
        fields_set(values, "members.0.m_cov", "是");
    }
    fields_set(values, own == 0 ? "members.0.name" : "members.1.name", names[own]);
    fields_set(values, own == 0 ? "members.0.id_no" : "members.1.id_no", person_of(side, people));
    fields_set(values, own == 0 ? "members.0.m_rel" : "members.1.m_rel", own == 0 ? "户主" : "子");
    fields_set(values, own == 0 ? "members.0.m_cov" : "members.1.m_cov", "是");
}

static void side_values(const struct side *side, const struct people *people, struct fields *values)
{
    if (side->house) {
        house_values(side, people, values);
        return;
    }
    fields_set(values, "person.name", "谭怡晓");
    fields_set(values, "person.id_no", person_of(side, people));
    fields_set(values, "person.area", VILLAGE);
    if (strcmp(side->kind, "tanfang") != 0)
        fields_set(values, "from_m", "2026-11");
    for (size_t i = 0; i + 1 < PAIRS_MOST && side->values[i] != NULL; i += 2)
        fields_set(values, side->values[i], side->values[i + 1]);
}

static enum result enter(struct fixture *fixture, const struct side *side,
                         const struct people *people)
{
    struct fields values = {0};

    side_values(side, people, &values);
    enum result result = case_new(fixture, &fixture->street, side->kind, &values);
    fields_free(&values);
    return result;
}

static uint64_t enter_ok(struct fixture *fixture, int side, const struct people *people)
{
    if (enter(fixture, &SIDES[side], people) != 0)
        fail_msg("%s: %s", SIDES[side].kind, fixture->reply.message);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

/** What the officer was told. New string. */
static char *told(struct fixture *fixture)
{
    struct str text = {0};

    str_add(&text, fixture->reply.message != NULL ? fixture->reply.message : "");
    for (size_t i = 0; i < fixture->reply.problems.count; i++)
        str_printf(&text, "\n%s", fixture->reply.problems.items[i].text);
    return str_take(&text);
}

// ---- one pair, in one order

struct order {
    int first, second, with;
    enum outcome outcome;
    const char *words;
};

/** Each pair in both orders. */
static size_t list_orders(struct order *orders, size_t most)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        const struct pair *pair = &PAIRS[i];
        assert_true(count + 2 <= most);
        orders[count++] =
            (struct order){pair->one, pair->other, pair->with, pair->outcome, pair->words};
        if (pair->one != pair->other)
            orders[count++] =
                (struct order){pair->other, pair->one, pair->with, pair->outcome, pair->back};
    }
    return count;
}

static void expect_outcome(const struct order *order, const char *way, bool accepted,
                           const char *said)
{
    bool right = accepted == (order->outcome != EXCLUDED);

    if (!right || (order->outcome != TOGETHER && strstr(said, order->words) == NULL))
        fail_msg("%s: %s then %s: %s: %s", way, SIDES[order->first].kind, SIDES[order->second].kind,
                 accepted ? "accepted" : "refused", said);
}

static void by_entry(struct fixture *fixture, const struct order *order,
                     const struct people *people)
{
    enum result result = enter(fixture, &SIDES[order->second], people);
    char *said = told(fixture);

    expect_outcome(order, "entry", result == 0, said);
    free(said);
}

// ---- from a ledger

/** The heading that a field has; of a household's rows that of the member's column. */
static const char *heading_of(const struct form *form, const char *name)
{
    const char *dot = strrchr(name, '.');
    const struct form_field *field = form_field(form, name);

    if (field != NULL && strncmp(name, "members.", 8) != 0)
        return field->label;
    const struct form_field *list = form_field(form, "members");
    assert_non_null(list);
    for (size_t i = 0; i < list->column_count; i++)
        if (strcmp(list->columns[i].id, dot + 1) == 0)
            return list->columns[i].label;
    fail_msg("no heading for %s", name);
    return NULL;
}

enum { CELLS_MOST = 24, ROWS_MOST = 2 };
struct ledger {
    size_t columns, rows;
    struct import_heading headings[CELLS_MOST];
    const char *cells[ROWS_MOST][CELLS_MOST];
};

static size_t column_of(struct ledger *ledger, const char *heading)
{
    size_t i = 0;

    while (i < ledger->columns && strcmp(ledger->headings[i].text, heading) != 0)
        i++;
    assert_true(i < CELLS_MOST);
    if (i == ledger->columns) {
        ledger->headings[ledger->columns++] = (struct import_heading){.text = heading, .group = ""};
        for (size_t row = 0; row < ROWS_MOST; row++)
            ledger->cells[row][i] = "";
    }
    return i;
}

static void make_ledger(const struct form *form, const struct fields *values, bool house,
                        struct ledger *ledger)
{
    ledger->rows = house && *fields_get(values, "members.1.name") != '\0' ? 2 : 1;
    for (size_t i = 0; i < values->count; i++) {
        const struct field *item = &values->items[i];
        size_t column = column_of(ledger, heading_of(form, item->name));
        bool member = strncmp(item->name, "members.", 8) == 0;
        for (size_t row = 0; row < ledger->rows; row++)
            if (!member || (size_t)(item->name[8] - '0') == row)
                ledger->cells[row][column] =
                    strcmp(item->value, VILLAGE) == 0 ? "旌旗社区" : item->value;
    }
    if (!house)
        return;
    size_t name = column_of(ledger, "户主姓名"), number = column_of(ledger, "户主身份证号");
    for (size_t row = 0; row < ledger->rows; row++) {
        ledger->cells[row][name] = fields_get(values, "members.0.name");
        ledger->cells[row][number] = fields_get(values, "members.0.id_no");
    }
}

static void send_rows(struct fixture *fixture, const char *kind, const struct ledger *ledger,
                      struct import_result *result)
{
    struct import_options options = {.kind = kind,
                                     .file = "rows.csv",
                                     .save_map = "",
                                     .headings = ledger->headings,
                                     .heading_count = ledger->columns};
    struct import *import = NULL;
    struct sheet *headings = NULL;

    if (import_open(fixture->service, &fixture->street, &options, &import, &headings,
                    fixture_clear(fixture)) != 0)
        fail_msg("%s: %s", kind, fixture->reply.message);
    for (size_t row = 0; row < ledger->rows; row++)
        assert_result(import_row(import, &(struct import_input){.number = (uint32_t)row + 2,
                                                                .count = ledger->columns,
                                                                .cells = ledger->cells[row],
                                                                .fault = ""}),
                      RESULT_OK);
    assert_result(import_flush(import, &fixture->street, true, result, fixture_clear(fixture)),
                  RESULT_OK);
    sheet_free(&headings);
    import_free(&import);
}

static void add_words(struct str *text, const struct sheet *sheet, const char *column)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        str_printf(text, "\n%s", sheet_get(sheet, row, column));
}

static void by_import(struct fixture *fixture, const struct order *order,
                      const struct people *people)
{
    const struct side *side = &SIDES[order->second];
    const struct form *form = forms_get(service_forms(fixture->service), side->kind);
    struct fields values = {0};
    struct ledger ledger = {0};
    struct import_result result = {0};
    struct str text = {0};

    side_values(side, people, &values);
    make_ledger(form, &values, side->house, &ledger);
    send_rows(fixture, side->kind, &ledger, &result);
    add_words(&text, result.refusals, "reason");
    add_words(&text, result.remarks, "remark");
    expect_outcome(order, "import", result.accepted > 0, str_text(&text));
    str_free(&text);
    import_result_free(&result);
    fields_free(&values);
}

// ---- at night

/** A case of another person becomes the same person's, as when two homes became one. */
static enum result move_case(struct txn *txn, void *arg)
{
    const uint64_t *ids = arg; /* the case that stays, the one that changes its person, the row's */
    Rec__Case *own = NULL, *other = NULL;
    enum result result = store_case_get(txn, ids[0], &own);

    if (result == 0)
        result = store_case_get(txn, ids[1], &other);
    if (result != 0)
        return result;
    uint64_t person = own->n_members > ids[2] ? own->members[ids[2]]->person : own->person;
    if (other->n_members > ids[3])
        other->members[ids[3]]->person = person;
    if (other->n_members == 0 || ids[3] == 0)
        other->person = person;
    result = store_case_put(txn, other);
    rec__case__free_unpacked(own, NULL);
    rec__case__free_unpacked(other, NULL);
    return result;
}

/** True if the list has these two cases as excluding each other. */
static bool is_listed(const struct sheet *sheet, const uint64_t *ids)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *what = sheet_get(sheet, row, "what");
        uint64_t one = strtoull(sheet_get(sheet, row, "case_id"), NULL, 10);
        uint64_t other = strtoull(sheet_get(sheet, row, "other_case_id"), NULL, 10);
        if ((strcmp(what, "互相排斥") == 0 || strcmp(what, "同一业务") == 0) &&
            ((one == ids[0] && other == ids[1]) || (one == ids[1] && other == ids[0])))
            return true;
    }
    return false;
}

/** True if the facts of a lead name both cases. */
static bool is_lead(struct fixture *fixture, const struct sheet *sheet, const uint64_t *ids)
{
    struct case_view one = case_open(fixture, &fixture->street, ids[0], false);
    struct case_view other = case_open(fixture, &fixture->street, ids[1], false);
    bool found = false;

    for (size_t row = 0; row < sheet->row_count; row++)
        found |= strstr(sheet_get(sheet, row, "why"), one.number) != NULL &&
                 strstr(sheet_get(sheet, row, "why"), other.number) != NULL;
    case_view_free(&one);
    case_view_free(&other);
    return found;
}

/** Puts two cases of two people onto the books; the second becomes the first one's. */
static void put_pair(struct fixture *fixture, const struct order *order, unsigned nth,
                     uint64_t ids[4])
{
    struct people people = {0}, others = {0};

    make_people(fixture, &people, 2 * nth);
    make_people(fixture, &others, 2 * nth + 1);
    if (order->with != NONE) {
        (void)enter_ok(fixture, order->with, &people);
        (void)enter_ok(fixture, order->with, &others);
    }
    ids[0] = enter_ok(fixture, order->first, &people);
    ids[1] = enter_ok(fixture, order->second, &others);
    ids[2] = SIDES[order->first].member ? 1 : 0;
    ids[3] = SIDES[order->second].member ? 1 : 0;
    assert_result(store_run(fixture->service->store, STORE_BULK, move_case, ids), RESULT_OK);
}

static void at_night(void **state)
{
    enum { ORDERS_MOST = 80 };
    struct fixture *fixture = *state;
    struct lead_query query = {.area = "", .rule = "excluded"};
    struct order orders[ORDERS_MOST];
    uint64_t ids[ORDERS_MOST][4];
    size_t count = list_orders(orders, ORDERS_MOST);
    struct sheet *listed = NULL, *leads = NULL;

    for (size_t i = 0; i < count; i++)
        put_pair(fixture, &orders[i], (unsigned)i, ids[i]);
    fixture_today(fixture, "2026-11-24");
    assert_result(
        duplicates_list(fixture->service, &fixture->street, "", &listed, fixture_clear(fixture)),
        RESULT_OK);
    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &leads, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < count; i++) {
        bool expected = orders[i].outcome != TOGETHER;
        bool on_list = is_listed(listed, ids[i]), lead = is_lead(fixture, leads, ids[i]);
        if (on_list != expected || lead != expected)
            fail_msg("%s and %s: on the list %d, a lead %d", SIDES[orders[i].first].kind,
                     SIDES[orders[i].second].kind, on_list, lead);
    }
    sheet_free(&leads);
    sheet_free(&listed);
}

// ---- the table

static void check_all(struct fixture *fixture,
                      void (*second)(struct fixture *fixture, const struct order *order,
                                     const struct people *people))
{
    enum { ORDERS_MOST = 80 };
    struct order orders[ORDERS_MOST];
    size_t count = list_orders(orders, ORDERS_MOST);

    for (size_t i = 0; i < count; i++) {
        struct people people = {0};
        make_people(fixture, &people, (unsigned)i);
        if (orders[i].with != NONE)
            (void)enter_ok(fixture, orders[i].with, &people);
        (void)enter_ok(fixture, orders[i].first, &people);
        second(fixture, &orders[i], &people);
    }
}

static void at_entry(void **state)
{
    check_all(*state, by_entry);
}

static void from_a_ledger(void **state)
{
    check_all(*state, by_import);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(at_entry), TEST(from_a_ledger), TEST(at_night)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
