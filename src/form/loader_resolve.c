/*
 * Makes the parts of a programme besides its fields, and checks the names in conditions.
 */
#include "base/columns.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/expr_amounts.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdio.h>
#include <string.h>

// ---- names in conditions

struct name_check {
    struct forms *forms;
    const struct form *form;
    const struct form_builder *builder;
    const struct source *source;
    const char *where;
    const char *list;
    enum result result;
};

static bool is_extra(const struct name_check *check, const char *name)
{
    return check->builder->is_name != NULL && check->builder->is_name(check->builder, name);
}

/* Field names contain lower-case Latin letters, _ or a dot; a text in an expression is Chinese, a
 * class (A, B) or quoted. */
static bool looks_like_name(const char *word)
{
    return strpbrk(word, "abcdefghijklmnopqrstuvwxyz_.") != NULL;
}

static const struct form_field *find_in(const struct name_check *check, const char *list,
                                        const char *name)
{
    const struct form_field *rows = *list != '\0' ? form_field(check->form, list) : NULL;
    const struct form_field *column = rows != NULL ? form_column(rows, name) : NULL;
    return column != NULL ? column : form_field(check->form, name);
}

static void check_name(const char *name, const char *list, void *arg)
{
    struct name_check *check = arg;
    if (check->result != 0)
        return;
    const char *scope = *list != '\0' ? list : check->list;
    const struct form_field *rows = *list != '\0' ? form_field(check->form, list) : NULL;
    if (*list != '\0' && (rows == NULL || rows->column_count == 0))
        check->result = loader_refuse(check->forms, check->source, check->where,
                                      "式子里的 %s 不是明细字段", list);
    else if (looks_like_name(name) && strcmp(name, list) != 0 && !expr_is_reserved(name) &&
             !is_extra(check, name) && find_in(check, scope, name) == NULL)
        check->result = loader_refuse(check->forms, check->source, check->where,
                                      "式子里的 %s 不是字段；若是文字请加引号", name);
}

static void check_compared(const char *name, const char *list, const char *text, void *arg)
{
    struct name_check *check = arg;
    const struct form_field *field = find_in(check, *list != '\0' ? list : check->list, name);
    if (check->result != 0 || field == NULL || *text == '\0' ||
        find_in(check, *list != '\0' ? list : check->list, text) != NULL)
        return;
    size_t count = 0;
    const char *const *choices = field->type->choices(field, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(choices[i], text) == 0)
            return;
    if (count > 0)
        check->result = loader_refuse(check->forms, check->source, check->where,
                                      "式子里的 %s 没有“%s”这一项", name, text);
}

/* A standard of another name would only be missed when somebody's amount is asked for. */
static void check_standard(const char *name, bool suffixed, void *arg)
{
    struct name_check *check = arg;
    const struct form *form = check->form;
    size_t length = strlen(name);
    bool found = false;

    for (size_t i = 0; i < form->standard_count && !found; i++) {
        const char *known = form->standards[i].name;
        found = suffixed ? strncmp(known, name, length) == 0 && known[length] == '-'
                         : strcmp(known, name) == 0;
    }
    if (!found && check->result == 0)
        check->result = loader_refuse(check->forms, check->source, check->where,
                                      suffixed ? "标准 %s-… 没有声明，请写进 standards（带 each）"
                                               : "标准 %s 没有声明，请写进 standards",
                                      name);
}

enum result loader_compile_checked(struct forms *forms, struct form_builder *builder,
                                   const struct source *source, const char *where, const char *list,
                                   const char *text, const struct expr **ret_expr)
{
    struct name_check check = {
        .forms = forms,
        .form = builder->form,
        .builder = builder,
        .source = source,
        .where = where,
        .list = list,
        .result = loader_compile(forms, source, where, text, ret_expr),
    };
    if (check.result == 0 && *ret_expr != NULL) {
        const char *function = expr_amounts_only(*ret_expr);
        if (function != NULL && builder->is_name == NULL)
            return loader_refuse(forms, source, where, "函数 %s 只能用在 benefit 里", function);
        expr_names(*ret_expr, check_name, &check);
        expr_compared(*ret_expr, check_compared, &check);
        expr_standards(*ret_expr, check_standard, &check);
    }
    return check.result;
}

// ---- parts of a programme

static const char *at_index(char where[WHERE_TEXT], const char *key, size_t index)
{
    (void)snprintf(where, 64, "%s.%zu", key, index);
    return where;
}

