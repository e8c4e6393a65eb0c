#include "service/import_part.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/** Headings of ledgers that hold nothing the system would keep. */
static const char *const passed_over[] = {"序号", "编号", "行号", "年龄", "周岁"};

// ---- one heading

/** A heading as it is compared: "姓名*", "姓名 （必填）" → "姓名". New string. */
static char *bare_heading(const char *heading)
{
    char *text = text_clean_code(heading);

    text[strcspn(text, "(*")] = '\0';
    return text;
}

static bool same_heading(const char *a, const char *b)
{
    char *left = text_clean_code(a);
    bool same = strcmp(left, b) == 0;

    free(left);
    return same;
}

static const struct form_alias *find_alias(const struct form *form, const char *heading)
{
    for (size_t i = 0; i < form->alias_count; i++)
        if (same_heading(form->aliases[i].header, heading))
            return &form->aliases[i];
    return NULL;
}

static void take_field(const char *name, struct import_column *column)
{
    static const struct {
        const char *prefix;
        enum import_owner owner;
    } owners[] = {{"members.", IMPORT_MEMBER}, {"head.", IMPORT_HEAD}};

    column->owner = IMPORT_RECORD;
    column->name = name;
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++) {
        if (text_starts(name, owners[i].prefix)) {
            column->owner = owners[i].owner;
            column->name = name + strlen(owners[i].prefix);
        }
    }
}

/** A programme's own heading. */
static bool read_case_heading(const struct form *form, const char *heading,
                              struct import_column *column)
{
    const struct form_alias *alias = find_alias(form, heading);
    const struct form_field *field = alias != NULL ? form_field(form, alias->field) : NULL;

    if (alias == NULL)
        return false;
    take_field(alias->field, column);
    if (field != NULL && field->compute != NULL)
        column->owner = IMPORT_NOBODY;
    return true;
}

/** A heading of a visit's record, in whatever programme; or the person's own ID number. */
static bool read_visit_heading(const struct forms *forms, const char *heading,
                               struct import_column *column)
{
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        const struct form *record = form->has_visits ? forms_get(forms, form->visits.record) : NULL;
        const struct form_alias *alias = record != NULL ? find_alias(record, heading) : NULL;
        if (alias != NULL) {
            take_field(alias->field, column);
            return true;
        }
    }
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        const struct form_alias *alias =
            form->subject == FORM_PERSON ? find_alias(form, heading) : NULL;
        if (alias != NULL && text_starts(alias->field, "person.")) {
            take_field(alias->field, column);
            if (strcmp(alias->field, "person.id_no") != 0)
                column->owner = IMPORT_NOBODY;
            return true;
        }
    }
    return false;
}

static bool is_passed_over(const char *heading)
{
    for (size_t i = 0; i < sizeof passed_over / sizeof passed_over[0]; i++)
        if (strcmp(passed_over[i], heading) == 0)
            return true;
    return false;
}

/** False if nobody knows the heading. */
static bool read_heading(const struct forms *forms, const struct form *form, const char *text,
                         struct import_column *column)
{
    char *whole = text_clean_code(text);
    char *bare = bare_heading(text);
    const char *const tries[] = {whole, bare};
    bool known = *bare == '\0';

    column->owner = IMPORT_NOBODY;
    for (size_t i = 0; i < 2 && !known; i++)
        known = form != NULL ? read_case_heading(form, tries[i], column)
                             : read_visit_heading(forms, tries[i], column);
    known = known || is_passed_over(bare);
    free(whole);
    free(bare);
    return known;
}

// ---- all of them

/** Another column that holds the same; NULL if there is none. */
static const struct import_column *find_twin(const struct import_columns *columns,
                                             const struct import_column *column)
{
    for (const struct import_column *other = columns->items; other < column; other++)
        if (column->owner != IMPORT_NOBODY && other->owner == column->owner &&
            strcmp(other->name, column->name) == 0)
            return other;
    return NULL;
}

/** One heading for each field, for the message. */
static void list_known(const struct form *form, struct str *text)
{
    const char *last = "";

    for (size_t i = 0; i < form->alias_count; i++) {
        if (strcmp(form->aliases[i].field, last) != 0)
            str_printf(text, "%s%s", *last != '\0' ? "、" : "", form->aliases[i].header);
        last = form->aliases[i].field;
    }
}

static enum result refuse_unknown(const struct form *form, const struct str *unknown,
                                  struct reply *reply)
{
    struct str known = {0};

    if (form != NULL)
        list_known(form, &known);
    enum result result =
        reply_say(reply, RESULT_INVALID, "不认识的列：%s，请改成规定的列名，或删去这一列%s%s",
                  str_text(unknown), known.length > 0 ? "；可用的列有：" : "", str_text(&known));
    str_free(&known);
    return result;
}

static enum result read_all(const struct forms *forms, const struct form *form,
                            const char *const *headers, struct import_columns *columns,
                            struct reply *reply)
{
    struct str unknown = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < columns->count && result == 0; i++) {
        struct import_column *column = &columns->items[i];
        column->heading = text_clean(headers[i]);
        if (!read_heading(forms, form, headers[i], column))
            str_printf(&unknown, "%s“%s”", unknown.length > 0 ? "、" : "", column->heading);
        const struct import_column *twin = find_twin(columns, column);
        if (twin != NULL)
            result = reply_say(reply, RESULT_INVALID, "列“%s”和“%s”是同一项，请删去其中一列",
                               twin->heading, column->heading);
    }
    if (result == 0 && unknown.length > 0)
        result = refuse_unknown(form, &unknown, reply);
    str_free(&unknown);
    return result;
}

/** Without these no row could go in. */
static enum result check_needed(const struct form *form, const struct import_columns *columns,
                                struct reply *reply)
{
    bool household = form != NULL && form->subject == FORM_HOUSEHOLD;
    const struct {
        bool needed;
        enum import_owner owner;
        const char *name, *label;
    } needs[] = {
        {!household, IMPORT_RECORD, "person.id_no", "身份证号"},
        {household, IMPORT_HEAD, "id_no", "户主身份证号"},
        {household, IMPORT_MEMBER, "id_no", "成员身份证号"},
        {form == NULL, IMPORT_RECORD, "date", "探访日期"},
    };

    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
        if (needs[i].needed && import_column_of(columns, needs[i].owner, needs[i].name) == NULL)
            return reply_say(reply, RESULT_INVALID, "缺少“%s”一列，请补上后重新导入",
                             needs[i].label);
    return RESULT_OK;
}

enum result import_columns_read(const struct forms *forms, const struct form *form,
                                const char *const *headers, size_t count,
                                struct import_columns *ret_columns, struct reply *reply)
{
    struct import_columns columns = {
        .count = count,
        .items = mem_array(count, sizeof *columns.items),
    };
    enum result result = read_all(forms, form, headers, &columns, reply);

    if (result == 0)
        result = check_needed(form, &columns, reply);
    if (result == 0)
        *ret_columns = columns;
    else
        import_columns_free(&columns);
    return result;
}

void import_columns_free(struct import_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        free(columns->items[i].heading);
    free(columns->items);
    *columns = (struct import_columns){0};
}

const struct import_column *import_column_of(const struct import_columns *columns,
                                             enum import_owner owner, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i].owner == owner && strcmp(columns->items[i].name, name) == 0)
            return &columns->items[i];
    return NULL;
}

const char *import_cell(const struct import_columns *columns, const struct import_line *line,
                        const struct import_column *column)
{
    size_t index = column != NULL ? (size_t)(column - columns->items) : line->count;

    return index < line->count ? line->cells[index] : "";
}
