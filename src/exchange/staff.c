#include "exchange/staff.h"

#include "base/columns.h"
#include "base/heading.h"
#include "base/mem.h"
#include "base/role.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- columns

enum field { FIELD_ID, FIELD_NAME, FIELD_ROLE, FIELD_AREA, FIELD_PHONE, FIELD_COUNT_ };

static const struct staff_field {
    const char *id, *heading;
    const char *others[6]; /**< headings that mean the same */
    bool needed;
} FIELDS[FIELD_COUNT_] = {
    [FIELD_ID] = {"id", "工号", {"员工号", "账号"}, true},
    [FIELD_NAME] = {"name", "姓名", {"名字", "经办人"}, true},
    [FIELD_ROLE] = {"role", "角色", {"岗位", "权限"}, true},
    [FIELD_AREA] = {"area", "区划", {"所在区划", "区划代码", "辖区", "负责区划"}, true},
    [FIELD_PHONE] = {"phone", "电话", {"联系电话", "手机", "手机号", "手机号码"}, false},
};

enum { OTHERS = sizeof FIELDS[0].others / sizeof FIELDS[0].others[0] };

static bool names_field(const char *text, const struct staff_field *field)
{
    bool found = strcmp(field->heading, text) == 0;

    for (size_t i = 0; i < OTHERS && field->others[i] != NULL; i++)
        found |= strcmp(field->others[i], text) == 0;
    return found;
}

static bool is_field(const char *text, void *arg)
{
    return names_field(text, arg);
}

static bool is_any(const char *text, void *arg)
{
    bool found = false;

    (void)arg;
    for (size_t i = 0; i < FIELD_COUNT_; i++)
        found |= names_field(text, &FIELDS[i]);
    return found;
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    return heading_read(group, heading, is_any, arg);
}

/** Finds the column of each field, -1 if there is none. */
static enum result find_columns(struct staff *staff, int columns[FIELD_COUNT_], char **ret_message)
{
    size_t count = filetable_column_count(staff->table);

    for (size_t i = 0; i < FIELD_COUNT_; i++)
        columns[i] = -1;
    for (size_t at = 0; at < count; at++) {
        const struct filetable_column *column = filetable_column(staff->table, at);
        size_t i = 0;
        while (i < FIELD_COUNT_ &&
               !heading_read(column->group, column->heading, is_field, (void *)&FIELDS[i]))
            i++;
        if (i == FIELD_COUNT_) {
            if (*column->heading != '\0' && *column->sample != '\0')
                str_printf(&staff->ignored, "%s%s", staff->ignored.length > 0 ? "、" : "",
                           column->heading);
        } else if (columns[i] >= 0) {
            *ret_message = mem_printf("有两列都是“%s”，请删去一列", FIELDS[i].heading);
            return RESULT_INVALID;
        } else {
            columns[i] = (int)at;
        }
    }
    for (size_t i = 0; i < FIELD_COUNT_; i++) {
        if (FIELDS[i].needed && columns[i] < 0) {
            *ret_message = mem_printf("表里没有“%s”这一列，应有：工号、姓名、角色、区划，可加电话",
                                      FIELDS[i].heading);
            return RESULT_INVALID;
        }
    }
    return RESULT_OK;
}

void staff_refuse(struct staff *staff, uint32_t number, const char *field, const char *value,
                  const char *name, const char *reason)
{
    size_t row = sheet_add_row(staff->refusals);
    const char *heading = "";

    for (size_t i = 0; i < FIELD_COUNT_; i++)
        if (strcmp(FIELDS[i].id, field) == 0)
            heading = FIELDS[i].heading;
    sheet_set_number(staff->refusals, row, "line", number);
    sheet_set(staff->refusals, row, "column", heading);
    sheet_set(staff->refusals, row, "value", value);
    sheet_set(staff->refusals, row, "reason", reason);
    sheet_set(staff->refusals, row, "name", name);
}

struct place {
    int64_t number; /**< of the row in the file */
    size_t row;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *one = a, *other = b;

    if (one->number != other->number)
        return one->number < other->number ? -1 : 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

void staff_sort(struct staff *staff)
{
    size_t count = staff->refusals->row_count;
    struct place *places = mem_array(count, sizeof *places);
    size_t *rows = mem_array(count, sizeof *rows);

    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){strtoll(sheet_get(staff->refusals, i, "line"), NULL, 10), i};
    if (count > 0)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        rows[i] = places[i].row;
    sheet_pick(staff->refusals, rows, count);
    free(rows);
    free(places);
}

