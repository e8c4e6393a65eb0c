#include "tui/screens/caseknown_fill.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

static const char PERSON[] = "person.";

static bool has_field(const struct form_screen *form, const char *name)
{
    return form_field(form->spec.form, name) != NULL;
}

/** The text without its last `count` bytes, and an ending; new string. */
static char *with_ending(const char *text, size_t count, const char *ending)
{
    return mem_printf("%.*s%s", (int)(strlen(text) - count), text, ending);
}

// ---- whose field it is

/** A person's own number or name: "person.id_no", "members.2.name". */
static bool is_own(const struct form_screen *form, const char *name,
                   struct caseknown_place *ret_place)
{
    static const char number[] = ".id_no", called[] = ".name";
    bool is_number = text_ends(name, number);
    size_t tail = is_number ? strlen(number) : strlen(called);

    if (!is_number && !text_ends(name, called))
        return false;
    char *id_no = with_ending(name, tail, number);
    bool known = has_field(form, id_no);
    if (known)
        *ret_place =
            (struct caseknown_place){with_ending(name, tail - 1, ""), mem_copy(id_no), is_number};
    free(id_no);
    return known;
}

/** Somebody else's: "g_id", "g_name", "payee" with "payee_id"; one with a number or a telephone. */
static bool is_others(const struct form_screen *form, const char *name,
                      struct caseknown_place *ret_place)
{
    const struct form_field *field = form_field(form->spec.form, name);
    bool is_number = strcmp(field->type->name, "idno") == 0;
    bool is_name = strcmp(field->type->name, "name") == 0 || strcmp(field->type->name, "who") == 0;
    const char *ending = is_number ? "_id" : "_name";
    size_t tail = text_ends(name, ending) ? strlen(ending) : 0;

    if ((!is_number && !is_name) || (is_number && tail == 0))
        return false;
    char *number = with_ending(name, tail, "_id");
    char *phone = with_ending(name, tail, "_phone");
    bool known = has_field(form, number) || has_field(form, phone);
    if (known)
        *ret_place =
            (struct caseknown_place){with_ending(name, tail, "_"),
                                     mem_copy(has_field(form, number) ? number : ""), is_number};
    free(number);
    free(phone);
    return known;
}

bool caseknown_find_place(const struct form_screen *form, const char *name,
                          struct caseknown_place *ret_place)
{
    return has_field(form, name) && form->spec.dialog == NULL &&
           (is_own(form, name, ret_place) || is_others(form, name, ret_place));
}

void caseknown_place_free(struct caseknown_place *place)
{
    free(place->about);
    free(place->number);
    *place = (struct caseknown_place){0};
}

char *caseknown_subject(const struct form_screen *form)
{
    const struct formmodel *model = &form->model;

    if (model->list != NULL && strcmp(model->list->id, FORM_MEMBERS) == 0)
        return mem_printf("%s.%zu.", model->list->id, model->row);
    return mem_copy(form->spec.form->subject == FORM_HOUSEHOLD ? "" : PERSON);
}

char *caseknown_about(const struct form_screen *form)
{
    const struct formitem *item = formmodel_item(&form->model);
    struct caseknown_place place = {0};
    char *about;

    if (item == NULL || item->name == NULL || !caseknown_find_place(form, item->name, &place))
        return caseknown_subject(form);
    about = mem_copy(place.about);
    caseknown_place_free(&place);
    return about;
}

char *caseknown_number(const struct form_screen *form, const char *about)
{
    char *name = mem_printf("%s%s", about, text_ends(about, ".") ? "id_no" : "id");
    char *number = mem_copy(*about == '\0' ? "" : fields_get(form->values, name));

    free(name);
    return number;
}

// ---- filling in

void caseknown_filled_free(struct caseknown_filled *filled)
{
    fields_free(&filled->names);
    str_free(&filled->labels);
    free(filled->other_name);
    *filled = (struct caseknown_filled){0};
}

/** True if nobody typed the field's value: it is empty, the form's initial value, or the
 *  household's village. */
static bool is_given(const struct form_screen *form, const char *name)
{
    const struct form *programme = form->spec.form;
    const struct form_field *field = form_field(programme, name);
    const char *value = fields_get(form->values, name);

    return value[0] == '\0' || (field != NULL && strcmp(value, field->initial) == 0) ||
           (text_ends(name, ".area") && strcmp(name, programme->roles.area) != 0 &&
            strcmp(value, fields_get(form->values, programme->roles.area)) == 0);
}

