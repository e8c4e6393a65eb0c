#include "service/lists/upcoming.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/upcoming.h"
#include "form/dates.h"
#include "service/frame/record.h"
#include "service/ledger/duties.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 5000 };

static const char MEMBERS[] = "members";

/** One date of a case; texts are owned, `what` and `say` are the programme's. */
struct upcoming {
    day_t day; /**< 0 = none is set yet: at the head of the list */
    const char *what, *say;
    char *about; /**< of a row: what stands in it, "" otherwise */
    const char *kind_name;
    uint64_t case_id;
    char *case_no, *name, *id_no;
    char area[AREA_TEXT];
    bool repeated; /**< the same date of the same person stands before it */
};

struct gathering {
    struct usecase *usecase;
    char area[AREA_TEXT];
    char prefix[AREA_TEXT]; /**< of `area` */
    day_t until;
    struct sheet *sheet;
    const struct upcoming_query *query;
    size_t count, capacity;
    struct upcoming *items;
    /* of the case at hand */
    const Rec__Case *casefile;
    const struct form *form;
    const struct fields *values;
    /* of the visit at hand; NULL: a case's own dates */
    const struct form *visit_form;
    const struct fields *visit_values;
};

static void gathering_free(struct gathering *gathering)
{
    for (size_t i = 0; i < gathering->count; i++) {
        free(gathering->items[i].about);
        free(gathering->items[i].case_no);
        free(gathering->items[i].name);
        free(gathering->items[i].id_no);
    }
    free(gathering->items);
    gathering->items = NULL;
    gathering->count = gathering->capacity = 0;
}

// ---- the dates of a case

static struct upcoming *add_item(struct gathering *gathering, day_t day, const char *what,
                                 const char *say)
{
    const Rec__Case *casefile = gathering->casefile;

    mem_grow((void **)&gathering->items, gathering->count, &gathering->capacity,
             sizeof *gathering->items);
    struct upcoming *item = &gathering->items[gathering->count++];
    *item = (struct upcoming){
        .day = day,
        .what = what,
        .say = say,
        .kind_name = rows_kind_name(gathering->usecase->service, casefile->kind),
        .case_id = casefile->id,
        .case_no = mem_copy(casefile->number),
    };
    snprintf(item->area, sizeof item->area, "%s", casefile->area);
    return item;
}

static void name_person(const struct gathering *gathering, const char *list, size_t row,
                        struct upcoming *item)
{
    bool household = gathering->form->subject == FORM_HOUSEHOLD;
    size_t of = strcmp(list, MEMBERS) == 0 ? row : form_head_row(gathering->values);
    const struct fields *values = gathering->values;

    item->name = mem_copy(household ? fields_get_row(values, MEMBERS, of, "name")
                                    : fields_get(values, "person.name"));
    item->id_no = mem_copy(household ? fields_get_row(values, MEMBERS, of, "id_no")
                                     : fields_get(values, "person.id_no"));
}

enum { ABOUT_COLUMNS = 3 };

/** The first columns of a row other than a member's, which has its name: 医保、医疗救助. */
static char *describe_row(const struct gathering *gathering, const char *list, size_t row)
{
    bool visit = gathering->visit_form != NULL;
    const struct form_field *field =
        *list == '\0' || strcmp(list, MEMBERS) == 0
            ? NULL
            : form_field(visit ? gathering->visit_form : gathering->form, list);
    struct str text = {0};

    for (size_t i = 0; field != NULL && i < field->column_count && i < ABOUT_COLUMNS; i++) {
        const char *value = fields_get_row(visit ? gathering->visit_values : gathering->values,
                                           list, row, field->columns[i].id);
        str_printf(&text, "%s%s", text.length > 0 && *value != '\0' ? "、" : "", value);
    }
    return str_take(&text);
}

static void see_date(const struct form_date *date, day_t day, size_t row, void *arg)
{
    struct gathering *gathering = arg;

    if (day != 0 && !upcoming_shows(day, date->stays, gathering->usecase->today, gathering->until))
        return;
    struct upcoming *item =
        add_item(gathering, day, day != 0 ? date->what : date->undated, date->say);
    name_person(gathering, date->list, row, item);
    item->about = describe_row(gathering, date->list, row);
}

static bool is_reviewed(const Rec__Case *casefile, month_t month)
{
    for (size_t i = 0; i < casefile->n_reviews; i++)
        if (month_of(casefile->reviews[i]->date) == month)
            return true;
    return false;
}

/** The next review that is owed: of an earlier month, of this one, or ahead. */
static void add_review(struct gathering *gathering)
{
    const Rec__Case *casefile = gathering->casefile;
    month_t today = month_of(gathering->usecase->today);
    month_t due = 0;

    for (month_t month = today; month <= month_of(gathering->until) && due == 0; month++)
        if (month != today || !is_reviewed(casefile, month))
            due = duties_review_due(casefile, gathering->form, month,
                                    service_first_month(gathering->usecase->service));
    if (due != 0 &&
        upcoming_shows(month_last(due), true, gathering->usecase->today, gathering->until))
        name_person(gathering, "", 0, add_item(gathering, month_last(due), "定期复核", ""));
}

