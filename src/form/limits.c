#include "form/limits.h"

#include "base/str.h"
#include "form/expr.h"
#include "form/expr_amounts.h"
#include "form/form.h"

#include <string.h>

static void note_missing(const char *what, void *arg)
{
    struct str *missing = arg;

    if (strstr(str_text(missing), what) == NULL)
        str_printf(missing, "%s%s", missing->length > 0 ? "；" : "", what);
}

/** True if the limit speaks; what it lacks is added to `missing`. */
static bool speaks(const struct form_limit *limit, struct expr_scope *scope,
                   const struct form_benefit_ask *ask, struct str *missing)
{
    struct str lacks = {0};
    struct form_benefit_told told = {.missing = note_missing, .arg = &lacks};
    struct expr_amounts amounts = {.ask = ask, .it = "", .told = &told};

    scope->amounts = &amounts;
    bool truth = expr_true_in(limit->when, scope) && lacks.length == 0;
    scope->amounts = NULL;
    if (lacks.length > 0)
        note_missing(str_text(&lacks), missing);
    str_free(&lacks);
    return truth;
}

void form_limits_check(const struct form *form, const struct fields *values, day_t today,
                       const struct form_benefit_ask *ask, bool ledger, struct problems *problems)
{
    struct expr_scope scope = {.form = form, .values = values, .today = today};
    struct str missing = {0};

    for (size_t i = 0; i < form->limit_count; i++) {
        const struct form_limit *limit = &form->limits[i];
        if (!speaks(limit, &scope, ask, &missing))
            continue;
        (limit->warning || ledger ? problems_warn : problems_add)(
            problems, limit->field, fields_get(values, limit->field), "%s", limit->say);
    }
    if (missing.length > 0 && !ledger)
        problems_warn(problems, form->limits[0].field, "", "%s，没有核对；请管理员在“标准”里录入",
                      str_text(&missing));
    str_free(&missing);
}