// ---- roles and divisions

#define ROW(constant, role_id, role_label) {role_id, role_label},

static const struct {
    const char *id, *label;
} ROLES[] = {ROLE_TABLE(ROW)};

#undef ROW

enum { ROLE_COUNT = sizeof ROLES / sizeof ROLES[0] };

/** ROLE_COUNT if there is no such role. */
static size_t find_role(const char *text)
{
    size_t i = 0;

    while (i < ROLE_COUNT && strcmp(ROLES[i].label, text) != 0 && strcmp(ROLES[i].id, text) != 0)
        i++;
    return i;
}

static int find_code(const struct sheet *areas, const char *code)
{
    for (size_t row = 0; row < areas->row_count; row++)
        if (strcmp(sheet_get(areas, row, "code"), code) == 0)
            return (int)row;
    return -1;
}

/** True if the first `length` bytes are the area's name, perhaps behind names above it. */
static bool names_area(const struct sheet *areas, size_t row, const char *text, size_t length)
{
    const char *name = sheet_get(areas, row, "name");
    size_t own = strlen(name);

    if (own == 0 || own > length || memcmp(text + length - own, name, own) != 0)
        return false;
    if (own == length)
        return true;
    int parent = find_code(areas, sheet_get(areas, row, "parent"));
    return parent >= 0 && (size_t)parent != row &&
           names_area(areas, (size_t)parent, text, length - own);
}

/** Completes a code to 12 digits; false if the text is none. */
static bool read_code(const char *text, char code[AREA_TEXT])
{
    enum { DIGITS = AREA_TEXT - 1 };
    size_t length = strlen(text);

    if (!text_is_digits(text) || length > DIGITS)
        return false;
    memset(code, '0', DIGITS);
    memcpy(code, text, length);
    code[DIGITS] = '\0';
    return true;
}

/** Without blanks and the dots between names. */
static char *join_names(const char *text)
{
    struct str joined = {0};
    uint32_t code;

    for (size_t length; *text != '\0'; text += length) {
        length = text_next(text, &code);
        if (!text_is_blank(code) && code != 0xB7 && code != '/')
            str_add_bytes(&joined, text, length);
    }
    return str_take(&joined);
}

/** Finds a division; a new string says why there is none, NULL if there is. */
static char *find_area(const struct sheet *areas, const char *text, struct staff_row *row)
{
    char *joined = join_names(text);
    size_t found = 0;
    int at = -1;

    if (read_code(joined, row->area)) {
        at = find_code(areas, row->area);
        found = at >= 0;
    } else {
        for (size_t i = 0; i < areas->row_count; i++) {
            if (names_area(areas, i, joined, strlen(joined))) {
                at = (int)i;
                found++;
            }
        }
    }
    free(joined);
    if (found == 1) {
        (void)read_code(sheet_get(areas, (size_t)at, "code"), row->area);
        row->area_name = mem_copy(sheet_get(areas, (size_t)at, "name"));
        return NULL;
    }
    if (text_is_scientific(text))
        return mem_copy("区划代码被表格软件改坏了，请把这一列设成文本，重新填 12 位代码或名称");
    return found == 0 ? mem_printf("没有区划“%s”，请核对名称或代码", text)
                      : mem_printf("有 %zu 个“%s”，请连上级一起写，或写代码", found, text);
}

// ---- rows

/** The cell of a field; new string. */
static char *read_cell(const struct filetable_row *from, int column)
{
    bool there = column >= 0 && (size_t)column < from->count;

    return text_clean_cell(there ? from->cells[column] : "");
}

/** True if the row is to be refused: its number is taken, here or in the file. Notes an officer who
 *  is there already. */
static bool is_taken(struct staff *staff, const struct sheet *officers, struct staff_row *row)
{
    struct str reason = {0};

    for (size_t i = 0; i < staff->count && reason.length == 0; i++)
        if (strcmp(staff->rows[i].id, row->id) == 0)
            str_printf(&reason, "第%" PRIu32 "行已有这个工号，只能有一行", staff->rows[i].number);
    for (size_t i = 0; i < officers->row_count && reason.length == 0; i++) {
        if (strcmp(sheet_get(officers, i, "id"), row->id) != 0)
            continue;
        row->known = strcmp(sheet_get(officers, i, "name"), row->name) == 0 &&
                     strcmp(sheet_get(officers, i, "role"), row->role_label) == 0 &&
                     strcmp(sheet_get(officers, i, "area"), row->area) == 0;
        if (!row->known)
            str_printf(&reason, "工号已有人使用（%s %s %s）；要改这个人，请用 officer edit 或 move",
                       sheet_get(officers, i, "name"), sheet_get(officers, i, "role"),
                       sheet_get(officers, i, "area_name"));
    }
    bool taken = reason.length > 0;
    if (taken)
        staff_refuse(staff, row->number, "id", row->id, row->name, str_text(&reason));
    str_free(&reason);
    return taken;
}

