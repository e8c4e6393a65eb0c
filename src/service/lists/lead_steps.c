#include "service/lists/lead_steps.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/lead.h"

#include <stdlib.h>
#include <string.h>

// ---- which case

/** How often the person's cases had been saved when the lead was found, this time; 0 = an earlier
 *  version found it and did not count. */
static uint64_t saved_before(const Rec__Lead *lead)
{
    for (size_t i = lead->n_steps; i > 0; i--)
        if (strcmp(lead->steps[i - 1]->state, LEAD_OPEN) == 0)
            return lead->steps[i - 1]->saved;
    return 0;
}

static bool is_answered(const Rec__Lead *lead)
{
    return strcmp(lead->state, LEAD_DONE) == 0 || strcmp(lead->state, LEAD_CLOSED) == 0;
}

/** The case that was saved last. */
static const Rec__Case *last_saved(const struct record_cases *cases)
{
    const Rec__Case *last = NULL;

    for (size_t i = 0; i < cases->count; i++) {
        const Rec__Case *one = cases->items[i];
        if (last == NULL || one->at > last->at || (one->at == last->at && one->id > last->id))
            last = one;
    }
    return last;
}

static enum result note_cases(struct usecase *usecase, const Rec__Lead *lead, Rec__LeadStep *step)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, lead->person, &cases);
    const Rec__Case *last = last_saved(&cases);
    uint64_t before = saved_before(lead);

    for (size_t i = 0; i < cases.count; i++)
        step->saved += cases.items[i]->version;
    if (last != NULL && is_answered(lead) && before != 0 && step->saved != before) {
        record_set(&step->case_no, last->number);
        record_set(&step->case_kind, last->kind);
        record_set(&step->case_by, last->by);
    }
    record_cases_free(&cases);
    return result;
}

enum result lead_add_step(struct usecase *usecase, Rec__Lead *lead, const char *by,
                          const char *words)
{
    Rec__LeadStep *step = mem_new(sizeof *step);

    rec__lead_step__init(step);
    record_set(&step->state, lead->state);
    step->at = usecase->now;
    record_set(&step->by, by);
    record_set(&step->words, words);
    step->until = lead->until;
    enum result result = note_cases(usecase, lead, step);
    lead->steps = mem_resize(lead->steps, lead->n_steps + 1, sizeof *lead->steps);
    lead->steps[lead->n_steps++] = step;
    return result;
}

// ---- in words

/** ：办了什么；张敏登记的探访2111020022026LR00001，到 2027-01-31 */
static void add_words(struct usecase *usecase, const Rec__LeadStep *step, struct str *text)
{
    char date[DATE_TEXT];

    if (*step->words != '\0')
        str_printf(text, "：%s", step->words);
    if (*step->case_no != '\0') {
        char *by = rows_officer_name(usecase, step->case_by);
        str_printf(text, "%s%s登记的%s %s", *step->words != '\0' ? "；" : "：", by,
                   rows_kind_name(usecase->service, step->case_kind), step->case_no);
        free(by);
    }
    if (step->until != 0)
        str_printf(text, "，到 %s", date_format(step->until, date));
}

char *lead_state_text(struct usecase *usecase, const Rec__Lead *lead)
{
    const Rec__LeadStep *step = lead->n_steps > 0 ? lead->steps[lead->n_steps - 1] : NULL;
    const char *words = lead_state_words(lead->state);
    struct str text = {0};

    if (step == NULL || strcmp(lead->state, LEAD_OPEN) == 0)
        return mem_copy(words);
    char *by = rows_officer_name(usecase, step->by);
    str_printf(&text, "%s（%s", words, by);
    add_words(usecase, step, &text);
    str_add(&text, "）");
    free(by);
    return str_take(&text);
}

char *lead_steps_text(struct usecase *usecase, const Rec__Lead *lead)
{
    struct str text = {0};
    char stamp[STAMP_TEXT];

    for (size_t i = 0; i < lead->n_steps; i++) {
        const Rec__LeadStep *step = lead->steps[i];
        char *by = rows_officer_name(usecase, step->by);
        str_printf(&text, "%s%.10s %s %s", i > 0 ? "\n" : "", date_format_stamp(step->at, stamp),
                   by, lead_state_words(step->state));
        add_words(usecase, step, &text);
        free(by);
    }
    return str_take(&text);
}
