/*
 * dictionary.csv of the bundle: columns, then the fields of the programmes.
 */
#include "bundle/dictionary.h"

#include "base/log.h"
#include "bundle/codes.h"
#include "bundle/extract_files.h"
#include "form/form.h"

#include <string.h>

static const char *const dictionary_columns[] = {"file", "no",    "column", "programme", "type",
                                                 "unit", "codes", "empty",  "zh",        "en"};

// ---- columns

static bool is_number(enum dictionary_type type)
{
    return type == DICTIONARY_NUMBER || type == DICTIONARY_DECIMAL;
}

static enum result add_column(struct extract_line *line, const struct extract_file *file,
                              size_t index)
{
    const struct dictionary_column *column = dictionary_find(file->name, file->columns[index]);

    if (column == NULL) {
        log_error("bundle: no words for column %s of %s", file->columns[index], file->name);
        return RESULT_CORRUPT;
    }
    extract_text(line, file->name);
    extract_number(line, (int64_t)index + 1);
    extract_text(line, column->id);
    extract_text(line, "");
    extract_text(line, codes_type(column->type));
    extract_text(line, is_number(column->type) ? column->more : "");
    extract_text(line, column->type == DICTIONARY_CODE ? column->more : "");
    extract_text(line, codes_empty(column->empty));
    extract_text(line, column->zh);
    extract_text(line, column->en);
    return extract_send(line);
}

static enum result add_columns(struct extract_line *line)
{
    const struct extract_file *file;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (file = extract_at(i)) != NULL; i++)
        for (size_t k = 0; result == 0 && k < file->column_count; k++)
            result = add_column(line, file, k);
    return result;
}

// ---- fields

/** The files in whose cells `fields` a form's own fields stand. */
static const char *file_of(const struct form *form)
{
    return form->subject == FORM_VISIT ? "visits.csv" : "cases.csv";
}

static bool has_column(const char *file_name, const char *id)
{
    const struct extract_file *file;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++)
        for (size_t k = 0; strcmp(file->name, file_name) == 0 && k < file->column_count; k++)
            if (strcmp(file->columns[k], id) == 0)
                return true;
    return false;
}

/** What has a column of its own is not in the cell `fields`. */
static enum result add_field(struct extract_line *line, const char *file, const char *programme,
                             const struct form_field *field)
{
    bool money = strcmp(field->type->name, "money") == 0;

    if (has_column(file, field->id))
        return RESULT_OK;
    extract_text(line, file);
    extract_number(line, 0);
    extract_text(line, field->id);
    extract_text(line, programme);
    extract_text(line, field->type->name);
    extract_text(line, money ? "yuan" : "");
    extract_text(line, field->codes != NULL ? field->codes->id : "");
    extract_text(line, codes_empty(DICTIONARY_UNKNOWN));
    extract_text(line, field->label);
    extract_text(line, "");
    return extract_send(line);
}

/** A list's columns are named LIST.0.ID; of the members they stand in files of their own. */
static enum result add_list(struct extract_line *line, const struct form *form,
                            const char *programme, const struct form_field *list)
{
    bool members = strcmp(list->id, "members") == 0;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < list->column_count && result == 0; i++) {
        const struct form_field *column = &list->columns[i];
        const char *file = !members ? file_of(form) : column->person ? NULL : "members.csv";
        struct form_field named = *column;
        struct str name = {0};

        str_printf(&name, "%s%s%s", members ? "" : list->id, members ? "" : ".0.", column->id);
        named.id = str_text(&name);
        if (file != NULL)
            result = add_field(line, file, programme, &named);
        str_free(&name);
    }
    return result;
}

static enum result add_form(struct extract_line *line, const struct form *form, const char *file,
                            const char *programme)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < form->field_count && result == 0; i++) {
        const struct form_field *field = &form->fields[i];

        if (field->person)
            continue;
        result = field->column_count > 0 ? add_list(line, form, programme, field)
                                         : add_field(line, file, programme, field);
    }
    return result;
}

/** The person's fields are in persons.csv, whichever programme asks for them. */
static enum result add_person(struct extract_line *line, const struct forms *forms)
{
    const struct form *person = forms_get(forms, "person");
    enum result result = RESULT_OK;

    for (size_t i = 0; person != NULL && i < person->field_count && result == 0; i++)
        result = add_field(line, "persons.csv", "", &person->fields[i]);
    return result;
}

static enum result add_fields(struct extract_line *line, const struct forms *forms)
{
    const struct form *form;
    enum result result = add_person(line, forms);

    for (size_t i = 0; result == 0 && (form = forms_programme(forms, i)) != NULL; i++) {
        result = add_form(line, form, file_of(form), form->kind);
        const struct form *visit = form->has_visits && form->visits.record != NULL
                                       ? forms_get(forms, form->visits.record)
                                       : NULL;
        if (result == 0 && visit != NULL)
            result = add_form(line, visit, file_of(visit), form->kind);
    }
    return result;
}

static enum result dictionary_rows(struct service *service, const struct extract_file *file,
                                   extract_row_fn row, void *arg)
{
    struct extract_line line = {.row = row, .arg = arg, .columns = file->column_count};
    enum result result = add_columns(&line);

    if (result == 0)
        result = add_fields(&line, service_forms(service));
    extract_line_free(&line);
    return result;
}

EXTRACT_FILE(dictionary, NULL, "每个文件每一列、每个业务字段的含义、单位、类型和空值",
             "meaning, unit, type and empty value of every column and field", dictionary_columns,
             .rows = dictionary_rows);
