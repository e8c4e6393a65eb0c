#include "service/lists/suspicion.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/cases/case_edit.h"
#include "service/frame/record.h"
#include "service/ledger/duties.h"
#include "service/memory/excuses.h"
#include "service/memory/standards.h"

#include <stdlib.h>
#include <string.h>

/** The code table of a visitor's findings: 正常 关注 异常 (forms/codes.yaml). */
#define FINDING_CODES "finding"
/** 备探访人 of a case (forms/blocks/visitor.yaml). */
#define SECOND_VISITOR "visitor2"

// ---- memory

static const char *keep_text(struct suspicion *suspicion, const char *text)
{
    /* Neighbouring visits mostly have the same visitor and officer. */
    for (size_t i = suspicion->text_count; i > 0 && i + 8 > suspicion->text_count; i--)
        if (strcmp(suspicion->texts[i - 1], text) == 0)
            return suspicion->texts[i - 1];
    mem_grow((void **)&suspicion->texts, suspicion->text_count, &suspicion->text_capacity,
             sizeof *suspicion->texts);
    return suspicion->texts[suspicion->text_count++] = mem_copy(text);
}

void suspicion_add(struct suspicion *suspicion, enum suspect_rule rule, size_t row, day_t date,
                   const char *text)
{
    const char *area = row == SUSPICION_NOBODY ? "" : suspicion->rows[row].duty->area;

    mem_grow((void **)&suspicion->facts, suspicion->fact_count, &suspicion->fact_capacity,
             sizeof *suspicion->facts);
    struct suspicion_fact *fact = &suspicion->facts[suspicion->fact_count++];
    *fact = (struct suspicion_fact){.rule = rule, .row = row, .date = date, .text = mem_copy(text)};
    memcpy(fact->area, area, strnlen(area, AREA_TEXT - 1) + 1);
}

void suspicion_free(struct suspicion *suspicion)
{
    for (size_t i = 0; i < suspicion->row_count; i++)
        rec__duty__free_unpacked(suspicion->rows[i].duty, NULL);
    for (size_t i = 0; i < suspicion->text_count; i++)
        free(suspicion->texts[i]);
    for (size_t i = 0; i < suspicion->fact_count; i++)
        free(suspicion->facts[i].text);
    free(suspicion->rows);
    free(suspicion->visits);
    free(suspicion->texts);
    free(suspicion->facts);
    roster_free(&suspicion->roster);
    *suspicion = (struct suspicion){0};
}

// ---- visits

struct reading {
    struct suspicion *suspicion;
    size_t row;
    const struct form *form; /**< the form of the visit's record */
    enum result result;
};

static const char *find_field(size_t count, Rec__Field *const *fields, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i]->name, id) == 0)
            return fields[i]->value;
    return "";
}

static const char *field_of(const Rec__Visit *visit, const char *id)
{
    return find_field(visit->n_fields, visit->fields, id);
}

/** True if the visitor is an officer or one of the case's two visitors. */
static enum result is_known(const struct suspicion *suspicion, const Rec__Duty *duty,
                            const char *by, bool *ret_known)
{
    Rec__Case *casefile = NULL;

    *ret_known = roster_knows(&suspicion->roster, duty->area, by) || strcmp(by, duty->officer) == 0;
    if (*ret_known)
        return RESULT_OK;
    enum result result = store_case_get(suspicion->usecase->txn, duty->case_id, &casefile);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    *ret_known = strcmp(find_field(casefile->n_fields, casefile->fields, SECOND_VISITOR), by) == 0;
    rec__case__free_unpacked(casefile, NULL);
    return RESULT_OK;
}

static bool says_nothing(const struct form *form, const Rec__Visit *visit)
{
    for (size_t i = 0; form != NULL && i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->codes != NULL && strcmp(field->codes->id, FINDING_CODES) == 0 &&
            *field_of(visit, field->id) != '\0')
            return false;
    }
    return form != NULL;
}

static bool is_excused(const Rec__Duty *duty, day_t day)
{
    const Rec__Excuse *excuse = duty->excuse;

    return excuse != NULL && strcmp(excuse->state, EXCUSE_GRANTED) == 0 && excuse->from <= day &&
           day <= excuse->to;
}

/** A visit belongs to its programme's row that covers its date; a visit after a death belongs to
 *  the row that the death ended. */
static bool belongs(const Rec__Duty *duty, const Rec__Visit *visit)
{
    return strcmp(duty->kind, visit->kind) == 0 &&
           (recount_on_books(duty->since, duty->closed_on, visit->date) ||
            (duty->closed_on != 0 && visit->date > duty->closed_on &&
             strcmp(duty->exit_reason, EXIT_DEATH) == 0));
}

static enum result take_visit(const Rec__Visit *visit, void *arg)
{
    struct reading *reading = arg;
    struct suspicion *suspicion = reading->suspicion;
    const Rec__Duty *duty = suspicion->rows[reading->row].duty;
    bool corrected = false;
    bool known = false;

