#include "form/benefit.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/expr_amounts.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

/** An evaluation in progress. */
struct work {
    const struct form_benefit_told *told;
    struct fields values; /**< of the month */
    size_t *rows;         /**< the number that each member's row has in the given values */
    struct form_benefit_told counting;
    size_t missing; /**< how often something was told to be missing */
    struct expr_named *names;
    struct expr_amounts amounts;
    struct expr_scope scope;
};

static void count_missing(const char *what, void *arg)
{
    struct work *work = arg;
    work->missing++;
    work->told->missing(what, work->told->arg);
}

/* Takes away the members who died before the month. */
static void keep_living(struct work *work, day_t first)
{
    size_t row = 0;
    size_t count = fields_rows(&work->values, FORM_MEMBERS);
    work->rows = mem_array(count + 1, sizeof *work->rows);
    for (size_t given = 0; given < count; given++) {
        day_t death = 0;
        const char *text = fields_get_row(&work->values, FORM_MEMBERS, row, "death");
        if (date_parse(text, &death) == 0 && death < first)
            fields_remove_row(&work->values, FORM_MEMBERS, row);
        else
            work->rows[row++] = given;
    }
}

// ---- a line

static bool applies(const struct expr *when, const struct work *work)
{
    return when == NULL || expr_true_in(when, &work->scope);
}

/* The highest of the choices that apply; false if none does. One that is unknown makes it
 * unknown. */
static bool choose(struct work *work, const struct form_benefit_line *line,
                   struct expr_result *ret_value, const char **ret_choice)
{
    struct expr_result best = expr_of_text("");
    bool any = false;
    bool known = true;
    for (size_t i = 0; i < line->choice_count; i++) {
        work->amounts.it = line->choices[i].name;
        if (!applies(line->choices[i].when, work))
            continue;
        struct expr_result value = expr_evaluate(line->value, &work->scope);
        known = known && value.numeric;
        if (!any || (known && fraction_compare(value.number, best.number) > 0)) {
            expr_drop(&best);
            best = value;
            *ret_choice = line->choices[i].name;
        } else {
            expr_drop(&value);
        }
        any = true;
    }
    if (!known) {
        expr_drop(&best);
        best = expr_of_text("");
    }
    *ret_value = best;
    return any;
}

/* A part is money: rounds it to a fen. */
static bool settle(struct work *work, const struct form_benefit_line *line,
                   struct expr_result *value, int64_t *ret_fen)
{
    bool known = value->numeric && fraction_round(value->number, 1, ret_fen);
    struct str why = {0};
    if (known && *ret_fen < 0)
        str_printf(&why, "%s算出负数，请核对", line->label);
    else if (!known && work->missing == 0)
        str_printf(&why, "%s算不出，请核对录入", line->label);
    if (why.length > 0)
        count_missing(str_text(&why), work);
    str_free(&why);
    known = known && *ret_fen >= 0;
    expr_drop(value);
    *value = known ? expr_of_number(*ret_fen) : expr_of_text("");
    return known;
}

static char *label_of(const struct work *work, const struct form_benefit_line *line,
                      const char *choice)
{
    const char *name = work->scope.list == NULL ? ""
                                                : fields_get_row(&work->values, work->scope.list,
                                                                 work->scope.row, "name");
    const char *colon = *name != '\0' && *choice != '\0' ? "：" : "";
    if (*name == '\0' && *choice == '\0')
        return mem_copy(line->label);
    return mem_printf("%s（%s%s%s）", line->label, name, colon, choice);
}

/* False for "900" and "家庭月收入 900", where the line says that already. */
static bool says_more(const char *how, const char *label, const char *value)
{
    size_t length = text_starts(how, label) ? strlen(label) : 0;
    how += length + (length > 0 && how[length] == ' ');
    return strcmp(how, value) != 0;
}

static void tell(struct work *work, const struct form_benefit_line *line, const char *choice,
                 const struct expr_result *value, int64_t fen, bool money)
{
    struct str how = {0};
    char *amount = money && *value->text != '\0' ? text_from_fen(fen) : mem_copy(value->text);
    char *label = label_of(work, line, choice);
    expr_explain(line->value, &work->scope, &how);
    if (!says_more(str_text(&how), line->label, value->text))
        str_clear(&how);
    bool member = work->scope.list != NULL && strcmp(work->scope.list, FORM_MEMBERS) == 0;
    work->told->line(
        &(struct form_benefit_result){
            .line = line,
            .label = label,
            .how = str_text(&how),
            .value = amount,
            .fen = fen,
            .row = member ? work->rows[work->scope.row] : FORM_NO_ROW,
        },
        work->told->arg);
    str_free(&how);
    free(amount);
    free(label);
}

