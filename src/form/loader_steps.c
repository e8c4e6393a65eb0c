/*
 * Reads the section `steps` of a programme: the way from an application to the books.
 */
#include "base/role.h"
#include "form/expr.h"
#include "form/loader.h"
#include "form/raw_steps.h"

#include <stdio.h>
#include <string.h>

enum { STEPS_MOST = 16, DAYS_MOST = 365 };

/** One section while it is read. */
struct section {
    struct forms *forms;
    struct form_builder *builder;
    const struct raw_steps *raw;
    struct life_step *items;
};

static enum result refuse(const struct section *section, const char *where, const char *words,
                          const char *what)
{
    return loader_refuse(section->forms, section->builder->source, where, "%s%s", words, what);
}

// ---- clocks

static enum result read_clock(const struct section *section, const char *where,
                              const struct raw_clock *raw, struct life_clock *clock)
{
    static const struct {
        const char *word;
        enum life_unit unit;
    } units[] = {{"天", LIFE_DAYS}, {"工作日", LIFE_WORKDAYS}};

    *clock = (struct life_clock){.unit = LIFE_WORKDAYS, .source = "", .from = ""};
    if (raw == NULL)
        return RESULT_OK;
    if (raw->days < 1 || raw->days > DAYS_MOST)
        return refuse(section, where, "时限应为 1 至 365", "");
    if (*raw->source == '\0')
        return refuse(section, where, "请写明时限的依据（source）", "");
    bool accepted = raw->since != NULL && strcmp(raw->since, "受理") == 0;
    const char *from = raw->since == NULL || accepted ? "" : raw->since;
    const struct form_field *field = form_field(section->builder->form, from);
    if (*from != '\0' && (field == NULL || strcmp(field->type->name, "date") != 0))
        return refuse(section, where,
                      "时限从这一步起算；另从受理起算的写 since: 受理，从某日起算的写日期字段：",
                      from);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].word, raw->unit) == 0) {
            *clock = (struct life_clock){raw->days, units[i].unit, accepted, raw->source, from};
            return RESULT_OK;
        }
    }
    return refuse(section, where, "时限的单位应为 天 或 工作日：", raw->unit);
}

// ---- steps

#define ROW(name, id, label) id,
static const char *const ROLES[] = {ROLE_TABLE(ROW)};
#undef ROW

static bool is_role(const char *id)
{
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++)
        if (strcmp(ROLES[i], id) == 0)
            return true;
    return false;
}

/** The index of an earlier step, `before` if there is none of that id. */
static size_t find_step(const struct section *section, const char *id, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(section->items[i].id, id) == 0)
            return i;
    return before;
}

static enum result check_names(const struct section *section, const char *where, size_t at)
{
    const struct raw_step *raw = &section->raw->flow[at];

    if (strspn(raw->id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(raw->id))
        return refuse(section, where, "步骤的 id 只能用小写字母、数字和 _：", raw->id);
    if (find_step(section, raw->id, at) != at)
        return refuse(section, where, "这个步骤写了两次：", raw->id);
    if (raw->who_count == 0)
        return refuse(section, where, "没有写由谁办（who）的步骤：", raw->id);
    for (unsigned i = 0; i < raw->who_count; i++)
        if (!is_role(raw->who[i]))
            return refuse(section, where, "没有这个角色：", raw->who[i]);
    for (unsigned i = 0; i < raw->back_count; i++)
        if (find_step(section, raw->back[i], at) == at)
            return refuse(section, where, "只能退回到前面的步骤：", raw->back[i]);
    return RESULT_OK;
}

static enum result check_fields(const struct section *section, const char *where,
                                const struct life_step *step)
{
    const char *const names[] = {step->begun, step->done, step->number, step->first};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (*names[i] != '\0' && form_field(section->builder->form, names[i]) == NULL)
            return refuse(section, where, "没有字段 ", names[i]);
    if (step->publish && section->builder->form->secret)
        return refuse(section, where, "儿童业务不得公示，请去掉步骤 ", step->id);
    if (step->amount && !step->publish)
        return refuse(section, where, "只有公示（publish）的步骤才公布金额（amount）：", step->id);
    if (step->least && step->clock.days == 0)
        return refuse(section, where, "最短时间（least）要有时限（clock）：", step->id);
    return RESULT_OK;
}

static enum result read_step(const struct section *section, size_t at, const struct expr **ret_when)
{
    const struct raw_step *raw = &section->raw->flow[at];
    struct life_step *step = &section->items[at];
    char where[WHERE_TEXT];

