#include "service/payroll/payroll_amount.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The fields in which ledgers state a programme's amounts. */
static const struct stated {
    const char *kind, *base, *add, *care;
} STATED[] = {
    {"dibao", "base", "add", ""},
    {"tekun", "amt_live", "", "amt_care"},
    {"ertong", "amount", "", ""},
};

static const struct stated *find_stated(const struct form *form)
{
    for (size_t i = 0; i < sizeof STATED / sizeof STATED[0]; i++)
        if (strcmp(STATED[i].kind, form->kind) == 0)
            return &STATED[i];
    return NULL;
}

bool payroll_amount_has(const struct form *form)
{
    return find_stated(form) != NULL;
}

static bool is_due(const struct form *form, const Rec__Case *casefile, const struct fields *values,
                   month_t month)
{
    month_t last = 0;

    if (month < month_of(casefile->since))
        return false;
    if (casefile->closed_on != 0 && month > month_of(casefile->closed_on))
        return false;
    return form->roles.until == NULL || *form->roles.until == '\0' ||
           month_parse(fields_get(values, form->roles.until), &last) != 0 || month <= last;
}

static int64_t read_part(const struct fields *values, const char *field,
                         struct payroll_amount *amount)
{
    int64_t fen = 0;

    if (*field == '\0' || *fields_get(values, field) == '\0')
        return 0;
    (void)text_to_fen(fields_get(values, field), &fen);
    amount->known = true;
    return fen;
}

enum result payroll_amount_read(struct usecase *usecase, const struct form *form,
                                const Rec__Case *casefile, month_t month,
                                struct payroll_amount *ret_amount)
{
    const struct stated *stated = find_stated(form);
    struct payroll_amount amount = {0};
    struct fields values = {0};
    enum result result = record_values(usecase, form, casefile, &values);

    if (result == 0 && stated != NULL && is_due(form, casefile, &values, month)) {
        amount.due = true;
        amount.base = read_part(&values, stated->base, &amount);
        amount.add = read_part(&values, stated->add, &amount);
        amount.care = read_part(&values, stated->care, &amount);
        amount.total = amount.base + amount.add + amount.care;
        fields_set(&amount.facts, "月收入", fields_get(&values, "income"));
        if (!amount.known)
            amount.why = mem_copy("金额没有登记");
    }
    fields_free(&values);
    if (result == 0)
        *ret_amount = amount;
    return result;
}

void payroll_amount_free(struct payroll_amount *amount)
{
    free(amount->why);
    fields_free(&amount->facts);
    *amount = (struct payroll_amount){0};
}
