#include "form/beside.h"

#include "base/mem.h"
#include "form/benefit.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <string.h>

/** A parameter as it is stored is in hundredths. */
enum { STANDARD_SCALE = 100 };

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

static bool is_paid(const struct beside *one, day_t today)
{
    return one->form->benefit != NULL && holds(one->form->benefit->paid, one, today);
}

/* True if both would be paid for one month. */
static bool share_month(const struct beside *one, const struct beside *other, day_t today,
                        month_t *ret_until)
{
    if (one->from == 0 || other->from == 0 || !is_paid(one, today) || !is_paid(other, today))
        return false;
    if ((one->until != 0 && one->until < other->from) ||
        (other->until != 0 && other->until < one->from))
        return false;
    *ret_until = one->active ? other->until : one->until;
    return true;
}

/* The months that must lie between the two; 0 if there is no such parameter. */
static int64_t months_apart(const struct form_standard *standard, month_t month,
                            const struct beside_ask *ask)
{
    int64_t value = standard->fallback;

    if (ask->standard != NULL)
        (void)ask->standard(standard->name, month, &value, ask->arg);
    return value / STANDARD_SCALE;
}

static bool are_same(const struct form_apart *apart, const struct beside *one,
                     const struct beside *other)
{
    for (size_t i = 0; apart->same[i] != NULL; i++) {
        const char *value = fields_get(one->values, apart->same[i]);
        if (*value == '\0' || strcmp(value, fields_get(other->values, apart->same[i])) != 0)
            return false;
    }
    return true;
}

static bool was_given(const struct form_apart *apart, const struct beside *one)
{
    for (size_t i = 0; one->exit != NULL && apart->unless[i] != NULL; i++)
        if (strcmp(apart->unless[i], one->exit) == 0)
            return false;
    return true;
}

/* True if both give the same within the time. Of one programme twice, the later one gives a reason. */
static bool is_again(const struct form_exclude *rule, const struct beside *owner,
                     const struct beside *other, const struct beside_ask *ask,
                     struct beside_clash *clash)
{
    bool same = is_same(owner->form, other->form);
    const struct beside *later = same && owner->from < other->from ? other : owner;
    const struct beside *earlier = later == owner ? other : owner;
    month_t last = owner->from > other->from ? owner->from : other->from;
    month_t first = owner->from + other->from - last;

    if (owner->from == 0 || other->from == 0 || !owner->covered || !other->covered ||
        !was_given(&rule->apart, owner) || !was_given(&rule->apart, other) ||
        !are_same(&rule->apart, owner, other) ||
        last - first >= months_apart(rule->apart.months, last, ask) ||
        !holds(rule->when, later, ask->today) || !holds(rule->other, earlier, ask->today))
        return false;
    /* In one month nobody knows which came first: the reason may stand in either. */
    if (same && last == first && !holds(rule->when, earlier, ask->today))
        return false;
    clash->again = earlier->from;
    return true;
}

static bool speaks(const struct form_exclude *rule, const struct beside *owner,
                   const struct beside *other, const struct beside_ask *ask,
                   struct beside_clash *clash)
{
    if (!owner->active && !other->active)
        return false; /* history: nobody can mend it here */
    if (rule->apart.months != NULL)
        return is_again(rule, owner, other, ask, clash);
    if (!holds(rule->when, owner, ask->today) || !holds(rule->other, other, ask->today))
        return false;
    bool covered = owner->covered && other->covered;
    if (owner->active && other->active)
        return covered || is_same(owner->form, other->form);
    return covered && !rule->warning && share_month(owner, other, ask->today, &clash->until);
}

/* True if a rule of `owner`'s file speaks. */
static bool find_rule(const struct beside *owner, const struct beside *other,
                      const struct beside_ask *ask, struct beside_clash *clash)
{
    const struct form_exclude *rule = NULL;

    while ((rule = next_rule(owner->form, other->form, rule)) != NULL)
        if (speaks(rule, owner, other, ask, clash)) {
            clash->rule = rule;
            return true;
        }
    return false;
}

/* True if the file says which two of its own cases may stand beside each other. */
static bool rules_itself(const struct form *form)
{
    const struct form_exclude *rule = NULL;

    while ((rule = next_rule(form, form, rule)) != NULL)
        if (rule->apart.months == NULL)
            return true;
    return false;
}

bool beside_find_clash(const struct beside *one, const struct beside *other,
                       const struct beside_ask *ask, struct beside_clash *ret_clash)
{
    bool same = is_same(one->form, other->form);
    struct beside_clash clash = {0};

    /* Entered twice is a mistake, whether somebody draws it or not. */
    bool found = same && one->active && other->active && !rules_itself(one->form);
    if (!found)
        found = find_rule(one, other, ask, &clash);
    if (!found && !same)
        found = clash.back = find_rule(other, one, ask, &clash);
    if (found)
        *ret_clash = clash;
    return found;
}

// ---- two persons of one household

static const struct form_exclude *next_shared(const struct form *form, const struct form *other,
                                              const struct form_exclude *after)
{
    const struct form_exclude *rule = after;

    while ((rule = next_rule(form, other, rule)) != NULL)
        if (rule->apart.household)
            return rule;
    return NULL;
}

bool beside_may_share(const struct form *one, const struct form *other)
{
    return next_shared(one, other, NULL) != NULL || next_shared(other, one, NULL) != NULL;
}

static bool find_shared(const struct beside *owner, const struct beside *other,
                        const struct beside_ask *ask, struct beside_clash *clash)
{
    const struct form_exclude *rule = NULL;

    while ((rule = next_shared(owner->form, other->form, rule)) != NULL)
        if (speaks(rule, owner, other, ask, clash)) {
            clash->rule = rule;
            return true;
        }
    return false;
}

bool beside_find_shared(const struct beside *one, const struct beside *other,
                        const struct beside_ask *ask, struct beside_clash *ret_clash)
{
    struct beside_clash clash = {0};
    bool found = find_shared(one, other, ask, &clash);

    if (!found && !is_same(one->form, other->form))
        found = clash.back = find_shared(other, one, ask, &clash);
    if (found)
        *ret_clash = clash;
    return found;
}

// ---- words

char *beside_clash_words(const struct beside *one, const struct beside *other,
                         const struct beside_clash *clash)
{
    char until[MONTH_TEXT];
    char next[MONTH_TEXT];

    if (clash->rule == NULL)
        return mem_copy("");
    const char *say = clash->back ? clash->rule->back : clash->rule->say;
    if (clash->again != 0 && *say != '\0')
        return mem_printf("%s（上次%s）", say, month_format(clash->again, until));
    if (clash->until != 0) {
        const struct beside *ended = one->active ? other : one;
        const struct beside *begins = one->active ? one : other;
        return mem_printf("该人的%s发到%s，%s应从%s起，同一个月不能领两份", ended->form->brief,
                          month_format(clash->until, until), begins->form->brief,
                          month_format(clash->until + 1, next));
    }
    if (*say != '\0')
        return mem_copy(say);
    return mem_printf("该人已在%s在册，不得同时享受%s；请先办理那里的退出", other->form->brief,
                      one->form->brief);
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
