#include "tui/form/dialog.h"

#include "base/mem.h"
#include "form/expr.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

struct dialog {
    struct form form;
    struct form_field *fields;
    struct form_codes *codes; /* one per field */
    struct expr *always;      /* condition of required fields */
    struct expr **when;       /* of each field, or NULL */
    struct expr **fixed;      /* computes the field's own value, so that it cannot be typed */
    struct form_index index;  /* the names of fields in conditions */
};

static void fill_codes(struct form_codes *codes, const struct dialog_field *from)
{
    struct form_code *items;
    const char **labels;
    size_t count = 0;

    while (from->options != NULL && from->options[count] != NULL)
        count++;
    items = mem_array(count + 1, sizeof *items);
    labels = mem_array(count + 1, sizeof *labels);
    for (size_t i = 0; i < count; i++) {
        labels[i] = mem_copy(from->options[i]);
        items[i] = (struct form_code){.code = "", .label = labels[i]};
    }
    *codes = (struct form_codes){
        .id = mem_copy(from->id), .count = count, .items = items, .labels = labels};
}

static struct expr *compile(const char *text)
{
    struct expr *expr = NULL;
    char *error = NULL;

    if (text != NULL)
        (void)expr_parse(text, &expr, &error);
    free(error);
    return expr;
}

static void fill_field(struct dialog *dialog, size_t i, const struct dialog_field *from)
{
    fill_codes(&dialog->codes[i], from);
    dialog->when[i] = compile(from->when);
    dialog->fixed[i] = from->fixed ? compile(from->id) : NULL;
    dialog->fields[i] = (struct form_field){
        .id = dialog->codes[i].id,
        .label = mem_copy(from->label),
        .type = type_find(from->type),
        .codes = from->options == NULL ? NULL : &dialog->codes[i],
        .section = "",
        .help = mem_copy(from->help),
        .initial = mem_copy(from->initial),
        .required = from->required ? dialog->always : NULL,
        .when = dialog->when[i],
        .compute = dialog->fixed[i],
        .max = from->max,
        .sensitive = from->secret,
        .ahead = from->ahead,
    };
}

static void fill_index(struct dialog *dialog, size_t count)
{
    dialog->index.names = mem_array(count + 1, sizeof dialog->index.names[0]);
    dialog->index.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct form_field *field = &dialog->fields[i];
        dialog->index.names[i] =
            (struct form_name){.name = field->id, .path = field->id, .field = field};
    }
    dialog->index.slots = mem_array(form_index_slots(count), sizeof dialog->index.slots[0]);
    form_index_hash(&dialog->index);
}

struct dialog *dialog_new(const char *title, const struct dialog_field *fields, size_t count)
{
    struct dialog *dialog = mem_new(sizeof *dialog);

    dialog->fields = mem_array(count + 1, sizeof dialog->fields[0]);
    dialog->codes = mem_array(count + 1, sizeof dialog->codes[0]);
    dialog->when = mem_array(count + 1, sizeof dialog->when[0]);
    dialog->fixed = mem_array(count + 1, sizeof dialog->fixed[0]);
    dialog->always = compile("1 = 1");
    for (size_t i = 0; i < count; i++)
        fill_field(dialog, i, &fields[i]);
    fill_index(dialog, count);
    dialog->form = (struct form){
        .kind = "",
        .title = mem_copy(title),
        .brief = "",
        .code = "",
        .subject = FORM_BLOCK,
        .field_count = count,
        .fields = dialog->fields,
        .index = &dialog->index,
    };
    return dialog;
}

const struct form *dialog_form(const struct dialog *dialog)
{
    return &dialog->form;
}

void dialog_free(struct dialog **dialog)
{
    struct dialog *old = *dialog;

    if (old == NULL)
        return;
    for (size_t i = 0; i < old->form.field_count; i++) {
        free((char *)old->fields[i].label);
        free((char *)old->fields[i].help);
        free((char *)old->fields[i].initial);
        for (size_t j = 0; j < old->codes[i].count; j++)
            free((char *)old->codes[i].labels[j]);
        free((void *)old->codes[i].labels);
        free((void *)old->codes[i].items);
        free((char *)old->codes[i].id);
        expr_free(&old->when[i]);
        expr_free(&old->fixed[i]);
    }
    free((char *)old->form.title);
    free(old->when);
    free(old->fixed);
    free(old->index.names);
    free(old->index.slots);
    free(old->fields);
    free(old->codes);
    expr_free(&old->always);
    free(old);
    *dialog = NULL;
}
