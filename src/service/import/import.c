#include "service/import/import.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/import/import_answer.h"
#include "service/import/import_entry.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_PER_STEP = 250 };

struct import {
    struct service *service;
    char *file, *batch;
    bool household;
    struct import_plan plan;
    struct str notes;
    struct import_gathering *gathering;
    size_t count, capacity;
    struct import_unit **units; /**< the gathered units, in the order of their first rows */
    void *by_key;               /**< gathered households by key, a tree of their units (tsearch) */
    size_t gathered;            /**< bytes of the units' rows */
    void *seen; /**< ID numbers that a dry run has accepted, a tree of `struct seen` */
};

/** An ID number in the file, and its first row. */
struct seen {
    char *id_no;
    uint32_t line;
};

static void seen_free(void *seen)
{
    free(((struct seen *)seen)->id_no);
    free(seen);
}

static int compare_seen(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->id_no, ((const struct seen *)b)->id_no);
}

static int compare_units(const void *a, const void *b)
{
    return strcmp(((const struct import_unit *)a)->key, ((const struct import_unit *)b)->key);
}

static void leave_unit(void *unit)
{
    (void)unit; /* `units` owns it */
}

// ---- opening

const struct form *import_form(const struct forms *forms, const char *kind)
{
    const struct form *programme = forms_programme_find(forms, kind);
    const struct form *other = forms_get(forms, kind);

    if (programme != NULL)
        return programme;
    return other != NULL && other->subject == FORM_LIST ? other : NULL;
}

enum result import_refuse_kind(const struct forms *forms, const char *kind, struct reply *reply)
{
    const struct form *form;
    struct str known = {0};

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        str_printf(&known, "%s（%s）、", form->kind, form->brief);
    enum result result = reply_say(reply, RESULT_USAGE,
                                   "没有“%s”这种台账，可用：%s" IMPORT_KIND_VISIT
                                   "（探访记录）、" IMPORT_KIND_DEATHS "（死亡、火化名单）",
                                   kind, str_text(&known));
    str_free(&known);
    return result;
}

/** "20261031-2": short, because an officer types it to undo the batch. */
static enum result name_batch(const struct import *import, char **ret_batch)
{
    char date[DATE_TEXT];
    uint64_t number = 0;
    int year;
    int month;
    int day;

    if (import->plan.check_only) {
        *ret_batch = mem_copy("dry-run");
        return RESULT_OK;
    }
    date_split(service_today(import->service), &year, &month, &day);
    char *sequence = mem_printf("batch:%s", date_format(service_today(import->service), date));
    enum result result = store_next(facts_store(import->service), sequence, &number);
    free(sequence);
    if (result == 0)
        *ret_batch = mem_printf("%04d%02d%02d-%" PRIu64, year, month, day, number);
    return result;
}

static void take_decisions(struct import_plan *plan, const struct import_options *options)
{
    plan->take_count = options->take_count;
    plan->takes = mem_array(options->take_count, sizeof *plan->takes);
    for (size_t i = 0; i < options->take_count; i++)
        plan->takes[i] =
            (struct import_take){options->takes[i].row, mem_copy(options->takes[i].field)};
}

/** Notes which columns were read by which kept map. */
static void note_maps(struct import *import, const struct import_map *map)
{
    const struct import_columns *columns = &import->plan.columns;

    for (size_t i = 0; i < columns->count; i++) {
        const struct import_mapping *mapping = import_map_find(map, columns->items[i].heading);
        if (mapping == NULL || *mapping->source == '\0')
            continue;
        str_printf(&import->notes, "按留存的对照“%s”：列“%s”%s%s%s\n", mapping->source,
                   columns->items[i].heading, *mapping->field != '\0' ? "是“" : "不读",
                   *mapping->field != '\0' && columns->items[i].field != NULL
                       ? columns->items[i].field->label
                       : "",
                   *mapping->field != '\0' ? "”" : "");
    }
}

/** Without the head's ID number, the order of the rows says which rows are one household. */
static void note_order(struct import *import)
{
    const struct import_columns *columns = &import->plan.columns;
    bool numbered = !import->household || import_column_of(columns, IMPORT_HEAD, "id_no") != NULL;

    for (size_t i = 0; i < columns->count; i++)
        numbered = numbered || columns->items[i].owner == IMPORT_HOUSEHOLD;
    if (!numbered)
        str_add(&import->notes,
                "没有户主身份证号一列：从“户主”一行起，到下一个“户主”之前算一户，请核对户数\n");
}

/** Reads the headings with the importer's map and the kept maps. Keeps the map only if the headings
 *  are understood. */
static enum result read_headings(struct import *import, const struct caller *caller,
                                 const struct import_options *options, struct sheet **ret_headings,
                                 struct reply *reply)
{
    struct import_plan *plan = &import->plan;
    struct import_map map = {0};
    enum result result = import_map_take(plan->forms, plan->form, options, &map, reply);

