#include "ledger_acts.h"
#include "base/month.h"
#include "service/ledger/excuse.h"

#include <inttypes.h>

const char *const areas[AREAS] = {VILLAGE, VILLAGE2, OTHER_VILLAGE, THIRD_VILLAGE};
const char *const streets[STREETS] = {STREET, OTHER_STREET, THIRD_STREET};
const char *const kinds[2] = {"tanfang", "tekun"};

uint32_t pick(struct world *world, uint32_t bound)
{
    return random_below(&world->random, bound);
}

static day_t day_max(day_t a, day_t b)
{
    return a > b ? a : b;
}

// ---- what is done

void expect(struct world *world, const char *what, enum result got, enum result expected)
{
    if (got != expected)
        print_error("%s: %s, %s\n", what, result_name(got), world->fixture.reply.message);
    assert_result(got, expected);
}

static const char *date_text(day_t day, char text[DATE_TEXT])
{
    return date_format(day, text);
}

static struct one_case *add_case(struct world *world, int person, int kind, day_t since, int area,
                                 int need)
{
    struct one_case *one = &world->cases[world->case_count++];

    *one = (struct one_case){
        .id = strtoull(fields_get(&world->fixture.reply.values, "case_id"), NULL, 10),
        .person = person,
        .kind = kind,
        .since = since,
        .area = area,
        .need = need,
    };
    model_settle(world, one);
    return one;
}

static const struct {
    const char *name;
    int need;
} tiers[] = {{"高", 4}, {"中", 2}, {"低", 1}};

/** A new case of a person, of somebody new when `person` is the next number. */
static void take_in(struct world *world, int person)
{
    struct fixture *fixture = &world->fixture;
    struct fields values = {0};
    struct case_input input = {.kind = "tanfang", .values = &values, .confirm = true};
    char text[DATE_TEXT];
    day_t since = world->today - (day_t)pick(world, 50);
    int area = (int)pick(world, AREAS);
    size_t tier = pick(world, COUNT(tiers));
    struct elder elder = {
        .id_no = world->id_nos[person],
        .area = areas[area],
        .tier = tiers[tier].name,
        .since = date_text(since, text),
    };

    elder_values(&elder, &values);
    expect(world, "register",
           case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    add_case(world, person, 0, since, area, tiers[tier].need);
    world->lives[person] = area;
    fields_free(&values);
}

static void take_in_tekun(struct world *world, int person)
{
    struct fixture *fixture = &world->fixture;
    struct fields values = {0};
    const struct one_case *first = &world->cases[world->case_count - 1];
    month_t since = month_of(first->since);
    char month[MONTH_TEXT];

    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", world->id_nos[person]);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", month_format(since, month));
    expect(world, "register twice", case_new(fixture, &fixture->system, "tekun", &values),
           RESULT_OK);
    add_case(world, person, 1, month_first(since), first->area, 1);
    fields_free(&values);
}

static void do_register(struct world *world)
{
    if (world->people == PEOPLE_MAX || world->case_count + 2 > CASES_MAX)
        return;
    int person = (int)world->people++;
    fixture_id_no(&world->fixture, world->id_nos[person]);
    take_in(world, person);
    if (pick(world, 3) == 0)
        take_in_tekun(world, person);
}

static struct one_case *active_case(struct world *world, int person, int kind)
{
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *one = &world->cases[i];
        if (one->person == person && one->kind == kind && one->closed == 0)
            return one;
    }
    return NULL;
}

/** Somebody who had left comes back, here or elsewhere. */
static void do_return(struct world *world)
{
    uint32_t people = (uint32_t)world->people;
    int start = people == 0 ? 0 : (int)pick(world, people);

    for (int i = 0; i < (int)people && world->case_count < CASES_MAX; i++) {
        int person = (start + i) % (int)people;
        if (world->died[person] != 0 || active_case(world, person, 0) != NULL ||
            active_case(world, person, 1) != NULL)
            continue;
        take_in(world, person);
        return;
    }
}

static struct one_case *pick_case(struct world *world)
{
    return world->case_count == 0 ? NULL : &world->cases[pick(world, world->case_count)];
}

static struct one_visit *pick_visit(struct world *world, int person)
{
    size_t start = world->visit_count == 0 ? 0 : pick(world, world->visit_count);

    for (size_t i = 0; i < world->visit_count; i++) {
        struct one_visit *visit = &world->visits[(start + i) % world->visit_count];
        if (visit->person == person && !visit->superseded)
            return visit;
    }
    return NULL;
}

