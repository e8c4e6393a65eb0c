/*
 * Reads `benefit:`: the standards that a programme uses, and the lines of its amounts.
 */
#include "base/mem.h"
#include "base/text.h"
#include "form/benefit.h"
#include "form/expr_amounts.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdlib.h>
#include <string.h>

static const char *const PARTS[] = {FORM_NOTE, "base", "add", "care", "topup", FORM_TOTAL};
enum { PART_NOTE, PART_TOTAL = sizeof PARTS / sizeof PARTS[0] - 1 };

/* The name of a part, as in the table; NULL if there is none from `first` to `last`. */
static const char *find_part(const char *name, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (strcmp(PARTS[i], name) == 0)
            return PARTS[i];
    return NULL;
}

// ---- standards

static enum result make_standard(struct forms *forms, struct form_builder *builder,
                                 const struct raw_standard *raw, const char *where,
                                 struct form_standard *standard)
{
    *standard = (struct form_standard){
        .name = raw->name,
        .optional = raw->optional,
        .has_fallback = raw->fallback != NULL,
        .source = loader_text_or_empty(raw->source),
    };
    if (*raw->name == '\0' || text_has_control(raw->name))
        return loader_refuse(forms, builder->source, where, "没有标准名称（name）");
    if (raw->fallback == NULL)
        return RESULT_OK;
    if (*standard->source == '\0')
        return loader_refuse(forms, builder->source, where, "默认值 %s 没有写明来源（source）",
                             raw->fallback);
    if (text_to_fen(raw->fallback, &standard->fallback) == 0 && standard->fallback >= 0)
        return RESULT_OK;
    return loader_refuse(forms, builder->source, where, "默认值 %s 不是数字", raw->fallback);
}

/* The rows of the table in which each code of a table has one. */
static size_t count_standards(const struct forms *forms, const struct raw_standard *raw,
                              size_t count)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const char *each = raw[i].each;
        const struct form_codes *codes = each != NULL ? loader_find_codes(forms, each) : NULL;
        rows += codes != NULL ? codes->count : 1;
    }
    return rows;
}

enum result loader_add_standards(struct forms *forms, struct form_builder *builder,
                                 const char *section, const struct raw_standard *raw, size_t count)
{
    struct form *form = builder->form;
    size_t rows = form->standard_count + count_standards(forms, raw, count);
    struct form_standard *standards = loader_array(forms, rows, sizeof *standards);
    enum result result = RESULT_OK;
    for (size_t i = 0; i < form->standard_count; i++)
        standards[i] = form->standards[i];
    form->standards = standards;
    for (size_t i = 0; i < count && result == 0; i++) {
        const char *each = raw[i].each;
        const struct form_codes *codes = each != NULL ? loader_find_codes(forms, each) : NULL;
        const char *where = loader_where(forms, "%s.standards.%zu", section, i);
        if (each != NULL && codes == NULL)
            return loader_refuse(forms, builder->source, where, "没有代码表 %s（each）", each);
        for (size_t code = 0; code < (codes != NULL ? codes->count : 1) && result == 0; code++) {
            struct form_standard *standard = &standards[form->standard_count++];
            result = make_standard(forms, builder, &raw[i], where, standard);
            if (codes != NULL)
                standard->name = loader_text(forms, "%s-%s", standard->name, codes->labels[code]);
        }
    }
    return result;
}

// ---- names

/* What an expression of the section may name: its own words, and the lines above. */
static bool is_name(const struct form_builder *builder, const char *name)
{
    const struct form_benefit *benefit = builder->form->benefit;
    if (expr_amounts_is_word(name))
        return true;
    for (size_t i = 0; i < benefit->line_count; i++)
        if (strcmp(benefit->lines[i].id, name) == 0)
            return true;
    return false;
}

static enum result compile(struct forms *forms, struct form_builder *builder, const char *where,
                           const char *key, const char *list, const char *text,
                           const struct expr **ret_expr)
{
    const char *place = loader_where(forms, "%s.%s", where, key);
    return loader_compile_checked(forms, builder, builder->source, place, list, text, ret_expr);
}

// ---- lines

static enum result make_choices(struct forms *forms, struct form_builder *builder,
                                const struct raw_line *raw, const char *where,
                                struct form_benefit_line *line)
{
    struct form_benefit_choice *choices = loader_array(forms, raw->choice_count, sizeof *choices);
    enum result result = RESULT_OK;
    line->choices = choices;
    line->choice_count = raw->choice_count;
    for (size_t i = 0; i < raw->choice_count && result == 0; i++) {
        choices[i].name = raw->choices[i].name;
        const char *place = loader_where(forms, "%s.best.%zu", where, i);
        result = compile(forms, builder, place, "when", line->rows, raw->choices[i].when,
                         &choices[i].when);
    }
    return result;
}

