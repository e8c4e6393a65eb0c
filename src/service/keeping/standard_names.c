#include "service/keeping/standard_names.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "form/amounts.h"
#include "form/benefit.h"
#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/memory/cache.h"
#include "service/memory/facts.h"
#include "service/memory/standards.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** How the limit of the whole way is named (service/cases/application.h). */
#define WHOLE "全程"

// ---- where names come from

static void each_amount(const struct form *form, standard_name_fn each, void *arg)
{
    for (size_t i = 0; i < form->standard_count; i++) {
        const struct form_standard *standard = &form->standards[i];
        if (form_benefit_standard(form, standard->name) != standard)
            continue; /* the first of a name counts */
        each(
            &(struct standard_name){
                .what = STANDARD_AMOUNT,
                .name = standard->name,
                .used = form->brief,
                .optional = standard->optional,
                .has_fallback = standard->has_fallback,
                .fallback = standard->fallback,
                .source = standard->source,
            },
            arg);
    }
}

static void each_limit_of(const struct form *form, const char *label, standard_name_fn each,
                          void *arg)
{
    char *name = mem_printf("%s%s-%s", STANDARD_STEP_DAYS, form->brief, label);

    each(&(struct standard_name){.what = STANDARD_LIMIT,
                                 .name = name,
                                 .used = form->brief,
                                 .optional = true,
                                 .source = ""},
         arg);
    free(name);
}

static void each_limit(const struct form *form, standard_name_fn each, void *arg)
{
    const struct life_steps *steps = &form->steps.life;

    for (size_t i = 0; i < steps->count; i++)
        each_limit_of(form, steps->items[i].label, each, arg);
    if (steps->count > 0)
        each_limit_of(form, WHOLE, each, arg);
}

static void each_parameter(standard_name_fn each, void *arg)
{
    const struct standard_default *row;

    for (size_t i = 0; (row = standard_default_at(i)) != NULL; i++)
        each(&(struct standard_name){.what = STANDARD_PARAMETER,
                                     .name = row->name,
                                     .used = "",
                                     .has_fallback = true,
                                     .fallback = row->value,
                                     .source = row->source},
             arg);
}

static bool is_used(const struct forms *forms, const char *name)
{
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        if (form_benefit_standard(form, name) != NULL)
            return true;
    return false;
}

static void each_published(const struct forms *forms, standard_name_fn each, void *arg)
{
    const struct form_amount *amount;

    for (size_t i = 0; (amount = forms_amount(forms, i)) != NULL; i++) {
        bool told = is_used(forms, amount->name);
        for (size_t j = 0; j < i && !told; j++)
            told = strcmp(forms_amount(forms, j)->name, amount->name) == 0;
        if (!told)
            each(&(struct standard_name){.what = STANDARD_PUBLISHED,
                                         .name = amount->name,
                                         .used = "",
                                         .optional = true,
                                         .source = ""},
                 arg);
    }
}

void standard_names_each(const struct service *service, standard_name_fn each, void *arg)
{
    const struct forms *forms = service_forms(service);
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        each_amount(form, each, arg);
    each_published(forms, each, arg);
    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        each_limit(form, each, arg);
    each_parameter(each, arg);
}

// ---- is it one

struct sought {
    const char *name;
    bool found;
};

static void compare_name(const struct standard_name *name, void *arg)
{
    struct sought *sought = arg;

    sought->found = sought->found || strcmp(name->name, sought->name) == 0;
}

bool standard_names_has(const struct service *service, const char *name)
{
    struct sought sought = {.name = name};

    standard_names_each(service, compare_name, &sought);
    return sought.found;
}

// ---- all of them in a sentence

struct telling {
    struct str *text;
    char *group; /**< "照料护理标准-" of the names being told, NULL = none */
};

static void end_group(struct telling *telling)
{
    if (telling->group != NULL)
        str_add(telling->text, "）");
    free(telling->group);
    telling->group = NULL;
}

/** Names with a common beginning up to the last "-" are told together. */
static void tell_name(const struct standard_name *name, void *arg)
{
    struct telling *telling = arg;
    const char *dash = strrchr(name->name, '-');
    size_t length = dash != NULL ? (size_t)(dash - name->name) + 1 : 0;
    bool goes_on = length > 0 && telling->group != NULL && strlen(telling->group) == length &&
                   strncmp(telling->group, name->name, length) == 0;

    if (goes_on) {
        str_printf(telling->text, "、%s", name->name + length);
        return;
    }
    end_group(telling);
    if (telling->text->length > 0)
        str_add(telling->text, "、");
    if (length > 0) {
        telling->group = mem_copy_bytes(name->name, length);
        str_printf(telling->text, "%s（%s", telling->group, name->name + length);
    } else {
        str_add(telling->text, name->name);
    }
}

void standard_names_tell(const struct service *service, struct str *text)
{
    struct telling telling = {.text = text};

    standard_names_each(service, tell_name, &telling);
    end_group(&telling);
}

// ---- the list

struct listing {
    struct service *service;
    const char *area;
    struct sheet *sheet;
};

static const char *const WHAT[] = {
    [STANDARD_AMOUNT] = "金额",
    [STANDARD_LIMIT] = "时限",
    [STANDARD_PARAMETER] = "参数",
    [STANDARD_PUBLISHED] = "备用",
};