static void do_visit(struct world *world, bool correct)
{
    static const char *const modes[] = {"上门", "电话", "视频"};
    static const char *const failures[] = {"未遇", "拒访", "联系不上"};
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);
    struct one_visit *replaced = one == NULL || !correct ? NULL : pick_visit(world, one->person);
    bool success = pick(world, 4) != 0;
    char reference[64] = "";
    char text[DATE_TEXT];

    if (one == NULL || world->visit_count == VISITS_MAX || (correct && replaced == NULL))
        return;
    day_t date = world->today - (day_t)pick(world, pick(world, 3) == 0 ? 60 : 4);
    struct visit_input input = {
        .case_id = one->id,
        .date = date_text(date, text),
        .mode = modes[pick(world, COUNT(modes))],
        .result = success ? "成功" : failures[pick(world, COUNT(failures))],
        .by = "刘洋",
        .confirm = true,
        .replaces = reference,
    };
    char old[DATE_TEXT];
    if (replaced != NULL)
        snprintf(reference, sizeof reference, "%s:%" PRIu32, date_text(replaced->date, old),
                 replaced->seq);
    bool listed = one->closed == 0 || date <= one->closed;
    expect(world, "visit",
           visit_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           listed ? RESULT_OK : RESULT_NOTFOUND);
    if (!listed)
        return;
    struct one_visit visit = {
        .person = one->person,
        .date = date,
        .seq = (uint32_t)strtoul(strrchr(fields_get(&fixture->reply.values, "visit"), ':') + 1,
                                 NULL, 10),
        .success = success,
        .late = replaced != NULL && replaced->date == date && replaced->success
                    ? replaced->late
                    : world->today - date >= 3,
    };
    if (replaced != NULL)
        replaced->superseded = true;
    world->visits[world->visit_count++] = visit;
}

static void end_case(struct world *world, struct one_case *one, day_t date, bool death)
{
    one->closed = date;
    one->by_death = death;
    model_settle(world, one);
}

static void do_close(struct world *world)
{
    static const char *const reasons[] = {"死亡", "其他"};
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);
    char text[DATE_TEXT];

    if (one == NULL || one->closed != 0)
        return;
    bool death = pick(world, 4) == 0;
    day_t from = one->since;
    for (size_t i = 0; i < world->case_count && death; i++)
        if (world->cases[i].person == one->person)
            from = day_max(from, day_max(world->cases[i].since, world->cases[i].closed));
    /* Nobody is said to have died before a visit that found them. */
    for (size_t i = 0; i < world->visit_count && death; i++)
        if (world->visits[i].person == one->person && world->visits[i].date <= world->today)
            from = day_max(from, world->visits[i].date);
    day_t date = from + (day_t)pick(world, (uint32_t)(world->today - from + 1));
    expect(world, "close",
           case_close(fixture->service, &fixture->system, one->id, date_text(date, text),
                      reasons[!death], 0, fixture_clear(fixture)),
           RESULT_OK);
    end_case(world, one, date, death);
    if (death)
        world->died[one->person] = date;
    for (size_t i = 0; i < world->case_count && death; i++)
        if (world->cases[i].person == one->person && world->cases[i].closed == 0)
            end_case(world, &world->cases[i], date, true);
}

/** An exit by mistake; a death by mistake has ended the person's other cases, too. */
static void do_reopen(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);

    if (one == NULL || one->closed == 0)
        return;
    bool death = one->by_death;
    bool doubled = false;
    for (size_t i = 0; i < world->case_count; i++) {
        const struct one_case *other = &world->cases[i];
        bool along = other == one || (death && other->person == one->person && other->closed != 0 &&
                                      other->by_death);
        doubled |= along && active_case(world, one->person, other->kind) != NULL;
        doubled |= !death && world->died[one->person] != 0 && other != one && other->closed != 0 &&
                   other->by_death && other->person == one->person && other->kind == one->kind;
    }
    expect(
        world, "reopen a case",
        case_reopen(fixture->service, &fixture->system, one->id, "误办", 0, fixture_clear(fixture)),
        doubled ? RESULT_INVALID : RESULT_OK);
    for (size_t i = 0; i < world->case_count && !doubled; i++) {
        struct one_case *other = &world->cases[i];
        bool along = death && other->person == one->person && other->closed != 0 && other->by_death;
        if (other != one && !along)
            continue;
        other->closed = 0;
        model_settle(world, other);
    }
    /* A mistake about somebody who has died since: the case ends by the death. */
    if (world->died[one->person] != 0 && !death && !doubled)
        end_case(world, one, day_max(world->died[one->person], one->since), true);
    if (death && !doubled)
        world->died[one->person] = 0;
}

