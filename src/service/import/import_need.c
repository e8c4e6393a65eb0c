/*
 * Refuses a ledger that lacks required columns.
 */
#include "service/import/import_unit.h"

#include "base/str.h"
#include "base/text.h"
#include "form/expr.h"

#include <stdlib.h>
#include <string.h>

/** The columns that a ledger must have: without one of them every row would be refused. */
struct needs {
    const struct form *form;
    const struct import_columns *columns;
    struct fields values; /**< a new record with an empty row */
    day_t today;
    size_t count;
    struct str missing; /**< “姓名”、“身份证号” */
};

static void need(struct needs *needs, bool there, const char *label)
{
    if (!there)
        str_printf(&needs->missing, "%s“%s”", needs->count++ > 0 ? "、" : "", label);
}

static bool has(const struct needs *needs, enum import_owner owner, const char *name)
{
    return import_column_of(needs->columns, owner, name) != NULL;
}

/** True if a new record without this field is refused. */
static bool is_asked(const struct needs *needs, const struct form_field *field, const char *list)
{
    const struct expr_scope scope = {
        .form = needs->form, .values = &needs->values, .today = needs->today, .list = list};
    bool filled = (*field->initial != '\0' || field->fill != NULL) && !field->stated;

    return field->required != NULL && field->compute == NULL && field->column_count == 0 &&
           !filled && expr_true_in(field->required, &scope) &&
           (field->when == NULL || expr_true_in(field->when, &scope));
}

/** Asks for the programme's own fields only: the person's may be stored already. */
static void need_fields(struct needs *needs)
{
    for (size_t i = 0; i < needs->form->field_count; i++) {
        const struct form_field *field = &needs->form->fields[i];
        if (!field->person && is_asked(needs, field, NULL))
            need(needs, has(needs, IMPORT_RECORD, field->id), field->label);
    }
}

static void need_members(struct needs *needs)
{
    const struct form_field *members = form_field(needs->form, "members");

    need(needs, has(needs, IMPORT_MEMBER, "name") || has(needs, IMPORT_HEAD, "name"), "成员姓名");
    need(needs, has(needs, IMPORT_MEMBER, "id_no"), "成员身份证号");
    for (size_t i = 0; i < members->column_count; i++) {
        const struct form_field *field = &members->columns[i];
        if (!field->person && is_asked(needs, field, "members"))
            need(needs, has(needs, IMPORT_MEMBER, field->id), field->label);
    }
}

static void need_visit(struct needs *needs, const struct forms *forms)
{
    const struct form *programme;

    need(needs, has(needs, IMPORT_RECORD, "person.id_no"), "身份证号");
    for (size_t i = 0; (programme = forms_programme(forms, i)) != NULL; i++) {
        if (!programme->has_visits)
            continue;
        needs->form = forms_get(forms, programme->visits.record);
        need_fields(needs);
        return;
    }
}

/** Lists the columns that are read, or the unknown ones, behind `words`. */
static void list_columns(const struct import_columns *columns, bool read, const char *words,
                         struct str *text)
{
    size_t count = 0;

    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *column = &columns->items[i];
        bool unknown = text_starts(column->state, "没有读：不认识");
        if (read ? column->owner != IMPORT_NOBODY : unknown)
            str_printf(text, "%s“%s”", count++ > 0 ? "、" : words, column->heading);
    }
}

static enum result refuse(const struct needs *needs, struct reply *reply)
{
    struct str columns = {0};

    list_columns(needs->columns, false, "；没有认出的列有", &columns);
    str_add(&columns, columns.length > 0
                          ? "（列名不同的可以对上：画面上按回车选项目，命令里写 --map 列名=项目）"
                          : "");
    list_columns(needs->columns, true, "；认出的列有", &columns);
    enum result result =
        reply_say(reply, RESULT_INVALID, "缺少%s%s，请补上后重新导入%s", str_text(&needs->missing),
                  needs->count > 1 ? "几列" : "一列", str_text(&columns));
    str_free(&columns);
    return result;
}

enum result import_columns_need(const struct forms *forms, const struct form *form, day_t today,
                                const struct import_columns *columns, struct reply *reply)
{
    struct needs needs = {.form = form, .columns = columns, .today = today};
    enum result result = RESULT_OK;

    if (form == NULL) {
        need_visit(&needs, forms);
    } else {
        form_fill_ledger(form, &needs.values, today);
        if (form->subject == FORM_HOUSEHOLD) {
            need_members(&needs);
        } else if (form->subject == FORM_PERSON) {
            need(&needs, has(&needs, IMPORT_RECORD, "person.name"), "姓名");
            need(&needs, has(&needs, IMPORT_RECORD, "person.id_no"), "身份证号");
        }
        need_fields(&needs);
    }
    if (needs.count > 0)
        result = refuse(&needs, reply);
    str_free(&needs.missing);
    fields_free(&needs.values);
    return result;
}
