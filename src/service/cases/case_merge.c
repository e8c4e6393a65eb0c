/*
 * Merges a case with the changes that another officer saved meanwhile.
 */
#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * Compares three versions of the canonical values: when the form was opened, as the officer left
 * it, and as stored now. A list counts as one field, because its rows have no names that would tell
 * two changes apart.
 */
struct merge {
    struct case_edit *edit;
    struct fields base;
    struct fields mine;
    size_t conflicts;
};

/** Copies the values of `field` only, under their names. */
static void extract(const struct fields *from, const struct form_field *field, struct fields *to)
{
    char *prefix = mem_printf("%s.", field->id);

    if (field->column_count == 0)
        fields_set(to, field->id, fields_get(from, field->id));
    for (size_t i = 0; i < from->count && field->column_count > 0; i++)
        if (text_starts(from->items[i].name, prefix))
            fields_set(to, from->items[i].name, from->items[i].value);
    free(prefix);
}

static bool same(const struct fields *a, const struct fields *b, const struct form_field *field)
{
    struct fields left = {0};
    struct fields right = {0};

    if (field->column_count == 0)
        return strcmp(fields_get(a, field->id), fields_get(b, field->id)) == 0;
    extract(a, field, &left);
    extract(b, field, &right);
    bool equal = fields_equal(&left, &right);
    fields_free(&left);
    fields_free(&right);
    return equal;
}

/** Puts the stored values of `field` into `to`, with `prefix` before each name. */
static void take_theirs(const struct merge *merge, const struct form_field *field,
                        const char *prefix, struct fields *to)
{
    struct fields theirs = {0};

    extract(&merge->edit->before, field, &theirs);
    if (*prefix == '\0')
        fields_remove(to, field->id);
    for (size_t i = 0; i < theirs.count; i++) {
        char *name = mem_printf("%s%s", prefix, theirs.items[i].name);
        fields_set(to, name, theirs.items[i].value);
        free(name);
    }
    fields_free(&theirs);
}

static void merge_field(struct merge *merge, const struct form_field *field)
{
    struct case_edit *edit = merge->edit;
    struct reply *reply = edit->usecase->reply;

    if (field->compute != NULL || (edit->old == NULL && !field->person) ||
        same(&edit->before, &merge->base, field) || same(&edit->before, &merge->mine, field))
        return;
    if (same(&merge->mine, &merge->base, field)) {
        take_theirs(merge, field, "", &edit->values);
        return;
    }
    take_theirs(merge, field, CASE_THEIRS, &reply->values);
    problems_add(&reply->problems, field->id, fields_get(&edit->values, field->id),
                 "%s 已被他人改过，请看对方的值后再定", field->label);
    merge->conflicts++;
}

static void parse(const struct case_edit *edit, const struct fields *typed, struct fields *values)
{
    struct type_context context = facts_type_context(edit->usecase->service);
    struct problems unused = {0}; /* the check after the merge reports them */

    if (typed != NULL)
        fields_copy(values, typed);
    form_parse(edit->form, &context, values, &unused);
    problems_free(&unused);
}

static enum result say_conflict(struct merge *merge)
{
    struct usecase *usecase = merge->edit->usecase;
    const Rec__Case *old = merge->edit->old;
    const Rec__Person *person = merge->edit->persons[0].was;
    const char *by = old != NULL && old->version != merge->edit->input->version ? old->by
                     : person != NULL                                           ? person->by
                                                                                : "";
    char *name = rows_officer_name(usecase, by);
    char text[NUMBER_TEXT];

    fields_set(&usecase->reply->values, "officer", name);
    snprintf(text, sizeof text, "%" PRIu32, old == NULL ? 0 : old->version);
    fields_set(&usecase->reply->values, "version", text);
    snprintf(text, sizeof text, "%" PRIu32, person == NULL ? 0 : person->version);
    fields_set(&usecase->reply->values, "person_version", text);
    enum result result = reply_say(usecase->reply, RESULT_CONFLICT,
                                   "%s 刚刚改了同样的 %zu 项，没有保存，请逐项确认。",
                                   *name == '\0' ? "他人" : name, merge->conflicts);
    free(name);
    return result;
}

enum result case_edit_merge(struct case_edit *edit)
{
    struct merge merge = {.edit = edit};
    const struct case_input *input = edit->input;
    bool based = input->base != NULL && input->base->count > 0;
    enum result result = RESULT_OK;

    /* A new case of a person whom the officer did not see has nothing to merge with. Without the
     * first values of the form, equal versions show that nobody saved meanwhile. */
    if (edit->before.count == 0)
        return RESULT_OK;
    if (!based && (edit->old == NULL || (edit->old->version == input->version &&
                                         (edit->persons[0].was == NULL ||
                                          edit->persons[0].was->version == input->person_version))))
        return RESULT_OK;
    parse(edit, input->base, &merge.base);
    parse(edit, input->values, &merge.mine);
    for (size_t i = 0; i < edit->form->field_count; i++)
        merge_field(&merge, &edit->form->fields[i]);
    if (merge.conflicts > 0)
        result = say_conflict(&merge);
    fields_free(&merge.base);
    fields_free(&merge.mine);
    return result;
}
