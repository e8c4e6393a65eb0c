#include "domain/payroll.h"

#include <string.h>

const char *payroll_what_name(enum payroll_what what)
{
    static const char *const names[] = {
        [PAYROLL_NEW] = "新增",
        [PAYROLL_STOPPED] = "停发",
        [PAYROLL_CHANGED] = "变动",
    };

    return names[what];
}

// ---- one payment

static bool same_amount(const struct payroll_pay *a, const struct payroll_pay *b)
{
    return a->known == b->known && (!a->known || a->total == b->total);
}

static const char *fact_value(const struct payroll_pay *pay, const char *name)
{
    for (size_t i = 0; i < pay->fact_count; i++)
        if (strcmp(pay->facts[i].name, name) == 0)
            return pay->facts[i].value;
    return "";
}

static void begin_item(struct str *text)
{
    if (text->length > 0)
        str_add(text, "；");
}

static void say_fact(const char *name, const char *was, const char *is, struct str *text)
{
    if (strcmp(was, is) == 0)
        return;
    begin_item(text);
    str_printf(text, "%s %s → %s", name, *was != '\0' ? was : "无", *is != '\0' ? is : "无");
}

/** Facts of the new payment in their order, then those that only the old one had. */
static void say_facts(const struct payroll_pay *was, const struct payroll_pay *is, struct str *text)
{
    for (size_t i = 0; i < is->fact_count; i++)
        say_fact(is->facts[i].name, fact_value(was, is->facts[i].name), is->facts[i].value, text);
    for (size_t i = 0; i < was->fact_count; i++)
        if (*fact_value(is, was->facts[i].name) == '\0')
            say_fact(was->facts[i].name, was->facts[i].value, "", text);
}

static void say_blocked(const struct payroll_pay *was, const struct payroll_pay *is,
                        struct str *text)
{
    if (strcmp(was->why, is->why) == 0)
        return;
    begin_item(text);
    if (*is->why != '\0')
        str_printf(text, "现在不能发：%s", is->why);
    else
        str_printf(text, "上次不能发（%s），现在可发", was->why);
}

void payroll_say_changes(const struct payroll_pay *was, const struct payroll_pay *is,
                         struct str *text)
{
    struct str changes = {0};

    say_facts(was, is, &changes);
    if (changes.length == 0 && !same_amount(was, is))
        str_add(&changes, "金额变了，依据没有变");
    if (strcmp(was->account, is->account) != 0) {
        begin_item(&changes);
        str_add(&changes, "换了账号");
    }
    if (strcmp(was->holder, is->holder) != 0)
        say_fact("开户人", was->holder, is->holder, &changes);
    say_blocked(was, is, &changes);
    str_add(text, str_text(&changes));
    str_free(&changes);
}

/** Facts alone are no change: a payment that stays the same needs nobody's look. */
static bool is_changed(const struct payroll_pay *was, const struct payroll_pay *is)
{
    return !same_amount(was, is) || strcmp(was->account, is->account) != 0 ||
           strcmp(was->holder, is->holder) != 0 || strcmp(was->why, is->why) != 0;
}

// ---- two rosters

void payroll_compare(const struct payroll_pay *was, size_t was_count, const struct payroll_pay *is,
                     size_t is_count, payroll_difference_fn each, void *arg)
{
    size_t i = 0;
    size_t k = 0;

    while (i < was_count || k < is_count) {
        struct payroll_difference difference = {.what = PAYROLL_CHANGED};
        if (k == is_count || (i < was_count && was[i].case_id < is[k].case_id)) {
            difference = (struct payroll_difference){PAYROLL_STOPPED, &was[i++], NULL};
        } else if (i == was_count || is[k].case_id < was[i].case_id) {
            difference = (struct payroll_difference){PAYROLL_NEW, NULL, &is[k++]};
        } else {
            difference.was = &was[i++];
            difference.is = &is[k++];
        }
        if (difference.what != PAYROLL_CHANGED || is_changed(difference.was, difference.is))
            each(&difference, arg);
    }
}
