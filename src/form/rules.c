#include "form/rules.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/expr.h"
#include "form/form_lookup.h"
#include "form/indicators.h"
#include "form/loader.h"
#include "form/overlay.h"
#include "form/rules_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Owned by the catalogue. */
struct rules {
    struct form_builder facts;
    size_t count, capacity;
    struct form_rule *items;
    uint32_t mark;
};

// ---- one rule

static enum result check_texts(struct forms *forms, const struct source *source, const char *where,
                               const struct raw_rule *raw)
{
    const char *const needed[] = {raw->id, raw->title, raw->source, raw->todo};

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (*needed[i] == '\0' || text_has_control(needed[i]))
            return loader_refuse(forms, source, where,
                                 "规则的 id、title、source、todo 都要写，不能有换行");
    for (size_t i = 0; i < forms->rules->count; i++)
        if (strcmp(forms->rules->items[i].id, raw->id) == 0)
            return loader_refuse(forms, source, where, "规则 %s 写了两次", raw->id);
    return RESULT_OK;
}

static enum result check_facts(struct forms *forms, const struct source *source, const char *where,
                               const struct raw_rule *raw)
{
    const struct form *facts = forms->rules->facts.form;

    for (size_t i = 0; i < raw->show_count; i++)
        if (form_field(facts, raw->show[i]) == NULL)
            return loader_refuse(forms, source, where, "规则 %s 要列的 %s 不存在", raw->id,
                                 raw->show[i]);
    const struct form_field *about = raw->about != NULL ? form_field(facts, raw->about) : NULL;
    if (raw->about != NULL && (about == NULL || about->column_count == 0))
        return loader_refuse(forms, source, where, "规则 %s 的业务 %s 不存在", raw->id, raw->about);
    return RESULT_OK;
}

static enum result make_rule(struct forms *forms, const struct source *source, const char *where,
                             const struct raw_rule *raw, struct form_rule *rule)
{
    enum result result = check_texts(forms, source, where, raw);

    if (result == 0)
        result = check_facts(forms, source, where, raw);
    *rule = (struct form_rule){
        .id = raw->id,
        .title = raw->title,
        .source = raw->source,
        .todo = raw->todo,
        .about = loader_text_or_empty(raw->about),
        .household = raw->subject == FORM_HOUSEHOLD,
        .show_count = raw->show_count,
        .show = loader_strings(forms, raw->show, raw->show_count),
    };
    if (result == 0)
        result = loader_compile_checked(forms, &forms->rules->facts, source,
                                        loader_where(forms, "%s.when", where), "", raw->when,
                                        &rule->when);
    if (result != 0)
        return result;
    rule->lacks = rules_facts_lack(forms, source->rules, rule->when);
    return RESULT_OK;
}

// ---- its examples

static enum result run_example(struct forms *forms, const struct source *source, const char *where,
                               const struct raw_rule_example *raw, const struct form_rule *rule)
{
    struct type_context context = {.today = date_make(2026, 1, 1)};
    struct fields values = {0};
    enum result result = RESULT_OK;

    if (raw->today != NULL && date_parse(raw->today, &context.today) != 0)
        return loader_refuse(forms, source, where, "示例的 today 不是日期：%s", raw->today);
    for (unsigned i = 0; i < raw->given_count && result == 0; i++)
        result = rules_facts_read(forms, source, where, raw->given[i], &context, &values);
    if (result == 0 && rules_hold(forms, rule, &values, context.today) != (raw->expect != 0))
        result = loader_refuse(forms, source, where, "规则 %s 的示例应当%s线索，结果相反", rule->id,
                               raw->expect != 0 ? "成为" : "不是");
    fields_free(&values);
    return result;
}

static enum result run_examples(struct forms *forms, const struct source *source, size_t index,
                                const struct raw_rule *raw, const struct form_rule *rule)
{
    enum result result = RESULT_OK;
    unsigned found = 0;
    char where[WHERE_TEXT];

    for (unsigned i = 0; i < raw->example_count && result == 0; i++) {
        (void)snprintf(where, sizeof where, "rules.%zu.examples.%u", index, i);
        result = run_example(forms, source, where, &raw->examples[i], rule);
        found |= raw->examples[i].expect != 0 ? 1u : 2u;
    }
    (void)snprintf(where, sizeof where, "rules.%zu", index);
    if (result == 0 && found != 3u)
        result = loader_refuse(forms, source, where,
                               "规则 %s 至少要有一个成为线索、一个不成为线索的示例", rule->id);
    return result;
}

// ---- the files

static void mark_text(struct rules *rules, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        rules->mark = (rules->mark ^ (unsigned char)bytes[i]) * UINT32_C(16777619);
}

static enum result load_rules(struct forms *forms, const struct source *source)
{
    struct rules *rules = forms->rules;
    enum result result = RESULT_OK;
    char where[WHERE_TEXT];

    for (size_t i = 0; i < source->rules->item_count && result == 0; i++) {
        const struct raw_rule *raw = &source->rules->items[i];
        (void)snprintf(where, sizeof where, "rules.%zu", i);
        rules->items =
            loader_grow(forms, rules->items, rules->count, &rules->capacity, sizeof *rules->items);
        result = make_rule(forms, source, where, raw, &rules->items[rules->count]);
        if (result == 0)
            result = run_examples(forms, source, i, raw, &rules->items[rules->count]);
        rules->count++;
    }
    return result;
}