static enum result check_line(struct forms *forms, struct form_builder *builder,
                              const struct raw_line *raw, const char *where,
                              const struct form_benefit_line *line)
{
    const struct form_field *list =
        *line->rows != '\0' ? form_field(builder->form, line->rows) : NULL;
    if (line->part == NULL)
        return loader_refuse(forms, builder->source, where,
                             "to 应是 note、base、add、care 或 topup：%s", raw->part);
    if (*line->rows != '\0' && (list == NULL || list->column_count == 0))
        return loader_refuse(forms, builder->source, where, "%s 不是明细字段（rows）", line->rows);
    if (*line->id != '\0' &&
        (form_field(builder->form, line->id) != NULL || is_name(builder, line->id)))
        return loader_refuse(forms, builder->source, where, "%s 已有别的意思，请换一个 id",
                             line->id);
    return RESULT_OK;
}

static enum result make_line(struct forms *forms, struct form_builder *builder,
                             const struct raw_line *raw, const char *where,
                             struct form_benefit_line *line)
{
    *line = (struct form_benefit_line){
        .id = loader_text_or_empty(raw->id),
        .part = find_part(raw->part != NULL ? raw->part : FORM_NOTE, PART_NOTE, PART_TOTAL - 1),
        .label = raw->label,
        .rows = loader_text_or_empty(raw->rows),
    };
    enum result result = check_line(forms, builder, raw, where, line);
    if (result == 0)
        result = compile(forms, builder, where, "when", line->rows, raw->when, &line->when);
    if (result == 0)
        result = compile(forms, builder, where, "value", line->rows, raw->value, &line->value);
    if (result == 0)
        result = make_choices(forms, builder, raw, where, line);
    return result;
}

static enum result make_lines(struct forms *forms, struct form_builder *builder,
                              const struct raw_benefit *raw, struct form_benefit *benefit)
{
    struct form_benefit_line *lines = loader_array(forms, raw->line_count, sizeof *lines);
    enum result result = RESULT_OK;
    benefit->lines = lines;
    for (size_t i = 0; i < raw->line_count && result == 0; i++) {
        const char *where = loader_where(forms, "benefit.lines.%zu", i);
        result = make_line(forms, builder, &raw->lines[i], where, &lines[i]);
        benefit->line_count = i + 1;
    }
    return result;
}

// ---- the rest

static enum result make_stated(struct forms *forms, struct form_builder *builder,
                               const struct raw_benefit *raw, struct form_benefit *benefit)
{
    struct form_benefit_stated *stated = loader_array(forms, raw->stated_count, sizeof *stated);
    enum result result = RESULT_OK;
    benefit->stated = stated;
    benefit->stated_count = raw->stated_count;
    for (size_t i = 0; i < raw->stated_count && result == 0; i++) {
        const char *where = loader_where(forms, "benefit.stated.%zu", i);
        stated[i].part = find_part(raw->stated[i].part, PART_NOTE + 1, PART_TOTAL);
        if (stated[i].part == NULL)
            return loader_refuse(forms, builder->source, where,
                                 "to 应是 base、add、care、topup 或 total：%s",
                                 raw->stated[i].part);
        result =
            compile(forms, builder, where, "value", "", raw->stated[i].value, &stated[i].value);
    }
    return result;
}

static enum result make_benefit(struct forms *forms, struct form_builder *builder,
                                const struct raw_benefit *raw, struct form_benefit *benefit)
{
    benefit->unpaid = raw->unpaid != NULL ? raw->unpaid : "不享受待遇";
    benefit->reason = loader_text_or_empty(raw->reason);
    if (*benefit->reason != '\0' && form_field(builder->form, benefit->reason) == NULL)
        return loader_refuse(forms, builder->source, "benefit.reason", "字段 %s 不存在",
                             benefit->reason);
    enum result result =
        loader_add_standards(forms, builder, "benefit", raw->standards, raw->standard_count);
    if (result == 0)
        result = compile(forms, builder, "benefit", "paid", "", raw->paid, &benefit->paid);
    if (result == 0)
        result = make_lines(forms, builder, raw, benefit);
    if (result == 0)
        result = compile(forms, builder, "benefit", "persons", "", raw->persons, &benefit->persons);
    if (result == 0)
        result = make_stated(forms, builder, raw, benefit);
    return result;
}

enum result loader_make_benefit(struct forms *forms, struct form_builder *builder)
{
    const struct raw_benefit *raw = builder->source->form->benefit;
    if (raw == NULL)
        return RESULT_OK;
    if (builder->form->subject != FORM_PERSON && builder->form->subject != FORM_HOUSEHOLD)
        return loader_refuse(forms, builder->source, "benefit", "只有业务才有待遇（benefit）");
    struct form_benefit *benefit = loader_array(forms, 1, sizeof *benefit);
    builder->form->benefit = benefit;
    builder->is_name = is_name;
    enum result result = make_benefit(forms, builder, raw, benefit);
    builder->is_name = NULL;
    return result;
}
