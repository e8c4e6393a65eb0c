#include "service/keeping/area_table.h"

#include "base/mem.h"
#include "service/frame/record.h"
#include "service/import/import.h"
#include "service/keeping/area_change.h"
#include "service/keeping/area_plan.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNSETTLED "待定"

/** A division of the table or of the home. */
struct place {
    char code[AREA_TEXT]; /**< of the home's: as the steps so far leave it */
    char *name;           /**< as it is written */
    char *plain;          /**< without 村委会 and the like, for comparing */
    bool matched;
};

struct places {
    size_t count, capacity;
    struct place *items;
};

struct comparing {
    struct service *service;
    struct reply *reply;
    struct places table, home; /**< both by code at first */
    size_t step_count, step_capacity;
    Rec__AreaStep **steps; /**< owned */
    size_t unsettled;
    struct sheet *sheet;
};

/** A name for comparing: 胜利街道办事处 as 胜利街道, 大亮村委会 as 大亮村. */
static char *plain_name(const char *code, const char *name)
{
    static const char office[] = "办事处";
    size_t length = strlen(name);
    size_t end = sizeof office - 1;

    if (area_level(code) == AREA_VILLAGE)
        return import_place_office(name);
    return length > end && strcmp(name + length - end, office) == 0
               ? mem_copy_bytes(name, length - end)
               : mem_copy(name);
}

static void add_place(struct places *places, const char *code, const char *name)
{
    mem_grow((void **)&places->items, places->count, &places->capacity, sizeof *places->items);
    struct place *place = &places->items[places->count++];
    *place = (struct place){.name = mem_copy(name), .plain = plain_name(code, name)};
    snprintf(place->code, sizeof place->code, "%s", code);
}

static void places_free(struct places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        free(places->items[i].name);
        free(places->items[i].plain);
    }
    free(places->items);
}

static void comparing_free(struct comparing *comparing)
{
    places_free(&comparing->table);
    places_free(&comparing->home);
    for (size_t i = 0; i < comparing->step_count; i++)
        rec__area_step__free_unpacked(comparing->steps[i], NULL);
    free(comparing->steps);
    sheet_free(&comparing->sheet);
}

// ---- reading

static int place_order(const void *a, const void *b)
{
    return strcmp(((const struct place *)a)->code, ((const struct place *)b)->code);
}

static bool is_inside(const struct service *service, const char *code)
{
    return area_contains(service_area(service), code) && strcmp(service_area(service), code) != 0;
}

static enum result read_table(struct comparing *comparing, const struct sheet *sheet)
{
    struct places *table = &comparing->table;

    for (size_t row = 0; row < sheet->row_count; row++) {
        char code[AREA_TEXT];
        const char *name = sheet_get(sheet, row, "name");
        if (area_parse(sheet_get(sheet, row, "code"), code) != 0)
            return reply_say(comparing->reply, RESULT_INVALID,
                             "区划表里的代码“%s”（%s）不对，应为 2、4、6、9 或 12 位数字。",
                             sheet_get(sheet, row, "code"), name);
        if (*name == '\0')
            return reply_say(comparing->reply, RESULT_INVALID, "区划表里 %s 没有名称，请补上再读。",
                             code);
        if (is_inside(comparing->service, code))
            add_place(table, code, name);
    }
    if (table->count == 0)
        return reply_say(comparing->reply, RESULT_INVALID,
                         "区划表里没有本系统辖区 %s 之内的区划，请核对文件。",
                         service_area(comparing->service));
    qsort(table->items, table->count, sizeof *table->items, place_order);
    for (size_t i = 1; i < table->count; i++)
        if (strcmp(table->items[i].code, table->items[i - 1].code) == 0)
            return reply_say(comparing->reply, RESULT_INVALID,
                             "区划表里 %s 出现两次，请删去一行再读。", table->items[i].code);
    return RESULT_OK;
}

static void read_home(struct comparing *comparing)
{
    const struct service *service = comparing->service;
    const Rec__Area *area;

    for (size_t i = 0; (area = cache_area_at(service->cache, i)) != NULL; i++)
        if (cache_area_lives(area) && is_inside(service, area->code))
            add_place(&comparing->home, area->code, area->name);
}

// ---- what is said, and what is done

