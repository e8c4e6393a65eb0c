#include "tui/screens/casemembers.h"

#include "base/mem.h"
#include "form/form_lookup.h"
#include "tui/app/areas.h"

#include <stdlib.h>
#include <string.h>

const struct table_column CASEMEMBERS_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "m_rel", .label = "关系", .least = 4, .most = 10},
    {.id = "m_cov", .label = "是否保障", .least = 4, .most = 8},
    {.id = "age", .least = 4, .most = 4},
    {.id = "sex", .label = "性别", .least = 4, .most = 4, .rank = 4},
    {.id = "id_no", .least = 18, .most = 18, .rank = 1},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
    {.id = "phone", .least = 11, .most = 12, .rank = 3},
    {.id = "job", .label = "职业", .least = 4, .most = 8, .rank = 6},
    {.id = "m_income", .label = "月收入", .least = 8, .most = 10, .rank = 5, .right = true},
    {.id = "address", .least = 12, .most = 0, .rank = 7},
};
const size_t CASEMEMBERS_COLUMN_COUNT = sizeof CASEMEMBERS_COLUMNS / sizeof CASEMEMBERS_COLUMNS[0];

static bool is_members(const struct form_field *field)
{
    return field->column_count > 0 && strcmp(field->id, FORM_MEMBERS) == 0;
}

bool casemembers_is_list(const struct form_field *field)
{
    return field->column_count > 0 && !is_members(field);
}

static const struct form_field *find_members(const struct form *form)
{
    for (size_t i = 0; form != NULL && i < form->field_count; i++)
        if (is_members(&form->fields[i]))
            return &form->fields[i];
    return NULL;
}

/** The name of a village; the household's own needs no request. */
static const char *area_name(struct app *app, const struct casemembers_of *of, const char *code)
{
    const struct form_field *field = NULL;
    const char *own = form_value(of->form, of->values, of->form->roles.area, &field);

    if (code[0] == '\0' || strcmp(code, own) == 0)
        return of->area_name;
    return areas_name(app, code);
}

/** Completed years on the server's day; "" without a date of birth. New string. */
static char *age_of(const struct app *app, const char *birth)
{
    day_t day = 0;

    return date_parse(birth, &day) == 0 ? mem_printf("%d", date_age(day, app_today(app)))
                                        : mem_copy("");
}

struct sheet *casemembers_sheet(struct app *app, const struct casemembers_of *of)
{
    const char *ids[TABLE_COLUMNS_MAX];
    const struct form_field *list = find_members(of->form);
    size_t rows = list == NULL ? 0 : fields_rows(of->values, list->id);
    struct sheet *sheet;

    for (size_t i = 0; i < CASEMEMBERS_COLUMN_COUNT; i++)
        ids[i] = CASEMEMBERS_COLUMNS[i].id;
    sheet = sheet_new_ids(ids, CASEMEMBERS_COLUMN_COUNT);
    for (size_t row = 0; row < rows; row++) {
        char *age = age_of(app, fields_get_row(of->values, list->id, row, "birth"));
        (void)sheet_add_row(sheet);
        for (size_t i = 0; i < CASEMEMBERS_COLUMN_COUNT; i++)
            sheet_set(sheet, row, ids[i], fields_get_row(of->values, list->id, row, ids[i]));
        sheet_set(sheet, row, "age", age);
        sheet_set(sheet, row, "area_name",
                  area_name(app, of, fields_get_row(of->values, list->id, row, "area")));
        free(age);
    }
    return sheet;
}

char *casemembers_text(struct app *app, const struct casemembers_of *of, size_t row)
{
    const struct form_field *list = find_members(of->form);
    struct str text = {0};

    for (size_t i = 0; list != NULL && i < list->column_count; i++) {
        const struct form_field *column = &list->columns[i];
        const char *value = fields_get_row(of->values, list->id, row, column->id);
        bool area = strcmp(column->type->name, "area") == 0;
        char *words;
        if (value[0] == '\0')
            continue;
        words = area ? mem_copy(area_name(app, of, value)) : column->type->format(column, value);
        str_printf(&text, "%s：%s\n", column->label, words[0] != '\0' ? words : value);
        free(words);
    }
    return str_take(&text);
}

char *casemembers_line(const struct form_field *list, const struct fields *values, size_t row)
{
    struct str text = {0};

    for (size_t i = 0; i < list->column_count; i++) {
        const struct form_field *column = &list->columns[i];
        const char *value = fields_get_row(values, list->id, row, column->id);
        if (value[0] != '\0') {
            char *words = column->type->format(column, value);
            str_printf(&text, "%s%s %s", text.length > 0 ? "，" : "", column->label, words);
            free(words);
        }
    }
    return str_take(&text);
}