    if (result == 0)
        result = import_map_load(import->service, caller, options->kind, &map, reply);
    if (result == 0) {
        import_columns_read(plan->forms, plan->form, options, &map, &plan->columns);
        *ret_headings = import_columns_sheet(&plan->columns);
        note_maps(import, &map);
        note_order(import);
        result = import_columns_need(plan->forms, plan->form, service_today(import->service),
                                     &plan->columns, reply);
    }
    if (result == 0 && *options->save_map != '\0')
        result =
            import_map_save(import->service, caller, options->kind, options->save_map, &map, reply);
    import_map_free(&map);
    return result;
}

enum result import_open(struct service *service, const struct caller *caller,
                        const struct import_options *options, struct import **ret_import,
                        struct sheet **ret_headings, struct reply *reply)
{
    const struct forms *forms = service_forms(service);
    const struct form *form = import_form(forms, options->kind);
    struct import *import = NULL;

    *ret_headings = NULL;
    if (form == NULL && strcmp(options->kind, IMPORT_KIND_VISIT) != 0)
        return import_refuse_kind(forms, options->kind, reply);
    import = mem_new(sizeof *import);
    import->service = service;
    import->file = mem_copy(options->file);
    import->household = form != NULL && form->subject == FORM_HOUSEHOLD;
    import->plan.forms = forms;
    import->plan.form = form;
    import->plan.check_only = options->dry_run;
    take_decisions(&import->plan, options);
    enum result result = service_check(service, caller, ACTION_IMPORT, NULL, reply);
    if (result == 0)
        result = read_headings(import, caller, options, ret_headings, reply);
    if (result == 0)
        result = name_batch(import, &import->batch);
    if (result != 0) {
        import_free(&import);
        return result;
    }
    reply_free(reply);
    import->plan.batch = import->batch;
    import->plan.file = import->file;
    import->plan.places = import_places_new(service, caller->area);
    import->gathering = import_gathering_new(&import->plan);
    fields_set(&reply->values, "batch", import->batch);
    *ret_import = import;
    return RESULT_OK;
}

const char *import_notes(const struct import *import)
{
    return str_text(&import->notes);
}

static void drop_units(struct import *import)
{
    tdestroy(import->by_key, leave_unit);
    import->by_key = NULL;
    atomic_fetch_sub(&import->service->importing, import->gathered);
    import->gathered = 0;
    for (size_t i = 0; i < import->count; i++)
        import_unit_free(&import->units[i]);
    import->count = 0;
}

void import_free(struct import **import)
{
    struct import *i = *import;

    if (i == NULL)
        return;
    drop_units(i);
    tdestroy(i->seen, seen_free);
    import_columns_free(&i->plan.columns);
    import_places_free(&i->plan.places);
    import_gathering_free(&i->gathering);
    for (size_t k = 0; k < i->plan.take_count; k++)
        free((char *)(uintptr_t)i->plan.takes[k].field);
    free(i->plan.takes);
    str_free(&i->notes);
    free(i->units);
    free(i->batch);
    free(i->file);
    free(i);
    *import = NULL;
}

const char *import_batch(const struct import *import)
{
    return import->batch;
}

// ---- gathering

static struct import_unit *add_unit(struct import *import, const char *key)
{
    struct import_unit *unit = import_unit_new(key);

    mem_grow((void **)&import->units, import->count, &import->capacity, sizeof *import->units);
    import->units[import->count++] = unit;
    return unit;
}

/** The row's household; a new one if the row begins one. */
static struct import_unit *find_household(struct import *import, const struct import_input *row)
{
    char *key = import_gathering_key(import->gathering, row);
    struct import_unit wanted = {.key = key};
    struct import_unit **found = tfind(&wanted, &import->by_key, compare_units);
    struct import_unit *unit = found != NULL ? *found : add_unit(import, key);

    if (found == NULL)
        tsearch(unit, &import->by_key, compare_units);
    free(key);
    return unit;
}

/** The memory that a row takes, with the overhead of malloc(). */
static size_t row_bytes(const struct import_input *row)
{
    enum { LEAST = 32, OVERHEAD = 8, LINE = 64 };
    size_t bytes = LINE + row->count * sizeof *row->cells;

    for (size_t i = 0; i < row->count; i++) {
        size_t length = strlen(row->cells[i]) + 1 + OVERHEAD;
        bytes += length > LEAST ? length : LEAST;
    }
    return bytes;
}

enum result import_room(struct import *import, const struct import_input *row, struct reply *reply)
{
    size_t bytes = row_bytes(row);
    size_t others = atomic_fetch_add(&import->service->importing, bytes) - import->gathered;

    import->gathered += bytes;
    if (import->gathered > LIMIT_IMPORT_BYTES)
        return reply_say(reply, RESULT_INVALID,
                         "台账太大，一次读不完，没有导入；请分成几个文件，同一户不要分开。");
    if (others + import->gathered > LIMIT_IMPORTS_BYTES)
        return reply_say(reply, RESULT_AGAIN, "此刻同时导入的台账太多，请过几分钟再导入。");
    return RESULT_OK;
}

enum result import_row(struct import *import, const struct import_input *row)
{
    import_unit_add(import->household ? find_household(import, row) : add_unit(import, ""), row);
    return RESULT_OK;
}

