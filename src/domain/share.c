#include "domain/share.h"

#include "base/month.h"
#include "domain/duty.h"

static bool is_on_books(const struct duty_claim *claim, month_t month)
{
    return duty_exists(claim->since, claim->closed_on, month);
}

static bool is_earlier(const struct duty_claim *a, const struct duty_claim *b)
{
    return a->since != b->since ? a->since < b->since : a->case_id < b->case_id;
}

/** True if `a` goes before `b` in keeping the duty. */
static bool is_stronger(const struct duty_claim *a, const struct duty_claim *b)
{
    if (a->first_visit == 0 && b->first_visit == 0)
        return is_earlier(b, a);
    if (a->first_visit == 0 || b->first_visit == 0)
        return a->first_visit != 0;
    return a->first_visit != b->first_visit ? a->first_visit < b->first_visit : is_earlier(a, b);
}

void duty_share(month_t month, struct duty_claim *claims, size_t count)
{
    size_t keeper = count;
    day_t first = month_last(month);

    for (size_t i = 0; i < count; i++) {
        struct duty_claim *claim = &claims[i];
        if (!is_on_books(claim, month))
            continue;
        first = date_earlier(first, date_later(claim->since, month_first(month)));
        if (keeper == count || is_stronger(claim, &claims[keeper]))
            keeper = i;
    }
    for (size_t i = 0; i < count; i++) {
        struct duty_claim *claim = &claims[i];
        bool counted = is_on_books(claim, month);
        claim->keeper = counted ? keeper : i;
        claim->present = counted && first < claim->since ? first : 0;
    }
}
