/*
 * The two persons of a merge: found, compared, and what forbids that they become one.
 */
#include "service/cases/merge_private.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "service/cases/case_beside.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum result merge_pair_load(struct usecase *usecase, uint64_t kept, uint64_t gone,
                            struct merge_pair *ret_pair)
{
    enum result result = store_person_get(usecase->txn, kept, &ret_pair->kept);

    if (result == 0)
        result = store_person_get(usecase->txn, gone, &ret_pair->gone);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result,
                         "其中一人已经不在系统里（可能已合并），请刷新后再看。");
    if (result == 0)
        result = record_cases_load(usecase, kept, &ret_pair->kept_cases);
    if (result == 0)
        result = record_cases_load(usecase, gone, &ret_pair->gone_cases);
    return result;
}

void merge_pair_free(struct merge_pair *pair)
{
    if (pair->kept != NULL)
        rec__person__free_unpacked(pair->kept, NULL);
    if (pair->gone != NULL)
        rec__person__free_unpacked(pair->gone, NULL);
    record_cases_free(&pair->kept_cases);
    record_cases_free(&pair->gone_cases);
}

// ---- the resulting person

static bool is_taken(size_t count, char *const *taken, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(taken[i], id) == 0)
            return true;
    return false;
}

static enum result check_taken(struct usecase *usecase, const struct form *form, size_t count,
                               char *const *taken)
{
    for (size_t i = 0; i < count; i++)
        if (form_field(form, taken[i]) == NULL)
            return reply_say(usecase->reply, RESULT_INVALID, "人员没有 %s 这一项，请核对项目名。",
                             taken[i]);
    return RESULT_OK;
}

/** Number, birthday, sex and death must agree with each other, from whichever record they came. */
static enum result check_facts(struct usecase *usecase, const struct form *form,
                               const Rec__Person *person)
{
    static const char *const watched[] = {"id_no", "birth", "sex", "death"};
    struct type_context context = facts_type_context(usecase->service);
    struct fields values = {0};
    struct problems problems = {0};
    enum result result = RESULT_OK;

    record_person_read(person, "", &values);
    (void)form_check(form, &context, &values, &problems);
    for (size_t i = 0; i < problems.count && result == 0; i++)
        for (size_t k = 0; k < sizeof watched / sizeof watched[0]; k++)
            if (!problems.items[i].warning && strcmp(problems.items[i].field, watched[k]) == 0)
                result = reply_say(usecase->reply, RESULT_INVALID,
                                   "合并后的资料不对：%s。请一并选择取自哪一份。",
                                   problems.items[i].text);
    fields_free(&values);
    problems_free(&problems);
    return result;
}

enum result merge_make_person(struct usecase *usecase, const struct merge_pair *pair,
                              size_t taken_count, char *const *taken, Rec__Person **ret_person)
{
    const struct form *form = forms_get(service_forms(usecase->service), "person");
    Rec__Person *person = record_copy(pair->kept);
    enum result result = check_taken(usecase, form, taken_count, taken);

    for (size_t i = 0; i < form->field_count && result == 0; i++) {
        const char *id = form->fields[i].id;
        char *own = record_person_value(pair->kept, id);
        char *other = record_person_value(pair->gone, id);
        if (*other != '\0' && (*own == '\0' || is_taken(taken_count, taken, id)))
            record_person_set(person, id, other);
        free(own);
        free(other);
    }
    if (result == 0)
        result = check_facts(usecase, form, person);
    /* Above both, so that nobody who has one of them open saves over it without a word. */
    person->version =
        (pair->kept->version > pair->gone->version ? pair->kept->version : pair->gone->version) + 1;
    person->at = usecase->now;
    record_set(&person->by, usecase->caller->officer);
    if (result == 0)
        *ret_person = person;
    else
        rec__person__free_unpacked(person, NULL);
    return result;
}

// ---- what forbids it

static enum result check_together(struct usecase *usecase, const struct merge_pair *pair)
{
    bool unused;

    for (size_t i = 0; i < pair->gone_cases.count; i++) {
        const Rec__Case *casefile = pair->gone_cases.items[i];
        if (census_is_active(casefile) && record_takes_part(casefile, pair->kept->id, &unused) &&
            record_takes_part(casefile, pair->gone->id, &unused))
            return reply_say(usecase->reply, RESULT_CONFLICT,
                             "两人同在 %s 这一户，请先把重复的成员移出该户，再合并。",
                             casefile->number);
    }
    return RESULT_OK;
}