    (void)snprintf(where, sizeof where, "steps.flow.%zu", at);
    enum result result = check_names(section, where, at);
    if (result != 0)
        return result;
    *step = (struct life_step){
        .id = raw->id,
        .label = raw->label,
        .who = loader_strings(section->forms, raw->who, raw->who_count),
        .back = loader_strings(section->forms, raw->back, raw->back_count),
        .least = raw->least,
        .publish = raw->publish,
        .amount = raw->amount,
        .changes = raw->changes,
        .complete = raw->complete,
        .apart = raw->apart,
        .refuse = loader_text_or_empty(raw->refuse),
        .begun = loader_text_or_empty(raw->begun),
        .done = loader_text_or_empty(raw->done),
        .number = loader_text_or_empty(raw->number),
        .first = loader_text_or_empty(raw->first),
    };
    result = read_clock(section, where, raw->clock, &step->clock);
    if (result == 0)
        result = check_fields(section, where, step);
    return result != 0
               ? result
               : loader_compile_checked(section->forms, section->builder, section->builder->source,
                                        where, "", raw->when, ret_when);
}

static enum result check_way(const struct section *section)
{
    const struct raw_steps *raw = section->raw;
    enum form_subject subject = section->builder->form->subject;

    if (subject != FORM_PERSON && subject != FORM_HOUSEHOLD)
        return refuse(section, "steps", "只有业务才有办理步骤（steps）", "");
    if (raw->flow_count == 0 || raw->flow_count > STEPS_MOST)
        return refuse(section, "steps", "办理步骤（flow）应有 1 至 16 步", "");
    if (raw->flow[0].when != NULL || raw->flow[raw->flow_count - 1].when != NULL)
        return refuse(section, "steps", "第一步和最后一步不能有条件（when）", "");
    if (!raw->flow[raw->flow_count - 1].apart)
        return refuse(section, "steps", "最后一步要由别人办（apart: true）：",
                      raw->flow[raw->flow_count - 1].id);
    return RESULT_OK;
}

static enum result check_longer(const struct section *section, const struct life_steps *life)
{
    if (life->longer.days == 0)
        return RESULT_OK;
    if (life->whole.days == 0)
        return refuse(section, "steps.longer", "没有全程时限（whole），延长（longer）没有意义", "");
    if (life->longer.unit != life->whole.unit || life->longer.accepted)
        return refuse(section, "steps.longer", "延长（longer）的单位应与全程时限相同", "");
    return RESULT_OK;
}

// ---- examples

static enum result read_example(const struct section *section, size_t at,
                                struct form_step_example *example)
{
    const struct raw_step_example *raw = &section->raw->examples[at];
    day_t *pauses = loader_array(section->forms, raw->pause_count, sizeof *pauses);
    char where[WHERE_TEXT];

    (void)snprintf(where, sizeof where, "steps.examples.%zu", at);
    *example = (struct form_step_example){
        .step = find_step(section, raw->step, section->raw->flow_count),
        .longer = raw->longer,
        .pause_count = raw->pause_count,
        .pauses = pauses,
        .where = loader_text(section->forms, "%s %s", section->builder->source->path, where),
    };
    if (example->step == section->raw->flow_count && strcmp(raw->step, "whole") != 0)
        return refuse(section, where, "示例里没有步骤 ", raw->step);
    if (date_parse(raw->began, &example->began) != 0)
        return refuse(section, where, "示例的 began 不是日期：", raw->began);
    if (strcmp(raw->due, "unknown") != 0 && date_parse(raw->due, &example->due) != 0)
        return refuse(section, where, "示例的 due 不是日期，也不是 unknown：", raw->due);
    for (unsigned i = 0; i < raw->pause_count; i++)
        if (date_parse(raw->pauses[i], &pauses[i]) != 0)
            return refuse(section, where, "示例的 pauses 不是日期：", raw->pauses[i]);
    return RESULT_OK;
}

enum result loader_make_steps(struct forms *forms, struct form_builder *builder)
{
    const struct raw_steps *raw = builder->source->form->steps;
    struct form_steps *steps = &builder->form->steps;

    if (raw == NULL)
        return RESULT_OK;
    struct section section = {forms, builder, raw,
                              loader_array(forms, raw->flow_count, sizeof *section.items)};
    const struct expr **when = loader_array(forms, raw->flow_count, sizeof *when);
    struct form_step_example *examples = loader_array(forms, raw->example_count, sizeof *examples);
    *steps = (struct form_steps){
        .life = {.count = raw->flow_count,
                 .items = section.items,
                 .basis = loader_text_or_empty(raw->notice != NULL ? raw->notice->basis : NULL),
                 .remedy = loader_text_or_empty(raw->notice != NULL ? raw->notice->remedy : NULL)},
        .when = when,
        .example_count = raw->example_count,
        .examples = examples,
    };
    enum result result = check_way(&section);
    for (size_t i = 0; i < raw->flow_count && result == 0; i++)
        result = read_step(&section, i, &when[i]);
    if (result == 0)
        result = read_clock(&section, "steps.whole", raw->whole, &steps->life.whole);
    if (result == 0)
        result = read_clock(&section, "steps.longer", raw->longer, &steps->life.longer);
    if (result == 0)
        result = check_longer(&section, &steps->life);
    for (size_t i = 0; i < raw->example_count && result == 0; i++)
        result = read_example(&section, i, &examples[i]);
    return result;
}
