/* Amounts: exact fractions, paid months, and 低保 of random households against a naive oracle. */
#include "forms_fixture.h"

#include "base/fraction.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "service/memory/reckon.h"

// ---- fractions

static void rounds_half_up(void **state)
{
    static const struct {
        int64_t above, below, step, rounded;
    } cases[] = {
        {0, 1, 1, 0},
        {1, 2, 1, 1},
        {1, 3, 1, 0},
        {2, 3, 1, 1},
        {-1, 2, 1, -1},
        {-1, 3, 1, 0},
        {62080, 1, 100, 62100},
        {62050, 1, 100, 62100},
        {62049, 1, 100, 62000},
        {124099, 2, 100, 62000},
        {INT64_MAX, 1, 1, INT64_MAX},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t rounded = 0;
        struct fraction fraction = {cases[i].above, cases[i].below};
        assert_true(fraction_round(fraction, cases[i].step, &rounded));
        assert_int_equal(rounded, cases[i].rounded);
    }
}

static void keeps_thirds_exact(void **state)
{
    struct fraction third = {0};
    struct fraction sum = {0, 1};
    struct fraction unchanged = {7, 2};

    (void)state;
    assert_true(fraction_divide(fraction_whole(1), fraction_whole(3), &third));
    for (int i = 0; i < 3; i++)
        assert_true(fraction_add(sum, third, &sum));
    assert_int_equal(fraction_compare(sum, fraction_whole(1)), 0);
    assert_false(fraction_divide(sum, fraction_whole(0), &unchanged));
    assert_false(fraction_multiply(fraction_whole(INT64_MAX), fraction_whole(2), &unchanged));
    assert_false(fraction_add(fraction_whole(INT64_MAX), fraction_whole(1), &unchanged));
    assert_int_equal(unchanged.above, 7);
}

// ---- months

