#include "service/keeping/verify_rounds.h"

#include "base/mem.h"
#include "db/leave.h"
#include "db/round.h"
#include "service/memory/facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    struct usecase *usecase;
    const struct verify_alarms *to;
};

static void find(const struct checking *checking, const char *what, uint64_t id, const char *fault)
{
    char *line = mem_printf("%s %" PRIu64 " %s", what, id, fault);

    checking->to->find(line, checking->to->arg);
    free(line);
}

static enum result check_round(const Rec__Round *round, void *arg)
{
    static const char what[] = "专项走访";
    const struct checking *checking = arg;
    bool made = strcmp(round->state, ROUND_MADE) == 0;
    bool ended =
        strcmp(round->state, ROUND_CLOSED) == 0 || strcmp(round->state, ROUND_WITHDRAWN) == 0;

    if (round->from == 0 || round->to < round->from)
        find(checking, what, round->id, "的起止日期不对");
    if ((!made && !ended) || ended != (round->ended_at != 0))
        find(checking, what, round->id, "的状态不对");
    if (ended && date_of_time(round->ended_at) > round->to)
        find(checking, what, round->id, "到期以后又改过");
    if (round->n_areas == 0)
        find(checking, what, round->id, "没有范围");
    for (size_t i = 0; i < round->n_areas; i++)
        if (!facts_area_exists(round->areas[i], checking->usecase->service))
            find(checking, what, round->id, "的范围里有不存在的区划");
    return checking->to->progress(checking->to->arg);
}

static enum result check_officer(const struct checking *checking, const char *what, uint64_t id,
                                 const char *officer)
{
    Rec__Officer *record = NULL;
    enum result result = store_officer_get(checking->usecase->txn, officer, &record);

    if (result == RESULT_NOTFOUND)
        find(checking, what, id, "的人员不存在");
    if (record != NULL)
        rec__officer__free_unpacked(record, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result check_leave(const Rec__Leave *leave, void *arg)
{
    static const char what[] = "请假";
    const struct checking *checking = arg;

    if (leave->from == 0 || leave->to < leave->from)
        find(checking, what, leave->id, "的起止日期不对");
    enum result result = check_officer(checking, what, leave->id, leave->officer);
    if (result == 0)
        result = check_officer(checking, what, leave->id, leave->substitute);
    return result == 0 ? checking->to->progress(checking->to->arg) : result;
}

static enum result check_handover(const Rec__Handover *handover, void *arg)
{
    const struct checking *checking = arg;
    enum result result = check_officer(checking, "接管", handover->id, handover->officer);

    return result == 0 ? checking->to->progress(checking->to->arg) : result;
}

enum result verify_rounds(struct usecase *usecase, const struct verify_alarms *to)
{
    struct checking checking = {usecase, to};
    enum result result = store_round_scan(usecase->txn, check_round, &checking);

    if (result == 0)
        result = store_leave_scan(usecase->txn, check_leave, &checking);
    return result == 0 ? store_handover_scan(usecase->txn, check_handover, &checking) : result;
}