static enum result make_roles(struct forms *forms, struct form_builder *builder)
{
    static const struct raw_roles none = {0};
    const struct raw_roles *raw =
        builder->source->form->roles != NULL ? builder->source->form->roles : &none;
    struct form_roles *roles = &builder->form->roles;
    const struct {
        const char *key, *name;
        const char **to;
    } table[] = {
        {"roles.area", raw->area, &roles->area},
        {"roles.since", raw->since, &roles->since},
        {"roles.tier", raw->tier, &roles->tier},
        {"roles.officer", raw->officer, &roles->officer},
        {"roles.review_class", raw->review_class, &roles->review_class},
        {"roles.until", raw->until, &roles->until},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        *table[i].to = loader_text_or_empty(table[i].name);
        if (table[i].name != NULL && form_field(builder->form, table[i].name) == NULL)
            return loader_refuse(forms, builder->source, table[i].key, "字段 %s 不存在",
                                 table[i].name);
    }
    return RESULT_OK;
}

static enum result check_tiers(struct forms *forms, struct form_builder *builder,
                               const struct form_visits *visits)
{
    const struct form_field *field = form_field(builder->form, builder->form->roles.tier);
    char where[WHERE_TEXT];
    if (visits->tier_count == 0)
        return loader_refuse(forms, builder->source, "visits", "没有频次（tiers）");
    for (size_t i = 0; i < visits->tier_count; i++) {
        const struct form_tier *tier = &visits->tiers[i];
        at_index(where, "visits.tiers", i);
        if (tier->per_month < 1 || tier->interval < 1)
            return loader_refuse(forms, builder->source, where, "频次 %s 每月至少1次、间隔至少1天",
                                 tier->name);
        size_t count = 0;
        const char *const *labels = field != NULL ? field->type->choices(field, &count) : NULL;
        bool found = field == NULL;
        for (size_t j = 0; j < count; j++)
            found = found || strcmp(labels[j], tier->name) == 0;
        if (!found)
            return loader_refuse(forms, builder->source, where, "频次 %s 不在字段 %s 的选项里",
                                 tier->name, builder->form->roles.tier);
    }
    return RESULT_OK;
}

static enum result check_modes(struct forms *forms, struct form_builder *builder,
                               const struct raw_visits *raw)
{
    const struct form_builder *record = loader_find_builder(forms, raw->record);
    if (record == NULL || record->form->subject != FORM_VISIT)
        return loader_refuse(forms, builder->source, "visits.record", "探访表单 %s 不存在",
                             raw->record);
    const struct form_field *mode = form_field(record->form, "mode");
    if (mode == NULL || mode->codes == NULL)
        return loader_refuse(forms, record->source, "fields", "探访表单没有方式（mode）");
    if (raw->mode_count == 0)
        return loader_refuse(forms, builder->source, "visits", "没有计入的方式（modes）");
    char where[WHERE_TEXT];
    for (size_t i = 0; i < raw->mode_count; i++) {
        bool found = false;
        for (size_t j = 0; j < mode->codes->count; j++)
            found = found || strcmp(mode->codes->labels[j], raw->modes[i]) == 0;
        if (!found)
            return loader_refuse(forms, builder->source, at_index(where, "visits.modes", i),
                                 "方式 %s 不在代码表 %s 里", raw->modes[i], mode->codes->id);
    }
    for (size_t i = 0; i < raw->accept_count; i++)
        if (loader_find_builder(forms, raw->accepts[i]) == NULL)
            return loader_refuse(forms, builder->source, at_index(where, "visits.accepts", i),
                                 "业务 %s 不存在", raw->accepts[i]);
    return RESULT_OK;
}

static enum result make_visits(struct forms *forms, struct form_builder *builder)
{
    const struct raw_visits *raw = builder->source->form->visits;
    struct form_visits *visits = &builder->form->visits;
    if (raw == NULL)
        return RESULT_OK;
    struct form_tier *tiers = loader_array(forms, raw->tier_count, sizeof *tiers);
    for (size_t i = 0; i < raw->tier_count; i++)
        tiers[i] = (struct form_tier){.name = raw->tiers[i].name,
                                      .per_month = raw->tiers[i].per_month,
                                      .interval = raw->tiers[i].interval};
    *visits = (struct form_visits){
        .tier_count = raw->tier_count,
        .tiers = tiers,
        .modes = loader_strings(forms, raw->modes, raw->mode_count),
        .record = raw->record,
        .stopped = raw->stopped != NULL ? raw->stopped : "不再需要探访",
        .accepts = loader_strings(forms, raw->accepts, raw->accept_count),
    };
    builder->form->has_visits = true;
    enum result result = check_tiers(forms, builder, visits);
    if (result == 0)
        result = check_modes(forms, builder, raw);
    if (result == 0)
        result = loader_compile_checked(forms, builder, builder->source, "visits.when", "",
                                        raw->when, &visits->when);
    return result;
}

