#include "service/cases/notice.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/words.h"
#include "db/tables.h"
#include "domain/area.h"
#include "service/cases/application.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BLANK "＿＿＿＿＿＿＿＿＿＿＿＿" /* for a pen */

/** A refused application that the caller may see; RESULT_INVALID with words for another one. */
static enum result load_refused(struct usecase *usecase, uint64_t id, enum action action,
                                Rec__Proposal **ret_proposal)
{
    Rec__Proposal *proposal = NULL;
    enum result result = store_proposal_get(usecase->txn, id, &proposal);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这份申请，请刷新清单。");
    if (result == 0)
        result = usecase_allow(usecase, action, proposal->area);
    if (result == 0 && (strcmp(proposal->state, PROPOSAL_REFUSED) != 0 || proposal->n_steps == 0))
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "这份申请没有不予受理或不予确认，没有告知书。");
    if (result == 0)
        *ret_proposal = proposal;
    else if (proposal != NULL)
        rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

/** The last of its records is the refusal. */
static const Rec__ProposalStep *refusal_of(const Rec__Proposal *proposal)
{
    return proposal->n_steps > 0 ? proposal->steps[proposal->n_steps - 1] : NULL;
}

const char *notice_words(const struct form *form, const Rec__Proposal *proposal)
{
    const Rec__ProposalStep *last = refusal_of(proposal);

    if (form == NULL || last == NULL)
        return "不予办理";
    return application_refusal(&form->steps.life, lifecycle_find(&form->steps.life, last->step));
}

// ---- the notice

static void add_part(struct sheet *sheet, const char *label, const char *text)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "label", label);
    sheet_set(sheet, row, "text", text);
}

static void add_text(struct sheet *sheet, const char *label, char *text)
{
    add_part(sheet, label, text);
    free(text);
}

static void write_notice(const struct usecase *usecase, const Rec__Proposal *proposal,
                         const struct form *form, struct sheet *sheet)
{
    const struct life_steps *life = &form->steps.life;
    const char *words = notice_words(form, proposal);
    char applied[DATE_TEXT], on[DATE_TEXT];

    (void)date_format(date_of_time(proposal->at), applied);
    (void)date_format(date_of_time(refusal_of(proposal)->at), on);
    add_text(sheet, "文书", mem_printf("%s告知书", words));
    add_text(sheet, "编号", mem_printf("SQ%05" PRIu64, proposal->id));
    add_text(sheet, "申请人",
             mem_printf("%s（%s）", proposal->name,
                        service_area_name(usecase->service, proposal->area)));
    add_part(sheet, "申请事项", form->title);
    add_part(sheet, "申请日期", applied);
    add_text(sheet, "决定", mem_printf("经审查，%s", words));
    add_part(sheet, "理由", proposal->reason);
    add_part(sheet, "依据", *life->basis != '\0' ? life->basis : BLANK);
    add_part(sheet, "决定日期", on);
    add_part(sheet, "申请人的权利", *life->remedy != '\0' ? life->remedy : BLANK);
    add_part(sheet, "期限和受理机关", BLANK);
}

struct make_job {
    uint64_t id;
    struct sheet *sheet;
};

static enum result make_body(struct usecase *usecase, void *arg)
{
    struct make_job *job = arg;
    Rec__Proposal *proposal = NULL;

    sheet_free(&job->sheet); /* a body may run again */
    enum result result = load_refused(usecase, job->id, ACTION_STEP_LIST, &proposal);
    if (result != 0)
        return result;
    const struct form *form = forms_get(service_forms(usecase->service), proposal->kind);
    job->sheet = column_sheet(&COLUMNS_NOTICE);
    if (form == NULL)
        result = reply_say(usecase->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                           proposal->kind);
    else
        write_notice(usecase, proposal, form, job->sheet);
    rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

enum result notice_make(struct service *service, const struct caller *caller, uint64_t id,
                        struct sheet **ret_sheet, struct reply *reply)
{
    struct make_job job = {.id = id};
    enum result result =
        usecase_read(service, caller, ACTION_STEP_LIST, NULL, make_body, &job, reply);

    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- the list

struct list_job {
    struct usecase *usecase;
    const char *area;
    struct sheet *sheet;
};

static enum result add_refused(const Rec__Proposal *proposal, void *arg)
{
    struct list_job *job = arg;
    const struct service *service = job->usecase->service;
    const struct form *form = forms_get(service_forms(service), proposal->kind);
    const Rec__ProposalStep *last = refusal_of(proposal);
    size_t row = sheet_add_row(job->sheet);
    char *by = rows_officer_name(job->usecase, proposal->decided_by);
    char day[DATE_TEXT];

