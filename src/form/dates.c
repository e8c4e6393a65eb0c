#include "form/dates.h"

#include "base/month.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <stdlib.h>

/* The day that a value means, 0 for none. */
static day_t find_day(const struct form_date *date, const char *value)
{
    month_t month = 0;
    day_t day = 0;

    if (month_parse(value, &month) == 0)
        day = date->years + date->months > 0 ? month_first(month) : month_last(month);
    else if (date_parse(value, &day) != 0)
        return 0;
    if (date->years > 0)
        return date_of_age(day, date->years);
    if (date->months > 0 && date_is_valid(day))
        return date_add_months(day, date->months);
    return day;
}

/* True if the date is listed; on *ret_day, 0 for one that is not set yet. */
static bool evaluate(const struct form_date *date, const struct expr_scope *scope, day_t *ret_day)
{
    if (date->when != NULL && !expr_true_in(date->when, scope))
        return false;
    char *value = expr_value_in(date->on, scope);
    bool undated = *value == '\0' && *date->undated != '\0';

    *ret_day = find_day(date, value);
    free(value);
    return *ret_day != 0 || undated;
}

static bool has_died(const struct form *form, const struct expr_scope *scope)
{
    const struct form_field *unused;

    if (*scope->list != '\0' &&
        *form_row_value(scope->values, scope->list, scope->row, "death") != '\0')
        return true;
    /* A household's own dates hold as long as its case does. */
    return form->subject == FORM_PERSON &&
           *form_value(form, scope->values, "person.death", &unused) != '\0';
}

void form_dates(const struct form *form, const struct fields *values, day_t today,
                void (*each)(const struct form_date *date, day_t day, size_t row, void *arg),
                void *arg)
{
    for (size_t i = 0; i < form->date_count; i++) {
        const struct form_date *date = &form->dates[i];
        struct expr_scope scope = {
            .form = form, .values = values, .today = today, .list = date->list};
        size_t rows = *date->list == '\0' ? 1 : fields_rows(values, date->list);

        for (; scope.row < rows; scope.row++) {
            day_t day = 0;
            if (!has_died(form, &scope) && evaluate(date, &scope, &day))
                each(date, day, scope.row, arg);
        }
    }
}
