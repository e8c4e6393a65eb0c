#include "domain/dibaoform.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SHARE[] = "5=4÷(1×10000)×100";
static const char MEAN[] = "12=7×10000÷4";

enum { PERSONS_OF_WAN = 10000, DECIMALS_MOST = 6 };

static const struct {
    const char *label, *unit;
    bool exact; /**< a count, or a fixed amount */
    bool adds;  /**< of parts to a total */
} COLUMNS[DIBAOFORM_COLUMNS + 1] = {
    {"", "", false, false},
    {"非农业人口总数", "万人", false, true},
    {"城市低保标准", "元/年·人", true, false},
    {"保障户数", "户", true, true},
    {"保障人数", "人", true, true},
    {"保障面", "%", false, false},
    {"保障金当月支出", "万元", false, true},
    {"其中：低保金", "万元", false, true},
    {"其中：临时补助", "万元", false, true},
    {"保障金累计支出", "万元", false, true},
    {"累计：低保金", "万元", false, true},
    {"累计：临时补助", "万元", false, true},
    {"当月人均", "元", false, false},
    {"年人均", "元", false, false},
    {"当月新增户", "户", true, true},
    {"当月新增人", "人", true, true},
    {"当月退出户", "户", true, true},
    {"当月退出人", "人", true, true},
};

const char *dibaoform_label(size_t column)
{
    return column <= DIBAOFORM_COLUMNS ? COLUMNS[column].label : "";
}

const char *dibaoform_unit(size_t column)
{
    return column <= DIBAOFORM_COLUMNS ? COLUMNS[column].unit : "";
}

// ---- values

static int64_t power(int decimals)
{
    int64_t power = 1;

    while (decimals-- > 0)
        power *= 10;
    return power;
}

static double number_of(const struct dibaoform *form, size_t column)
{
    const struct dibaoform_value *value = &form->columns[column];

    return (double)value->units / (double)power(value->decimals);
}

/** Half of the last printed digit; 0 for counts. */
static double half_of(const struct dibaoform *form, size_t column)
{
    return COLUMNS[column].exact ? 0 : 0.5 / (double)power(form->columns[column].decimals);
}

bool dibaoform_read(struct dibaoform *form, size_t column, const char *text)
{
    const char *point = strchr(text, '.');
    size_t whole = strspn(text, "0123456789");
    size_t rest = point != NULL ? strspn(point + 1, "0123456789") : 0;

    form->columns[column] = (struct dibaoform_value){0};
    if (*text == '\0')
        return true;
    if (whole == 0 || whole > 10 || rest > DECIMALS_MOST || (point != NULL && rest == 0) ||
        strlen(text) != whole + rest + (point != NULL))
        return false;
    int64_t units = strtoll(text, NULL, 10) * power((int)rest);
    dibaoform_set(form, column, units + (rest > 0 ? strtoll(point + 1, NULL, 10) : 0), (int)rest);
    return true;
}

void dibaoform_set(struct dibaoform *form, size_t column, int64_t units, int decimals)
{
    form->columns[column] = (struct dibaoform_value){true, units, decimals};
}

const char *dibaoform_text(const struct dibaoform *form, size_t column, char text[DIBAOFORM_TEXT])
{
    const struct dibaoform_value *value = &form->columns[column];

    *text = '\0';
    if (value->known && value->decimals == 0)
        (void)snprintf(text, DIBAOFORM_TEXT, "%" PRId64, value->units);
    else if (value->known)
        (void)snprintf(text, DIBAOFORM_TEXT, "%" PRId64 ".%0*" PRId64,
                       value->units / power(value->decimals), value->decimals,
                       value->units % power(value->decimals));
    return text;
}

static bool known(const struct dibaoform *form, size_t a, size_t b)
{
    return form->columns[a].known && form->columns[b].known;
}

static void add_up(struct dibaoform *form, size_t column, size_t a, size_t b)
{
    const struct dibaoform_value *x = &form->columns[a];
    const struct dibaoform_value *y = &form->columns[b];
    int decimals = x->decimals > y->decimals ? x->decimals : y->decimals;

    if (!form->columns[column].known && known(form, a, b))
        dibaoform_set(form, column,
                      x->units * power(decimals - x->decimals) +
                          y->units * power(decimals - y->decimals),
                      decimals);
}

