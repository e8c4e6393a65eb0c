#include "service/payroll/payroll_amount.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/cases/benefit.h"

#include <stdlib.h>
#include <string.h>

static int64_t sum_of(const struct benefit *benefit, enum benefit_part part)
{
    const struct benefit_sum *sum = &benefit->sums[part];

    return sum->present && sum->known ? sum->fen : 0;
}

/** The lines of the calculation; those of the same name, for several members, as one fact. */
static void read_facts(const struct benefit *benefit, struct fields *facts)
{
    for (size_t i = 0; i < benefit->line_count; i++) {
        const struct benefit_line *line = &benefit->lines[i];
        const char *before = fields_get(facts, line->label);
        if (*line->label == '\0' || *line->value == '\0')
            continue;
        char *value =
            *before == '\0' ? mem_copy(line->value) : mem_printf("%s、%s", before, line->value);
        fields_set(facts, line->label, value);
        free(value);
    }
}

/** A stated amount that is paid instead of the computed one is a whole: its parts are not known. */
static void read_stated(const struct benefit *benefit, struct payroll_amount *amount)
{
    char *yuan = text_from_fen(amount->total);

    amount->base = amount->add = amount->care = amount->topup = 0;
    amount->stated = true;
    fields_set(&amount->facts, PAYROLL_STATED, yuan);
    fields_set(&amount->facts, "录入原因", benefit->stated_why);
    free(yuan);
}

static void read_due(const struct benefit *benefit, struct payroll_amount *amount)
{
    amount->due = true;
    amount->persons = benefit->persons > 0 ? (uint32_t)benefit->persons : 0;
    amount->base = sum_of(benefit, BENEFIT_BASE);
    amount->add = sum_of(benefit, BENEFIT_ADD);
    amount->care = sum_of(benefit, BENEFIT_CARE);
    amount->topup = sum_of(benefit, BENEFIT_TOPUP);
    amount->known = benefit_payable(benefit, &amount->total);
    read_facts(benefit, &amount->facts);
    if (!amount->known)
        amount->why = benefit_words(benefit);
    else if (!benefit->known || amount->total != benefit->total)
        read_stated(benefit, amount);
}

enum result payroll_amount_by(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                              const struct fields *standards, struct payroll_amount *ret_amount)
{
    struct payroll_amount amount = {0};
    struct benefit benefit = {0};
    enum result result = benefit_by_standards(usecase, casefile, month, standards,
                                              &amount.standards, &amount.people, &benefit);

    if (result == 0 && benefit.paid)
        read_due(&benefit, &amount);
    else if (result == 0)
        amount.why = benefit_words(&benefit);
    benefit_free(&benefit);
    if (result == 0)
        *ret_amount = amount;
    else
        payroll_amount_free(&amount);
    return result;
}

enum result payroll_amount_read(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                struct payroll_amount *ret_amount)
{
    return payroll_amount_by(usecase, casefile, month, NULL, ret_amount);
}

void payroll_amount_free(struct payroll_amount *amount)
{
    free(amount->why);
    fields_free(&amount->facts);
    fields_free(&amount->standards);
    free(amount->people.ids);
    *amount = (struct payroll_amount){0};
}
