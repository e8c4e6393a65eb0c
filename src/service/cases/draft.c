#include "service/cases/draft.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/cases/mask.h"
#include "service/frame/usecase.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

/** One officer's draft of one record. */
struct drafting {
    const char *form, *record, *title;
    const struct fields *values; /**< the values to store */
    Rec__Draft *found;
    bool masked; /**< mask the sensitive values of `found` */
};

static enum result count_draft(const Rec__Draft *draft, void *arg)
{
    (void)draft;
    ++*(size_t *)arg;
    return RESULT_OK;
}

static size_t values_bytes(const struct fields *values)
{
    size_t bytes = 0;

    for (size_t i = 0; i < values->count; i++)
        bytes += strlen(values->items[i].name) + strlen(values->items[i].value);
    return bytes;
}

/** Limits the number of drafts; replacing an older draft is always allowed. */
static enum result check_room(struct usecase *usecase, const struct drafting *drafting)
{
    Rec__Draft *before = NULL;
    size_t count = 0;
    enum result result = store_draft_get(usecase->txn, usecase->caller->officer, drafting->form,
                                         drafting->record, &before);

    if (result == 0)
        rec__draft__free_unpacked(before, NULL);
    if (result == RESULT_NOTFOUND)
        result = store_draft_scan(usecase->txn, usecase->caller->officer, count_draft, &count);
    if (result == 0 && count >= LIMIT_DRAFTS)
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "草稿已有 %zu 份，不能再存；请先把首页上的草稿提交或放弃一些。", count);
    if (result == 0 && values_bytes(drafting->values) > LIMIT_DRAFT_BYTES)
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "填写的内容太多，存不成草稿，请删减或分成几份。");
    return result;
}

static enum result put_draft(struct usecase *usecase, void *arg)
{
    const struct drafting *drafting = arg;
    Rec__Draft draft = REC__DRAFT__INIT;
    enum result result = check_room(usecase, drafting);

    if (result != 0)
        return result;
    draft.officer = (char *)usecase->caller->officer;
    draft.form = (char *)drafting->form;
    draft.record = (char *)drafting->record;
    draft.title = (char *)drafting->title;
    draft.at = usecase->now;
    store_fields_write(drafting->values, &draft.n_fields, &draft.fields);
    result = store_draft_put(usecase->txn, &draft);
    store_fields_free(draft.n_fields, draft.fields);
    return result;
}

static enum result drop_draft(struct usecase *usecase, void *arg)
{
    const struct drafting *drafting = arg;
    enum result result =
        store_draft_del(usecase->txn, usecase->caller->officer, drafting->form, drafting->record);

    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

/** The case of the draft: by number, or for a visit's draft by id. */
static enum result find_case(struct usecase *usecase, const char *record, Rec__Case **ret_case)
{
    enum result result = store_case_by_number(usecase->txn, record, ret_case);

    return result == RESULT_NOTFOUND && text_is_digits(record)
               ? store_case_get(usecase->txn, strtoull(record, NULL, 10), ret_case)
               : result;
}

/** If the officer may no longer open the case, its draft is masked like the case. */
static enum result check_case(struct usecase *usecase, struct drafting *drafting)
{
    const struct caller *caller = usecase->caller;
    Rec__Case *casefile = NULL;
    enum result result = find_case(usecase, drafting->record, &casefile);

    drafting->masked = false;
    if (result == RESULT_NOTFOUND)
        return RESULT_OK; /* a draft of a new case */
    if (result != 0)
        return result;
    drafting->masked =
        !access_allowed(caller->role, caller->area, ACTION_CASE_OPEN, casefile->area);
    rec__case__free_unpacked(casefile, NULL);
    return RESULT_OK;
}

static enum result get_draft(struct usecase *usecase, void *arg)
{
    struct drafting *drafting = arg;
    enum result result = store_draft_get(usecase->txn, usecase->caller->officer, drafting->form,
                                         drafting->record, &drafting->found);

    return result == 0 ? check_case(usecase, drafting) : result;
}

/** Writes without an event: a draft concerns its officer only. */
static enum result write_draft(struct service *service, const struct caller *caller,
                               usecase_body body, struct drafting *drafting, struct reply *reply)
{
    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_DRAFT, NULL, reply);

    return result != 0
               ? result
               : usecase_write_unlogged(service, caller, STORE_WRITE, body, drafting, reply);
}

enum result draft_put(struct service *service, const struct caller *caller, const char *form,
                      const char *record, const char *title, const struct fields *values,
                      struct reply *reply)
{
    struct drafting drafting = {.form = form, .record = record, .title = title, .values = values};

    return write_draft(service, caller, put_draft, &drafting, reply);
}

enum result draft_drop(struct service *service, const struct caller *caller, const char *form,
                       const char *record, struct reply *reply)
{
    struct drafting drafting = {.form = form, .record = record};

    return write_draft(service, caller, drop_draft, &drafting, reply);
}

enum result draft_get(struct service *service, const struct caller *caller, const char *form,
                      const char *record, struct fields *ret_values, char **ret_at,
                      struct reply *reply)
{
    struct drafting drafting = {.form = form, .record = record};
    char at[STAMP_TEXT];
    enum result result =
        usecase_read(service, caller, ACTION_DRAFT, NULL, get_draft, &drafting, reply);

    if (result != 0)
        return result;
    store_fields_read(drafting.found->n_fields, drafting.found->fields, ret_values);
    if (drafting.masked)
        mask_values(service_forms(service), forms_get(service_forms(service), form), ret_values);
    *ret_at = mem_copy(date_format_stamp(drafting.found->at, at));
    rec__draft__free_unpacked(drafting.found, NULL);
    return RESULT_OK;
}
