#include "form/loader.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/amounts.h"
#include "form/bank.h"
#include "form/expr.h"
#include "form/form_lookup.h"
#include "form/loader_limits.h"
#include "form/loader_says.h"
#include "form/overlay.h"
#include "form/rules.h"
#include "form/workdays.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct condition {
    const char *text;
    const struct expr *expr;
};

// ---- memory of the catalogue

void *loader_array(struct forms *forms, size_t count, size_t size)
{
    if (count > SIZE_MAX / size)
        abort();
    return pool_take(&forms->memory, (count > 0 ? count : 1) * size);
}

const char *loader_text(struct forms *forms, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = pool_vtext(&forms->memory, format, args);
    va_end(args);
    return text;
}

const char *loader_where(struct forms *forms, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = pool_vtext(&forms->scaffold, format, args);
    va_end(args);
    return text;
}

void *loader_grow(struct forms *forms, void *items, size_t count, size_t *capacity, size_t size)
{
    enum { STEP = 8 };
    if (count < *capacity)
        return items;
    if (items == NULL) {
        *capacity = STEP;
        return pool_keep(&forms->scaffold, mem_array(STEP, size));
    }
    size_t at = forms->scaffold.count;
    while (forms->scaffold.items[--at] != items)
        ; /* it is one of the last */
    char *grown = mem_resize(items, *capacity + *capacity / 2, size);
    memset(grown + *capacity * size, 0, *capacity / 2 * size);
    *capacity += *capacity / 2;
    return forms->scaffold.items[at] = grown;
}

void *loader_final(struct forms *forms, const void *items, size_t count, size_t size)
{
    void *kept = loader_array(forms, count, size);
    if (count > 0)
        memcpy(kept, items, count * size);
    return kept;
}