static void add_row(struct comparing *comparing, const char *what, const struct place *place,
                    const struct place *to, const char *note)
{
    struct sheet *sheet = comparing->sheet;
    size_t row = sheet_add_row(sheet);
    bool other = strcmp(place->code, to->code) != 0;

    sheet_set(sheet, row, "what", what);
    sheet_set(sheet, row, "code", place->code);
    sheet_set(sheet, row, "name", place->name);
    sheet_set(sheet, row, "into", other ? to->code : "");
    /* a moved division keeps its name */
    sheet_set(sheet, row, "new_name", place == to ? "" : other ? place->name : to->name);
    sheet_set(sheet, row, "note", note);
}

static void add_step(struct comparing *comparing, const char *what, const struct place *place,
                     const struct place *to)
{
    Rec__AreaStep empty = REC__AREA_STEP__INIT;
    Rec__AreaStep *step = record_copy(&empty);

    record_set(&step->what, what);
    record_set(&step->code, place->code);
    if (strcmp(what, AREA_MOVE) == 0)
        record_set(&step->into, to->code);
    else
        record_set(&step->name, to->name);
    mem_grow((void **)&comparing->steps, comparing->step_count, &comparing->step_capacity,
             sizeof *comparing->steps);
    comparing->steps[comparing->step_count++] = step;
    add_row(comparing, area_plan_label(what), place, to, "");
}

static void leave_open(struct comparing *comparing, const struct place *place,
                       const struct place *to, const char *note)
{
    comparing->unsettled++;
    add_row(comparing, UNSETTLED, place, to, note);
}

// ---- one level

static void parent_of(const char *code, char parent[AREA_TEXT])
{
    area_ancestor(code, (enum area_level)(area_level(code) - 1), parent);
}

static bool same_parent(const char *a, const char *b)
{
    char x[AREA_TEXT], y[AREA_TEXT];

    parent_of(a, x);
    parent_of(b, y);
    return strcmp(x, y) == 0;
}

static struct place *find_code(struct places *places, const char *code)
{
    for (size_t i = 0; i < places->count; i++)
        if (strcmp(places->items[i].code, code) == 0)
            return &places->items[i];
    return NULL;
}

/** The table is sorted. */
static struct place *find_published(const struct comparing *comparing, const char *code)
{
    struct place key = {0};

    snprintf(key.code, sizeof key.code, "%s", code);
    return bsearch(&key, comparing->table.items, comparing->table.count, sizeof key, place_order);
}

/** True if the table has rows of this level beside the code. */
static bool is_covered(const struct comparing *comparing, const char *code)
{
    for (size_t i = 0; i < comparing->table.count; i++) {
        const char *other = comparing->table.items[i].code;
        if (area_level(other) == area_level(code) && same_parent(other, code))
            return true;
    }
    return false;
}

/** The only place of the level with this name that has no partner; NULL if there is none or several.
 *  `beside`: only below the same division. */
static struct place *find_named(const struct places *places, const struct place *like, bool beside)
{
    struct place *found = NULL;

    for (size_t i = 0; i < places->count; i++) {
        struct place *place = &places->items[i];
        if (place->matched || area_level(place->code) != area_level(like->code) ||
            strcmp(place->plain, like->plain) != 0 ||
            (beside && !same_parent(place->code, like->code)))
            continue;
        if (found != NULL)
            return NULL;
        found = place;
    }
    return found;
}

static void compare_name(struct comparing *comparing, struct place *own, struct place *published)
{
    own->matched = published->matched = true;
    if (strcmp(own->plain, published->plain) == 0)
        return;
    const struct place *elsewhere = find_named(&comparing->table, own, true);
    if (elsewhere != NULL && find_code(&comparing->home, elsewhere->code) == NULL)
        leave_open(comparing, own, published,
                   "原名在表中是另一个代码，可能是代码对换，请核对后更名或变更代码");
    else
        add_step(comparing, AREA_RENAME, own, published);
}

/** Gives what lies below a moved division its code as the step leaves it. */
static void follow(struct comparing *comparing, const char *code, const char *into)
{
    char old[AREA_TEXT], prefix[AREA_TEXT];

    snprintf(old, sizeof old, "%s", code);
    area_prefix(into, prefix);
    for (size_t i = 0; i < comparing->home.count; i++) {
        char *own = comparing->home.items[i].code;
        bool moves = area_contains(old, own);
        for (size_t k = 0; moves && prefix[k] != '\0'; k++)
            own[k] = prefix[k];
    }
}

