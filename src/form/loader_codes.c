/*
 * Code tables: those of codes.yaml, and those that a form brings.
 */
#include "base/paths.h"
#include "form/form_lookup.h"
#include "form/loader.h"
#include "form/overlay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODES_FILE "codes.yaml"

const struct form_codes *loader_find_codes(const struct forms *forms, const char *id)
{
    for (size_t i = 0; i < forms->code_count; i++)
        if (strcmp(forms->codes[i].id, id) == 0)
            return &forms->codes[i];
    return NULL;
}

/* Text of a set is split at these characters, so a label must not contain them. */
static bool label_fits(const char *label)
{
    return *label != '\0' && strpbrk(label, ";, /") == NULL && strstr(label, "；") == NULL &&
           strstr(label, "，") == NULL && strstr(label, "、") == NULL;
}

static enum result make_code(struct forms *forms, const struct source *source, const char *where,
                             const struct raw_code *raw, struct form_codes *codes,
                             struct form_code *items)
{
    if (!label_fits(raw->label))
        return loader_refuse(forms, source, where, "代码 %s 为空或含有分隔符", raw->label);
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(items[i].label, raw->label) == 0)
            return loader_refuse(forms, source, where, "代码 %s 重复", raw->label);
    items[codes->count++] = (struct form_code){
        .code = loader_text_or_empty(raw->code),
        .label = raw->label,
        .aliases = loader_strings(forms, raw->aliases, raw->alias_count),
    };
    return RESULT_OK;
}

/* A table's own words, else the words of the table it continues. */
static const char *const *words_or(struct forms *forms, const char **words, size_t count,
                                   const char *const *others)
{
    return count > 0 || others == NULL ? loader_strings(forms, words, count) : others;
}

/* The table with number `index` of a file. */
static enum result make_codes(struct forms *forms, const struct source *source,
                              const struct raw_codes *raw, size_t index)
{
    static const struct form_codes none = {0};
    const struct form_codes *also = raw->also != NULL ? loader_find_codes(forms, raw->also) : &none;
    char where[WHERE_TEXT];
    (void)snprintf(where, sizeof where, "codes.%zu", index);
    if (loader_find_codes(forms, raw->id) != NULL)
        return loader_refuse(forms, source, where, "代码表 %s 有两份", raw->id);
    if (also == NULL)
        return loader_refuse(forms, source, where, "代码表 %s 不在前面", raw->also);
    if (raw->item_count == 0)
        return loader_refuse(forms, source, where, "代码表 %s 没有内容（items）", raw->id);
    size_t count = raw->item_count + also->count;
    struct form_code *items = loader_array(forms, count, sizeof *items);
    struct form_codes codes = {.id = raw->id, .items = items};
    for (size_t i = 0; i < raw->item_count; i++) {
        (void)snprintf(where, sizeof where, "codes.%zu.items.%zu", index, i);
        enum result result = make_code(forms, source, where, &raw->items[i], &codes, items);
        if (result != 0)
            return result;
    }
    for (size_t i = 0; i < also->count; i++)
        items[codes.count++] = also->items[i];
    codes.before = words_or(forms, raw->before, raw->before_count, also->before);
    codes.behind = words_or(forms, raw->behind, raw->behind_count, also->behind);
    const char **labels = loader_array(forms, count, sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = items[i].label;
    codes.labels = labels;
    forms->codes[forms->code_count++] = codes;
    return RESULT_OK;
}

static void make_ledger(struct forms *forms)
{
    static const struct raw_ledgers none = {0};
    const struct raw_ledgers *raw = forms->tables->tables->ledgers;
    struct form_ledger_column *columns = NULL;
    size_t count = 0;
    if (raw == NULL)
        raw = &none;
    for (size_t i = 0; i < raw->column_count; i++)
        count += raw->columns[i].header_count;
    columns = loader_array(forms, count, sizeof *columns);
    forms->ledger = (struct form_ledger){
        .blank = loader_strings(forms, raw->blank, raw->blank_count),
        .columns = columns,
    };
    for (size_t i = 0; i < raw->column_count; i++)
        for (size_t k = 0; k < raw->columns[i].header_count; k++)
            columns[forms->ledger.column_count++] =
                (struct form_ledger_column){.header = raw->columns[i].headers[k],
                                            .is = (enum form_column_is)raw->columns[i].is};
}

enum result loader_read_codes(struct forms *forms, const struct overlay *overlay)
{
    char *path = overlay_path(overlay, CODES_FILE);
    enum result result = source_read(path, SOURCE_TABLES, &forms->memory, &forms->scaffold,
                                     &forms->tables, &forms->error);
    free(path);
    if (result == 0)
        make_ledger(forms);
    return result;
}

static enum result make_all(struct forms *forms, const struct source *source,
                            const struct raw_codes *raw, size_t count)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < count && result == 0; i++)
        result = make_codes(forms, source, &raw[i], i);
    return result;
}

enum result loader_make_codes(struct forms *forms)
{
    const struct raw_tables *tables = forms->tables->tables;
    size_t count = tables->code_count;
    for (size_t i = 0; i < forms->source_count; i++)
        count += forms->sources[i]->form->code_count;
    forms->codes = loader_array(forms, count, sizeof *forms->codes);
    enum result result = make_all(forms, forms->tables, tables->codes, tables->code_count);
    for (size_t i = 0; i < forms->source_count && result == 0; i++) {
        const struct raw_form *form = forms->sources[i]->form;
        result = make_all(forms, forms->sources[i], form->codes, form->code_count);
    }
    return result;
}