/** Changes one field of an elder's case as an officer does: open, type, save. */
static void change(struct world *world, struct one_case *one, const char *name, const char *value)
{
    struct fixture *fixture = &world->fixture;
    struct case_view view = {0};
    struct fields values = {0};

    expect(world, "open",
           case_get(fixture->service, &fixture->system, one->id, NULL, true, &view,
                    fixture_clear(fixture)),
           RESULT_OK);
    fields_copy(&values, &view.values);
    fields_set(&values, name, value);
    struct case_input input = {
        .case_id = one->id,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    expect(world, "change",
           case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    fields_free(&values);
    case_view_free(&view);
}

static void change_tier(struct world *world, struct one_case *one)
{
    size_t tier = pick(world, COUNT(tiers));

    change(world, one, "tier", tiers[tier].name);
    one->need = tiers[tier].need;
    model_settle(world, one);
}

static void change_since(struct world *world, struct one_case *one)
{
    char text[DATE_TEXT];
    day_t since = world->today - (day_t)pick(world, 60);

    change(world, one, "in_on", date_text(since, text));
    one->since = since;
    model_settle(world, one);
}

/** Every case that the person has moves along, unless the person lived there already. */
static void move(struct world *world, struct one_case *one)
{
    int area = (int)pick(world, AREAS);
    bool moved = area != one->area;

    change(world, one, "person.area", areas[area]);
    if (!moved)
        return; /* whatever has become of the person, the officer changed nothing */
    world->lives[one->person] = area;
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *other = &world->cases[i];
        if (other->person != one->person || other->closed != 0 ||
            (other != one && other->area == area))
            continue;
        other->area = area;
        model_settle(world, other);
    }
}

static void do_change(struct world *world)
{
    struct one_case *one = pick_case(world);

    if (one == NULL || one->closed != 0)
        return;
    switch (one->kind == 0 ? pick(world, 3) : 2) {
    case 0:
        change_tier(world, one);
        break;
    case 1:
        change_since(world, one);
        break;
    default:
        move(world, one);
    }
}

// ---- excuses

static struct one_excuse *find_excuse(struct one_case *one, enum excuse state)
{
    for (size_t i = one->excuse_count; i > 0; i--)
        if (one->excuses[i - 1].state == state)
            return &one->excuses[i - 1];
    return NULL;
}

/** True if a month that the excuse touches is still to come, or open where the case's row stands. */
static bool touches_open_month(const struct world *world, const struct one_case *one,
                               const struct one_excuse *excuse)
{
    bool open = month_of(excuse->to) > world->opened;

    for (month_t month = month_of(excuse->from);
         month <= world->opened && month <= month_of(excuse->to); month++) {
        const struct row *row = &one->rows[month - world->first];
        open |= row->exists && !world->reports[street_of[row->area]][month - world->first].closed;
    }
    return open;
}

static void decide(struct world *world, struct one_case *one, struct one_excuse *waiting)
{
    struct fixture *fixture = &world->fixture;
    struct caller decider = fixture->system;
    bool grant = pick(world, 3) != 0;

    snprintf(decider.officer, sizeof decider.officer, "other");
    expect(world, "decide on one's own",
           excuse_decide(fixture->service, &fixture->system, one->id, "", grant, "否",
                         fixture_clear(fixture)),
           RESULT_DENIED);
    bool open = touches_open_month(world, one, waiting);
    expect(world, "decide",
           excuse_decide(fixture->service, &decider, one->id, "", grant, "核实",
                         fixture_clear(fixture)),
           grant && !open ? RESULT_CLOSED : RESULT_OK);
    if (grant && !open)
        return;
    waiting->state = grant ? EXCUSE_GIVEN : EXCUSE_DENIED;
    model_settle(world, one);
}

static void revoke(struct world *world, struct one_case *one, struct one_excuse *given)
{
    struct fixture *fixture = &world->fixture;
    char month[MONTH_TEXT];

    expect(world, "revoke",
           excuse_revoke(fixture->service, &fixture->system, one->id,
                         month_format(month_of(given->from), month), "提前回来",
                         fixture_clear(fixture)),
           RESULT_OK);
    /* Of several that touch the month it is the last. */
    for (size_t i = one->excuse_count; i > 0; i--) {
        struct one_excuse *excuse = &one->excuses[i - 1];
        if (excuse->state == EXCUSE_GIVEN && month_of(excuse->from) <= month_of(given->from) &&
            month_of(excuse->to) >= month_of(given->from)) {
            excuse->state = EXCUSE_DENIED;
            break;
        }
    }
    model_settle(world, one);
}

static enum result asked(const struct world *world, const struct one_case *one, int m,
                         const struct one_excuse *excuse)
{
    const struct row *row = &one->rows[m];
    bool covers = false;

    if (!row->exists)
        return RESULT_NOTFOUND;
    if (world->reports[street_of[row->area]][m].closed)
        return RESULT_CLOSED;
    if (model_judge(world, one, m).state == DUTY_NOT_COUNTED)
        return RESULT_INVALID;
    for (size_t i = 0; i < one->excuse_count; i++)
        if (one->excuses[i].state == EXCUSE_GIVEN && one->excuses[i].from <= excuse->to &&
            one->excuses[i].to >= excuse->from)
            return RESULT_EXISTS;
    for (month_t month = month_of(excuse->from); month <= month_of(excuse->to); month++)
        covers |= model_covers(one, month, excuse);
    return covers ? RESULT_OK : RESULT_INVALID;
}

static void ask(struct world *world, struct one_case *one)
{
    struct fixture *fixture = &world->fixture;
    int m = (int)pick(world, (uint32_t)(world->opened - world->first + 1));
    day_t from = month_first(world->first + m) + (day_t)pick(world, 28);
    struct one_excuse excuse = {EXCUSE_WAITING, from, from + (day_t)pick(world, 60)};
    char month[MONTH_TEXT];
    char first[DATE_TEXT];
    char last[DATE_TEXT];
    struct excuse_input input = {
        .case_id = one->id,
        .month = month_format(world->first + m, month),
        .reason = "住院",
        .from = date_text(excuse.from, first),
        .to = date_text(excuse.to, last),
        .note = "",
    };
    enum result expected = asked(world, one, m, &excuse);

    expect(world, "ask",
           excuse_ask(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           expected);
    if (expected != 0)
        return;
    one->excuses[one->excuse_count++] = excuse;
    model_settle(world, one);
}

static void do_excuse(struct world *world)
{
    struct one_case *one = pick_case(world);

    if (one == NULL || one->excuse_count == EXCUSES_MAX)
        return;
    struct one_excuse *waiting = find_excuse(one, EXCUSE_WAITING);
    struct one_excuse *given = find_excuse(one, EXCUSE_GIVEN);
    if (waiting != NULL)
        decide(world, one, waiting);
    else if (given != NULL && pick(world, 4) == 0)
        revoke(world, one, given);
    else
        ask(world, one);
}

static void do_month(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    int street = (int)pick(world, STREETS);
    int m = (int)pick(world, (uint32_t)(world->opened - world->first + 1));
    bool over = world->today > month_last(world->first + m);
    char month[MONTH_TEXT];

    month_format(world->first + m, month);
    if (world->reports[street][m].closed) {
        expect(world, "reopen",
               month_reopen(fixture->service, &fixture->system, month, streets[street], "漏录",
                            fixture_clear(fixture)),
               RESULT_OK);
        model_reopen(world, street, m);
        return;
    }
    expect(world, "close month",
           month_close(fixture->service, &fixture->system, month, streets[street],
                       fixture_clear(fixture)),
           over ? RESULT_OK : RESULT_INVALID);
    if (over)
        model_close(world, street, m);
}

// ---- days

void next_day(struct world *world, int days)
{
    char text[DATE_TEXT];

    world->today += days;
    fixture_today(&world->fixture, date_text(world->today, text));
    while (world->opened < month_of(world->today))
        model_open(world);
    model_timer(world);
}

void live_a_day(struct world *world)
{
    static void (*const rare[])(struct world *) = {do_close,  do_change, do_excuse, do_month,
                                                   do_reopen, do_change, do_excuse, do_return,
                                                   do_close,  do_return, do_close};

    do_register(world);
    for (uint32_t i = pick(world, 6); i > 0; i--)
        do_visit(world, false);
    if (pick(world, 2) == 0)
        do_visit(world, true);
    for (uint32_t i = pick(world, 8); i > 0; i--)
        rare[pick(world, COUNT(rare))](world);
}