static enum result read_files(struct forms *forms, const struct overlay *overlay,
                              struct source **sources, size_t *ret_count)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < overlay->count && result == 0; i++) {
        if (!text_starts(overlay->names[i], RULES_FOLDER "/") &&
            !text_starts(overlay->names[i], INDICATORS_FOLDER "/") &&
            strcmp(overlay->names[i], INDICATORS_FILE) != 0)
            continue;
        char *path = overlay_path(overlay, overlay->names[i]);
        result = source_read(path, SOURCE_RULES, &forms->memory, &forms->scaffold,
                             &sources[*ret_count], &forms->error);
        *ret_count += result == 0;
        free(path);
    }
    return result;
}

enum result rules_load(struct forms *forms, const struct overlay *overlay)
{
    struct rules *rules = loader_array(forms, 1, sizeof *rules);
    struct source **sources = NULL;
    size_t count = 0;

    forms->rules = rules;
    if (!overlay->folders.rules)
        return RESULT_OK;
    sources = mem_array(overlay->count + 1, sizeof *sources);
    enum result result = read_files(forms, overlay, sources, &count);
    rules->mark = UINT32_C(2166136261);
    for (size_t i = 0; i < count && result == 0; i++) {
        mark_text(rules, sources[i]->bytes, sources[i]->length);
        for (size_t k = 0; k < sources[i]->rules->need_count; k++)
            rules_facts_need(forms, &rules->facts, &sources[i]->rules->needs[k]);
    }
    if (result == 0)
        result = rules_facts_make(forms, &rules->facts);
    for (size_t i = 0; i < count && result == 0; i++)
        result = load_rules(forms, sources[i]);
    for (size_t i = 0; i < count && result == 0; i++)
        result = indicators_load(forms, &rules->facts, sources[i]);
    indicators_finish(forms);
    rules->items = loader_final(forms, rules->items, rules->count, sizeof *rules->items);
    for (size_t i = 0; i < count; i++)
        source_free(&sources[i]);
    free(sources);
    return result;
}

// ---- questions

const struct form_rule *forms_rule(const struct forms *forms, size_t index)
{
    return index < forms->rules->count ? &forms->rules->items[index] : NULL;
}

const struct form_rule *forms_rule_find(const struct forms *forms, const char *id)
{
    for (size_t i = 0; i < forms->rules->count; i++)
        if (strcmp(forms->rules->items[i].id, id) == 0)
            return &forms->rules->items[i];
    return NULL;
}

const struct form *forms_facts(const struct forms *forms)
{
    return forms->rules->facts.form;
}

uint32_t forms_rules_mark(const struct forms *forms)
{
    return forms->rules->mark;
}

static bool is_head(const struct form *facts, const struct fields *values)
{
    for (size_t i = 0; i < facts->field_count; i++) {
        const struct form_field *list = &facts->fields[i];
        if (list->column_count == 0 || form_column(list, FORM_RELATION) == NULL)
            continue;
        for (size_t row = 0; row < fields_rows(values, list->id); row++)
            if (strcmp(form_row_value(values, list->id, row, FORM_RELATION), FORM_RELATION_HEAD) ==
                0)
                return true;
    }
    return false;
}

bool rules_is_head(const struct forms *forms, const struct fields *facts)
{
    return is_head(forms->rules->facts.form, facts);
}

bool rules_hold(const struct forms *forms, const struct form_rule *rule, const struct fields *facts,
                day_t today)
{
    const struct form *form = forms->rules->facts.form;

    return (!rule->household || is_head(form, facts)) && expr_true(rule->when, form, facts, today);
}

/* A fact's value: of a list, that of the first row which has one; NULL if it has no row, or if
   nothing needs to be told. */
static const char *find_fact(const struct fields *facts, const char *name)
{
    const char *dot = strchr(name, '.');

    if (dot == NULL) {
        const char *value = fields_get(facts, name);
        return *value == '\0' && strcmp(name, FACT_LISTED_NAME) == 0 ? NULL : value;
    }
    char *list = mem_copy_bytes(name, (size_t)(dot - name));
    size_t rows = fields_rows(facts, list);
    const char *value = rows > 0 ? "" : NULL;
    for (size_t row = 0; row < rows && *value == '\0'; row++)
        value = form_row_value(facts, list, row, dot + 1);
    free(list);
    return value;
}

char *rules_why(const struct forms *forms, const struct form_rule *rule, const struct fields *facts,
                char *(*mask)(const struct form_field *field, const char *value))
{
    const struct form *form = forms->rules->facts.form;
    struct str words = {0};

    for (size_t i = 0; i < rule->show_count; i++) {
        const struct form_field *field = form_field(form, rule->show[i]);
        const char *value = find_fact(facts, rule->show[i]);
        if (value == NULL)
            continue;
        char *formatted = field->type->format(field, value);
        char *text = *value == '\0' ? mem_copy("未登记") : mask(field, formatted);
        str_printf(&words, "%s%s：%s", words.length > 0 ? "；" : "", field->label, text);
        free(text);
        free(formatted);
    }
    if (*rule->lacks != '\0')
        str_printf(&words, "%s本系统还没有“%s”业务，请先核实是否已在领",
                   words.length > 0 ? "；" : "", rule->lacks);
    return str_take(&words);
}
