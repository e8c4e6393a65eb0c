/*
 * The two cases of a merge of households: found, compared, and what forbids that they become one.
 */
#include "service/cases/merge_house.h"

#include "base/digest.h"
#include "base/ids.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "db/alarm.h"
#include "domain/alike.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CASE_PREFIX "case:"

// ---- the two

static void people_free(struct house_people *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i].person != NULL)
            rec__person__free_unpacked(people->items[i].person, NULL);
    free(people->items);
    *people = (struct house_people){0};
}

void merge_house_free(struct house_pair *pair)
{
    people_free(&pair->kept_people);
    people_free(&pair->gone_people);
    if (pair->kept != NULL)
        rec__case__free_unpacked(pair->kept, NULL);
    if (pair->gone != NULL)
        rec__case__free_unpacked(pair->gone, NULL);
    *pair = (struct house_pair){0};
}

static enum result people_load(struct usecase *usecase, const Rec__Case *casefile,
                               struct house_people *people)
{
    enum result result = RESULT_OK;

    people->items = mem_array(casefile->n_members + 1, sizeof *people->items);
    for (size_t i = 0; i < casefile->n_members && result == 0; i++) {
        const Rec__Member *member = casefile->members[i];
        struct house_member *one = &people->items[people->count];
        if (member->until != 0)
            continue;
        *one = (struct house_member){.member = member, .head = member->person == casefile->person};
        result = store_person_get(usecase->txn, member->person, &one->person);
        people->count += result == 0;
    }
    return result;
}

static enum result check_kinds(struct usecase *usecase, struct house_pair *pair)
{
    pair->form = forms_get(service_forms(usecase->service), pair->kept->kind);
    if (pair->form == NULL || pair->form->subject != FORM_HOUSEHOLD)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "%s 不是按户办理的业务；同一人的两份登记请按人合并。", pair->kept->number);
    if (strcmp(pair->kept->kind, pair->gone->kind) != 0)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "%s 是%s，%s 是%s，不是同一业务，不能合并；不该同时享受的请退出一个。",
                         pair->kept->number, rows_kind_name(usecase->service, pair->kept->kind),
                         pair->gone->number, rows_kind_name(usecase->service, pair->gone->kind));
    const Rec__Case *ended = !census_is_active(pair->kept)   ? pair->kept
                             : !census_is_active(pair->gone) ? pair->gone
                                                             : NULL;
    if (ended != NULL)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "%s 已经退出，不用合并：退出的个案照旧留着可查。", ended->number);
    return RESULT_OK;
}

enum result merge_house_load(struct usecase *usecase, uint64_t kept, uint64_t gone,
                             struct house_pair *ret_pair)
{
    enum result result = store_case_get(usecase->txn, kept, &ret_pair->kept);

    if (result == 0)
        result = store_case_get(usecase->txn, gone, &ret_pair->gone);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "其中一户的个案已经不在，请刷新后再看。");
    if (result == 0)
        result = check_kinds(usecase, ret_pair);
    if (result == 0)
        result = people_load(usecase, ret_pair->kept, &ret_pair->kept_people);
    if (result == 0)
        result = people_load(usecase, ret_pair->gone, &ret_pair->gone_people);
    return result;
}

static enum result find_id(struct usecase *usecase, const char *text, uint64_t *ret_id)
{
    Rec__Case *casefile = NULL;
    enum result result = RESULT_NOTFOUND;

    if (text_starts(text, CASE_PREFIX) && ids_parse(text + strlen(CASE_PREFIX), ret_id))
        result = store_case_get(usecase->txn, *ret_id, &casefile);
    else
        result = store_case_by_number(usecase->txn, text, &casefile);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有找到个案 %s，请用个案编号。", text);
    if (result != 0)
        return result;
    *ret_id = casefile->id;
    rec__case__free_unpacked(casefile, NULL);
    return RESULT_OK;
}