/** Two households of one programme are put together, not ended one by one. */
static bool is_house_pair(const struct case_beside_pair *cases)
{
    return cases->one->n_members > 0 && cases->other->n_members > 0 &&
           strcmp(cases->one->kind, cases->other->kind) == 0;
}

static enum result check_clash(struct usecase *usecase, const struct case_beside_pair *cases)
{
    struct beside_clash clash = {0};
    char *words = NULL;

    if (cases->one->id == cases->other->id || !census_is_active(cases->one) ||
        !census_is_active(cases->other))
        return RESULT_OK;
    enum result result = case_beside_compare(usecase, cases, &clash, &words);
    if (result == 0 && words != NULL && clash.until == 0 && clash.again == 0 &&
        (clash.rule == NULL || !clash.rule->warning))
        result =
            reply_say(usecase->reply, RESULT_CONFLICT, "%s 与 %s 不能同时在册，请先%s，再合并。",
                      cases->one->number, cases->other->number,
                      is_house_pair(cases) ? "合并两户" : "退出登记重复的那个");
    free(words);
    return result;
}

enum result merge_check(struct usecase *usecase, const struct merge_pair *pair)
{
    const struct record_cases *own = &pair->kept_cases;
    const struct record_cases *others = &pair->gone_cases;

    if (pair->kept->death != pair->gone->death)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "两份登记的死亡日期不一致，请先按实际登记或撤销，再合并。");
    enum result result = check_together(usecase, pair);
    for (size_t i = 0; i < own->count; i++)
        for (size_t k = 0; k < others->count && result == 0; k++)
            result =
                check_clash(usecase, &(struct case_beside_pair){own->items[i], others->items[k],
                                                                pair->kept->id, pair->gone->id});
    return result;
}

// ---- decided pairs

char *merge_facts(const Rec__Person *one, const Rec__Person *other)
{
    const Rec__Person *both[] = {one->id < other->id ? one : other,
                                 one->id < other->id ? other : one};
    struct str text = {0};
    uint8_t sum[DIGEST_SIZE];
    char hash[DIGEST_TEXT];

    for (size_t i = 0; i < 2; i++)
        str_printf(&text, "%s\n%s\n%d\n%s\n%s\n", both[i]->name, both[i]->id_no, both[i]->birth,
                   both[i]->phone, both[i]->address);
    digest_bytes(str_text(&text), text.length, sum);
    str_free(&text);
    return mem_copy(digest_format(sum, hash));
}

bool merge_is_of_houses(const Rec__Merge *merge)
{
    return strcmp(merge->what, MERGE_HOUSES) == 0 || strcmp(merge->what, MERGE_HOUSES_APART) == 0;
}

// ---- who is gone

struct gone {
    uint64_t person, number;
};

static enum result see_merge(const Rec__Merge *merge, void *arg)
{
    struct gone *gone = arg;

    if (strcmp(merge->state, MERGE_DONE) == 0 && strcmp(merge->what, MERGE_PERSONS) == 0 &&
        merge->gone == gone->person)
        gone->number = merge->id;
    return RESULT_OK;
}

enum result merge_find_gone(struct usecase *usecase, uint64_t person, uint64_t *ret_number)
{
    struct gone gone = {.person = person};
    enum result result = store_merge_scan(usecase->txn, see_merge, &gone);

    *ret_number = gone.number;
    return result;
}

static enum result see_house(const Rec__Merge *merge, void *arg)
{
    struct merge_gone_cases *cases = arg;

    if (strcmp(merge->state, MERGE_DONE) != 0 || strcmp(merge->what, MERGE_HOUSES) != 0)
        return RESULT_OK;
    mem_grow((void **)&cases->items, cases->count, &cases->capacity, sizeof *cases->items);
    cases->items[cases->count++] = (struct merge_gone_case){merge->gone_case, merge->kept_case};
    return RESULT_OK;
}

enum result merge_gone_cases_load(struct usecase *usecase, struct merge_gone_cases *ret_cases)
{
    *ret_cases = (struct merge_gone_cases){0};
    return store_merge_scan(usecase->txn, see_house, ret_cases);
}

uint64_t merge_gone_case_find(const struct merge_gone_cases *cases, uint64_t case_id)
{
    for (size_t step = 0; step < cases->count; step++)
        for (size_t i = 0; i < cases->count; i++)
            if (cases->items[i].gone == case_id)
                case_id = cases->items[i].kept;
    return case_id;
}