static enum result see_case(const Rec__Case *casefile, void *arg)
{
    struct gathering *gathering = arg;
    const struct form *form = forms_get(service_forms(gathering->usecase->service), casefile->kind);
    struct fields values = {0};

    if (form == NULL || !census_is_active(casefile))
        return RESULT_OK;
    enum result result = record_values(gathering->usecase, form, casefile, &values);
    if (result == 0) {
        gathering->casefile = casefile;
        gathering->form = form;
        gathering->values = &values;
        form_dates(form, &values, gathering->usecase->today, see_date, gathering);
        add_review(gathering);
    }
    fields_free(&values);
    return result;
}

// ---- the dates of a visit

/** The case that a visit's dates stand with: one that owes visits before others, the oldest first;
 *  NULL if none is on the books. */
static const Rec__Case *find_case(const struct gathering *gathering,
                                  const struct record_cases *cases)
{
    const struct forms *forms = service_forms(gathering->usecase->service);
    const Rec__Case *found = NULL;
    bool visited = false;

    for (size_t i = 0; i < cases->count; i++) {
        const Rec__Case *casefile = cases->items[i];
        const struct form *form = forms_get(forms, casefile->kind);
        if (form == NULL || !census_is_active(casefile))
            continue;
        if (found == NULL || (form->has_visits && !visited) ||
            (form->has_visits == visited && casefile->id < found->id)) {
            found = casefile;
            visited = form->has_visits;
        }
    }
    return found;
}

static enum result add_visit(struct gathering *gathering, const Rec__Visit *visit,
                             const struct form *form, const Rec__Case *casefile)
{
    const struct forms *forms = service_forms(gathering->usecase->service);
    struct fields values = {0};
    struct fields found = {0};

    gathering->casefile = casefile;
    gathering->form = forms_get(forms, casefile->kind);
    gathering->values = &values;
    gathering->visit_form = form;
    gathering->visit_values = &found;
    record_visit_read(visit, &found);
    enum result result = record_values(gathering->usecase, gathering->form, casefile, &values);
    if (result == 0 && *fields_get(&values, "person.death") == '\0')
        form_dates(form, &found, gathering->usecase->today, see_date, gathering);
    gathering->values = NULL;
    gathering->visit_form = NULL;
    gathering->visit_values = NULL;
    fields_free(&values);
    fields_free(&found);
    return result;
}

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct gathering *gathering = arg;
    const struct forms *forms = service_forms(gathering->usecase->service);
    const struct form *programme = forms_get(forms, visit->kind);
    const struct form *form = programme != NULL && programme->has_visits
                                  ? forms_get(forms, programme->visits.record)
                                  : programme;
    struct record_cases cases = {0};

    if (form == NULL || form->date_count == 0)
        return RESULT_OK;
    enum result result = record_cases_load(gathering->usecase, visit->person, &cases);
    const Rec__Case *casefile = result == 0 ? find_case(gathering, &cases) : NULL;
    if (casefile != NULL &&
        strncmp(casefile->area, gathering->prefix, strlen(gathering->prefix)) == 0)
        result = add_visit(gathering, visit, form, casefile);
    record_cases_free(&cases);
    return result;
}

// ---- all dates of an area