_Static_assert(sizeof WHAT / sizeof WHAT[0] == STANDARD_WHAT_COUNT, "a word for each");

/** As people write it. New string. */
static char *value_text(enum standard_what what, int64_t value)
{
    bool money = what == STANDARD_AMOUNT || what == STANDARD_PUBLISHED;

    return money ? text_from_fen(value) : mem_printf("%" PRId64, value);
}

static void set_value(struct sheet *sheet, size_t row, enum standard_what what, int64_t value)
{
    char *text = value_text(what, value);

    sheet_set(sheet, row, "value", text);
    free(text);
}

/** Adds the last one that begins later, if there is one. */
static void say_next(const struct listing *listing, const struct standard_name *name,
                     const char *area, struct str *text)
{
    const struct cache_standard *last =
        facts_standard_row(listing->service, name->name, area, INT32_MAX);
    char from[DATE_TEXT];

    if (last != NULL && last->from > service_today(listing->service)) {
        char *value = value_text(name->what, last->value);
        str_printf(text, "%s%s 起 %s", text->length > 0 ? "；" : "", date_format(last->from, from),
                   value);
        free(value);
    }
}

static void set_area(const struct listing *listing, size_t row, const char *area)
{
    sheet_set(listing->sheet, row, "area", area);
    sheet_set(listing->sheet, row, "area_name", service_area_name(listing->service, area));
}

static size_t add_row(const struct listing *listing, const struct standard_name *name)
{
    size_t row = sheet_add_row(listing->sheet);

    sheet_set(listing->sheet, row, "name", name->name);
    sheet_set(listing->sheet, row, "what", WHAT[name->what]);
    sheet_set(listing->sheet, row, "used", name->used);
    return row;
}

/** What is in force in an area, and what follows; `standard` NULL = none. */
static void show_value(const struct listing *listing, const struct standard_name *name,
                       const struct cache_standard *standard, const char *area, const char *none)
{
    size_t row = add_row(listing, name);
    struct str text = {0};
    char from[DATE_TEXT];

    if (standard != NULL) {
        set_value(listing->sheet, row, name->what, standard->value);
        sheet_set(listing->sheet, row, "from", date_format(standard->from, from));
        set_area(listing, row, standard->area);
    }
    str_add(&text, standard != NULL ? "在用" : none);
    say_next(listing, name, area, &text);
    sheet_set(listing->sheet, row, "state", str_text(&text));
    str_free(&text);
}

/** The home's own: the nearest division's that has one, or what holds without. */
static void show_own(const struct listing *listing, const struct standard_name *name)
{
    const struct cache_standard *standard = facts_standard_row(
        listing->service, name->name, listing->area, service_today(listing->service));
    char *none = name->has_fallback ? mem_printf("默认，%s", name->source)
                                    : mem_copy(name->optional ? "未另设" : "标准未录入");

    show_value(listing, name, standard, listing->area, none);
    if (standard == NULL && name->has_fallback)
        set_value(listing->sheet, listing->sheet->row_count - 1, name->what, name->fallback);
    free(none);
}

/** What holds in divisions below instead, or will: a row for each of them. */
static void show_below(const struct listing *listing, const struct standard_name *name)
{
    const day_t today = service_today(listing->service);
    const struct cache_standard *row = NULL;

    for (size_t i = 0; (row = facts_standard_at(listing->service, i)) != NULL; i++) {
        bool below = strcmp(row->area, listing->area) != 0 && *row->area != '\0' &&
                     area_contains(listing->area, row->area);
        if (!below || strcmp(row->name, name->name) != 0)
            continue;
        const struct cache_standard *now =
            facts_standard_row(listing->service, row->name, row->area, today);
        bool own = now != NULL && strcmp(now->area, row->area) == 0;
        if (own ? now != row
                : row != facts_standard_row(listing->service, row->name, row->area, INT32_MAX))
            continue; /* said by another row */
        show_value(listing, name, own ? now : NULL, row->area, "");
        set_area(listing, listing->sheet->row_count - 1, row->area);
    }
}

/** A row for each name, and for each division below that has its own: a second programme joins the
 *  first one's. */
static void list_name(const struct standard_name *name, void *arg)
{
    const struct listing *listing = arg;
    struct sheet *sheet = listing->sheet;
    bool known = false;

    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "name"), name->name) != 0)
            continue;
        char *both = mem_printf("%s、%s", sheet_get(sheet, row, "used"), name->used);
        sheet_set(sheet, row, "used", both);
        free(both);
        known = true;
    }
    if (!known) {
        show_own(listing, name);
        show_below(listing, name);
    }
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct listing *listing = arg;

    sheet_free(&listing->sheet);
    listing->service = usecase->service;
    listing->sheet = column_sheet(&COLUMNS_STANDARD_NAMES);
    standard_names_each(usecase->service, list_name, listing);
    return RESULT_OK;
}

enum result standard_names_list(struct service *service, const struct caller *caller,
                                const char *area, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct listing listing = {.area = code};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0 && *code == '\0')
        (void)area_parse(service_area(service), code);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_STANDARD_LIST, NULL, list_body, &listing, reply);
    if (result == 0)
        *ret_sheet = listing.sheet;
    else
        sheet_free(&listing.sheet);
    return result;
}
