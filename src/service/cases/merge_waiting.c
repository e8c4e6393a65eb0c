/*
 * The applications under way of two persons who become one.
 *
 * An application has typed values, and names no record. One with an ID number finds the record that has
 * it when it is confirmed; one without makes a record of its own, with or without a merge, and the
 * list of doubles (domain/alike.h) finds that by name and birthday. So an application forbids a
 * merge only if what it has typed is given up: nobody would know then whose record it makes.
 */
#include "service/cases/merge_private.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/text.h"
#include "db/unfiled.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** What an application says of one of its people. Borrowed. */
struct typed {
    const char *name, *id_no, *birth;
};

static const char *typed_value(const Rec__Proposal *proposal, const char *first, size_t prefix,
                               const char *id)
{
    for (size_t i = 0; i < proposal->n_fields; i++) {
        const char *name = proposal->fields[i]->name;
        if (strncmp(name, first, prefix) == 0 && strcmp(name + prefix, id) == 0)
            return proposal->fields[i]->value;
    }
    return "";
}

/** True if the field is the name of somebody who gets a record: not that of a guardian. */
static bool read_typed(const Rec__Proposal *proposal, size_t field, struct typed *ret_typed)
{
    const char *name = proposal->fields[field]->name;
    const char *end = strrchr(name, '.');

    if (end == NULL || strcmp(end, ".name") != 0 ||
        (!text_starts(name, "person.") && !text_starts(name, "members.")))
        return false;
    size_t prefix = (size_t)(end - name) + 1;
    ret_typed->name = proposal->fields[field]->value;
    ret_typed->id_no = typed_value(proposal, name, prefix, "id_no");
    ret_typed->birth = typed_value(proposal, name, prefix, "birth");
    return true;
}

/** By the number; without one by name and birthday. */
static bool is_of(const struct typed *typed, const Rec__Person *person)
{
    char birth[DATE_TEXT];

    if (*typed->id_no != '\0')
        return strcmp(typed->id_no, person->id_no) == 0;
    return person->birth != 0 && strcmp(typed->name, person->name) == 0 &&
           strcmp(typed->birth, date_format(person->birth, birth)) == 0;
}

static enum result scan_waiting(struct usecase *usecase, store_proposal_fn each, void *arg)
{
    enum result result = store_proposal_scan(usecase->txn, PROPOSAL_WAITING, "", each, arg);

    return result == 0 ? store_proposal_scan(usecase->txn, PROPOSAL_RETURNED, "", each, arg)
                       : result;
}

// ---- what forbids the merge

struct waiting {
    const struct merge_pair *pair;
    const Rec__Person *person; /**< that results */
    uint64_t number;
    bool numbered; /**< it has an ID number */
};

static enum result see_given_up(const Rec__Proposal *proposal, void *arg)
{
    struct waiting *waiting = arg;
    struct typed typed;

    for (size_t i = 0; i < proposal->n_fields; i++)
        if (read_typed(proposal, i, &typed) && !is_of(&typed, waiting->person) &&
            (is_of(&typed, waiting->pair->kept) || is_of(&typed, waiting->pair->gone))) {
            waiting->number = proposal->id;
            waiting->numbered = *typed.id_no != '\0';
        }
    return RESULT_OK;
}

enum result merge_check_waiting(struct usecase *usecase, const struct merge_pair *pair,
                                const Rec__Person *person)
{
    struct waiting waiting = {.pair = pair, .person = person};
    enum result result = scan_waiting(usecase, see_given_up, &waiting);

    if (result == 0 && waiting.number != 0)
        result = reply_say(usecase->reply, RESULT_CONFLICT,
                           "在办的申请 SQ%05" PRIu64
                           " 用的是合并后不再用的%s，请先办结或在申请里改过来，再合并。",
                           waiting.number, waiting.numbered ? "证件号" : "姓名或出生日期");
    return result;
}

// ---- what the two side by side say of it

struct naming {
    struct usecase *usecase;
    const Rec__Person *person;
    struct str words;
};

static enum result add_words(const Rec__Proposal *proposal, void *arg)
{
    struct naming *naming = arg;
    struct typed typed;

    for (size_t i = 0; i < proposal->n_fields; i++)
        if (read_typed(proposal, i, &typed) && is_of(&typed, naming->person)) {
            str_printf(&naming->words, "%s%s SQ%05" PRIu64 "%s",
                       naming->words.length > 0 ? "、" : "",
                       rows_kind_name(naming->usecase->service, proposal->kind), proposal->id,
                       *typed.id_no == '\0' ? "（无证件号）" : "");
            break;
        }
    return RESULT_OK;
}

enum result merge_waiting_words(struct usecase *usecase, const Rec__Person *person,
                                char **ret_words)
{
    struct naming naming = {.usecase = usecase, .person = person};
    enum result result = scan_waiting(usecase, add_words, &naming);

    *ret_words = str_take(&naming.words);
    return result;
}
