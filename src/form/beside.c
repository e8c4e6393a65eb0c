#include "form/beside.h"

#include "base/mem.h"
#include "form/benefit.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <string.h>

/* A condition over a case of the person; a household's is looked up in the person's row first. */
static bool holds(const struct expr *when, const struct beside *one, day_t today)
{
    struct expr_scope scope = {.form = one->form, .values = one->values, .today = today};

    if (one->form->subject == FORM_HOUSEHOLD && one->row != FORM_NO_ROW) {
        scope.list = FORM_MEMBERS;
        scope.row = one->row;
    }
    return when == NULL || expr_true_in(when, &scope);
}

// ---- exclusions

static const struct form_exclude *next_rule(const struct form *form, const struct form *other,
                                            const struct form_exclude *after)
{
    for (size_t i = after != NULL ? (size_t)(after - form->excludes) + 1 : 0;
         i < form->exclude_count; i++)
        if (strcmp(form->excludes[i].kind, other->kind) == 0)
            return &form->excludes[i];
    return NULL;
}

static bool is_same(const struct form *one, const struct form *other)
{
    return strcmp(one->kind, other->kind) == 0;
}

bool beside_may_clash(const struct form *one, const struct form *other)
{
    return is_same(one, other) || next_rule(one, other, NULL) != NULL ||
           next_rule(other, one, NULL) != NULL;
}

/* The rule of `owner`'s file that holds for the two. */
static const struct form_exclude *find_rule(const struct beside *owner, const struct beside *other,
                                            day_t today)
{
    const struct form_exclude *rule = NULL;

    while ((rule = next_rule(owner->form, other->form, rule)) != NULL)
        if (holds(rule->when, owner, today) && holds(rule->other, other, today))
            return rule;
    return NULL;
}

static bool is_paid(const struct beside *one, day_t today)
{
    return one->form->benefit != NULL && holds(one->form->benefit->paid, one, today);
}

/* True if both would be paid for one month. Two that end are history: nobody can mend it here. */
static bool share_month(const struct beside *one, const struct beside *other, day_t today,
                        month_t *ret_until)
{
    if ((!one->active && !other->active) || one->from == 0 || other->from == 0 ||
        !is_paid(one, today) || !is_paid(other, today))
        return false;
    if ((one->until != 0 && one->until < other->from) ||
        (other->until != 0 && other->until < one->from))
        return false;
    *ret_until = one->active ? other->until : one->until;
    return true;
}

bool beside_find_clash(const struct beside *one, const struct beside *other, day_t today,
                       struct beside_clash *ret_clash)
{
    struct beside_clash clash = {.rule = find_rule(one, other, today)};
    bool same = is_same(one->form, other->form);

    if (clash.rule == NULL && !same) {
        clash.rule = find_rule(other, one, today);
        clash.back = clash.rule != NULL;
    }
    /* Entered twice is a mistake, whether somebody draws it or not. */
    if (clash.rule == NULL && (!same || next_rule(one->form, one->form, NULL) != NULL))
        return false;
    if (!same && (!one->covered || !other->covered))
        return false;
    if ((!one->active || !other->active) &&
        (clash.rule == NULL || clash.rule->warning || !one->covered || !other->covered ||
         !share_month(one, other, today, &clash.until)))
        return false;
    *ret_clash = clash;
    return true;
}

char *beside_clash_words(const struct beside *one, const struct beside *other,
                         const struct beside_clash *clash)
{
    char until[MONTH_TEXT];
    char next[MONTH_TEXT];

    if (clash->rule == NULL)
        return mem_copy("");
    if (clash->until != 0) {
        const struct beside *ended = one->active ? other : one;
        const struct beside *begins = one->active ? one : other;
        return mem_printf("该人的%s发到%s，%s应从%s起，同一个月不能领两份", ended->form->brief,
                          month_format(clash->until, until), begins->form->brief,
                          month_format(clash->until + 1, next));
    }
    if (!clash->back)
        return mem_copy(clash->rule->say);
    if (*clash->rule->back != '\0')
        return mem_copy(clash->rule->back);
    return mem_printf("该人已在%s在册，不得同时享受%s", other->form->brief, one->form->brief);
}

// ---- requirements

static bool meets(const struct form_require *require, const struct beside *other)
{
    if (!other->active || (!other->covered && !require->household))
        return false;
    for (size_t i = 0; require->kinds[i] != NULL; i++)
        if (strcmp(require->kinds[i], other->form->kind) == 0)
            return true;
    return false;
}

const struct form_require *beside_find_lack(const struct beside *one, const struct beside *others,
                                            size_t count, day_t today, size_t *at)
{
    while (one->covered && *at < one->form->require_count) {
        const struct form_require *require = &one->form->requires[(*at)++];
        bool met = !holds(require->when, one, today);
        for (size_t i = 0; i < count && !met; i++)
            met = meets(require, &others[i]);
        if (!met)
            return require;
    }
    return NULL;
}
