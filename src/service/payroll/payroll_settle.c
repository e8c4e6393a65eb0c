#include "service/payroll/payroll_settle.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/benefit.h"
#include "service/cases/benefit.h"
#include "service/memory/cache.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- standards, then and now

/** "NAME=VALUE" lines as a bag. */
static void read_standards(const char *text, struct fields *standards)
{
    while (*text != '\0') {
        size_t name = strcspn(text, "=");
        size_t value = strcspn(text + name, "\n");
        char *key = mem_copy_bytes(text, name);
        char *amount = mem_copy_bytes(text + name + 1, value - 1);
        fields_set(standards, key, amount);
        free(key);
        free(amount);
        text += name + value + 1;
    }
}

/** In force now for that month, as stored; "-" if there is none. New string. */
static char *value_now(struct usecase *usecase, const Rec__Case *casefile, const char *key,
                       month_t month)
{
    const char *at = strchr(key, '@');
    char *name = at != NULL ? mem_copy_bytes(key, (size_t)(at - key)) : mem_copy(key);
    const struct cache_standard *row = facts_standard_row(
        usecase->service, name, at != NULL ? at + 1 : casefile->area, month_first(month));

    free(name);
    return row != NULL ? mem_printf("%" PRId64, row->value) : mem_copy(BENEFIT_NO_STANDARD);
}

/** "792.00", or that there was none: what officers call it. New string. */
static char *value_words(const char *value)
{
    int64_t fen;

    return text_to_int(value, INT64_MIN, INT64_MAX, &fen) == 0 ? text_from_fen(fen)
                                                               : mem_copy("未录入");
}

/** Adds which standards are others today; false if none is. `text` NULL = only asks. */
static bool tell_standards(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                           const struct fields *standards, struct str *text)
{
    bool differ = false;

    for (size_t i = 0; i < standards->count; i++) {
        const struct field *was = &standards->items[i];
        char *now = value_now(usecase, casefile, was->name, month);
        if (strcmp(now, was->value) != 0) {
            char *before = value_words(was->value);
            char *after = value_words(now);
            if (text != NULL)
                str_printf(text, "%s%.*s %s → %s", text->length > 0 ? "；" : "",
                           (int)strcspn(was->name, "@"), was->name, before, after);
            differ = true;
            free(before);
            free(after);
        }
        free(now);
    }
    return differ;
}

// ---- decisions

/** What somebody else must confirm does not hold before. */
static bool holds(const Rec__Settled *settled)
{
    return *settled->refused_by == '\0' && (!settled->asks || *settled->confirmed_by != '\0');
}

const Rec__Settled *payroll_settle_decision(const Rec__Case *casefile, month_t month)
{
    for (size_t i = casefile->n_settled; i-- > 0;)
        if (casefile->settled[i]->month == month && holds(casefile->settled[i]))
            return casefile->settled[i];
    return NULL;
}

Rec__Settled *payroll_settle_pending(const Rec__Case *casefile, month_t month)
{
    for (size_t i = casefile->n_settled; i-- > 0;) {
        Rec__Settled *settled = casefile->settled[i];
        if (settled->month == month)
            return holds(settled) || *settled->refused_by != '\0' ? NULL : settled;
    }
    return NULL;
}

bool payroll_settle_may_differ(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                               const struct payroll_basis *basis)
{
    struct fields standards = {0};

    if (payroll_settle_decision(casefile, month) != NULL)
        return true;
    read_standards(basis->standards, &standards);
    bool differ = tell_standards(usecase, casefile, month, &standards, NULL);
    fields_free(&standards);
    return differ;
}

// ---- one month

struct settling {
    struct usecase *usecase;
    const Rec__Case *casefile;
    month_t month;
    const struct payroll_basis *basis;
    struct payroll_amount now;
};

/** A decision stands until today's amount is another one than on that day. */
static void settle_decided(const struct settling *settling, const Rec__Settled *decision,
                           struct payroll_settle *settle)
{
    settle->owed = decision->owed;
    settle->decided_by = decision->by;
    settle->how =
        settle->known && settle->today != decision->computed ? SETTLED_UNCLEAR : SETTLED_DECIDED;
    settle->why = mem_printf("%s%s", decision->why,
                             settle->how == SETTLED_UNCLEAR ? "；决定以后金额又变了" : "");
    (void)settling;
}

/** Whether the case of today comes by the standards of then to what was paid then. */
static enum result was_by_standards(const struct settling *settling, const struct fields *standards,
                                    bool *ret_same)
{
    struct payroll_amount then = {0};
    enum result result =
        payroll_amount_by(settling->usecase, settling->casefile, settling->month, standards, &then);

    *ret_same = result == 0 && then.due && then.known && then.total == settling->basis->fen &&
                then.stated == settling->basis->stated;
    payroll_amount_free(&then);
    return result;
}

static enum result settle_changed(const struct settling *settling, struct payroll_settle *settle)
{
    const struct payroll_basis *basis = settling->basis;
    bool moved = strcmp(basis->area, settling->casefile->area) != 0;
    bool stated = settling->now.stated || basis->stated;
    struct fields standards = {0};
    struct str why = {0};
    bool same = false;
    enum result result = RESULT_OK;