enum result merge_house_find(struct usecase *usecase, enum action action, const char *kept,
                             const char *gone, struct house_pair *ret_pair)
{
    uint64_t kept_id = 0;
    uint64_t gone_id = 0;
    enum result result = find_id(usecase, kept, &kept_id);

    if (result == 0)
        result = find_id(usecase, gone, &gone_id);
    if (result == 0 && kept_id == gone_id)
        result = reply_say(usecase->reply, RESULT_INVALID, "这是同一个个案，不用合并。");
    if (result == 0)
        result = merge_house_load(usecase, kept_id, gone_id, ret_pair);
    if (result == 0)
        result = merge_allow_area(usecase, action, ret_pair->kept->area);
    return result == 0 ? merge_allow_area(usecase, action, ret_pair->gone->area) : result;
}

// ---- their people

const char *merge_house_name(const struct house_people *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i].head)
            return people->items[i].person->name;
    return people->count > 0 ? people->items[0].person->name : "";
}

static void see_alike(const struct alike_person *a, const struct alike_person *b, void *arg)
{
    char **words = arg;

    if (*words == NULL)
        *words = alike_words(a, b);
}

/** How alike two persons are; NULL if they are not. New string. */
static char *compare_persons(const Rec__Person *one, const Rec__Person *other)
{
    const Rec__Person *both[] = {one, other};
    struct alike_person alike[2];
    char *words = NULL;

    for (size_t i = 0; i < 2; i++)
        alike[i] = (struct alike_person){
            .id = both[i]->id,
            .name = mem_copy(both[i]->name),
            .id_no = mem_copy(both[i]->id_no),
            .phone = mem_copy(both[i]->phone),
            .address = mem_copy(both[i]->address),
            .birth = both[i]->birth,
            .keys = pinyin_full(both[i]->name),
        };
    alike_pairs(alike, 2, see_alike, &words);
    for (size_t i = 0; i < 2; i++)
        alike_person_free(&alike[i]);
    return words;
}

const struct house_member *merge_house_match(const struct house_pair *pair,
                                             const struct house_member *member, char **ret_words)
{
    const struct house_people *people = &pair->kept_people;

    *ret_words = NULL;
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i].person->id == member->person->id)
            return &people->items[i];
    for (size_t i = 0; i < people->count; i++)
        if ((*ret_words = compare_persons(people->items[i].person, member->person)) != NULL)
            return &people->items[i];
    return NULL;
}

static bool is_taken(size_t count, char *const *taken, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(taken[i], id) == 0)
            return true;
    return false;
}

static bool is_member_taken(size_t count, char *const *taken, const Rec__Person *person)
{
    char *id = mem_printf(MERGE_HOUSE_MEMBER "%" PRIu64, person->id);
    bool is = is_taken(count, taken, id);

    free(id);
    return is;
}

// ---- what forbids it

static bool is_matched(const struct house_pair *pair, const struct house_member *member)
{
    char *words = NULL;
    bool is = merge_house_match(pair, member, &words) != NULL;

    free(words);
    return is;
}

/** The relation to another head is another one: nobody is put under a head who is not the own. */
static enum result check_member(struct usecase *usecase, const struct house_pair *pair,
                                const struct house_member *member, bool taken)
{
    const char *name = member->person->name;
    bool heads_agree = false;

    for (size_t i = 0; i < pair->gone_people.count; i++)
        if (pair->gone_people.items[i].head)
            heads_agree = is_matched(pair, &pair->gone_people.items[i]);
    if (is_matched(pair, member))
        return taken
                   ? reply_say(usecase->reply, RESULT_INVALID,
                               "%s 已在留下的一户里（或疑似同一人），不能再取；是同一人的，合户以后"
                               "再合并两份人员登记。",
                               name)
                   : RESULT_OK;
    if (member->person->death != 0 && !taken)
        return RESULT_OK;
    if (!taken)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "%s 不在留下的一户里：要并过去的请选取（取右边），不再是这户的请先从 %s "
                         "移出，再合并。",
                         name, pair->gone->number);
    if (member->head || !heads_agree)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "两户户主不同，%s 与户主关系要重新填：请先在 %s 里加上 %s（暂不保障），"
                         "合户以后再改是否保障。",
                         name, pair->kept->number, name);
    return RESULT_OK;
}