static void pays_from_the_first_to_the_last_month(void **state)
{
    static const struct {
        const char *from, *until, *closed_on, *month;
        bool due;
    } cases[] = {
        {"2024-05", "", "", "2024-04", false},
        {"2024-05", "", "", "2024-05", true},
        {"2024-05", "2024-06", "", "2024-06", true},
        {"2024-05", "2024-06", "", "2024-07", false},
        {"2024-05", "", "2024-08-01", "2024-08", true},
        {"2024-05", "", "2024-08-31", "2024-09", false},
        {"2024-05", "2024-06", "2024-08-31", "2024-07", false},
        {"", "", "", "2024-07", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        month_t from = 0;
        month_t until = 0;
        month_t month = 0;
        day_t closed_on = 0;
        (void)month_parse(cases[i].from, &from);
        (void)month_parse(cases[i].until, &until);
        (void)month_parse(cases[i].month, &month);
        (void)date_parse(cases[i].closed_on, &closed_on);
        if (benefit_is_due(from, until, closed_on, month) != cases[i].due)
            fail_msg("row %zu", i);
    }
}

// ---- random households

enum { MEMBERS_MOST = 6, ITEMS_MOST = 4, CATEGORIES = 6, HOUSEHOLDS = 3000 };

static const char *const CATEGORY[CATEGORIES] = {"75岁以上",   "重大疾病", "一二级残疾",
                                                 "三四级残疾", "未成年人", "非义务教育在校生"};
static const char *const GRADE[] = {"", "一级", "二级", "三级", "四级"};

struct household {
    int64_t standard;             /* fen; 0 = not entered */
    int64_t amounts[CATEGORIES];  /* rows of their own, 0 = none */
    int64_t percents[CATEGORIES]; /* 0 = the default */
    bool single;
    int64_t income;
    int items;
    int64_t earned[ITEMS_MOST];
    int months[ITEMS_MOST];
    int64_t spared;
    int members;
    bool covered[MEMBERS_MOST];
    day_t birth[MEMBERS_MOST], death[MEMBERS_MOST];
    int grade[MEMBERS_MOST];
    unsigned entered[MEMBERS_MOST]; /* a bit for each category */
};

static const char *const MONTH = "2026-11";
#define FIRST date_make(2026, 11, 1)
#define LAST date_make(2026, 11, 30)

static void make_household(struct random *random, struct household *of)
{
    static const day_t spread = 366 * 95;

    *of = (struct household){
        .standard = random_below(random, 20) == 0 ? 0 : 50000 + random_below(random, 60000),
        .single = random_below(random, 6) == 0,
        .income = random_below(random, 400000),
        .items = (int)random_below(random, ITEMS_MOST + 1),
        .spared = random_below(random, 30000),
        .members = 1 + (int)random_below(random, MEMBERS_MOST)};
    for (int i = 0; i < CATEGORIES; i++) {
        of->amounts[i] = random_below(random, 4) == 0 ? 1 + random_below(random, 90000) : 0;
        of->percents[i] = random_below(random, 4) == 0 ? 1 + random_below(random, 20000) : 0;
    }
    for (int i = 0; i < of->items; i++) {
        of->earned[i] = random_below(random, 2000000);
        of->months[i] = 1 + (int)random_below(random, 12);
    }
    for (int i = 0; i < of->members; i++) {
        of->covered[i] = random_below(random, 4) != 0;
        of->birth[i] = LAST - (day_t)random_below(random, (uint32_t)spread);
        if (random_below(random, 8) == 0)
            of->death[i] = FIRST - 20 + (day_t)random_below(random, 50);
        of->grade[i] = random_below(random, 3) == 0 ? 1 + (int)random_below(random, 4) : 0;
        of->entered[i] = random_below(random, 3) == 0 ? random_below(random, 1u << CATEGORIES) : 0;
    }
}

// ---- the oracle: the words of the rule, one after the other, in whole numbers

__extension__ typedef __int128 wide;

static int64_t half_up(wide above, wide below)
{
    return (int64_t)((2 * above + below) / (2 * below));
}

static bool is_in(const struct household *of, int member, int category)
{
    if ((of->entered[member] & (1u << category)) != 0)
        return true;
    switch (category) {
    case 0:
        return date_age(of->birth[member], LAST) >= 75;
    case 2:
        return of->grade[member] == 1 || of->grade[member] == 2;
    case 3:
        return of->grade[member] >= 3;
    case 4:
        return date_age(of->birth[member], FIRST) < 18;
    default:
        return false;
    }
}

static int64_t category_amount(const struct household *of, int category)
{
    int64_t percent = of->percents[category] != 0 ? of->percents[category]
                      : category == 5             ? 10000
                                                  : 8000;

    if (of->amounts[category] != 0)
        return of->amounts[category];
    return half_up((wide)of->standard * percent, 10000 * 100) * 100;
}

static int64_t oracle_add(const struct household *of)
{
    int64_t sum = 0;

    for (int i = 0; i < of->members; i++) {
        int64_t best = 0;
        if (of->single || !of->covered[i] || (of->death[i] != 0 && of->death[i] < FIRST))
            continue;
        for (int category = 0; category < CATEGORIES; category++)
            if (is_in(of, i, category) && category_amount(of, category) > best)
                best = category_amount(of, category);
        sum += best;
    }
    return sum;
}

static int64_t oracle_base(const struct household *of)
{
    const wide common = 27720; /* of 1 to 12 */
    wide income = (wide)of->income * common;
    int people = 0;
    int covered = 0;

    if (of->items > 0) {
        income = -(wide)of->spared * common;
        for (int i = 0; i < of->items; i++)
            income += of->earned[i] * (common / of->months[i]);
        income = income < 0 ? 0 : income;
    }
    for (int i = 0; i < of->members; i++) {
        bool lives = of->death[i] == 0 || of->death[i] >= FIRST;
        people += lives;
        covered += lives && of->covered[i];
    }
    if (covered == 0)
        return 0;
    wide above = (wide)of->standard * covered * people * common - income * covered;
    return above < 0 ? 0 : half_up(above, people * common);
}

// ---- the same household as a form has it

static void set_money(struct fields *values, const char *name, int64_t fen)
{
    char *text = text_from_fen(fen);

    fields_set(values, name, text);
    free(text);
}

static void set_row_money(struct fields *values, const char *list, int row, const char *name,
                          int64_t fen)
{
    char *text = text_from_fen(fen);

    fields_set_row(values, list, (size_t)row, name, text);
    free(text);
}

static void write_member(const struct household *of, int row, struct fields *values)
{
    char day[DATE_TEXT];
    struct str extra = {0};

    fields_set_row(values, "members", (size_t)row, "name", "某人");
    fields_set_row(values, "members", (size_t)row, "m_cov", of->covered[row] ? "是" : "否");
    fields_set_row(values, "members", (size_t)row, "birth", date_format(of->birth[row], day));
    fields_set_row(values, "members", (size_t)row, "death", date_format(of->death[row], day));
    fields_set_row(values, "members", (size_t)row, "dis_grade", GRADE[of->grade[row]]);
    for (int i = 0; i < CATEGORIES; i++)
        if ((of->entered[row] & (1u << i)) != 0)
            str_printf(&extra, "%s%s", extra.length > 0 ? ";" : "", CATEGORY[i]);
    fields_set_row(values, "members", (size_t)row, "extra", str_text(&extra));
    str_free(&extra);
}

static void write_values(const struct household *of, struct fields *values)
{
    fields_set(values, "fam_kind", of->single ? "单人保" : "整户");
    fields_set(values, "inc_months", "12");
    set_money(values, "income", of->income);
    for (int i = 0; i < of->items; i++) {
        char *months = mem_printf("%d", of->months[i]);
        set_row_money(values, "incomes", i, "inc_amount", of->earned[i]);
        fields_set_row(values, "incomes", (size_t)i, "inc_n", months);
        free(months);
    }
    set_row_money(values, "deductions", 0, "ded_amount", of->spared);
    for (int i = 0; i < of->members; i++)
        write_member(of, i, values);
}

static bool find_standard(const char *name, int64_t *ret_value, void *arg)
{
    const struct household *of = arg;
    const char *dash = strchr(name, '-');

    *ret_value = 0;
    if (strcmp(name, "低保标准") == 0)
        *ret_value = of->standard;
    for (int i = 0; i < CATEGORIES && dash != NULL; i++)
        if (strcmp(dash + 1, CATEGORY[i]) == 0)
            *ret_value = text_starts(name, "分类救助标准") ? of->amounts[i] : of->percents[i];
    return *ret_value != 0;
}

static void reckon(const struct form *form, const struct fields *values, struct household *of,
                   struct benefit *ret_benefit)
{
    struct reckon_input input = {.form = form, .values = values, .from = month_make(2020, 1)};
    struct form_benefit_ask ask = {.standard = find_standard, .arg = of};

    assert_int_equal(month_parse(MONTH, &ask.month), 0);
    reckon_benefit(&input, &ask, ret_benefit);
}

static void agrees_with_the_oracle(void **state)
{
    const struct form *form = form_of("dibao");
    (void)state;
    struct random random = {.state = 20260701};
    int known = 0;

    for (int i = 0; i < HOUSEHOLDS; i++) {
        struct household of;
        struct fields values = {0};
        struct benefit benefit = {0};
        make_household(&random, &of);
        write_values(&of, &values);
        reckon(form, &values, &of, &benefit);
        if (of.standard != 0) {
            int64_t base = oracle_base(&of);
            int64_t add = oracle_add(&of);
            assert_true(benefit.known);
            if (benefit.sums[BENEFIT_BASE].fen != base || benefit.sums[BENEFIT_ADD].fen != add)
                fail_msg("household %d: %lld + %lld, not %lld + %lld", i, (long long)base,
                         (long long)add, (long long)benefit.sums[BENEFIT_BASE].fen,
                         (long long)benefit.sums[BENEFIT_ADD].fen);
            assert_int_equal(benefit.total, base + add);
            known++;
        } else if (benefit.persons > 0) {
            assert_false(benefit.known);
            assert_non_null(strstr(str_text(&benefit.missing), "标准未录入：低保标准"));
        }
        benefit_free(&benefit);
        fields_free(&values);
    }
    assert_true(known > HOUSEHOLDS / 2);
}

// ---- what is stated and what is missing

static void compares_what_is_stated(void **state)
{
    const struct form *form = form_of("dibao");
    (void)state;
    struct household of = {.standard = 77600, .income = 90000, .members = 3};
    struct fields values = {0};
    struct benefit benefit = {0};
    int64_t fen = 0;

    for (int i = 0; i < of.members; i++) {
        of.covered[i] = true;
        of.birth[i] = date_make(1980, 1, 1);
    }
    write_values(&of, &values);
    fields_set(&values, "base", "1428.00");
    reckon(form, &values, &of, &benefit);
    assert_true(benefit.has_stated);
    assert_false(benefit.differs);
    benefit_free(&benefit);

    fields_set(&values, "base", "1500.00");
    reckon(form, &values, &of, &benefit);
    assert_true(benefit.differs);
    assert_true(benefit_payable(&benefit, &fen));
    assert_int_equal(fen, 142800); /* nobody said why */
    benefit_free(&benefit);

    fields_set(&values, "amount_why", "县局会议纪要");
    reckon(form, &values, &of, &benefit);
    assert_true(benefit_payable(&benefit, &fen));
    assert_int_equal(fen, 150000);
    benefit_free(&benefit);

    fields_set(&values, "income", "");
    reckon(form, &values, &of, &benefit);
    assert_false(benefit.known);
    assert_string_equal(str_text(&benefit.missing), "家庭月收入未填");
    benefit_free(&benefit);
    fields_free(&values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_half_up),
        cmocka_unit_test(keeps_thirds_exact),
        cmocka_unit_test(pays_from_the_first_to_the_last_month),
        cmocka_unit_test(agrees_with_the_oracle),
        cmocka_unit_test(compares_what_is_stated),
    };

    return cmocka_run_group_tests(tests, load_catalogue, unload_catalogue);
}
