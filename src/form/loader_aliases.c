/*
 * The headings by which an import recognises a form's columns.
 */
#include "base/text.h"
#include "form/form_lookup.h"
#include "form/loader.h"

#include <stdio.h>
#include <string.h>

/* Headings come from three places; a nearer place wins, two equal ones in one place are a fault. */
enum nearness { FROM_IMPORT, FROM_FORM, FROM_PERSON };

struct heading {
    struct forms *forms;
    struct form_builder *builder;
    struct form_alias *aliases;
    enum nearness *nearness; /* parallel to `aliases` */
    size_t count, capacity, nearness_capacity;
};

static enum result add_header(struct heading *heading, enum nearness nearness,
                              const struct source *source, const char *where,
                              const struct form_alias *alias)
{
    const char *header = alias->header;
    const char *field = alias->field;
    for (size_t i = 0; i < heading->count; i++) {
        if (strcmp(heading->aliases[i].header, header) != 0)
            continue;
        if (heading->nearness[i] != nearness || strcmp(heading->aliases[i].field, field) == 0)
            return RESULT_OK;
        return loader_refuse(heading->forms, source, where, "列名 %s 同时指 %s 和 %s", header,
                             heading->aliases[i].field, field);
    }
    heading->aliases = loader_grow(heading->forms, heading->aliases, heading->count,
                                   &heading->capacity, sizeof *heading->aliases);
    heading->nearness = loader_grow(heading->forms, heading->nearness, heading->count,
                                    &heading->nearness_capacity, sizeof *heading->nearness);
    heading->aliases[heading->count] = *alias;
    heading->nearness[heading->count++] = nearness;
    return RESULT_OK;
}

static enum result add_imports_of(struct heading *heading, const struct source *source)
{
    const struct raw_form *raw = source->form;
    char where[WHERE_TEXT];
    for (size_t i = 0; i < raw->import_count; i++) {
        (void)snprintf(where, sizeof where, "import.%zu", i);
        const struct form_field *field = form_field(heading->builder->form, raw->import[i].field);
        if (field == NULL || field->column_count > 0)
            return loader_refuse(heading->forms, source, where, "列名所指的字段 %s 不存在",
                                 raw->import[i].field);
        for (size_t j = 0; j < raw->import[i].header_count; j++) {
            const struct form_alias alias = {.header = raw->import[i].headers[j],
                                             .field = raw->import[i].field,
                                             .each = raw->import[i].each,
                                             .weak = raw->import[i].weak};
            enum result result = add_header(heading, FROM_IMPORT, source, where, &alias);
            if (result != 0)
                return result;
        }
    }
    return RESULT_OK;
}

static enum result add_imports_of_blocks(struct heading *heading, const char *const *names,
                                         size_t count)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_imports_of(heading, loader_find_builder(heading->forms, names[i])->source);
    return result;
}

/* The file's own, then those of its blocks. */
static enum result add_imports(struct heading *heading)
{
    const struct raw_form *raw = heading->builder->source->form;
    enum result result = add_imports_of(heading, heading->builder->source);
    if (result == 0)
        result = add_imports_of_blocks(heading, raw->begin, raw->begin_count);
    return result == 0 ? add_imports_of_blocks(heading, raw->use, raw->use_count) : result;
}

/* Adds each field's label and `headers`. Of the lists only a household's members have columns in a
 * spreadsheet. */
static enum result add_fields(struct heading *heading, const struct field_set *set,
                              const char *prefix, bool person)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct origin *origin = &set->origins[i];
        const struct form_field *field = &set->fields[i];
        if (field->column_count > 0 || (*prefix == '\0' && field->person != person))
            continue;
        enum nearness nearness = person || *prefix != '\0' ? FROM_PERSON : FROM_FORM;
        struct form_alias alias = {
            .header = field->label,
            .field = loader_text(heading->forms, "%s%s", prefix, field->id),
        };
        enum result result = add_header(heading, nearness, origin->source, origin->where, &alias);
        for (size_t j = 0; j < origin->raw->header_count && result == 0; j++) {
            alias.header = origin->raw->headers[j];
            result = add_header(heading, nearness, origin->source, origin->where, &alias);
        }
        if (result != 0)
            return result;
    }
    return RESULT_OK;
}

static enum result add_members(struct heading *heading)
{
    const struct field_set *set = &heading->builder->set;
    if (heading->builder->form->subject != FORM_HOUSEHOLD)
        return RESULT_OK;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->fields[i].id, FORM_MEMBERS) == 0)
            return add_fields(heading, set->origins[i].columns, FORM_MEMBERS ".", false);
    return RESULT_OK;
}

enum result loader_make_aliases(struct forms *forms, struct form_builder *builder)
{
    struct heading heading = {.forms = forms, .builder = builder};
    if (builder->form->subject == FORM_BLOCK)
        return RESULT_OK;
    enum result result = add_imports(&heading);
    if (result == 0)
        result = add_fields(&heading, &builder->set, "", false);
    if (result == 0)
        result = add_fields(&heading, &builder->set, "", true);
    if (result == 0)
        result = add_members(&heading);
    builder->form->aliases =
        loader_final(forms, heading.aliases, heading.count, sizeof *heading.aliases);
    builder->form->alias_count = heading.count;
    return result;
}