    sheet_setf(job->sheet, row, "case_no", "SQ%05" PRIu64, proposal->id);
    sheet_set(job->sheet, row, "name", proposal->name);
    sheet_set(job->sheet, row, "kind", proposal->kind);
    sheet_set(job->sheet, row, "kind_name", rows_kind_name(service, proposal->kind));
    sheet_set(job->sheet, row, "area", proposal->area);
    sheet_set(job->sheet, row, "area_name", service_area_name(service, proposal->area));
    sheet_set(job->sheet, row, "words", notice_words(form, proposal));
    sheet_set(job->sheet, row, "reason", proposal->reason);
    sheet_set(job->sheet, row, "decided_by", by);
    sheet_set_number(job->sheet, row, "proposal", proposal->id);
    if (last != NULL)
        sheet_set(job->sheet, row, "date", date_format(date_of_time(last->at), day));
    if (proposal->noticed_on != 0)
        sheet_set(job->sheet, row, "noticed", date_format(proposal->noticed_on, day));
    free(by);
    return RESULT_OK;
}

static int compare(const void *a, const void *b, void *arg)
{
    const struct sheet *sheet = arg;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    bool told_x = *sheet_get(sheet, x, "noticed") != '\0';
    bool told_y = *sheet_get(sheet, y, "noticed") != '\0';

    if (told_x != told_y)
        return told_x ? 1 : -1;
    int order = strcmp(sheet_get(sheet, y, "date"), sheet_get(sheet, x, "date"));
    return order != 0 ? order : (x > y) - (x < y);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;
    char prefix[AREA_TEXT];

    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_REFUSED);
    area_prefix(job->area, prefix);
    enum result result =
        store_proposal_scan(usecase->txn, PROPOSAL_REFUSED, prefix, add_refused, job);
    if (result != 0)
        return result;
    size_t *rows = mem_array(job->sheet->row_count + 1, sizeof *rows);
    for (size_t i = 0; i < job->sheet->row_count; i++)
        rows[i] = i;
    qsort_r(rows, job->sheet->row_count, sizeof *rows, compare, job->sheet);
    sheet_pick(job->sheet, rows, job->sheet->row_count);
    free(rows);
    return RESULT_OK;
}

enum result notice_list(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct list_job job = {.area = code};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_STEP_LIST, code, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

// ---- given

struct give_job {
    uint64_t id;
    const char *date;
};

/** Between the refusal and today; "" is no day. */
static enum result check_day(const struct usecase *usecase, const Rec__Proposal *proposal,
                             const char *text, day_t *ret_day)
{
    day_t refused = date_of_time(refusal_of(proposal)->at);
    char from[DATE_TEXT];
    day_t day = 0;

    if (*text != '\0' &&
        (date_parse_loose(text, &day) != 0 || day < refused || day > usecase->today))
        return reply_say(usecase->reply, RESULT_INVALID,
                         "送达日期应在决定日 %s 和今日之间，如 2026-11-23。",
                         date_format(refused, from));
    *ret_day = day;
    return RESULT_OK;
}

static enum result give_body(struct usecase *usecase, void *arg)
{
    const struct give_job *job = arg;
    Rec__Proposal *proposal = NULL;
    char before[DATE_TEXT] = "", after[DATE_TEXT] = "";
    day_t day = 0;
    enum result result = load_refused(usecase, job->id, ACTION_STEP_DO, &proposal);

    if (result == 0)
        result = check_day(usecase, proposal, job->date, &day);
    if (result == 0) {
        if (proposal->noticed_on != 0)
            (void)date_format(proposal->noticed_on, before);
        if (day != 0)
            (void)date_format(day, after);
        proposal->noticed_on = day;
        record_set(&proposal->noticed_by, usecase->caller->officer);
        proposal->version++;
        event_name_record(usecase, proposal->area, "proposal:%" PRIu64, proposal->id);
        event_add_change(usecase, "noticed", before, after);
        result = store_proposal_put(usecase->txn, proposal);
    }
    if (result == 0 && day != 0)
        result = reply_say(usecase->reply, RESULT_OK, "%s 的告知书已记为 %s 送达。", proposal->name,
                           after);
    else if (result == 0)
        result =
            reply_say(usecase->reply, RESULT_OK, "%s 的告知书已记为没有送达。", proposal->name);
    if (proposal != NULL)
        rec__proposal__free_unpacked(proposal, NULL);
    return result;
}

enum result notice_give(struct service *service, const struct caller *caller, uint64_t id,
                        const char *date, struct reply *reply)
{
    struct give_job job = {.id = id, .date = date};

    return usecase_write(service, caller, ACTION_STEP_DO, NULL, give_body, &job, reply);
}
