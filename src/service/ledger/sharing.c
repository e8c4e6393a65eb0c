#include "service/ledger/sharing.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/share.h"
#include "service/frame/record.h"
#include "service/ledger/duties.h"

#include <stdlib.h>
#include <string.h>

/** The words on a row that does not count; they name the counting row. New string. */
static char *say_keeper(const struct usecase *usecase, const Rec__Duty *row,
                        const Rec__Duty *keeper)
{
    bool reached = keeper->n_credits > 0;
    bool here = strcmp(row->area, keeper->area) == 0;

    if (here)
        return mem_copy(reached ? "已计入此人的另一个案" : "由此人的新个案续访");
    return mem_printf(reached ? "已由%s探访" : "由%s续访",
                      facts_area_name_in(usecase->service, keeper->area, keeper->month));
}

/** Decides the rows of one month and programme. */
static void settle_rows(const struct usecase *usecase, Rec__Duty *const *rows, size_t count)
{
    struct duty_claim *claims = mem_array(count, sizeof *claims);

    for (size_t i = 0; i < count; i++)
        claims[i] = (struct duty_claim){
            .since = rows[i]->since,
            .closed_on = rows[i]->closed_on,
            .first_visit = rows[i]->n_credits > 0 ? rows[i]->credits[0]->date : 0,
            .case_id = rows[i]->case_id,
        };
    duty_share(rows[0]->month, claims, count);
    for (size_t i = 0; i < count; i++) {
        bool counts = claims[i].keeper == i;
        char *words = counts ? NULL : say_keeper(usecase, rows[i], rows[claims[i].keeper]);
        record_set(&rows[i]->shared, words);
        rows[i]->present = claims[i].present;
        free(words);
    }
    free(claims);
}

static bool is_same_group(const Rec__Duty *a, const Rec__Duty *b)
{
    return a->month == b->month && strcmp(a->kind, b->kind) == 0;
}

void sharing_settle(const struct usecase *usecase, struct credit_changes *changes)
{
    Rec__Duty **group = mem_array(changes->count, sizeof *group);

    for (size_t first = 0; first < changes->count; first++) {
        size_t count = 0;
        bool seen = false;
        for (size_t i = 0; i < changes->count && !seen; i++) {
            if (!is_same_group(changes->items[i].is, changes->items[first].is))
                continue;
            seen = i < first;
            group[count++] = changes->items[i].is;
        }
        if (!seen)
            settle_rows(usecase, group, count);
    }
    free(group);
}

bool sharing_possible(const Rec__Case *casefile, month_t first)
{
    return casefile->since > month_first(first) || casefile->closed_on != 0;
}

static bool is_of(const Rec__Case *casefile, uint64_t person, const char *kind)
{
    return casefile->person == person && strcmp(casefile->kind, kind) == 0;
}

enum result sharing_load(struct usecase *usecase, uint64_t person, const char *kind,
                         struct credit_changes *changes)
{
    month_t first = service_first_month(usecase->service);
    struct record_cases cases = {0};
    size_t count = 0;
    enum result result = record_cases_load(usecase, person, &cases);

    for (size_t i = 0; i < cases.count; i++)
        count += is_of(cases.items[i], person, kind);
    for (size_t i = 0; i < cases.count && result == 0 && count > 1; i++)
        if (is_of(cases.items[i], person, kind))
            result = credit_load(usecase, cases.items[i], first, changes);
    record_cases_free(&cases);
    return result;
}

enum result sharing_store(struct usecase *usecase, uint64_t person, const char *kind)
{
    struct credit_changes changes = {0};
    enum result result = sharing_load(usecase, person, kind, &changes);

    if (result == 0) {
        sharing_settle(usecase, &changes);
        result = credit_put(usecase, &changes);
    }
    credit_changes_free(&changes);
    return result;
}