void dibaoform_derive(struct dibaoform *form)
{
    const struct dibaoform_value *persons = &form->columns[4];

    add_up(form, 6, 7, 8);
    add_up(form, 9, 10, 11);
    if (!form->columns[5].known && known(form, 1, 4) && form->columns[1].units > 0)
        dibaoform_set(
            form, 5,
            (int64_t)(100.0 * 100 * (double)persons->units / (number_of(form, 1) * PERSONS_OF_WAN) +
                      0.5),
            2);
    if (!form->columns[12].known && known(form, 7, 4) && persons->units > 0)
        dibaoform_set(
            form, 12,
            (int64_t)(10.0 * number_of(form, 7) * PERSONS_OF_WAN / (double)persons->units + 0.5),
            1);
}

// ---- checks

struct check {
    dibaoform_fn each;
    void *arg;
};

static void leave(const struct check *check, size_t column, const char *relation)
{
    check->each(column, relation, DIBAOFORM_UNCHECKED, 0, check->arg);
}

/** Tells whether the column can be the expected value, give or take `slack`. */
static void compare(const struct check *check, const struct dibaoform *form, size_t column,
                    const char *relation, double expected, double slack)
{
    double difference = number_of(form, column) - expected;
    double most = slack + half_of(form, column) + 1e-9;

    bool broken = difference > most || difference < -most;
    check->each(column, relation, broken ? DIBAOFORM_BROKEN : DIBAOFORM_HOLDS, expected,
                check->arg);
}

static void check_sum(const struct check *check, const struct dibaoform *form, size_t column,
                      size_t a, size_t b, const char *relation)
{
    if (form->columns[column].known && known(form, a, b))
        compare(check, form, column, relation, number_of(form, a) + number_of(form, b),
                half_of(form, a) + half_of(form, b));
    else
        leave(check, column, relation);
}

static void check_change(const struct check *check, const struct dibaoform *form,
                         const struct dibaoform *before, const size_t columns[3],
                         const char *relation)
{
    size_t stock = columns[0];

    if (form->columns[stock].known && before->columns[stock].known &&
        known(form, columns[1], columns[2]))
        compare(check, form, stock, relation,
                number_of(before, stock) + number_of(form, columns[1]) -
                    number_of(form, columns[2]),
                0);
    else
        leave(check, stock, relation);
}

void dibaoform_check(const struct dibaoform *form, const struct dibaoform *before,
                     dibaoform_fn each, void *arg)
{
    static const size_t households[3] = {3, 14, 16};
    static const size_t persons[3] = {4, 15, 17};
    const struct check check = {each, arg};
    double people = number_of(form, 4);
    double all = number_of(form, 1) * PERSONS_OF_WAN;

    check_sum(&check, form, 6, 7, 8, "6=7+8");
    check_sum(&check, form, 9, 10, 11, "9=10+11");
    if (form->columns[5].known && known(form, 1, 4) && all > 0)
        compare(&check, form, 5, SHARE, people / all * 100,
                people * 100 / all * half_of(form, 1) / number_of(form, 1));
    else
        leave(&check, 5, SHARE);
    if (form->columns[12].known && known(form, 7, 4) && people > 0)
        compare(&check, form, 12, MEAN, number_of(form, 7) * PERSONS_OF_WAN / people,
                half_of(form, 7) * PERSONS_OF_WAN / people);
    else
        leave(&check, 12, MEAN);
    if (before == NULL)
        return;
    check_change(&check, form, before, households, "户数＝上月＋14－16");
    check_change(&check, form, before, persons, "人数＝上月＋15－17");
}

void dibaoform_check_sums(const struct dibaoform *total, const struct dibaoform *parts,
                          size_t count, dibaoform_fn each, void *arg)
{
    const struct check check = {each, arg};

    for (size_t column = 1; column <= DIBAOFORM_COLUMNS; column++) {
        bool whole = total->columns[column].known && COLUMNS[column].adds;
        double sum = 0;
        double slack = 0;
        for (size_t i = 0; i < count; i++) {
            whole = whole && parts[i].columns[column].known;
            sum += number_of(&parts[i], column);
            slack += half_of(&parts[i], column);
        }
        if (whole)
            compare(&check, total, column, "合计＝各行之和", sum, slack);
    }
}
