#include "service/cases/mask.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

static const struct form_field *find_in(const struct forms *forms, const struct form *form,
                                        const char *name)
{
    const struct form *visit = form->has_visits && form->visits.record != NULL
                                   ? forms_get(forms, form->visits.record)
                                   : NULL;
    const struct form_field *field = form_field(form, name);

    return field != NULL || visit == NULL ? field : form_field(visit, name);
}

static const struct form_field *find_in_any(const struct forms *forms, const char *name)
{
    const struct form_field *found = NULL;
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        const struct form_field *field = find_in(forms, form, name);
        if (field != NULL && (found == NULL || (field->sensitive && !found->sensitive)))
            found = field;
    }
    return found;
}

/** A person's field by its bare id, whatever the prefix: the changes of other records have other
 *  prefixes. */
static const struct form_field *find_bare(const struct forms *forms, const char *name)
{
    static const char *const owners[] = {"person.", "members.0."};
    const char *id = name + strlen(name);
    const struct form_field *found = NULL;

    while (id > name && id[-1] != '.' && id[-1] != ':')
        id--;
    for (size_t i = 0; i < sizeof owners / sizeof owners[0] && found == NULL; i++) {
        char *full = mem_printf("%s%s", owners[i], id);
        found = find_in_any(forms, full);
        free(full);
    }
    return found;
}

const struct form_field *mask_field(const struct forms *forms, const struct form *form,
                                    const char *name)
{
    const struct form_field *field = form != NULL ? find_in(forms, form, name) : NULL;

    if (field == NULL)
        field = find_in_any(forms, name);
    return field != NULL ? field : find_bare(forms, name);
}

char *mask_value(const struct form_field *field, const char *value)
{
    bool sensitive = field != NULL && field->sensitive;
    char number[IDNO_TEXT];

    if (*value == '\0')
        return mem_copy("");
    if (idno_parse(value, INT32_MAX, number) == IDNO_FINE ||
        (sensitive && strcmp(field->type->name, "idno") == 0))
        return text_mask_id(value);
    return mem_copy(sensitive ? MASK : value);
}

char *mask_words(const struct service *service, const struct form_field *field, const char *value)
{
    if (field == NULL || *value == '\0')
        return mask_value(field, value);
    const char *place =
        strcmp(field->type->name, "area") == 0 ? service_area_name(service, value) : "";
    char *words = *place != '\0' ? mem_copy(place) : field->type->format(field, value);
    char *masked = mask_value(field, words);

    free(words);
    return masked;
}

void mask_values(const struct forms *forms, const struct form *form, struct fields *values)
{
    for (size_t i = 0; i < values->count; i++) {
        struct field *item = &values->items[i];
        char *masked = mask_value(mask_field(forms, form, item->name), item->value);
        mem_replace(&item->value, masked);
        free(masked);
    }
}

void mask_refuse(const struct form *form, const struct fields *values, struct problems *problems)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct field *item = &values->items[i];
        const struct form_field *field = form_field(form, item->name);
        if (field != NULL && field->sensitive && strcmp(item->value, MASK) == 0)
            problems_add(problems, item->name, item->value,
                         "%s 是遮住的写法，不能保存；请填原值，或打开个案后再改", field->label);
    }
}
