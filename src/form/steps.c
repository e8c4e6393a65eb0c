#include "form/steps.h"

#include "form/expr.h"
#include "form/form.h"

enum { GROWN_UP = 18 };

bool form_takes_step(const struct form *form, size_t step, const struct fields *values, day_t today)
{
    const struct life_step *item = &form->steps.life.items[step];
    const struct expr *when = form->steps.when[step];

    if (item->publish && form->secret)
        return false;
    if (item->publish && form->subject == FORM_PERSON) {
        day_t birth = 0;
        if (date_parse(fields_get(values, "person.birth"), &birth) != 0 ||
            date_age(birth, today) < GROWN_UP)
            return false;
    }
    return when == NULL || expr_true(when, form, values, today);
}