static void row_free(struct staff_row *row)
{
    free(row->id);
    free(row->name);
    free(row->phone);
    free(row->area_name);
}

/** Why a role is none; new string. */
static char *explain_role(const char *role)
{
    struct str reason = {0};

    str_add(&reason, *role == '\0' ? "角色没有填，请填 " : "没有这个角色，请填 ");
    for (size_t i = 0; i < ROLE_COUNT; i++)
        str_printf(&reason, "%s%s", i > 0 ? "、" : "", ROLES[i].label);
    return str_take(&reason);
}

/** Reads role and division; false if one of them is refused. */
static bool read_place(struct staff *staff, const struct sheet *areas, const char *role,
                       const char *area, struct staff_row *row)
{
    size_t at = find_role(role);
    char *wrong_role = at == ROLE_COUNT ? explain_role(role) : NULL;
    char *wrong_area = wrong_role == NULL && *area != '\0' ? find_area(areas, area, row) : NULL;
    bool good = wrong_role == NULL && wrong_area == NULL;

    if (wrong_role != NULL)
        staff_refuse(staff, row->number, "role", role, row->name, wrong_role);
    else if (wrong_area != NULL)
        staff_refuse(staff, row->number, "area", area, row->name, wrong_area);
    row->role = good ? ROLES[at].id : "";
    row->role_label = good ? ROLES[at].label : "";
    free(wrong_role);
    free(wrong_area);
    return good;
}

static void take_row(struct staff *staff, const struct sheet *areas, const struct sheet *officers,
                     const int columns[FIELD_COUNT_], const struct filetable_row *from)
{
    struct staff_row row = {.number = from->number};

    if (from->fault != NULL) {
        staff_refuse(staff, from->number, "", "", "", from->fault);
        return;
    }
    row.id = read_cell(from, columns[FIELD_ID]);
    row.name = read_cell(from, columns[FIELD_NAME]);
    row.phone = read_cell(from, columns[FIELD_PHONE]);
    char *role = read_cell(from, columns[FIELD_ROLE]);
    char *area = read_cell(from, columns[FIELD_AREA]);
    if (*row.id == '\0')
        staff_refuse(staff, row.number, "id", "", row.name, "工号没有填");
    bool good = *row.id != '\0' && read_place(staff, areas, role, area, &row) &&
                !is_taken(staff, officers, &row);
    if (good) {
        mem_grow((void **)&staff->rows, staff->count, &staff->capacity, sizeof row);
        staff->rows[staff->count++] = row;
    } else {
        row_free(&row);
    }
    free(role);
    free(area);
}

enum result staff_read(const char *path, const struct sheet *areas, const struct sheet *officers,
                       struct staff **ret_staff, char **ret_message)
{
    struct staff *staff = mem_new(sizeof *staff);
    struct filetable_options options = {.encoding = CSV_AUTO, .sheet = "", .known = is_known};
    int columns[FIELD_COUNT_];
    enum result result = filetable_read(path, &options, &staff->table, ret_message);

    if (result == 0)
        result = find_columns(staff, columns, ret_message);
    if (result != 0) {
        staff_free(&staff);
        return result;
    }
    staff->refusals = column_sheet(&COLUMNS_REFUSALS);
    staff->read = filetable_row_count(staff->table);
    for (size_t i = 0; i < staff->read; i++) {
        struct filetable_row from = filetable_row(staff->table, i);
        take_row(staff, areas, officers, columns, &from);
    }
    *ret_staff = staff;
    return RESULT_OK;
}

void staff_free(struct staff **staff)
{
    struct staff *old = *staff;

    if (old == NULL)
        return;
    for (size_t i = 0; i < old->count; i++)
        row_free(&old->rows[i]);
    free(old->rows);
    filetable_free(&old->table);
    sheet_free(&old->refusals);
    str_free(&old->ignored);
    free(old);
    *staff = NULL;
}
