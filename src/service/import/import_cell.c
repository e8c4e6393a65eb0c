/*
 * Reads a cell by its field's type, and finds the damage that spreadsheets do to values.
 */
#include "service/import/import_entry.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void import_value_free(struct import_value *value)
{
    free(value->text);
    free(value->extra);
    *value = (struct import_value){0};
}

/** A cell being read: its place, and its text so far. */
struct cell {
    struct import_entry *entry;
    size_t line;
    const struct import_column *column;
    struct import_value *value;
};

static void set_text(const struct cell *cell, char *text)
{
    free(cell->value->text);
    cell->value->text = text;
}

// ---- blanks and spreadsheet errors

/** A word for "nothing" may be a choice of the field: 无 is a degree of 劳动能力. */
static bool knows_word(const struct form_field *field, const char *text)
{
    const struct type_context context = {0};
    size_t count = 0;
    char *value = NULL;
    char *error = NULL;

    if (field->type->choices(field, &count) == NULL)
        return false;
    bool knows = field->type->parse(field, &context, text, &value, &error) == 0;
    free(value);
    free(error);
    return knows;
}

bool import_is_blank(const struct forms *forms, const struct form_field *field, const char *text)
{
    enum { LONGEST = 12 };

    if (*text == '\0')
        return true;
    if (strlen(text) > LONGEST)
        return false;
    for (const char *const *word = forms_ledger(forms)->blank; *word != NULL; word++)
        if (text_equal_nocase(*word, text))
            return field == NULL || !knows_word(field, text);
    return false;
}

/** Refuses an error that a spreadsheet shows instead of a value. */
static bool refuse_error(const struct cell *cell)
{
    static const char *const errors[] = {"#N/A",   "#REF!",  "#VALUE!", "#DIV/0!",
                                         "#NAME?", "#NULL!", "#NUM!",   "#SPILL!"};
    const char *text = cell->value->text;

    if (*text != '#')
        return false;
    if (text[strspn(text, "#")] == '\0') {
        import_fault(cell->entry, cell->line, cell->column, text,
                     "这一格只有“####”：列太窄，数字没有存下来，请把列拉宽后重新保存");
        return true;
    }
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (!text_starts(text, errors[i]))
            continue;
        import_fault(cell->entry, cell->line, cell->column, text,
                     "表格里的公式出错（%s），请改成正确的内容后再导入", errors[i]);
        return true;
    }
    return false;
}

// ---- numbers that a spreadsheet has cut

static bool is_digits_then_zeros(const char *code, size_t kept)
{
    return text_is_digits(code) && strlen(code) > kept &&
           strspn(code + kept, "0") == strlen(code + kept);
}

/** True if the store knows the number. An unknown number that really ends in 000 must be typed
 *  in. */
static bool is_known_person(const struct cell *cell, const char *id_no)
{
    Rec__Person *person = NULL;
    bool known = store_person_by_id_no(cell->entry->usecase->txn, id_no, &person) == 0;

    if (known)
        rec__person__free_unpacked(person, NULL);
    return known;
}

static void read_idno(const struct cell *cell)
{
    enum { KEPT = 15, WHOLE = 18 };
    char *code = text_clean_code(cell->value->text);

    if (strlen(code) == WHOLE && is_digits_then_zeros(code, KEPT) && !is_known_person(cell, code))
        import_fault(
            cell->entry, cell->line, cell->column, cell->value->text,
            "身份证号末三位都是000：电子表格只留15位，后面的丢了，请把该列设为文本，照证件重新填写"
            "（证件上确实如此的，请在屏幕上登记）");
    free(code);
}

static void read_account(const struct cell *cell)
{
    enum { KEPT = 15, SHORTEST = 18 };
    char *code = text_clean_code(cell->value->text);

    if (strlen(code) >= SHORTEST && is_digits_then_zeros(code, KEPT))
        import_fault(
            cell->entry, cell->line, cell->column, cell->value->text,
            "%s第16位起全是0：电子表格只留15位，后面的丢了，请把该列设为文本，照卡或存折重新填写",
            cell->column->field->label);
    free(code);
}

// ---- telephones

/** The numbers of a cell; parts without any digit are words beside them. */
struct phones {
    const struct cell *cell;
    char *numbers[2];
    size_t count;
};

static size_t count_digits(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += *text >= '0' && *text <= '9';
    return count;
}

/** The number alone, without words beside it: 13800138001(女儿), 电话13800138001. */
static char *bare_number(const char *text)
{
    struct str number = {0};

    for (; *text != '\0'; text++)
        if (strchr("0123456789+-", *text) != NULL)
            str_add_char(&number, *text);
    return str_take(&number);
}

static void take_phone(const char *piece, void *arg)
{
    enum { FEWEST = 5 };
    struct phones *phones = arg;
    const struct form_field *field = phones->cell->column->field;
    const struct type_context context = {.today = phones->cell->entry->usecase->today};
    char *number = bare_number(piece);
    char *value = NULL;
    char *error = NULL;

    if (count_digits(number) < FEWEST) {
        free(number);
        return;
    }
    if (field->type->parse(field, &context, number, &value, &error) != 0)
        import_fault(phones->cell->entry, phones->cell->line, phones->cell->column, piece, "%s",
                     error);
    else if (phones->count < 2)
        phones->numbers[phones->count++] = mem_copy(value);
    else
        import_remark(phones->cell->entry, phones->cell->line, phones->cell->column, piece,
                      "一格里有三个以上号码，这一个没有存；要用的请在个案里改");
    free(value);
    free(error);
    free(number);
}