static void settle_gone(struct comparing *comparing, struct place *own)
{
    struct place *published = find_named(&comparing->table, own, true);

    if (published == NULL)
        published = find_named(&comparing->table, own, false);
    if (published != NULL && find_named(&comparing->home, own, true) != own &&
        find_named(&comparing->home, own, false) != own)
        published = NULL;
    own->matched = true;
    if (published == NULL) {
        leave_open(comparing, own, own, "表中没有，请并入、变更代码或撤销");
        return;
    }
    published->matched = true;
    add_step(comparing, AREA_MOVE, own, published);
    follow(comparing, own->code, published->code);
}

static void compare_level(struct comparing *comparing, enum area_level level)
{
    struct places *home = &comparing->home;
    struct places *table = &comparing->table;

    for (size_t i = 0; i < home->count; i++) {
        struct place *own = &home->items[i];
        struct place *published =
            area_level(own->code) == level ? find_published(comparing, own->code) : NULL;
        if (published != NULL)
            compare_name(comparing, own, published);
    }
    for (size_t i = 0; i < home->count; i++) {
        struct place *own = &home->items[i];
        if (area_level(own->code) == level && !own->matched && is_covered(comparing, own->code))
            settle_gone(comparing, own);
    }
    for (size_t i = 0; i < table->count; i++)
        if (area_level(table->items[i].code) == level && !table->items[i].matched)
            add_step(comparing, AREA_ADD, &table->items[i], &table->items[i]);
}

// ---- the use case

static void compare(struct comparing *comparing)
{
    read_home(comparing);
    for (enum area_level level = AREA_CITY; level <= AREA_VILLAGE; level++)
        compare_level(comparing, level);
}

static enum result say_differences(struct comparing *comparing)
{
    if (comparing->step_count + comparing->unsettled == 0)
        return reply_say(comparing->reply, RESULT_OK, "与区划表相同，不需要调整。");
    return reply_say(comparing->reply, RESULT_OK,
                     "与区划表相比：可以调整的 %zu 处，要人定的 %zu 处；没有改动。",
                     comparing->step_count, comparing->unsettled);
}

/** Puts what goes along with the steps into their rows. `steps` has no rows if the request was
 *  answered from its receipt. */
static void add_counts(struct comparing *comparing, const struct sheet *steps)
{
    static const char *const counts[] = {"cases", "persons", "officers", "duties"};
    size_t step = 0;

    for (size_t row = 0; row < comparing->sheet->row_count && step < steps->row_count; row++) {
        if (strcmp(sheet_get(comparing->sheet, row, "what"), UNSETTLED) == 0)
            continue;
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
            sheet_set(comparing->sheet, row, counts[i], sheet_get(steps, step, counts[i]));
        step++;
    }
}

static enum result settle(struct comparing *comparing, const struct caller *caller,
                          const struct area_table *table)
{
    struct area_order order = {.from = table->from,
                               .count = comparing->step_count,
                               .steps = comparing->steps,
                               .dry_run = table->dry_run};
    struct sheet *steps = NULL;

    if (comparing->step_count == 0)
        return say_differences(comparing);
    enum result result = area_change(comparing->service, caller, &order, &steps, comparing->reply);
    if (result == 0)
        add_counts(comparing, steps);
    sheet_free(&steps);
    if (result == 0 && comparing->unsettled > 0) {
        char *words = mem_copy(comparing->reply->message);
        reply_say(comparing->reply, RESULT_OK, "%s还有 %zu 处要人定。", words,
                  comparing->unsettled);
        free(words);
    }
    return result;
}

enum result area_table_compare(struct service *service, const struct caller *caller,
                               const struct area_table *table, struct sheet **ret_sheet,
                               struct reply *reply)
{
    struct comparing comparing = {
        .service = service,
        .reply = reply,
        .sheet = column_sheet(&COLUMNS_AREA_DIFFERENCES),
    };
    enum result result = service_check(service, caller, ACTION_AREA_CHANGE, NULL, reply);

    if (result == 0)
        result = read_table(&comparing, table->divisions);
    if (result == 0)
        compare(&comparing);
    if (result == 0)
        result =
            table->from != NULL ? settle(&comparing, caller, table) : say_differences(&comparing);
    if (result == 0) {
        *ret_sheet = comparing.sheet;
        comparing.sheet = NULL;
    }
    comparing_free(&comparing);
    return result;
}
