#include "service/memory/reckon.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct reckoning {
    const struct reckon_input *input;
    struct benefit *benefit;
};

static void add_line(const struct form_benefit_result *result, void *arg)
{
    const struct reckoning *reckoning = arg;
    const struct reckon_input *input = reckoning->input;
    enum benefit_part part = benefit_part_parse(result->line->part);
    struct benefit_line line = {
        .part = part,
        .id = result->line->id,
        .label = mem_copy(result->label),
        .how = mem_copy(result->how),
        .value = mem_copy(result->value),
        .known = part == BENEFIT_NOTE || *result->value != '\0',
        .fen = part == BENEFIT_NOTE ? 0 : result->fen,
    };

    if (result->row != FORM_NO_ROW && input->person != NULL)
        line.person = input->person(result->row, input->arg);
    benefit_add_line(reckoning->benefit, &line);
}

static void add_missing(const char *what, void *arg)
{
    const struct reckoning *reckoning = arg;

    benefit_add_missing(reckoning->benefit, what);
}

static void add_stated(const char *part, int64_t fen, void *arg)
{
    const struct reckoning *reckoning = arg;

    benefit_state(reckoning->benefit, benefit_part_parse(part), fen);
}

/** Why nothing is paid: it has not begun, it is over, or the file's own condition. */
static void say_unpaid(const struct reckon_input *input, struct benefit *benefit)
{
    month_t exit = input->closed_on != 0 ? month_of(input->closed_on) : 0;
    char month[MONTH_TEXT];

    if (input->from == 0 || benefit->month < input->from)
        str_printf(&benefit->remarks, "%s起领", month_format(input->from, month));
    else if (input->until != 0 && benefit->month > input->until)
        str_printf(&benefit->remarks, "%s末领", month_format(input->until, month));
    else
        str_printf(&benefit->remarks, "%s退出", month_format(exit, month));
}

void reckon_benefit(const struct reckon_input *input, const struct form_benefit_ask *ask,
                    struct benefit *ret_benefit)
{
    const struct form_benefit *rules = input->form->benefit;
    struct reckoning reckoning = {.input = input, .benefit = ret_benefit};
    struct form_benefit_told told = {.line = add_line, .missing = add_missing, .arg = &reckoning};

    *ret_benefit = (struct benefit){.month = ask->month};
    if (*rules->reason != '\0')
        ret_benefit->stated_why = mem_copy(fields_get(input->values, rules->reason));
    if (!benefit_is_due(input->from, input->until, input->closed_on, ask->month)) {
        say_unpaid(input, ret_benefit);
    } else {
        ret_benefit->paid =
            form_benefit_evaluate(input->form, input->values, ask, &told, &ret_benefit->persons);
        if (!ret_benefit->paid)
            str_add(&ret_benefit->remarks, rules->unpaid);
    }
    benefit_sum_up(ret_benefit);
    /* Nobody has a line of it: that is 0, not an amount of another programme. */
    for (size_t i = 0; i < rules->line_count && ret_benefit->paid; i++)
        if (*rules->lines[i].rows != '\0')
            ret_benefit->sums[benefit_part_parse(rules->lines[i].part)].present = true;
    form_benefit_stated(input->form, input->values, add_stated, &reckoning);
    benefit_compare(ret_benefit);
}

char *reckon_value(const struct benefit *benefit, const char *what, bool own, uint64_t person)
{
    enum benefit_part part = benefit_part_parse(what);
    bool known = true;
    int64_t fen = 0;

    if (part == BENEFIT_NOTE || part == BENEFIT_PART_COUNT) {
        const struct benefit_line *line = benefit_line_find(benefit, what);
        return mem_copy(line != NULL ? line->value : "");
    }
    if (own) {
        fen = benefit_of_person(benefit, part, person, &known);
    } else {
        known = part == BENEFIT_TOTAL ? benefit->known : benefit->sums[part].known;
        fen = part == BENEFIT_TOTAL ? benefit->total : benefit->sums[part].fen;
    }
    return known ? text_from_fen(fen) : mem_copy("");
}
