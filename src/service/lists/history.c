#include "service/lists/history.h"

#include "base/mem.h"
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
static const struct {
    const char *record, *label;
} SOURCES[] = {{"import:", "导入"}, {"print:", "打印"}};

static const struct {
    const char *id, *label;
} PRINTS[] = {
    {"due", "应访清单"},      {"cases", "个案名册"},   {"board", "合规看板"},
    {"why", "名单和原因"},    {"statement", "月结表"}, {"suspicious", "可疑记录"},
    {"visits", "探访记录表"}, {"excuses", "免访审批"},
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
    const char *own = history->usecase->caller->area;
    Rec__Officer *officer = NULL;

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

static void write_print(struct history *history, const Rec__Event *event, size_t row)
{
    sheet_set(history->sheet, row, "title", history_print_label(strchr(event->record, ':') + 1));
    sheet_set(history->sheet, row, "text", event->note + strcspn(event->note, " "));
}

static enum result write_row(struct history *history, size_t at)
{
    const Rec__Event *event = history->audit.events[at];
    bool import = strncmp(event->record, SOURCES[0].record, strlen(SOURCES[0].record)) == 0;
    char stamp[STAMP_TEXT];

    if (import && !stands_for_batch(&history->audit, at))
        return RESULT_OK;
    size_t row = sheet_add_row(history->sheet);
    char *by = rows_officer_name(history->usecase, event->officer);
    sheet_set(history->sheet, row, "at", date_format_stamp(event->at, stamp));
    sheet_set(history->sheet, row, "action", SOURCES[import ? 0 : 1].label);
    sheet_set(history->sheet, row, "by", by);
    free(by);
    if (import)
        return write_import(history, at, row);
    write_print(history, event, row);
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
        result = store_event_of_kind(usecase->txn, SOURCES[i].record, see_event, history);
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

struct printing {
    const char *what, *month, *area;
    uint32_t rows;
};

static enum result note_print(struct usecase *usecase, void *arg)
{
    const struct printing *printing = arg;

    event_name_record(usecase, printing->area, "print:%s", printing->what);
    event_add_note(usecase, "%s %s，%" PRIu32 " 行", history_print_label(printing->what),
                   printing->month, printing->rows);
    return RESULT_OK;
}

enum result history_add_print(struct service *service, const struct caller *caller,
                              const char *what, const char *month, const char *area, uint32_t rows,
                              struct reply *reply)
{
    struct printing printing = {.what = what, .month = month, .area = area, .rows = rows};

    return usecase_write(service, caller, ACTION_PRINT, area, note_print, &printing, reply);
}