static int compare_items(const void *a, const void *b)
{
    const struct upcoming *x = a;
    const struct upcoming *y = b;
    int order = x->day < y->day ? -1 : x->day > y->day;

    if (order == 0)
        order = strcmp(x->area, y->area);
    if (order == 0)
        order = strcmp(x->id_no, y->id_no);
    if (order == 0)
        order = strcmp(x->name, y->name);
    if (order == 0)
        order = strcmp(x->what, y->what);
    return order != 0 ? order : x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

static bool is_same_row(const struct upcoming *one, const struct upcoming *other)
{
    return (one->about == NULL || *one->about == '\0') &&
           (other->about == NULL || *other->about == '\0');
}

/** A person with cases of several programmes turns 80 once; what stands in rows is each its own. */
static void mark_repeated(struct gathering *gathering)
{
    for (size_t i = 1; i < gathering->count; i++) {
        const struct upcoming *before = &gathering->items[i - 1];
        struct upcoming *item = &gathering->items[i];
        item->repeated = *item->id_no != '\0' && before->day == item->day &&
                         is_same_row(before, item) && before->case_id != item->case_id &&
                         strcmp(before->id_no, item->id_no) == 0 && before->what == item->what;
    }
}

static enum result gather(struct usecase *usecase, struct gathering *gathering)
{
    gathering_free(gathering);
    gathering->usecase = usecase;
    area_prefix(gathering->area, gathering->prefix);
    enum result result =
        store_case_of_area(usecase->txn, gathering->prefix, NULL, NULL, see_case, gathering);
    if (result == 0)
        result = store_visit_scan_rows(usecase->txn, see_visit, gathering);
    if (result == 0 && gathering->count > 1)
        qsort(gathering->items, gathering->count, sizeof *gathering->items, compare_items);
    if (result == 0)
        mark_repeated(gathering);
    return result;
}

// ---- the list

static void write_item(const struct gathering *gathering, const struct upcoming *item)
{
    struct sheet *sheet = gathering->sheet;
    size_t row = sheet_add_row(sheet);
    char words[UPCOMING_WORDS];
    char date[DATE_TEXT];
    char *number = gathering->query->full ? mem_copy(item->id_no) : text_mask_id(item->id_no);

    upcoming_words(item->day, gathering->usecase->today, words);
    sheet_set(sheet, row, "date", item->day != 0 ? date_format(item->day, date) : "");
    sheet_set(sheet, row, "what", item->what);
    sheet_set(sheet, row, "case_no", item->case_no);
    sheet_set(sheet, row, "name", item->name);
    sheet_set(sheet, row, "id_no", number);
    sheet_set(sheet, row, "area", item->area);
    sheet_set(sheet, row, "area_name", service_area_name(gathering->usecase->service, item->area));
    bool tells = item->about != NULL && *item->about != '\0';
    sheet_setf(sheet, row, "note", "%s%s%s%s%s", tells ? item->about : "", tells ? "，" : "", words,
               *item->say != '\0' ? "，" : "", item->say);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, item->case_id);
    sheet_set(sheet, row, "kind_name", item->kind_name);
    free(number);
}

static enum result write_page(struct gathering *gathering)
{
    int64_t from = 0;

    sheet_free(&gathering->sheet);
    if (gathering->query->after != NULL && *gathering->query->after != '\0' &&
        text_to_int(gathering->query->after, 0, INT32_MAX, &from) != 0)
        return RESULT_USAGE;
    gathering->sheet = column_sheet(&COLUMNS_UPCOMING);
    for (size_t i = (size_t)from; i < gathering->count; i++) {
        if (gathering->sheet->row_count == PAGE) {
            gathering->sheet->next = mem_printf("%zu", i);
            break;
        }
        if (!gathering->items[i].repeated)
            write_item(gathering, &gathering->items[i]);
    }
    return RESULT_OK;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct gathering *gathering = arg;
    enum result result = gather(usecase, gathering);

    return result == 0 ? write_page(gathering) : result;
}

static enum result read_until(struct service *service, const char *text, day_t *ret_until,
                              struct reply *reply)
{
    day_t today = service_today(service);

    *ret_until = today + UPCOMING_AHEAD;
    if (text == NULL || *text == '\0')
        return RESULT_OK;
    if (date_parse_loose(text, ret_until) != 0)
        return reply_say(reply, RESULT_USAGE, "截止日期不存在或写法不对，请写成 2027-02-28 这样。");
    if (*ret_until < today || *ret_until > today + UPCOMING_MOST)
        return reply_say(reply, RESULT_USAGE, "截止日期请在今天起的 %d 天以内。", UPCOMING_MOST);
    return RESULT_OK;
}

enum result upcoming_list(struct service *service, const struct caller *caller,
                          const struct upcoming_query *query, struct sheet **ret_sheet,
                          struct reply *reply)
{
    struct gathering gathering = {.query = query};
    enum result result = rows_query_area(service, caller, query->area, gathering.area, reply);

    if (result == 0)
        result = read_until(service, query->until, &gathering.until, reply);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_UPCOMING,
                              gathering.area, list_body, &gathering, reply);
    gathering_free(&gathering);
    if (result == 0)
        *ret_sheet = gathering.sheet;
    else
        sheet_free(&gathering.sheet);
    return result;
}

// ---- how many

enum result upcoming_count(struct usecase *usecase, const char *area,
                           struct people_count *ret_count)
{
    struct people_changes *changes = usecase->service->people_changes;
    struct gathering gathering = {.until = usecase->today + UPCOMING_AHEAD};
    struct people_count count = {0};

    if (people_changes_recall(changes, area, usecase->today, ret_count))
        return RESULT_OK;
    uint64_t number = people_changes_number(changes);
    snprintf(gathering.area, sizeof gathering.area, "%s", area);
    enum result result = gather(usecase, &gathering);
    for (size_t i = 0; i < gathering.count; i++) {
        count.all += !gathering.items[i].repeated;
        count.late += !gathering.items[i].repeated && gathering.items[i].day != 0 &&
                      gathering.items[i].day < usecase->today;
    }
    gathering_free(&gathering);
    if (result == 0) {
        people_changes_remember(changes, area, usecase->today, number, &count);
        *ret_count = count;
    }
    return result;
}
