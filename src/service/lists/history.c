#include "service/lists/history.h"

#include "base/mem.h"
#include "base/prints.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/ledger/rows.h"
#include "service/lists/audit.h"
#include "service/lists/audit_private.h"
#include "service/memory/stored.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * The history is made from events: imports by batch, prints, files and exports. An import leaves
 * several events, one for each of its transactions.
 */

enum { HISTORY_DEFAULT = 200, HISTORY_MOST = 1000 };

/** Prefixes of the records of such events. */
static const char *const SOURCES[] = {"import:", "print:"};

static const struct {
    const char *id, *label;
} PRINTS[] = {
    {"due", "应访清单"},        {"cases", "个案名册"},     {"board", "合规看板"},
    {"why", "名单和原因"},      {"statement", "月结表"},   {"suspicious", "可疑记录"},
    {"visits", "探访记录表"},   {"excuses", "免访审批"},   {"reviews", "复核清单"},
    {"sheet", "应访表"},        {"payroll", "发放花名册"}, {"payroll_check", "发放核对"},
    {"overpaid", "多发清单"},   {"raises", "补差清单"},    {"spotcheck", "抽查表"},
    {"spotchecks", "抽查记录"}, {"upcoming", "到期事项"},  {"leads", "线索"},
    {"benefit", "待遇金额"},    {"indicators", "指标"},    {"notice", "不予告知书"},
    {"refused", "不予名单"},    {"publicity", "公示名单"}, {"dibao_form", "低保统计表"},
    {"pace", "逐日进度"},       {"trend", "逐月趋势"},     {"nearly", "快漏访"},
    {"round", "走访名单"},      {"rounds", "专项走访"},    {"round_board", "走访进度"},
};

const char *history_print_label(const char *what)
{
    for (size_t i = 0; i < sizeof PRINTS / sizeof PRINTS[0]; i++)
        if (strcmp(PRINTS[i].id, what) == 0)
            return PRINTS[i].label;
    return what;
}

struct history {
    struct usecase *usecase;
    struct audit audit; /**< the events; audit_trim() sorts them, newest first */
    struct sheet *sheet;
};

/** True if the event lies in the caller's area. An event without an area has its officer's area;
 *  everybody sees events of the system account. */
static enum result is_mine(struct history *history, const Rec__Event *event, bool *ret_mine)
{
    const struct caller *caller = history->usecase->caller;
    const char *own = caller->area;
    Rec__Officer *officer = NULL;

    if (access_own_only(caller->role, ACTION_HISTORY)) {
        *ret_mine = strcmp(event->officer, caller->officer) == 0;
        return RESULT_OK;
    }
    *ret_mine = *own == '\0' || strcmp(event->officer, "system") == 0 ||
                (*event->area != '\0' &&
                 area_contains(own, facts_area_present(history->usecase->service, event->area)));
    if (*ret_mine || *event->area != '\0')
        return RESULT_OK;
    enum result result = store_officer_get(history->usecase->txn, event->officer, &officer);
    if (result == RESULT_NOTFOUND)
        return RESULT_OK;
    if (result != 0)
        return result;
    *ret_mine = *officer->area != '\0' && area_contains(own, officer->area);
    rec__officer__free_unpacked(officer, NULL);
    return RESULT_OK;
}

static enum result see_event(const Rec__Event *event, void *arg)
{
    struct history *history = arg;
    bool mine = false;

    if (event->result != 0 && event->result != RESULT_PARTIAL)
        return RESULT_OK;
    enum result result = is_mine(history, event, &mine);
    return result == 0 && mine ? audit_add(event, &history->audit) : result;
}

/** How many records a batch made and how many were undone; `arg` of count_event(). */
struct batch {
    uint64_t made, undone;
    const char *unit;
};

static enum result count_event(const Rec__Event *event, void *arg)
{
    struct batch *batch = arg;

    for (size_t i = 0; i < event->n_changes; i++) {
        const Rec__Change *change = event->changes[i];
        bool visit = strcmp(change->name, IMPORT_MADE_VISIT) == 0;
        if (!visit && strcmp(change->name, IMPORT_MADE_CASE) != 0)
            continue;
        if (visit)
            batch->unit = "次探访";
        batch->made += *change->new_ != '\0';
        batch->undone += *change->old != '\0';
    }
    return RESULT_OK;
}

static bool is_undo(const Rec__Event *event)
{
    return strncmp(event->note, IMPORT_UNDO_NOTE, strlen(IMPORT_UNDO_NOTE)) == 0;
}

