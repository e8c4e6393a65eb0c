#include "service/ledger/standin.h"

#include "base/mem.h"
#include "db/leave.h"
#include "service/frame/record.h"
#include "service/memory/lent.h"

#include <stdlib.h>
#include <string.h>

day_t standin_last(const Rec__Leave *leave)
{
    return *leave->ended_by != '\0' ? date_earlier(leave->to, leave->ended_on) : leave->to;
}

bool standin_runs(const Rec__Leave *leave, day_t day)
{
    return day >= leave->from && day <= standin_last(leave);
}

struct loading {
    struct standin *standin;
    day_t day;
};

static enum result see_leave(const Rec__Leave *leave, void *arg)
{
    struct loading *loading = arg;
    struct standin *standin = loading->standin;

    if (!standin_runs(leave, loading->day))
        return RESULT_OK;
    mem_grow((void **)&standin->items, standin->count, &standin->capacity, sizeof *standin->items);
    standin->items[standin->count++] = record_copy(leave);
    return RESULT_OK;
}

enum result standin_load(struct usecase *usecase, day_t day, struct standin *standin)
{
    struct loading loading = {standin, day};

    return store_leave_scan(usecase->txn, see_leave, &loading);
}

void standin_free(struct standin *standin)
{
    for (size_t i = 0; i < standin->count; i++)
        rec__leave__free_unpacked(standin->items[i], NULL);
    free(standin->items);
    *standin = (struct standin){0};
}

const char *standin_of(const struct standin *standin, const char *officer)
{
    for (size_t i = 0; i < standin->count; i++)
        if (strcmp(standin->items[i]->officer, officer) == 0)
            return standin->items[i]->substitute;
    return "";
}

bool standin_is(const struct standin *standin, const char *substitute, const char *officer)
{
    return *substitute != '\0' && strcmp(standin_of(standin, officer), substitute) == 0;
}

bool standin_may(const struct usecase *usecase, enum action action, const char *area)
{
    const struct caller *caller = usecase->caller;

    return access_allowed(caller->role, caller->area, action, area) ||
           (access_find(action)->lent && access_allowed(caller->role, "", action, NULL) &&
            lent_has(usecase->service, caller->officer, area, usecase->today));
}

/** True if the case names the officer, by number or by name. */
static bool is_theirs(struct usecase *usecase, const Rec__Case *casefile, const char *officer)
{
    Rec__Officer *record = NULL;
    bool theirs = strcmp(casefile->officer, officer) == 0;

    if (!theirs && store_officer_get(usecase->txn, officer, &record) == 0) {
        theirs = strcmp(casefile->officer, record->name) == 0;
        rec__officer__free_unpacked(record, NULL);
    }
    return theirs;
}

char *standin_for(struct usecase *usecase, const Rec__Case *casefile)
{
    const struct caller *caller = usecase->caller;
    char *officer = lent_for(usecase->service, caller->officer, casefile->area, usecase->today);
    bool own = access_allowed(caller->role, caller->area, ACTION_VISIT_ADD, casefile->area);

    if (officer == NULL || (own && !is_theirs(usecase, casefile, officer))) {
        free(officer);
        return mem_copy("");
    }
    return officer;
}