    read_standards(basis->standards, &standards);
    bool differ =
        tell_standards(settling->usecase, settling->casefile, settling->month, &standards, &why);
    if (differ)
        result = was_by_standards(settling, &standards, &same);
    if (differ && same && !moved) {
        settle->how = SETTLED_STANDARD;
        settle->owed = settle->today;
    } else if (differ || stated || standards.count == 0) {
        settle->how = SETTLED_UNCLEAR;
        str_printf(&why, "%s%s", why.length > 0 ? "；" : "",
                   stated    ? "录入金额变了，从哪个月起没有写明"
                   : moved   ? "个案换了村"
                   : !differ ? "当时的花名册没有记下所用标准"
                             : "情况也变了，差额不全由标准来");
    } else {
        settle->how = SETTLED_LATER;
        str_add(&why, "情况变了，一般从次月起调整");
    }
    settle->why = str_take(&why);
    fields_free(&standards);
    return result;
}

static enum result settle_month(const struct settling *settling, struct payroll_settle *settle)
{
    const Rec__Settled *decision = payroll_settle_decision(settling->casefile, settling->month);

    settle->known = settling->now.known;
    settle->today = settling->now.total;
    if (decision != NULL) {
        settle_decided(settling, decision, settle);
    } else if (!settle->known) {
        settle->how = SETTLED_UNCLEAR;
        settle->why = mem_copy(settling->now.why != NULL ? settling->now.why : "金额算不出来");
    } else if (settle->today != settling->basis->fen) {
        return settle_changed(settling, settle);
    }
    return RESULT_OK;
}

enum result payroll_settle_read(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                const struct payroll_basis *basis,
                                struct payroll_settle *ret_settle)
{
    struct settling settling = {
        .usecase = usecase, .casefile = casefile, .month = month, .basis = basis};
    struct payroll_settle settle = {
        .owed = basis->fen, .decided_by = "", .pending = payroll_settle_pending(casefile, month)};
    enum result result = payroll_amount_read(usecase, casefile, month, &settling.now);

    settle.due = result == 0 && settling.now.due;
    if (settle.due)
        result = settle_month(&settling, &settle);
    settle.people = settling.now.people;
    settling.now.people = (struct benefit_people){0};
    payroll_amount_free(&settling.now);
    if (result == 0)
        *ret_settle = settle;
    else
        payroll_settle_free(&settle);
    return result;
}

// ---- what is remembered

/** FNV-1a: equal prints of unequal months would need an adversary. */
static void add_print(uint64_t *print, const void *bytes, size_t length)
{
    static const uint64_t PRIME = 0x100000001B3U;
    const uint8_t *at = bytes;

    for (size_t i = 0; i < length; i++)
        *print = (*print ^ at[i]) * PRIME;
}

struct settled_month payroll_settle_month(uint64_t case_id, month_t month,
                                          const struct payroll_basis *basis, int64_t raised)
{
    struct settled_month of = {.case_id = case_id, .month = month, .print = 0xCBF29CE484222325U};
    const int64_t numbers[] = {basis->known, basis->stated, basis->fen, raised};

    add_print(&of.print, numbers, sizeof numbers);
    add_print(&of.print, basis->area, strlen(basis->area) + 1);
    add_print(&of.print, basis->standards, strlen(basis->standards) + 1);
    return of;
}

/** Decisions are the case's own: they are read with it and not remembered. */
static void read_decider(const Rec__Case *casefile, month_t month, struct payroll_settle *settle)
{
    const Rec__Settled *decision = payroll_settle_decision(casefile, month);

    settle->pending = payroll_settle_pending(casefile, month);
    settle->decided_by = decision != NULL && settle->due ? decision->by : "";
}

static void remember(struct usecase *usecase, const struct settled_stamp *stamp,
                     const struct settled_month *of, const struct payroll_settle *settle)
{
    struct settled_persons persons = {settle->people.ids, settle->people.count};
    struct settled_verdict verdict = {
        .how = settle->how,
        .known = settle->known,
        .owed = settle->owed,
        .today = settle->today,
        .why = settle->why,
    };
    unsigned found = 0;

    if (!settle->due)
        found = SETTLED_NOT_DUE;
    else if (settle->how == SETTLED_SAME && settle->pending == NULL)
        found = SETTLED_AS_PAID;
    else if (settle->how == SETTLED_LATER && settle->pending == NULL)
        found = SETTLED_IS_LATER;
    bool told = (found & (SETTLED_NOT_DUE | SETTLED_AS_PAID)) == 0;
    settled_remember(usecase->service, stamp, of, found, told ? &verdict : NULL, &persons);
}

enum result payroll_settle_recall(struct usecase *usecase, const Rec__Case *casefile,
                                  const struct settled_stamp *stamp, const struct settled_month *of,
                                  const struct payroll_basis *basis,
                                  struct payroll_settle *ret_settle)
{
    struct settled_verdict verdict = {0};
    unsigned found = settled_recall(usecase->service, of, &verdict);
    struct payroll_settle settle = {.owed = basis->fen, .decided_by = ""};

    if ((found & (SETTLED_NOT_DUE | SETTLED_AS_PAID | SETTLED_HAS_VERDICT)) == 0) {
        enum result result = payroll_settle_read(usecase, casefile, of->month, basis, &settle);
        if (result != 0)
            return result;
        remember(usecase, stamp, of, &settle);
    } else if ((found & SETTLED_HAS_VERDICT) != 0) {
        settle.due = true;
        settle.how = (enum payroll_settled)verdict.how;
        settle.known = verdict.known;
        settle.owed = verdict.owed;
        settle.today = verdict.today;
        settle.why = verdict.why;
    } else if ((found & SETTLED_AS_PAID) != 0) {
        settle.due = settle.known = true;
        settle.today = basis->fen;
    }
    read_decider(casefile, of->month, &settle);
    *ret_settle = settle;
    return RESULT_OK;
}

void payroll_settle_free(struct payroll_settle *settle)
{
    free(settle->why);
    free(settle->people.ids);
    *settle = (struct payroll_settle){0};
}