static enum result make_cycles(struct forms *forms, struct form_builder *builder)
{
    const struct raw_form *raw = builder->source->form;
    struct form_cycle *cycles = loader_array(forms, raw->cycle_count, sizeof *cycles);
    char where[WHERE_TEXT];
    for (size_t i = 0; i < raw->cycle_count; i++) {
        if (raw->cycles[i].months < 1)
            return loader_refuse(forms, builder->source, at_index(where, "cycles", i),
                                 "复核周期至少1个月");
        cycles[i] =
            (struct form_cycle){.name = raw->cycles[i].name, .months = raw->cycles[i].months};
    }
    builder->form->cycles = cycles;
    builder->form->cycle_count = raw->cycle_count;
    return RESULT_OK;
}

static enum result make_list(struct forms *forms, struct form_builder *builder)
{
    const struct raw_form *raw = builder->source->form;
    char where[WHERE_TEXT];
    for (size_t i = 0; i < raw->list_count; i++)
        if (form_field(builder->form, raw->list[i]) == NULL && column_find(raw->list[i]) == NULL)
            return loader_refuse(forms, builder->source, at_index(where, "list", i),
                                 "列 %s 既不是字段也不是系统列", raw->list[i]);
    builder->form->columns = loader_strings(forms, raw->list, raw->list_count);
    return RESULT_OK;
}

/* Requires the keys that every programme needs. */
static enum result check_programme(struct forms *forms, struct form_builder *builder)
{
    const struct form *form = builder->form;
    if (form->subject != FORM_PERSON && form->subject != FORM_HOUSEHOLD) {
        if (form->has_visits)
            return loader_refuse(forms, builder->source, "visits", "只有业务才有探访要求");
        return RESULT_OK;
    }
    if (*form->title == '\0' || *form->brief == '\0')
        return loader_refuse(forms, builder->source, "", "业务没有名称（title、brief）");
    if (strlen(form->code) != 2 || strspn(form->code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
        return loader_refuse(forms, builder->source, "code", "编号代码应是两个大写字母（code）");
    if (*form->roles.area == '\0' || *form->roles.since == '\0')
        return loader_refuse(forms, builder->source, "roles",
                             "没有说明区划和起始（roles.area、roles.since）");
    if (form->exits[0] == NULL)
        return loader_refuse(forms, builder->source, "", "没有退出原因（exits）");
    const struct form_field *members = form_field(form, FORM_MEMBERS);
    if (form->subject == FORM_HOUSEHOLD && (members == NULL || members->column_count == 0))
        return loader_refuse(forms, builder->source, "fields", "家庭业务没有成员明细（members）");
    for (size_t i = 0; i < forms->builder_count; i++) {
        const struct form *other = forms->builders[i].form;
        if (other != form && other->code != NULL && strcmp(other->code, form->code) == 0)
            return loader_refuse(forms, builder->source, "code", "编号代码 %s 已被 %s 使用",
                                 form->code, other->kind);
    }
    return RESULT_OK;
}

enum result loader_resolve(struct forms *forms, struct form_builder *builder)
{
    const struct raw_form *raw = builder->source->form;
    struct form *form = builder->form;
    form->title = loader_text_or_empty(raw->title);
    form->brief = loader_text_or_empty(raw->brief);
    form->code = loader_text_or_empty(raw->code);
    form->secret = raw->secret;
    form->rate = raw->rate;
    form->rank = raw->rank;
    form->exits = loader_strings(forms, raw->exits, raw->exit_count);
    static enum result (*const steps[])(struct forms *, struct form_builder *) = {
        make_roles, make_visits, make_cycles, make_list, check_programme};
    enum result result = RESULT_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && result == 0; i++)
        result = steps[i](forms, builder);
    return result;
}