/** True for the last import event of a batch; the batch's line is made from it. */
static bool stands_for_batch(const struct audit *audit, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(audit->events[i]->record, audit->events[at]->record) == 0 &&
            !is_undo(audit->events[i]))
            return false;
    return !is_undo(audit->events[at]);
}

static enum result write_import(struct history *history, size_t at, size_t row)
{
    static const char colon[] = "：";
    const Rec__Event *event = history->audit.events[at];
    const char *name_end = strstr(event->note, colon);
    char *file = name_end == NULL ? mem_copy(event->note)
                                  : mem_copy_bytes(event->note, (size_t)(name_end - event->note));
    struct batch batch = {.unit = "件个案"};
    enum result result =
        store_event_of_record(history->usecase->txn, event->record, count_event, &batch);

    sheet_set(history->sheet, row, "action", "导入");
    sheet_set(history->sheet, row, "title", file);
    sheet_setf(history->sheet, row, "text", "%" PRIu64 " %s", batch.made, batch.unit);
    sheet_set(history->sheet, row, "batch", strchr(event->record, ':') + 1);
    sheet_set(history->sheet, row, "state",
              batch.undone > 0  ? "已撤销"
              : batch.made == 0 ? "没有入账"
                                : "");
    free(file);
    return result;
}

/** The new value of an event's change, "" if it has none of that name. */
static const char *changed(const Rec__Event *event, const char *name)
{
    for (size_t i = 0; i < event->n_changes; i++)
        if (strcmp(event->changes[i]->name, name) == 0)
            return event->changes[i]->new_;
    return "";
}

/** True for an event that only tells how the job of an earlier print stands. */
static bool is_later_word(const Rec__Event *event)
{
    return *changed(event, PRINT_JOB) != '\0' && *changed(event, PRINT_TO) == '\0';
}

static bool is_of_job(const Rec__Event *event, const char *job)
{
    return strcmp(changed(event, PRINT_JOB), job) == 0;
}