/* Adds a line's value to what its id means. */
static void remember(struct work *work, const struct form_benefit_line *line,
                     struct expr_result *value)
{
    struct expr_named *named = &work->names[work->amounts.count - 1];
    if (named->value.numeric && value->numeric) {
        struct fraction sum = {0};
        struct expr_result total = fraction_add(named->value.number, value->number, &sum)
                                       ? expr_of_fraction(sum)
                                       : expr_of_text("");
        expr_drop(&named->value);
        named->value = total;
    } else if (*line->rows == '\0' || !value->numeric) {
        expr_drop(&named->value);
        named->value = *value;
        *value = expr_of_text("");
    }
    expr_drop(value);
}

static void evaluate_once(struct work *work, const struct form_benefit_line *line)
{
    struct expr_result value = expr_of_text("");
    const char *choice = "";
    bool money = strcmp(line->part, FORM_NOTE) != 0;
    int64_t fen = 0;
    work->amounts.it = "";
    if (!applies(line->when, work))
        return;
    if (line->choice_count == 0)
        value = expr_evaluate(line->value, &work->scope);
    else if (!choose(work, line, &value, &choice))
        return;
    work->amounts.it = choice;
    (void)expr_needs(line->value, &value, &work->scope);
    if (money)
        (void)settle(work, line, &value, &fen);
    tell(work, line, choice, &value, fen, money);
    remember(work, line, &value);
}

static void evaluate_line(struct work *work, const struct form_benefit_line *line)
{
    struct expr_named *named = &work->names[work->amounts.count++];
    *named = (struct expr_named){.id = line->id, .label = line->label};
    named->value = expr_of_text(*line->rows != '\0' ? "0" : "");
    work->amounts.names = work->names;
    if (*line->rows == '\0') {
        evaluate_once(work, line);
        return;
    }
    size_t rows = fields_rows(&work->values, line->rows);
    work->scope.list = line->rows;
    for (work->scope.row = 0; work->scope.row < rows; work->scope.row++)
        evaluate_once(work, line);
    work->scope.list = NULL;
    work->scope.row = 0;
}

// ---- the whole

static int count_persons(const struct work *work, const struct form_benefit *rules)
{
    if (rules->persons == NULL)
        return 1;
    struct expr_result value = expr_evaluate(rules->persons, &work->scope);
    int64_t count = value.numeric ? value.number.above / EXPR_UNIT : -1;
    expr_drop(&value);
    return count >= 0 && count < FIELDS_ROWS ? (int)count : -1;
}

bool form_benefit_evaluate(const struct form *form, const struct fields *values,
                           const struct form_benefit_ask *ask, const struct form_benefit_told *told,
                           int *ret_persons)
{
    const struct form_benefit *rules = form->benefit;
    struct work work = {.told = told};
    work.counting = (struct form_benefit_told){.missing = count_missing, .arg = &work};
    work.amounts = (struct expr_amounts){.ask = ask, .it = "", .told = &work.counting};
    fields_copy(&work.values, values);
    keep_living(&work, month_first(ask->month));
    form_compute(form, &work.values, month_last(ask->month));
    work.scope = (struct expr_scope){.form = form,
                                     .values = &work.values,
                                     .today = month_last(ask->month),
                                     .amounts = &work.amounts};
    work.names = mem_array(rules->line_count + 1, sizeof *work.names);
    bool paid = applies(rules->paid, &work);
    for (size_t i = 0; i < rules->line_count && paid; i++)
        evaluate_line(&work, &rules->lines[i]);
    *ret_persons = paid ? count_persons(&work, rules) : 0;
    for (size_t i = 0; i < work.amounts.count; i++)
        expr_drop(&work.names[i].value);
    free(work.names);
    free(work.rows);
    fields_free(&work.values);
    return paid;
}

void form_benefit_stated(const struct form *form, const struct fields *values,
                         void (*each)(const char *part, int64_t fen, void *arg), void *arg)
{
    const struct form_benefit *rules = form->benefit;
    struct expr_scope scope = {.form = form, .values = values};
    for (size_t i = 0; i < rules->stated_count; i++) {
        struct expr_result value = expr_evaluate(rules->stated[i].value, &scope);
        int64_t fen = 0;
        if (value.numeric && fraction_round(value.number, 1, &fen))
            each(rules->stated[i].part, fen, arg);
        expr_drop(&value);
    }
}

const struct form_standard *form_benefit_standard(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->standard_count; i++)
        if (strcmp(form->standards[i].name, name) == 0)
            return &form->standards[i];
    return NULL;
}
