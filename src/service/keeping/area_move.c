#include "service/keeping/area_move.h"

#include "base/mem.h"
#include "service/cases/proposal.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"

#include <stdlib.h>
#include <string.h>

/** Ids of one kind of things, gathered first: a walk over what it changes itself has no end. */
struct gathered {
    const struct area_move *move;
    size_t count, capacity;
    uint64_t *ids;
};

static void add_id(struct gathered *gathered, uint64_t id)
{
    mem_grow((void **)&gathered->ids, gathered->count, &gathered->capacity, sizeof *gathered->ids);
    gathered->ids[gathered->count++] = id;
}

/** Moves what was gathered, if the gathering went well; frees it. */
static enum result move_gathered(struct gathered *gathered, enum result result,
                                 enum result (*move_one)(const struct area_move *move, uint64_t id))
{
    for (size_t i = 0; i < gathered->count && result == 0; i++)
        result = move_one(gathered->move, gathered->ids[i]);
    free(gathered->ids);
    return result;
}

static int compare_code(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static bool is_one(const struct area_move *move, const char *area)
{
    return move->count > 0 &&
           bsearch(area, move->codes, move->count, sizeof *move->codes, compare_code) != NULL;
}

static const char *ask_where(const struct area_move *move, enum area_thing thing, const char *area,
                             uint64_t id)
{
    return move->where(&(struct area_found){.thing = thing, .area = area, .id = id}, move->arg);
}

static void tell(const struct area_move *move, enum area_thing thing, const char *area, uint64_t id,
                 const char *into)
{
    move->moved(&(struct area_found){.thing = thing, .area = area, .id = id}, into, move->arg);
}

// ---- cases

static enum result gather_case(const Rec__Case *casefile, void *arg)
{
    add_id(arg, casefile->id);
    return RESULT_OK;
}

static enum result put_case(const struct area_move *move, const Rec__Case *old,
                            const Rec__Case *casefile, uint64_t *duties)
{
    enum result result =
        move->check_only ? RESULT_OK : counted_case_put(move->usecase, old, casefile);

    if (result == 0)
        result = duties_move_case(move->usecase, old, casefile, move->check_only, duties);
    return result;
}

static enum result move_case(const struct area_move *move, uint64_t id)
{
    struct area_found found = {.thing = AREA_CASES, .id = id};
    Rec__Case *old = NULL;
    enum result result = store_case_get(move->usecase->txn, id, &old);

    if (result != 0)
        return result;
    found.area = old->area;
    const char *into = move->where(&found, move->arg);
    if (into != NULL) {
        Rec__Case *casefile = record_copy(old);
        record_set(&casefile->area, into);
        casefile->version++;
        result = *into != '\0' ? put_case(move, old, casefile, &found.duties) : RESULT_OK;
        move->moved(&found, into, move->arg);
        rec__case__free_unpacked(casefile, NULL);
    }
    rec__case__free_unpacked(old, NULL);
    return result;
}

static enum result move_cases(const struct area_move *move, const char *code)
{
    struct gathered cases = {.move = move};
    enum result result =
        store_case_of_area(move->usecase->txn, code, NULL, NULL, gather_case, &cases);

    return move_gathered(&cases, result, move_case);
}

// ---- alarms that no case takes along

static enum result gather_alarm(const Rec__Alarm *alarm, void *arg)
{
    add_id(arg, alarm->id);
    return RESULT_OK;
}

static enum result move_alarm(const struct area_move *move, uint64_t id)
{
    Rec__Alarm *alarm = NULL;
    enum result result = store_alarm_get(move->usecase->txn, id, &alarm);
    const char *into = result == 0 ? ask_where(move, AREA_ALARMS, alarm->area, id) : NULL;

    if (into != NULL) {
        tell(move, AREA_ALARMS, alarm->area, id, into);
        record_set(&alarm->area, into);
        result = move->check_only ? RESULT_OK : store_alarm_put(move->usecase->txn, alarm);
    }
    if (alarm != NULL)
        rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

static enum result move_alarms(const struct area_move *move, const char *code)
{
    struct gathered alarms = {.move = move};
    enum result result = store_alarm_of_area(move->usecase->txn, code, gather_alarm, &alarms);

    return move_gathered(&alarms, result, move_alarm);
}

// ---- drafted cases

static enum result gather_proposal(const Rec__Proposal *proposal, void *arg)
{
    add_id(arg, proposal->id);
    return RESULT_OK;
}

/** Typed values name the village too. */
static void move_fields(Rec__Proposal *proposal, const char *into)
{
    for (size_t i = 0; i < proposal->n_fields; i++)
        if (strcmp(proposal->fields[i]->value, proposal->area) == 0)
            record_set(&proposal->fields[i]->value, into);
}

static enum result move_proposal(const struct area_move *move, uint64_t id)
{
    Rec__Proposal *proposal = NULL;
    enum result result = store_proposal_get(move->usecase->txn, id, &proposal);
    const char *into = result == 0 ? ask_where(move, AREA_PROPOSALS, proposal->area, id) : NULL;

    if (into != NULL) {
        tell(move, AREA_PROPOSALS, proposal->area, id, into);
        move_fields(proposal, into);
        record_set(&proposal->area, into);
        proposal->version++;
        result = move->check_only ? RESULT_OK : store_proposal_put(move->usecase->txn, proposal);
    }
    if (proposal != NULL)
        rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

static enum result move_proposals(const struct area_move *move, const char *code)
{
    static const char *const open[] = {PROPOSAL_WAITING, PROPOSAL_RETURNED};
    struct gathered proposals = {.move = move};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof open / sizeof open[0] && result == 0; i++)
        result =
            store_proposal_scan(move->usecase->txn, open[i], code, gather_proposal, &proposals);
    return move_gathered(&proposals, result, move_proposal);
}

// ---- persons

static enum result gather_person(const Rec__Person *person, void *arg)
{
    struct gathered *gathered = arg;

    if (is_one(gathered->move, person->area))
        add_id(gathered, person->id);
    return RESULT_OK;
}

static enum result move_person(const struct area_move *move, uint64_t id)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(move->usecase->txn, id, &person);
    const char *into = result == 0 ? ask_where(move, AREA_PERSONS, person->area, id) : NULL;

    if (into != NULL) {
        tell(move, AREA_PERSONS, person->area, id, into);
        record_set(&person->area, into);
        person->version++;
        result = move->check_only ? RESULT_OK : counted_person_put(move->usecase, person, false);
    }
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result move_persons(const struct area_move *move)
{
    struct gathered persons = {.move = move};
    enum result result = store_person_scan(move->usecase->txn, 0, gather_person, &persons);

    return move_gathered(&persons, result, move_person);
}

// ---- officers

struct officers {
    const struct area_move *move;
    size_t count, capacity;
    Rec__Officer **items; /**< owned */
};

static enum result gather_officer(const Rec__Officer *officer, void *arg)
{
    struct officers *officers = arg;

    if (!is_one(officers->move, officer->area))
        return RESULT_OK;
    mem_grow((void **)&officers->items, officers->count, &officers->capacity,
             sizeof *officers->items);
    officers->items[officers->count++] = record_copy(officer);
    return RESULT_OK;
}

static void leave_area(const struct area_move *move, Rec__Officer *officer)
{
    Rec__FormerArea former = REC__FORMER_AREA__INIT;

    former.area = officer->area;
    former.until = move->from;
    officer->former = mem_resize(officer->former, officer->n_former + 1, sizeof *officer->former);
    officer->former[officer->n_former++] = record_copy(&former);
}

static void return_to_area(const struct area_move *move, Rec__Officer *officer, const char *into)
{
    size_t last = officer->n_former - 1;

    if (officer->n_former == 0 || officer->former[last]->until != move->from ||
        strcmp(officer->former[last]->area, into) != 0)
        return;
    rec__former_area__free_unpacked(officer->former[last], NULL);
    officer->n_former = last;
}

static enum result move_officer(const struct area_move *move, Rec__Officer *officer)
{
    struct area_found found = {
        .thing = AREA_OFFICERS, .area = officer->area, .officer = officer->id};
    const char *into = move->where(&found, move->arg);

    if (into == NULL)
        return RESULT_OK;
    move->moved(&found, into, move->arg);
    if (move->check_only || *into == '\0')
        return RESULT_OK;
    event_add_change(move->usecase, officer->id, officer->area, into);
    if (move->back)
        return_to_area(move, officer, into);
    else
        leave_area(move, officer);
    record_set(&officer->area, into);
    return store_officer_put(move->usecase->txn, officer);
}

static enum result move_officers(const struct area_move *move)
{
    struct officers officers = {.move = move};
    enum result result = store_officer_scan(move->usecase->txn, gather_officer, &officers);

    for (size_t i = 0; i < officers.count; i++) {
        if (result == 0)
            result = move_officer(move, officers.items[i]);
        rec__officer__free_unpacked(officers.items[i], NULL);
    }
    free(officers.items);
    return result;
}

// ---- all

enum result area_move_all(const struct area_move *move)
{
    enum result result = RESULT_OK;

    if (move->count == 0)
        return RESULT_OK;
    for (size_t i = 0; i < move->count && result == 0; i++) {
        result = move_cases(move, move->codes[i]);
        if (result == 0)
            result = move_alarms(move, move->codes[i]);
        if (result == 0)
            result = move_proposals(move, move->codes[i]);
    }
    if (result == 0)
        result = move_persons(move);
    return result == 0 ? move_officers(move) : result;
}

const char *area_move_label(enum area_thing thing)
{
    static const char *const labels[] = {
        [AREA_CASES] = "个案",         [AREA_PERSONS] = "人员",    [AREA_ALARMS] = "警示",
        [AREA_PROPOSALS] = "草拟个案", [AREA_OFFICERS] = "经办人",
    };

    return labels[thing];
}
