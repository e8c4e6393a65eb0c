/* What is typed: ID numbers, dates, months, money, areas, text; field types; expressions. */
#include "tests/fuzz/fuzz.h"

#include "base/date.h"
#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "domain/area.h"
#include "form/expr.h"
#include "form/form.h"

#include <stdlib.h>
#include <string.h>

enum { TODAY = 46349 /* 2026-11-23 */ };

// ---- dates, numbers, areas

static void check_dates(const char *text)
{
    day_t day, again;
    month_t month, month_again;
    char buffer[DATE_TEXT], month_buffer[MONTH_TEXT];

    if (date_parse(text, &day) == 0) {
        fuzz_expect(strcmp(date_format(day, buffer), text) == 0, "date %s is %s", text, buffer);
        fuzz_expect(date_age(day, TODAY) <= 127, "age of %s", text);
    }
    if (date_parse_loose(text, &day) == 0) {
        fuzz_expect(date_parse(date_format(day, buffer), &again) == 0 && again == day,
                    "loose date %s is %s", text, buffer);
        fuzz_expect(date_weekday(day) >= 1 && date_weekday(day) <= 7, "weekday of %s", text);
    }
    if (month_parse(text, &month) == 0)
        fuzz_expect(strcmp(month_format(month, month_buffer), text) == 0, "month %s is %s", text,
                    month_buffer);
    if (month_parse_loose(text, &month) == 0)
        fuzz_expect(month_parse(month_format(month, month_buffer), &month_again) == 0 &&
                        month_again == month,
                    "loose month %s is %s", text, month_buffer);
}

static void check_numbers(const char *text)
{
    int64_t number, fen, fen_again;
    char *money;
    char id_no[IDNO_TEXT], again[IDNO_TEXT];
    char code[AREA_TEXT], prefix[AREA_TEXT];

    if (text_to_int(text, -5, 1000, &number) == 0)
        fuzz_expect(number >= -5 && number <= 1000, "number %s", text);
    if (text_to_fen(text, &fen) == 0) {
        money = text_from_fen(fen);
        fuzz_expect(text_to_fen(money, &fen_again) == 0 && fen_again == fen, "money %s is %s", text,
                    money);
        free(money);
    }
    if (idno_parse(text, TODAY, id_no) == IDNO_FINE) {
        fuzz_expect(idno_parse(id_no, TODAY, again) == IDNO_FINE && strcmp(id_no, again) == 0,
                    "ID number %s", text);
        fuzz_expect(idno_birth(id_no) != 0 && idno_birth(id_no) <= TODAY, "birth of %s", id_no);
        fuzz_expect(idno_sex(id_no) != 0, "sex of %s", id_no);
    }
    if (area_parse(text, code) == 0) {
        area_prefix(code, prefix);
        fuzz_expect(strncmp(code, prefix, strlen(prefix)) == 0, "area %s", text);
        fuzz_expect(area_contains(code, code), "area %s does not contain itself", code);
    }
}

// ---- text

static void check_piece(const char *piece, void *arg)
{
    (void)arg;
    fuzz_expect(*piece != '\0', "an empty piece");
}

static void check_cleaning(const char *text)
{
    char *(*const cleaners[])(const char *) = {text_clean, text_clean_code};

    for (size_t i = 0; i < sizeof cleaners / sizeof *cleaners; i++) {
        char *once = cleaners[i](text);
        char *twice = cleaners[i](once);
        fuzz_expect(strcmp(once, twice) == 0, "cleaned once \"%s\", twice \"%s\"", once, twice);
        free(twice);
        free(once);
    }
}