static bool is_one_phone(const struct cell *cell)
{
    const struct form_field *field = cell->column->field;
    const struct type_context context = {0};
    char *value = NULL;
    char *error = NULL;
    bool one = field->type->parse(field, &context, cell->value->text, &value, &error) == 0;

    free(value);
    free(error);
    return one;
}

/** Turns blanks and words between two numbers into the separators of text_split(). */
static void read_phone(const struct cell *cell)
{
    struct phones phones = {.cell = cell};
    const struct form_field *field = cell->column->field;

    if (is_one_phone(cell) || text_is_scientific(cell->value->text))
        return;
    char *text = mem_copy(cell->value->text);
    for (char *word; (word = strstr(text, "或")) != NULL;)
        memset(word, ' ', strlen("或"));
    text_split(text, take_phone, &phones);
    free(text);
    if (phones.count > 0)
        set_text(cell, phones.numbers[0]);
    if (phones.count > 1 && *field->more == '\0')
        import_remark(cell->entry, cell->line, cell->column, phones.numbers[1],
                      "%s只能存一个号码，第二个没有存", field->label);
    if (phones.count > 1) {
        cell->value->extra = phones.numbers[1];
        cell->value->extra_field = field->more;
    }
}

// ---- days and months

/** The row's ID number if it is valid, "" otherwise. */
static void row_idno(const struct cell *cell, char id_no[IDNO_TEXT])
{
    const struct import_columns *columns = &cell->entry->plan->columns;
    bool member = cell->column->owner == IMPORT_MEMBER;
    const struct import_column *column = import_column_of(
        columns, member ? IMPORT_MEMBER : IMPORT_RECORD, member ? "id_no" : "person.id_no");
    char *text =
        text_clean_cell(import_cell(columns, &cell->entry->unit->lines[cell->line], column));

    if (idno_parse(text, cell->entry->usecase->today, id_no) != IDNO_FINE)
        *id_no = '\0';
    free(text);
}

/** A spreadsheet turns 1941.10 into 1941.1. */
static bool is_cut_month(const char *text)
{
    return strlen(text) == strlen("2024.1") && strspn(text, "0123456789") == 4 &&
           strcmp(text + 4, ".1") == 0;
}

/** Empties a year and month of birth that agree with the ID number: the form takes the whole date
 *  from that number. */
static void read_birth_month(const struct cell *cell, month_t month, bool cut)
{
    char id_no[IDNO_TEXT];
    char *text = cell->value->text;

    row_idno(cell, id_no);
    month_t born = month_of(idno_birth(id_no));
    if (*id_no == '\0')
        return; /* the fault of the ID number itself says more */
    if (born == month || (cut && born == month + 9))
        set_text(cell, mem_copy(""));
    else
        import_fault(cell->entry, cell->line, cell->column, text,
                     "出生年月与身份证号不一致，请核对");
}

static bool is_birth(const struct import_column *column)
{
    return strcmp(column->name, "person.birth") == 0 || strcmp(column->name, "birth") == 0;
}

static void read_date(const struct cell *cell)
{
    day_t day = 0;
    month_t month = 0;
    int minute = -1;
    char text[DATE_TEXT];

    if (date_parse_moment(cell->value->text, &day, &minute) == 0) {
        set_text(cell, mem_copy(date_format(day, text)));
        if (minute >= 0 && *cell->column->field->clock != '\0') {
            cell->value->extra = mem_printf("%02d:%02d", minute / 60, minute % 60);
            cell->value->extra_field = cell->column->field->clock;
        }
    } else if (is_birth(cell->column) && month_parse_loose(cell->value->text, &month) == 0) {
        read_birth_month(cell, month, is_cut_month(cell->value->text));
    }
}

static void read_month(const struct cell *cell)
{
    day_t day = 0;
    int minute = -1;
    char text[DATE_TEXT];

    if (is_cut_month(cell->value->text))
        import_fault(
            cell->entry, cell->line, cell->column, cell->value->text,
            "“%s”可能是1月，也可能是10月（电子表格去掉了末尾的0），请写成 %.4s-01 或 %.4s-10",
            cell->value->text, cell->value->text, cell->value->text);
    else if (date_parse_moment(cell->value->text, &day, &minute) == 0)
        set_text(cell, mem_copy(date_format(day, text)));
}

// ---- money

/** Drops the unit of 1250元/月: the field has it. */
static void read_money(const struct cell *cell)
{
    static const char *const units[] = {"元/月",  "元/人", "元/年", "元/人月",
                                        "元每月", "元整",  "元"};
    char *text = text_clean(cell->value->text);
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t cut = strlen(units[i]);
        bool yearly = strcmp(units[i], "元/年") == 0;
        if (length > cut && !yearly && strcmp(text + length - cut, units[i]) == 0) {
            text[length - cut] = '\0';
            set_text(cell, mem_copy(text));
            break;
        }
    }
    free(text);
}