const char *const *loader_strings(struct forms *forms, const char **strings, size_t count)
{
    const char **copy = loader_array(forms, count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = strings[i];
    return copy;
}

const char *loader_text_or_empty(const char *text)
{
    return text != NULL ? text : "";
}

// ---- faults and conditions

enum result loader_refuse(struct forms *forms, const struct source *source, const char *where,
                          const char *format, ...)
{
    struct str text = {0};
    str_printf(&text, "%s:%d：", source->path, source_line(source, where));
    va_list args;
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    free(forms->error);
    forms->error = str_take(&text);
    return RESULT_INVALID;
}

/* Forms share the fields of persons and blocks: their conditions are the same texts, compiled
 * once. */
static const struct expr *find_compiled(const struct forms *forms, const char *text)
{
    for (size_t i = 0; i < forms->condition_count; i++)
        if (forms->conditions[i].text == text)
            return forms->conditions[i].expr;
    return NULL;
}

enum result loader_compile(struct forms *forms, const struct source *source, const char *where,
                           const char *text, const struct expr **ret_expr)
{
    struct expr *expr = NULL;
    char *error = NULL;
    const struct expr *known = text != NULL ? find_compiled(forms, text) : NULL;
    if (text == NULL || known != NULL) {
        *ret_expr = known;
        return RESULT_OK;
    }
    if (expr_parse(text, &expr, &error) != 0) {
        enum result result = loader_refuse(forms, source, where, "式子“%s”不对，%s", text, error);
        free(error);
        return result;
    }
    forms->conditions = loader_grow(forms, forms->conditions, forms->condition_count,
                                    &forms->condition_capacity, sizeof *forms->conditions);
    forms->conditions[forms->condition_count++] =
        (struct condition){.text = text, .expr = expr_keep(expr, &forms->memory)};
    *ret_expr = forms->conditions[forms->condition_count - 1].expr;
    expr_free(&expr);
    return RESULT_OK;
}

// ---- files

/* A form of a file that is there in the overlay, by its name. */
static enum result load_form(struct forms *forms, const struct overlay *overlay, const char *name)
{
    struct source *source = NULL;
    char *path = overlay_path(overlay, name);
    enum result result =
        source_read(path, SOURCE_FORM, &forms->memory, &forms->scaffold, &source, &forms->error);
    bool left_out = overlay_leaves_out(overlay, name);
    if (result == 0 && left_out && source->form->subject != FORM_PERSON &&
        source->form->subject != FORM_HOUSEHOLD) {
        result = loader_refuse(forms, source, "", "只有业务能用空文件停用，请删去本地的空文件");
        source_free(&source);
    }
    if (result == 0) {
        source->left_out = left_out;
        forms->sources =
            mem_resize(forms->sources, forms->source_count + 1, sizeof *forms->sources);
        forms->sources[forms->source_count++] = source;
    }
    free(path);
    return result;
}

static enum result load_files(struct forms *forms, const struct overlay *overlay)
{
    enum result result = loader_read_codes(forms, overlay);
    if (result == 0)
        result = amounts_load(forms, overlay);
    if (result == 0)
        result = workdays_load(forms, overlay);
    for (size_t i = 0; i < overlay->count && result == 0; i++)
        if (overlay_is_form(overlay->names[i]))
            result = load_form(forms, overlay, overlay->names[i]);
        else if (text_starts(overlay->names[i], BANKS_FOLDER "/"))
            result = bank_load(forms, overlay, overlay->names[i]);
    return result;
}

struct form_builder *loader_find_builder(const struct forms *forms, const char *kind)
{
    for (size_t i = 0; i < forms->builder_count; i++) {
        const char *own = forms->builders[i].form->kind;
        if (*own == *kind && strcmp(own, kind) == 0) /* asked many times in each use case */
            return &forms->builders[i];
    }
    return NULL;
}

static enum result make_drafts(struct forms *forms)
{
    forms->builders = loader_array(forms, forms->source_count, sizeof *forms->builders);
    for (size_t i = 0; i < forms->source_count; i++) {
        const struct source *source = forms->sources[i];
        const struct form_builder *other = loader_find_builder(forms, source->form->kind);
        if (other != NULL)
            return loader_refuse(forms, source, "kind",
                                 "kind %s 已在 %s 中用过；要替换那个文件，请用同样的文件名",
                                 source->form->kind, other->source->path);
        struct form *form = loader_array(forms, 1, sizeof *form);
        form->kind = source->form->kind;
        forms->builders[i] =
            (struct form_builder){.source = source, .form = form, .left_out = source->left_out};
        forms->builder_count = i + 1;
    }
    return RESULT_OK;
}

// ---- blocks that use each other

struct chain {
    const struct chain *up;
    const struct source *source;
};

static enum result check_uses(struct forms *forms, const struct source *source,
                              const struct chain *up);

static enum result check_use(struct forms *forms, const char *kind, const char *where,
                             const struct chain *chain)
{
    const struct form_builder *builder = loader_find_builder(forms, kind);
    if (builder == NULL)
        return loader_refuse(forms, chain->source, where, "引用的表单 %s 不存在", kind);
    for (const struct chain *at = chain; at != NULL; at = at->up)
        if (at->source == builder->source)
            return loader_refuse(forms, chain->source, where, "引用成了环：%s 又引用到自己", kind);
    return check_uses(forms, builder->source, chain);
}

static enum result check_uses(struct forms *forms, const struct source *source,
                              const struct chain *up)
{
    const struct raw_form *raw = source->form;
    struct chain chain = {.up = up, .source = source};
    char where[WHERE_TEXT];
    enum result result = RESULT_OK;
    for (size_t i = 0; i < raw->begin_count && result == 0; i++) {
        (void)snprintf(where, sizeof where, "begin.%zu", i);
        result = check_use(forms, raw->begin[i], where, &chain);
    }
    for (size_t i = 0; i < raw->use_count && result == 0; i++) {
        (void)snprintf(where, sizeof where, "use.%zu", i);
        result = check_use(forms, raw->use[i], where, &chain);
    }
    for (size_t i = 0; i < raw->field_count; i++) {
        for (size_t j = 0; j < raw->fields[i].of_count && result == 0; j++) {
            (void)snprintf(where, sizeof where, "fields.%zu.of.%zu", i, j);
            result = check_use(forms, raw->fields[i].of[j], where, &chain);
        }
    }
    return result;
}

// ---- the catalogue

static int compare_programmes(const void *a, const void *b)
{
    const struct form *x = *(const struct form *const *)a;
    const struct form *y = *(const struct form *const *)b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return strcmp(x->kind, y->kind);
}

static void list_programmes(struct forms *forms)
{
    size_t count = 0;
    forms->programmes = loader_array(forms, forms->builder_count + 1, sizeof *forms->programmes);
    for (size_t i = 0; i < forms->builder_count; i++) {
        const struct form *form = forms->builders[i].form;
        if ((form->subject == FORM_PERSON || form->subject == FORM_HOUSEHOLD) &&
            !forms->builders[i].left_out)
            forms->programmes[count++] = form;
    }
    qsort(forms->programmes, count, sizeof *forms->programmes, compare_programmes);
}

static enum result for_each_draft(struct forms *forms,
                                  enum result (*step)(struct forms *forms,
                                                      struct form_builder *builder))
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < forms->builder_count && result == 0; i++)
        result = step(forms, &forms->builders[i]);
    return result;
}