static enum result check_members(struct usecase *usecase, const struct house_pair *pair,
                                 size_t count, char *const *taken)
{
    enum result result = RESULT_OK;
    bool together = false;

    for (size_t i = 0; i < pair->gone_people.count && result == 0; i++) {
        const struct house_member *member = &pair->gone_people.items[i];
        together = together || is_matched(pair, member);
        result = check_member(usecase, pair, member, is_member_taken(count, taken, member->person));
    }
    if (result == 0 && !together)
        result =
            reply_say(usecase->reply, RESULT_CONFLICT,
                      "两户没有一个共同的（或疑似同一人的）成员，不是重复登记；实际并成一户的，"
                      "请退出一户，把成员加到另一户。");
    return result;
}

static enum result see_task(const Rec__Alarm *alarm, void *arg)
{
    if (store_alarm_is_open(alarm) && strcmp(alarm->kind, ALARM_BEREAVED) == 0)
        *(bool *)arg = true;
    return RESULT_OK;
}

/** Whoever must name a new head decides on the household as it is. */
static enum result check_tasks(struct usecase *usecase, const Rec__Case *casefile)
{
    bool open = false;
    enum result result = store_alarm_of_case(usecase->txn, casefile->id, see_task, &open);

    if (result == 0 && open)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "%s 有成员死亡后要办的事还没有办，请先办好，再合并。", casefile->number);
    for (size_t i = 0; i < casefile->n_excuses && result == 0; i++)
        if (strcmp(casefile->excuses[i]->state, "asked") == 0)
            result = reply_say(usecase->reply, RESULT_CONFLICT,
                               "%s 还有待批的免访，请先批准或退回，再合并。", casefile->number);
    return result;
}

static enum result check_taken(struct usecase *usecase, const struct house_pair *pair, size_t count,
                               char *const *taken)
{
    for (size_t i = 0; i < count; i++) {
        const struct form_field *field = form_field(pair->form, taken[i]);
        bool member = false;
        for (size_t k = 0; k < pair->gone_people.count; k++)
            member |= is_member_taken(1, &taken[i], pair->gone_people.items[k].person);
        if (!member && (field == NULL || !merge_house_may_take(pair->form, field)))
            return reply_say(usecase->reply, RESULT_INVALID,
                             "%s 不能取自并入的一户，请合户以后在个案里改。",
                             field != NULL ? field->label : taken[i]);
    }
    return RESULT_OK;
}

enum result merge_house_check(struct usecase *usecase, const struct house_pair *pair,
                              size_t taken_count, char *const *taken)
{
    enum result result = check_tasks(usecase, pair->kept);

    if (result == 0)
        result = check_tasks(usecase, pair->gone);
    if (result == 0)
        result = check_taken(usecase, pair, taken_count, taken);
    return result == 0 ? check_members(usecase, pair, taken_count, taken) : result;
}

// ---- values

static bool is_role(const struct form *form, const char *id)
{
    const char *const roles[] = {form->roles.area,    form->roles.since,        form->roles.tier,
                                 form->roles.officer, form->roles.review_class, form->roles.until};

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i] != NULL && strcmp(roles[i], id) == 0)
            return true;
    return false;
}

bool merge_house_may_take(const struct form *form, const struct form_field *field)
{
    return !field->person && field->compute == NULL && strcmp(field->id, "members") != 0 &&
           !is_role(form, field->id);
}

char *merge_house_value(const struct form_field *field, const struct fields *values)
{
    char *prefix = mem_printf("%s.", field->id);
    struct str text = {0};

    if (field->column_count == 0)
        str_add(&text, fields_get(values, field->id));
    for (size_t i = 0; i < values->count && field->column_count > 0; i++)
        if (text_starts(values->items[i].name, prefix) && *values->items[i].value != '\0')
            str_printf(&text, "%s=%s\n", values->items[i].name, values->items[i].value);
    free(prefix);
    char *value = mem_copy(str_text(&text));
    str_free(&text);
    return value;
}