static void fill(struct form_screen *form, const char *name, const char *value,
                 struct caseknown_filled *filled)
{
    const struct form_field *field = form_field(form->spec.form, name);

    if (field == NULL || *value == '\0' || strcmp(fields_get(form->values, name), value) == 0 ||
        !is_given(form, name))
        return;
    fields_set(form->values, name, value);
    formmodel_forget(&form->model, name);
    fields_set(&filled->names, name, "1");
    filled->count++;
}

/** Names the first of them, in the order of the form. */
static void name_fields(const struct form_screen *form, struct caseknown_filled *filled)
{
    const struct formmodel *model = &form->model;
    size_t named = 0;

    for (size_t i = 0; i < model->field_count && named < filled->most; i++) {
        const struct form_field *field = &model->fields[i];
        char *name = model->list == NULL
                         ? mem_copy(field->id)
                         : mem_printf("%s.%zu.%s", model->list->id, model->row, field->id);
        if (*fields_get(&filled->names, name) != '\0')
            str_printf(&filled->labels, "%s%s", named++ > 0 ? "、" : "", field->label);
        free(name);
    }
    if (filled->count > named)
        str_printf(&filled->labels, "等%zu项", filled->count);
}

static void finish(struct form_screen *form, struct caseknown_filled *filled)
{
    name_fields(form, filled);
    form_compute(form->spec.form, form->values, app_today(form->screen.app));
    formmodel_layout(&form->model);
}

/** Where a value of the person's record stands, for somebody with few fields; new string, NULL for none. */
static char *other_field(const struct form_screen *form, const char *about, const char *id)
{
    static const struct {
        const char *id, *ending;
    } fields[] = {{"name", "name"}, {"id_no", "id"}, {"phone", "phone"}};

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcmp(fields[i].id, id) != 0)
            continue;
        char *name = mem_printf("%s%s", about, fields[i].ending);
        if (i == 0 && !has_field(form, name)) {
            free(name);
            name = with_ending(about, 1, ""); /* "payee" */
        }
        return name;
    }
    return NULL;
}

void caseknown_fill_person(struct form_screen *form, const struct fields *known, const char *about,
                           struct caseknown_filled *filled)
{
    bool whole = text_ends(about, ".");

    for (size_t i = 0; i < known->count; i++) {
        const struct field *field = &known->items[i];
        const char *id = field->name + strlen(PERSON);
        char *name = whole ? mem_printf("%s%s", about, id) : other_field(form, about, id);
        if (name == NULL)
            continue;
        if (strcmp(id, "name") == 0 && *fields_get(form->values, name) != '\0' &&
            strcmp(fields_get(form->values, name), field->value) != 0)
            mem_replace(&filled->other_name, field->value);
        fill(form, name, field->value, filled);
        free(name);
    }
    finish(form, filled);
}

/** True if the field tells of a contact who is the person of this form: "em_phone" with that "em_name". */
static bool is_self(const struct fields *known, const char *id, const char *own)
{
    const char *last = strrchr(id, '_');
    char *name = last == NULL ? mem_copy(id) : mem_printf("%.*s_name", (int)(last - id), id);
    bool self = *own != '\0' && strcmp(fields_get(known, name), own) == 0;

    free(name);
    return self || (*own != '\0' && strcmp(fields_get(known, id), own) == 0);
}

void caseknown_fill_shared(struct form_screen *form, const struct fields *known,
                           const char *subject, struct caseknown_filled *filled)
{
    char *called = mem_printf("%sname", subject);
    const char *own = *subject == '\0' ? "" : fields_get(form->values, called);

    for (size_t i = 0; i < known->count; i++) {
        const char *id = known->items[i].name;
        bool person = text_starts(id, PERSON);
        char *name = person ? mem_printf("%s%s", subject, id + strlen(PERSON)) : mem_copy(id);
        const struct form_field *field = form_field(form->spec.form, name);
        bool here = person || strcmp(subject, PERSON) == 0;
        if (field != NULL && field->shared && here && (person || !is_self(known, id, own)))
            fill(form, name, known->items[i].value, filled);
        free(name);
    }
    free(called);
    finish(form, filled);
}