    if (!recount_visit_stands(visit) || !belongs(duty, visit))
        return RESULT_OK;
    enum result result = recount_visit_corrected(suspicion->usecase, visit, &corrected);
    if (result == 0)
        result = is_known(suspicion, duty, visit->by, &known);
    if (result != 0)
        return result;
    mem_grow((void **)&suspicion->visits, suspicion->visit_count, &suspicion->visit_capacity,
             sizeof *suspicion->visits);
    suspicion->visits[suspicion->visit_count++] = (struct suspect_visit){
        .row = reading->row,
        .date = visit->date,
        .by = keep_text(suspicion, visit->by),
        .officer = keep_text(suspicion, visit->officer),
        .note = keep_text(suspicion, field_of(visit, "note")),
        .success = strcmp(visit->result, VISIT_SUCCESS) == 0,
        .at_home = strcmp(visit->mode, VISIT_AT_HOME) == 0,
        .late = visit->late,
        .corrected = corrected,
        .says_nothing = says_nothing(reading->form, visit),
        .by_known = known,
        .excused = is_excused(duty, visit->date),
        .after_death = !recount_on_books(duty->since, duty->closed_on, visit->date),
    };
    return RESULT_OK;
}

static enum result take_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct suspicion *suspicion = arg;

    (void)view;
    mem_grow((void **)&suspicion->rows, suspicion->row_count, &suspicion->row_capacity,
             sizeof *suspicion->rows);
    suspicion->rows[suspicion->row_count++] = (struct suspicion_row){.duty = record_copy(duty)};
    return RESULT_OK;
}

/** Reads the visits of the rows from `first_row` on. */
static enum result read_visits(struct suspicion *suspicion, size_t first_row)
{
    const struct forms *forms = service_forms(suspicion->usecase->service);
    day_t first = month_first(suspicion->month);
    day_t last = month_last(suspicion->month);
    enum result result = RESULT_OK;

    for (size_t i = first_row; i < suspicion->row_count && result == 0; i++) {
        const Rec__Duty *duty = suspicion->rows[i].duty;
        const struct form *form = forms_get(forms, duty->kind);
        struct reading reading = {
            .suspicion = suspicion,
            .row = i,
            .form = form != NULL ? forms_get(forms, form->visits.record) : NULL,
        };
        result = store_visit_scan(suspicion->usecase->txn, duty->person, first, last, take_visit,
                                  &reading);
    }
    return result;
}

/** Words of a finding: the visitor and how often, "刘洋，同样的共 12 次". */
static void take_finding(const struct suspect_finding *finding, void *arg)
{
    struct suspicion *suspicion = arg;
    const Rec__Duty *duty = suspicion->rows[finding->row].duty;
    struct str text = {0};

    str_add(&text, roster_name(&suspicion->roster,
                               roster_key(&suspicion->roster, duty->area, finding->who)));
    if (finding->count > 0)
        str_printf(&text, "，同样的共 %d 次", finding->count);
    suspicion_add(suspicion, finding->rule, finding->row, finding->date, str_text(&text));
    str_free(&text);
}

static struct suspect_limits limits_of(const struct suspicion *suspicion)
{
    const struct service *service = suspicion->usecase->service;
    day_t day = month_first(suspicion->month);

    return (struct suspect_limits){
        .a_day = (int)facts_parameter(service, STANDARD_SUSPECT_DAY, day),
        .same_note = (int)facts_parameter(service, STANDARD_SUSPECT_NOTE, day),
        .all_late = (int)facts_parameter(service, STANDARD_SUSPECT_LATE, day),
    };
}

// ---- gathering

static int compare_facts(const void *a, const void *b)
{
    const struct suspicion_fact *x = a;
    const struct suspicion_fact *y = b;

    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    int order = strcmp(x->area, y->area);
    if (order != 0)
        return order;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/** Each street is judged by itself, so its findings do not depend on the area asked for. */
static enum result gather_street(const Rec__Area *area, void *arg)
{
    struct suspicion *suspicion = arg;
    struct rows_filter filter = {
        .month = suspicion->month, .area = area->code, .type = DUTY_TYPE_VISIT};
    size_t first_row = suspicion->row_count;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result = rows_scan(suspicion->usecase, &filter, NULL, take_row, suspicion);
    suspicion->visit_count = 0;
    if (result == 0)
        result = read_visits(suspicion, first_row);
    if (result == 0) {
        struct suspect_limits limits = limits_of(suspicion);
        suspect_visits(suspicion->visits, suspicion->visit_count, &limits, take_finding, suspicion);
    }
    return result;
}

enum result suspicion_gather(struct usecase *usecase, month_t month, const char *area,
                             struct suspicion *suspicion)
{
    char street[AREA_TEXT];
    char prefix[AREA_TEXT];

    *suspicion = (struct suspicion){.usecase = usecase, .month = month};
    area_ancestor(area, AREA_STREET, street);
    area_prefix(*street != '\0' ? street : area, prefix);
    enum result result = roster_load(usecase, month, &suspicion->roster);
    if (result == 0)
        result = store_area_scan(usecase->txn, prefix, gather_street, suspicion);
    if (result == 0)
        result = suspicion_see_rows(suspicion);
    if (result == 0)
        result = suspicion_see_streets(suspicion, prefix);
    if (suspicion->fact_count > 1)
        qsort(suspicion->facts, suspicion->fact_count, sizeof *suspicion->facts, compare_facts);
    return result;
}
