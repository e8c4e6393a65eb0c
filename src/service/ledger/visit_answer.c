/*
 * The answer after recording or voiding a visit: the state of its duty and the area's figures.
 */
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "service/ledger/visit_entry.h"
#include "service/memory/totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_number(struct fields *values, const char *name, int64_t number)
{
    char buffer[NUMBER_TEXT];

    snprintf(buffer, sizeof buffer, "%" PRId64, number);
    fields_set(values, name, buffer);
}

static const Rec__Case *find_case(const struct visit_entry *entry, uint64_t id)
{
    for (size_t i = 0; i < entry->cases.count; i++)
        if (entry->cases.items[i]->id == id)
            return entry->cases.items[i];
    return entry->main;
}

static void answer_credited(struct visit_entry *entry)
{
    struct str numbers = {0};

    for (size_t i = 0; i < entry->visit->n_credited; i++)
        str_printf(&numbers, "%s%s", i > 0 ? " " : "",
                   find_case(entry, entry->visit->credited[i])->number);
    fields_set(&entry->usecase->reply->values, "credited", str_text(&numbers));
    str_free(&numbers);
}

/** True if the figures on the officer's screen include the duty. */
static bool is_counted(const struct visit_entry *entry, const Rec__Duty *duty)
{
    const struct form *form = forms_get(service_forms(entry->usecase->service), duty->kind);

    return form != NULL && form->rate && duty->month == entry->month &&
           area_contains(entry->usecase->caller->area, duty->area);
}

/** Keeps the area's figures before the visit, from memory, and after it, computed from the changed
 *  duties. */
static void keep_figures(const struct visit_entry *entry, struct visit_change *change)
{
    const struct usecase *usecase = entry->usecase;
    struct totals *totals = facts_totals(usecase->service);

    change->before = (struct figures){0};
    change->counted = totals_sum(totals, entry->month, usecase->caller->area,
                                 totals_kinds(totals, ""), &change->before);
    change->after = change->before;
    for (size_t i = 0; i < entry->changes.count; i++) {
        const struct credit_change *of = &entry->changes.items[i];
        if (!is_counted(entry, of->is))
            continue;
        figures_count(&change->after, &of->was_view, -1);
        figures_count(&change->after, &of->is_view, 1);
    }
}

/** Sets the present state of the duty of the visit's month; returns its words for the message. */
static void answer_duty(struct visit_entry *entry, char words[DUTY_WORDS])
{
    struct usecase *usecase = entry->usecase;
    struct fields *values = &usecase->reply->values;
    const struct credit_change *change =
        entry->main == NULL ? NULL : visit_entry_change(entry, entry->main);

    snprintf(words, DUTY_WORDS, "本月无应访任务");
    if (change != NULL) {
        const struct duty_view *view = &change->is_view;
        duty_words(view, words);
        set_number(values, "done", view->done);
        set_number(values, "need", change->is->need < 1 ? 1 : change->is->need);
        fields_set(values, "alarm", view->alarm ? "是" : "");
    }
    fields_set(values, "status", words);
}

void visit_change_free(struct visit_change *change)
{
    for (size_t i = 0; i < change->count; i++)
        rec__duty__free_unpacked(change->items[i].duty, NULL);
    free(change->items);
    change->items = NULL;
    change->count = 0;
    change->known = false;
}

/** Takes the duties that it changed, for the rows of the list. */
static void take_duties(struct visit_entry *entry, struct visit_change *change)
{
    const struct usecase *usecase = entry->usecase;

    change->items = mem_array(entry->changes.count, sizeof *change->items);
    for (size_t i = 0; i < entry->changes.count; i++) {
        struct credit_change *from = &entry->changes.items[i];
        if (from->is->month != change->month)
            continue;
        change->items[change->count++] =
            (struct visit_changed){.duty = from->is, .view = from->is_view};
        from->is = NULL;
    }
    change->moves_before = totals_moves(facts_totals(usecase->service), change->area);
    change->moves_after = change->moves_before + totals_moves_of(usecase->delta, change->area);
}

void visit_entry_standing(struct visit_entry *entry, char words[DUTY_WORDS])
{
    struct visit_change *change = entry->input->change;

    answer_duty(entry, words);
    if (change == NULL)
        return;
    visit_change_free(change); /* of an earlier run of this transaction */
    keep_figures(entry, change);
    if (change->area != NULL)
        take_duties(entry, change);
    change->known = true;
}

/** Adds "；remark" for each confirmed warning. */
static void add_remarks(const struct visit_entry *entry, struct str *text)
{
    const struct problems *problems = &entry->usecase->reply->problems;

    for (size_t i = 0; i < problems->count; i++)
        str_printf(text, "；%s", problems->items[i].text);
}

enum result visit_entry_answer(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    struct fields *values = &usecase->reply->values;
    const Rec__Visit *visit = entry->visit;
    struct str remarks = {0};
    char date[DATE_TEXT];
    char words[DUTY_WORDS];
    char reference[64];

    date_format(visit->date, date);
    snprintf(reference, sizeof reference, "%" PRIu64 ":%s:%" PRIu32, visit->person, date,
             visit->seq);
    fields_set(values, "visit", reference);
    fields_set(values, "late", visit->late ? "是" : "");
    answer_credited(entry);
    visit_entry_standing(entry, words);

    if (*fields_get(values, "raised") != '\0')
        str_add(&remarks, "；有异常，已列入紧急情况，请尽快处置");
    if (*fields_get(values, "unmet") != '\0')
        str_add(&remarks, "；连续没有见到，已列入首页，24 小时内要有人处置");
    if (visit->late)
        str_add(&remarks, "；补录");
    add_remarks(entry, &remarks);
    if (fields_get(values, "alarm")[0] != '\0')
        str_add(&remarks, "；多次未见到，请尽快上门核实并报告负责人");
    enum result result =
        reply_say(usecase->reply, RESULT_OK, "已登记 %s %s %s%s：%s%s。", entry->person->name, date,
                  visit->mode, visit->result, words, str_text(&remarks));
    str_free(&remarks);
    return result;
}