/** Which of two events came first: -1, 1, or 0 where the same second of two sessions does not tell. */
static int order_of(const Rec__Event *a, const Rec__Event *b)
{
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (memcmp(a->session.data, b->session.data, SESSION_SIZE) != 0)
        return 0;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/** The next print whose job has the same name, which CUPS may use again; NULL if there is none. */
static const Rec__Event *next_of_job(const struct audit *audit, const Rec__Event *print,
                                     const char *job)
{
    const Rec__Event *next = NULL;

    for (size_t i = 0; i < audit->count; i++) {
        const Rec__Event *event = audit->events[i];
        if (order_of(event, print) > 0 && is_of_job(event, job) && !is_later_word(event) &&
            (next == NULL || order_of(event, next) < 0))
            next = event;
    }
    return next;
}

/** How the print of an event stands by the last that was told of its job; of words without an order
 *  an end stands. */
static enum print_state print_state(const struct audit *audit, const Rec__Event *print)
{
    const char *job = changed(print, PRINT_JOB);
    enum print_state state = prints_state_parse(changed(print, PRINT_STATE));
    const Rec__Event *next = *job != '\0' ? next_of_job(audit, print, job) : NULL;
    const Rec__Event *last = print;

    for (size_t i = 0; *job != '\0' && i < audit->count; i++) {
        const Rec__Event *word = audit->events[i];
        enum print_state told = prints_state_parse(changed(word, PRINT_STATE));
        if (!is_later_word(word) || !is_of_job(word, job) || order_of(word, print) < 0 ||
            (next != NULL && order_of(word, next) >= 0))
            continue;
        if (last == print || order_of(word, last) > 0 ||
            (order_of(word, last) == 0 && prints_state_is_final(told))) {
            state = told;
            last = word;
        }
    }
    return state;
}

/** Lists are called by different names at the time of printing and in an older event. */
static void write_print(struct history *history, size_t at, size_t row)
{
    const Rec__Event *event = history->audit.events[at];
    struct sheet *sheet = history->sheet;
    const char *what = strchr(event->record, ':') + 1;
    const char *title = changed(event, PRINT_TITLE);
    const char *place = changed(event, PRINT_PLACE);
    enum print_to to = prints_to_parse(changed(event, PRINT_TO));
    enum print_state state = print_state(&history->audit, event);
    const char *text = event->note + strcspn(event->note, " ");

    sheet_set(sheet, row, "action", to == PRINT_TO_FILE ? "存文件" : "打印");
    sheet_set(sheet, row, "title", *title != '\0' ? title : history_print_label(what));
    sheet_set(sheet, row, "text", text + strspn(text, " "));
    sheet_set(sheet, row, "printer", to == PRINT_TO_TERMINAL ? "终端上的打印机" : place);
    sheet_set(sheet, row, "job", changed(event, PRINT_JOB));
    sheet_set(sheet, row, "what", what);
    sheet_set(sheet, row, "month", changed(event, PRINT_MONTH));
    sheet_set(sheet, row, "area", event->area);
    sheet_set(sheet, row, "scope", changed(event, PRINT_SCOPE));
    sheet_set(sheet, row, "print_state", prints_state_id(state));
    sheet_set(sheet, row, "state", prints_state_label(state));
}

static enum result write_row(struct history *history, size_t at)
{
    const Rec__Event *event = history->audit.events[at];
    bool import = text_starts(event->record, SOURCES[0]);
    char stamp[STAMP_TEXT];

    if (import ? !stands_for_batch(&history->audit, at) : is_later_word(event))
        return RESULT_OK;
    size_t row = sheet_add_row(history->sheet);
    char *by = rows_officer_name(history->usecase, event->officer);
    sheet_set(history->sheet, row, "at", date_format_stamp(event->at, stamp));
    sheet_set(history->sheet, row, "by", by);
    free(by);
    if (import)
        return write_import(history, at, row);
    write_print(history, at, row);
    return RESULT_OK;
}

static enum result history_body(struct usecase *usecase, void *arg)
{
    struct history *history = arg;
    enum result result = RESULT_OK;

    audit_clear(&history->audit);
    sheet_free(&history->sheet);
    history->sheet = column_sheet(&COLUMNS_HISTORY);
    history->usecase = usecase;
    for (size_t i = 0; i < sizeof SOURCES / sizeof SOURCES[0] && result == 0; i++)
        result = store_event_of_kind(usecase->txn, SOURCES[i], see_event, history);
    audit_trim(&history->audit);
    for (size_t i = 0; i < history->audit.count && result == 0; i++)
        result = write_row(history, i);
    return result;
}

enum result history_list(struct service *service, const struct caller *caller, uint32_t limit,
                         struct sheet **ret_sheet, struct reply *reply)
{
    struct history history = {.audit.limit = limit == 0             ? HISTORY_DEFAULT
                                             : limit < HISTORY_MOST ? limit
                                                                    : HISTORY_MOST};
    enum result result =
        usecase_read(service, caller, ACTION_HISTORY, NULL, history_body, &history, reply);

    audit_clear(&history.audit);
    if (result == 0)
        *ret_sheet = history.sheet;
    else
        sheet_free(&history.sheet);
    return result;
}

static enum result note_print(struct usecase *usecase, void *arg)
{
    const struct history_print *print = arg;
    const struct {
        const char *name, *value;
    } facts[] = {
        {PRINT_TITLE, print->title}, {PRINT_MONTH, print->month}, {PRINT_TO, print->to},
        {PRINT_PLACE, print->place}, {PRINT_JOB, print->job},     {PRINT_STATE, print->state},
        {PRINT_SCOPE, print->scope},
    };

    event_name_record(usecase, print->area, "print:%s", print->what);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (*facts[i].value != '\0')
            event_add_change(usecase, facts[i].name, "", facts[i].value);
    if (*print->job != '\0' && *print->to == '\0')
        event_add_note(usecase, "打印任务 %s：%s", print->job,
                       prints_state_label(prints_state_parse(print->state)));
    else
        event_add_note(usecase, "%s %s，%" PRIu32 " 行", history_print_label(print->what),
                       print->month, print->rows);
    return RESULT_OK;
}

enum result history_add_print(struct service *service, const struct caller *caller,
                              const struct history_print *print, struct reply *reply)
{
    struct history_print copy = *print;

    if (*print->to != '\0' && prints_to_parse(print->to) == PRINT_TO_NOTHING)
        return reply_say(reply, RESULT_INVALID, "不认识的打印去向，请确认终端与服务的版本一致");
    if (*print->state != '\0' && prints_state_parse(print->state) == PRINT_UNTOLD)
        return reply_say(reply, RESULT_INVALID, "不认识的打印状态，请确认终端与服务的版本一致");
    return usecase_write(service, caller, ACTION_PRINT, print->area, note_print, &copy, reply);
}