// ---- how often

/** Rewrites Chinese numerals up to ten, and drops words without meaning. */
static char *plain_frequency(const char *text)
{
    static const char *const words[][2] = {
        {"一", "1"},    {"两", "2"},   {"二", "2"},         {"三", "3"},         {"四", "4"},
        {"五", "5"},    {"六", "6"},   {"七", "7"},         {"八", "8"},         {"十", "10"},
        {"不少于", ""}, {"至少", ""},  {"不低于", ""},      {"以上", ""},        {"探访", ""},
        {"走访", ""},   {"上门", ""},  {"入户", ""},        {"个", ""},          {" ", ""},
        {"星期", "周"}, {"每1", "每"}, {"次每月", "次/月"}, {"次每周", "次/周"},
    };
    char *plain = text_clean(text);

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (char *at; (at = strstr(plain, words[i][0])) != NULL;) {
            char *changed = mem_printf("%.*s%s%s", (int)(at - plain), plain, words[i][1],
                                       at + strlen(words[i][0]));
            free(plain);
            plain = changed;
        }
    }
    return plain;
}

/** Visits per month, 0 if the text has none. */
static int visits_a_month(const char *text)
{
    static const struct {
        const char *form; /**< %d visits in a period, %n its end */
        int periods;      /**< in a month */
    } forms[] = {
        {"%d%n", 1},      {"%d次%n", 1},       {"每月%d次%n", 1}, {"月%d次%n", 1},
        {"%d次/月%n", 1}, {"%d/月%n", 1},      {"每周%d次%n", 4}, {"周%d次%n", 4},
        {"%d次/周%n", 4}, {"每半月%d次%n", 2}, {"半月%d次%n", 2}, {"每2周%d次%n", 2},
    };
    char *plain = plain_frequency(text);
    int found = 0;

    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && found == 0; i++) {
        int visits = 0;
        int end = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        bool read = sscanf(plain, forms[i].form, &visits, &end) == 1;
#pragma GCC diagnostic pop
        if (read && end > 0 && plain[end] == '\0' && visits > 0 && visits < 100)
            found = visits * forms[i].periods;
    }
    free(plain);
    return found;
}

/** Reads a number as visits per month, never as the number of a choice. */
static void read_tier(const struct cell *cell)
{
    const struct form_visits *visits = &cell->entry->plan->form->visits;
    int wanted = visits_a_month(cell->value->text);
    struct str known = {0};

    if (wanted == 0)
        return;
    for (size_t i = 0; i < visits->tier_count; i++) {
        str_printf(&known, "%s%s%d次", i > 0 ? "、" : "", visits->tiers[i].name,
                   visits->tiers[i].per_month);
        if (visits->tiers[i].per_month != wanted)
            continue;
        set_text(cell, mem_copy(visits->tiers[i].name));
        str_free(&known);
        return;
    }
    import_fault(cell->entry, cell->line, cell->column, cell->value->text,
                 "没有每月%d次这一档（每月%s），请填档次", wanted, str_text(&known));
    str_free(&known);
}

static bool is_tier(const struct cell *cell)
{
    const struct form *form = cell->entry->plan->form;

    return form != NULL && form->has_visits && *form->roles.tier != '\0' &&
           cell->column->owner == IMPORT_RECORD &&
           strcmp(cell->column->name, form->roles.tier) == 0;
}

// ---- texts

/** Makes the text one line: a line break becomes a blank. */
static void read_line(const struct cell *cell)
{
    for (char *c = cell->value->text; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
}

// ---- readers by type

static const struct {
    const char *type;
    void (*read)(const struct cell *cell);
} readers[] = {
    {"date", read_date}, {"month", read_month},     {"money", read_money}, {"phone", read_phone},
    {"idno", read_idno}, {"account", read_account}, {"text", read_line},
};

/** A field that figures depend on must be filled in every row if the ledger has its column. */
static void check_stated(const struct cell *cell)
{
    const struct import_column *column = cell->column;

    if (column->field->stated && column->field->required == NULL && !column->blank)
        import_fault(cell->entry, cell->line, column, "", "%s为空，请填写", column->field->label);
}

void import_cell_read(struct import_entry *entry, size_t line, const struct import_column *column,
                      struct import_value *ret_value)
{
    const struct import_columns *columns = &entry->plan->columns;
    struct cell cell = {.entry = entry, .line = line, .column = column, .value = ret_value};

    ret_value->text = text_clean_cell(import_cell(columns, &entry->unit->lines[line], column));
    if (import_is_blank(entry->plan->forms, column->field, ret_value->text)) {
        set_text(&cell, mem_copy(""));
        check_stated(&cell);
        return;
    }
    if (refuse_error(&cell) || column->field == NULL)
        return;
    if (is_tier(&cell))
        read_tier(&cell);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (strcmp(readers[i].type, column->field->type->name) == 0)
            readers[i].read(&cell);
}