static enum result check_references(struct forms *forms, struct form_builder *builder)
{
    return check_uses(forms, builder->source, NULL);
}

static enum result load(struct forms *forms, const struct forms_folders *folders)
{
    struct overlay overlay = {0};
    enum result result = overlay_open(folders, &overlay, &forms->error);
    if (result == 0)
        result = load_files(forms, &overlay);
    if (result == 0)
        forms->office = overlay_text(&overlay);
    if (result == 0)
        loader_says_tell(forms, folders->office);
    if (result == 0)
        result = loader_make_codes(forms);
    static enum result (*const steps[])(struct forms *, struct form_builder *) = {
        check_references,   loader_make_fields, loader_make_names,   loader_resolve,
        loader_make_alarm,  loader_make_steps,  loader_make_dates,   loader_make_benefit,
        loader_make_limits, loader_make_beside, loader_make_aliases, loader_make_examples};
    if (result == 0)
        result = make_drafts(forms);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && result == 0; i++)
        result = for_each_draft(forms, steps[i]);
    if (result == 0)
        result = rules_load(forms, &overlay);
    overlay_close(&overlay);
    return result;
}

/* Frees what only loading needed: read files, growing lists, places. Of each form_builder only the
 * form stays. */
static void drop_scaffold(struct forms *forms)
{
    for (size_t i = 0; i < forms->source_count; i++)
        source_free(&forms->sources[i]);
    free(forms->sources);
    forms->sources = NULL;
    forms->source_count = 0;
    source_free(&forms->tables);
    forms->conditions = NULL;
    forms->condition_count = forms->condition_capacity = 0;
    pool_free(&forms->scaffold);
}

enum result forms_load(const char *directory, struct forms **ret_forms, char **ret_error)
{
    return forms_load_over(&(struct forms_folders){.shipped = directory}, ret_forms, ret_error);
}

enum result forms_load_over(const struct forms_folders *folders, struct forms **ret_forms,
                            char **ret_error)
{
    struct forms *forms = mem_new(sizeof *forms);
    enum result result = load(forms, folders);
    if (result != 0) {
        *ret_error = forms->error;
        forms->error = NULL;
        forms_free(&forms);
        return result;
    }
    list_programmes(forms);
    drop_scaffold(forms);
    *ret_forms = forms;
    return RESULT_OK;
}

void forms_free(struct forms **forms)
{
    struct forms *old = *forms;
    if (old == NULL)
        return;
    drop_scaffold(old);
    pool_free(&old->memory);
    free(old->error);
    free(old->office);
    free(old);
    *forms = NULL;
}

const char *forms_office(const struct forms *forms)
{
    return forms->office;
}

const struct form_ledger *forms_ledger(const struct forms *forms)
{
    return &forms->ledger;
}

const struct form *forms_get(const struct forms *forms, const char *kind)
{
    const struct form_builder *builder = loader_find_builder(forms, kind);
    return builder != NULL ? builder->form : NULL;
}

const struct form_codes *forms_codes_at(const struct forms *forms, size_t index)
{
    return index < forms->code_count ? &forms->codes[index] : NULL;
}

const struct form *forms_left_out(const struct forms *forms, size_t index)
{
    for (size_t i = 0; i < forms->builder_count; i++)
        if (forms->builders[i].left_out && index-- == 0)
            return forms->builders[i].form;
    return NULL;
}

const struct form *forms_programme_find(const struct forms *forms, const char *kind)
{
    size_t i = 0;
    while (forms->programmes[i] != NULL && strcmp(forms->programmes[i]->kind, kind) != 0)
        i++;
    return forms->programmes[i];
}

const struct form *forms_programme(const struct forms *forms, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (forms->programmes[i] == NULL)
            return NULL;
    return forms->programmes[index];
}