// ---- one transaction

/** Units from..to of an import. */
struct step {
    struct import *import;
    size_t from, to;
    uint64_t lines;
};

static enum result step_body(struct usecase *usecase, void *arg)
{
    struct step *step = arg;
    const struct import *import = step->import;
    uint64_t accepted = 0;
    enum result result = RESULT_OK;

    for (size_t i = step->from; i < step->to && result == 0; i++) {
        result = import_unit_record(usecase, &import->plan, import->units[i]);
        accepted += import->units[i]->accepted ? import->units[i]->count : 0;
    }
    event_name_record(usecase, usecase->caller->area, "import:%s", import->batch);
    event_add_note(usecase, "%s：%" PRIu64 " 行，导入 %" PRIu64 " 行", import->file, step->lines,
                   accepted);
    return result;
}

static enum result run_step(const struct step *step, const struct caller *caller,
                            struct reply *reply)
{
    const struct import *import = step->import;

    if (import->plan.check_only)
        return usecase_read(import->service, caller, ACTION_IMPORT, NULL, step_body, (void *)step,
                            reply);
    return usecase_write(import->service, caller, ACTION_IMPORT, NULL, step_body, (void *)step,
                         reply);
}

// ---- dry runs: the same person twice in the file

static const struct import_column *id_column(const struct import *import)
{
    return import_column_of(&import->plan.columns,
                            import->household ? IMPORT_MEMBER : IMPORT_RECORD,
                            import->household ? "id_no" : "person.id_no");
}

static char *line_id(const struct import *import, const struct import_line *line)
{
    char *cell = text_clean_cell(import_cell(&import->plan.columns, line, id_column(import)));
    char *id_no = text_clean_code(cell);

    free(cell);
    return id_no;
}

/** Dry run: refuses a unit whose person was accepted earlier in this file. Nothing is stored, so
 *  the record's own check does not find this. */
static void refuse_seen(const struct import *import, struct import_unit *unit)
{
    for (size_t i = 0; i < unit->count; i++) {
        const struct import_line *line = &unit->lines[i];
        struct seen wanted = {.id_no = line_id(import, line)};
        struct seen **found = tfind(&wanted, &import->seen, compare_seen);
        if (*wanted.id_no != '\0' && found != NULL) {
            char *reason = mem_printf("与第%" PRIu32 "行是同一人，不得重复登记%s；请只留一行",
                                      (*found)->line, import->household ? "，整户不予导入" : "");
            import_unit_refuse(unit, line->number, id_column(import)->heading,
                               import_cell(&import->plan.columns, line, id_column(import)), reason);
            free(reason);
        }
        free(wanted.id_no);
    }
}

static void remember_seen(struct import *import, const struct import_unit *unit)
{
    for (size_t i = 0; i < unit->count; i++) {
        struct seen *seen = mem_new(sizeof *seen);
        *seen = (struct seen){line_id(import, &unit->lines[i]), unit->lines[i].number};
        struct seen **kept = tsearch(seen, &import->seen, compare_seen);
        if (kept == NULL || *kept != seen)
            seen_free(seen);
    }
}

static void check_seen(const struct step *step)
{
    struct import *import = step->import;

    if (!import->plan.check_only || import->plan.form == NULL || import_is_list(&import->plan))
        return;
    for (size_t i = step->from; i < step->to; i++) {
        if (import->units[i]->accepted)
            refuse_seen(import, import->units[i]);
        if (import->units[i]->accepted)
            remember_seen(import, import->units[i]);
    }
}

/** Chooses the step's units: enough for LINES_PER_STEP rows, at least one unit. */
static void plan_step(struct step *step)
{
    step->from = step->to;
    step->lines = 0;
    while (step->to < step->import->count && step->lines < LINES_PER_STEP)
        step->lines += step->import->units[step->to++]->count;
}

/** Records all gathered units, step by step. Only the last step carries the request's number,
 *  because its receipt stands for the whole request. */
static enum result run_steps(struct import *import, const struct caller *caller,
                             struct reply *reply)
{
    struct step step = {.import = import};
    struct caller unnumbered = *caller;
    enum result result = RESULT_OK;

    unnumbered.number = 0;
    while (step.to < import->count && result == 0) {
        plan_step(&step);
        result = run_step(&step, step.to == import->count ? caller : &unnumbered, reply);
        if (result == 0)
            check_seen(&step);
        if (result == 0 && caller->progress != NULL)
            result = caller->progress(step.to, import->count, "导入", caller->arg);
    }
    return result;
}

enum result import_flush(struct import *import, const struct caller *caller, bool end,
                         struct import_result *ret_result, struct reply *reply)
{
    enum result result = RESULT_OK;

    if (import->household && !end) {
        import_answer(&import->plan, NULL, 0, ret_result);
        return RESULT_OK;
    }
    result = run_steps(import, caller, reply);
    if (result == 0)
        import_answer(&import->plan, import->units, import->count, ret_result);
    drop_units(import);
    return result;
}