static void check_text(const char *text)
{
    char *masks[] = {text_mask_id(text), text_mask_name(text)};
    struct pinyin_keys keys[] = {pinyin_initials(text), pinyin_full(text)};
    struct str padded = {0};
    size_t fits = text_fit(text, 7);

    fuzz_expect(fits <= strlen(text), "too long a prefix");
    text_pad(&padded, text, 7, false);
    fuzz_expect(text_width(str_text(&padded)) == 7, "padded to %d columns",
                text_width(str_text(&padded)));
    str_free(&padded);
    if (text_valid(text)) {
        fuzz_expect(text_valid(masks[0]) && text_valid(masks[1]), "a mask that is no text");
        fuzz_expect(text_length(text) <= strlen(text), "length");
    }
    text_split(text, check_piece, NULL);
    for (size_t i = 0; i < 2; i++) {
        free(masks[i]);
        pinyin_keys_free(&keys[i]);
    }
    free(pinyin_sort_key(text));
}

void values_run(const uint8_t *bytes, size_t length)
{
    char *text = fuzz_text(bytes, length);

    check_dates(text);
    check_numbers(text);
    check_text(text);
    if (text_valid(text))
        check_cleaning(text);
    free(text);
}

// ---- field types, expressions

static struct forms *catalogue;

void catalogue_begin(void)
{
    char *directory = paths_data("forms");
    char *error = NULL;

    if (forms_load(directory, &catalogue, &error) != 0)
        fuzz_expect(false, "%s", error);
    free(directory);
}

void catalogue_end(void)
{
    forms_free(&catalogue);
}

static void check_field(const struct form_field *field, const char *text)
{
    const struct type_context context = {.today = TODAY};
    char *value = NULL, *error = NULL, *again = NULL, *shown;

    if (field->type->parse(field, &context, text, &value, &error) != 0) {
        fuzz_expect(error != NULL && text_valid(error), "%s: no words", field->id);
        free(error);
        return;
    }
    fuzz_expect(text_valid(value), "%s: a value that is no text", field->id);
    if (field->type->parse(field, &context, value, &again, &error) != 0)
        fuzz_expect(false, "%s: \"%s\" is refused: %s", field->id, value, error);
    fuzz_expect(strcmp(value, again) == 0, "%s: \"%s\" becomes \"%s\"", field->id, value, again);
    fuzz_expect(field->type->compare(field, value, again) == 0, "%s: unlike itself", field->id);
    shown = field->type->format(field, value);
    free(shown);
    free(again);
    free(value);
}

void types_run(const uint8_t *bytes, size_t length)
{
    const struct form *form = forms_get(catalogue, "tekun");
    char *text = fuzz_text(bytes, length);

    /* The dispatcher lets no other text through. */
    for (size_t i = 0; text_valid(text) && i < form->field_count; i++)
        if (form->fields[i].column_count == 0)
            check_field(&form->fields[i], text);
    free(text);
}

static void note_name(const char *name, const char *list, void *arg)
{
    (void)list;
    *(size_t *)arg += strlen(name);
}

static void note_compared(const char *name, const char *list, const char *text, void *arg)
{
    note_name(name, list, arg);
    *(size_t *)arg += strlen(text);
}

/** The first line is an expression, the others are values: "name=value". */
static void read_values(char *lines, struct fields *values)
{
    char *line;

    while ((line = strsep(&lines, "\n")) != NULL) {
        char *value = strchr(line, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        fields_set(values, line, value);
    }
}

void expr_run(const uint8_t *bytes, size_t length)
{
    static const char *const kinds[] = {"tekun", "dibao"};
    char *text = fuzz_text(bytes, length);
    char *lines = text;
    const char *first = strsep(&lines, "\n");
    struct fields values = {0};
    struct expr *expr = NULL;
    char *error = NULL;
    size_t names = 0;

    if (lines != NULL)
        read_values(lines, &values);
    if (expr_parse(first, &expr, &error) != 0) {
        fuzz_expect(error != NULL, "no words");
        free(error);
    } else {
        expr_names(expr, note_name, &names);
        expr_compared(expr, note_compared, &names);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            const struct form *form = forms_get(catalogue, kinds[i]);
            char *value = expr_value(expr, form, &values, TODAY);
            bool truth = expr_true(expr, form, &values, TODAY);
            fuzz_expect(!truth || *value != '\0', "an empty value is true");
            free(value);
        }
        expr_free(&expr);
    }
    fields_free(&values);
    free(text);
}
