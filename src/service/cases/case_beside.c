#include "service/cases/case_beside.h"

#include "base/mem.h"
#include "form/benefit.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

// ---- a case as the rules see it

month_t case_beside_until(const Rec__Case *record, const struct form *form,
                          const struct fields *values)
{
    month_t until = 0;
    month_t closed = record->closed_on != 0 ? month_of(record->closed_on) : 0;

    (void)month_parse_loose(fields_get(values, form->roles.until), &until);
    return closed != 0 && (until == 0 || closed < until) ? closed : until;
}

/** A member's row, as record_values() counts them; a member who left has none. */
static const Rec__Member *find_member(const Rec__Case *record, uint64_t person, size_t *ret_row)
{
    const Rec__Member *left = NULL;
    size_t row = 0;

    *ret_row = FORM_NO_ROW;
    for (size_t i = 0; i < record->n_members; i++) {
        const Rec__Member *member = record->members[i];
        if (member->person == person && member->until == 0) {
            *ret_row = row;
            return member;
        }
        if (member->person == person && (left == NULL || member->until > left->until))
            left = member;
        row += member->until == 0;
    }
    return left;
}

/** The household is paid for a member until the month before the one that begins without them. */
static void set_member(const Rec__Member *member, struct beside *side)
{
    side->covered = member->covered;
    if (member->until == 0)
        return;
    month_t until = month_of(member->until - 1);
    side->active = false;
    if (side->until == 0 || until < side->until)
        side->until = until;
}

enum result case_beside_read(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                             struct case_side *ret_side)
{
    struct case_side *side = ret_side;

    *side = (struct case_side){0};
    side->side.form = forms_get(service_forms(usecase->service), record->kind);
    if (side->side.form == NULL)
        return RESULT_OK;
    enum result result = record_values(usecase, side->side.form, record, &side->values);
    const Rec__Member *member = find_member(record, person, &side->side.row);
    side->side.values = &side->values;
    side->side.covered = true;
    side->side.active = census_is_active(record);
    side->side.exit = record->exit_reason;
    side->side.from = record->since != 0 ? month_of(record->since) : 0;
    side->side.until = case_beside_until(record, side->side.form, &side->values);
    if (member != NULL)
        set_member(member, &side->side);
    return result;
}

static bool find_standard(const char *name, month_t month, int64_t *ret_value, void *arg)
{
    const struct case_beside_place *place = arg;
    const struct cache_standard *row =
        facts_standard_row(place->usecase->service, name, place->area, month_first(month));

    if (row != NULL)
        *ret_value = row->value;
    return row != NULL;
}

struct beside_ask case_beside_ask(const struct case_beside_place *place)
{
    return (struct beside_ask){
        .today = place->usecase->today,
        .standard = find_standard,
        .arg = (void *)(uintptr_t)place,
    };
}

void case_beside_free(struct case_side *side)
{
    fields_free(&side->values);
}

enum result case_beside_read_all(struct usecase *usecase, const struct record_cases *cases,
                                 uint64_t person, uint64_t except, struct case_sides *ret_sides)
{
    enum result result = RESULT_OK;

    *ret_sides = (struct case_sides){
        .items = mem_array(cases->count + 1, sizeof *ret_sides->items),
        .values = mem_array(cases->count + 1, sizeof *ret_sides->values),
    };
    for (size_t i = 0; i < cases->count && result == 0; i++) {
        struct case_side side;
        if (cases->items[i]->id == except)
            continue;
        result = case_beside_read(usecase, cases->items[i], person, &side);
        if (side.side.form == NULL || result != 0) {
            case_beside_free(&side);
            continue;
        }
        ret_sides->values[ret_sides->count] = side.values;
        ret_sides->items[ret_sides->count] = side.side;
        ret_sides->items[ret_sides->count].values = &ret_sides->values[ret_sides->count];
        ret_sides->count++;
    }
    return result;
}

void case_beside_free_all(struct case_sides *sides)
{
    for (size_t i = 0; i < sides->count; i++)
        fields_free(&sides->values[i]);
    free(sides->items);
    free(sides->values);
}

// ---- exclusions

enum result case_beside_compare(struct usecase *usecase, const struct case_beside_pair *pair,
                                struct beside_clash *ret_clash, char **ret_words)
{
    const struct forms *forms = service_forms(usecase->service);
    const struct form *form = forms_get(forms, pair->one->kind);
    const struct form *other_form = forms_get(forms, pair->other->kind);
    struct case_side one = {0};
    struct case_side other = {0};

    *ret_words = NULL;
    if (form == NULL || other_form == NULL ||
        !(pair->household ? beside_may_share : beside_may_clash)(form, other_form))
        return RESULT_OK;
    enum result result = case_beside_read(usecase, pair->one, pair->person, &one);
    if (result == 0)
        result = case_beside_read(usecase, pair->other, pair->other_person, &other);
    const struct case_beside_place place = {usecase, pair->one->area};
    struct beside_ask ask = case_beside_ask(&place);
    if (result == 0 && (pair->household ? beside_find_shared : beside_find_clash)(
                           &one.side, &other.side, &ask, ret_clash))
        *ret_words = beside_clash_words(&one.side, &other.side, ret_clash);
    case_beside_free(&one);
    case_beside_free(&other);
    return result;
}

// ---- requirements

enum result case_beside_lacks(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                              const struct record_cases *cases, char **ret_words)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);
    struct case_side own = {0};
    struct case_sides others = {0};
    struct str words = {0};
    const struct form_require *lack;
    size_t at = 0;

    *ret_words = NULL;
    if (form == NULL || form->require_count == 0)
        return RESULT_OK;
    enum result result = case_beside_read(usecase, record, person, &own);
    if (result == 0)
        result = case_beside_read_all(usecase, cases, person, record->id, &others);
    while (result == 0 && (lack = beside_find_lack(&own.side, others.items, others.count,
                                                   usecase->today, &at)) != NULL)
        str_printf(&words, "%s%s", words.length > 0 ? "；" : "", lack->say);
    case_beside_free_all(&others);
    case_beside_free(&own);
    if (words.length > 0)
        *ret_words = mem_copy(str_text(&words));
    str_free(&words);
    return result;
}