/** Puts the second case's values of the field in the place of the first one's. */
static void take_field(const struct form_field *field, const struct fields *theirs,
                       struct fields *values)
{
    char *prefix = mem_printf("%s.", field->id);
    struct fields left = {0};

    for (size_t i = 0; i < values->count; i++) {
        const struct field *value = &values->items[i];
        if (strcmp(value->name, field->id) != 0 && !text_starts(value->name, prefix))
            fields_set(&left, value->name, value->value);
    }
    for (size_t i = 0; i < theirs->count; i++) {
        const struct field *value = &theirs->items[i];
        if (strcmp(value->name, field->id) == 0 || text_starts(value->name, prefix))
            fields_set(&left, value->name, value->value);
    }
    fields_free(values);
    *values = left;
    free(prefix);
}

static void add_member(Rec__Case *casefile, const Rec__Member *member)
{
    casefile->members =
        mem_resize(casefile->members, casefile->n_members + 1, sizeof *casefile->members);
    casefile->members[casefile->n_members++] = record_copy(member);
}

/** The values that were chosen must fit the others, as if somebody had typed them; what is computed
 *  follows. */
static enum result check_form(struct usecase *usecase, const struct form *form, Rec__Case *casefile)
{
    struct type_context context = facts_type_context(usecase->service);
    struct fields values = {0};
    struct problems problems = {0};
    enum result result = record_values(usecase, form, casefile, &values);

    if (result == 0)
        (void)form_check(form, &context, &values, &problems);
    for (size_t i = 0; i < problems.count && result == 0; i++)
        if (!problems.items[i].warning)
            result = reply_say(usecase->reply, RESULT_INVALID,
                               "合户后的资料不对：%s。请一并选择取自哪一户，或先改好个案。",
                               problems.items[i].text);
    if (result == 0)
        record_case_write(form, &values, casefile);
    fields_free(&values);
    problems_free(&problems);
    return result;
}

enum result merge_house_make(struct usecase *usecase, const struct house_pair *pair,
                             size_t taken_count, char *const *taken, Rec__Case **ret_case)
{
    Rec__Case *casefile = record_copy(pair->kept);
    struct fields values = {0};
    struct fields theirs = {0};
    enum result result = RESULT_OK;

    record_case_read(pair->form, pair->kept, &values);
    record_case_read(pair->form, pair->gone, &theirs);
    for (size_t i = 0; i < taken_count; i++) {
        const struct form_field *field = form_field(pair->form, taken[i]);
        if (field != NULL)
            take_field(field, &theirs, &values);
    }
    for (size_t i = 0; i < pair->gone_people.count; i++)
        if (is_member_taken(taken_count, taken, pair->gone_people.items[i].person))
            add_member(casefile, pair->gone_people.items[i].member);
    if (taken_count > 0) {
        record_case_write(pair->form, &values, casefile);
        casefile->version = pair->kept->version + 1;
        casefile->at = usecase->now;
        record_set(&casefile->by, usecase->caller->officer);
        result = check_form(usecase, pair->form, casefile);
    }
    fields_free(&values);
    fields_free(&theirs);
    if (result == 0)
        *ret_case = casefile;
    else
        rec__case__free_unpacked(casefile, NULL);
    return result;
}

// ---- a decided pair

static void add_house(struct str *text, const Rec__Case *casefile)
{
    str_printf(text, "%s %s %" PRIu64 "\n", casefile->number, casefile->area, casefile->person);
    for (size_t i = 0; i < casefile->n_members; i++)
        if (casefile->members[i]->until == 0)
            str_printf(text, "%" PRIu64 "\n", casefile->members[i]->person);
}

char *merge_house_facts(const Rec__Case *one, const Rec__Case *other)
{
    struct str text = {0};
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];

    add_house(&text, one->id < other->id ? one : other);
    add_house(&text, one->id < other->id ? other : one);
    digest_bytes(str_text(&text), text.length, sum);
    str_free(&text);
    return mem_copy(digest_format(sum, hash));
}
