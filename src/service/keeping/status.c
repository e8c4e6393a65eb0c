#include "service/keeping/status.h"

#include "base/measure.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/str.h"
#include "db/archive.h"
#include "db/damage.h"
#include "form/form.h"
#include "service/frame/clockwatch.h"
#include "service/frame/night.h"
#include "service/frame/outbox.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/opening.h"
#include "service/lists/alarm_rows.h"
#include "service/lists/senders.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>

/** The parts of the status that are read from the store. */
struct status {
    struct service *service;
    Rec__Home *home;
    struct census_figures registered;
    struct alarm_tally alarms[ALARM_KINDS];
    struct receivers *receivers;
    char *receivers_fault; /**< NULL = they could be read */
    struct outbox outbox;
    struct senders_tally senders;
    bool inside;  /**< also what only an officer with the right may see */
    bool damaged; /**< the figures cannot be read; the other lines are still shown */
};

static void status_clear(struct status *status)
{
    if (status->home != NULL)
        rec__home__free_unpacked(status->home, NULL);
    status->home = NULL;
    str_free(&status->senders.names);
}

static enum result read_status(struct usecase *usecase, void *arg)
{
    struct status *status = arg;

    status_clear(status);
    enum result result = store_home_get(usecase->txn, &status->home);
    if (result == 0 && !status->damaged)
        result = alarm_rows_count(usecase, status->alarms);
    return result == 0 && !status->damaged ? senders_count(usecase, &status->senders) : result;
}

// ---- the values

/** Measures that need no words of their own. */
static void put_number(struct sheet *sheet, enum measure_id id, uint64_t number)
{
    measure_put(sheet, id, NULL, "%" PRIu64, number);
}

/** "" if it never was. */
static void put_moment(struct sheet *sheet, enum measure_id id, const char *of, int64_t at)
{
    if (at != 0)
        measure_put(sheet, id, of, "%" PRId64, at);
    else
        measure_put(sheet, id, of, "%s", "");
}

/** A path or words, only for officers with the right to see them. */
static void put_inside(const struct status *status, struct sheet *sheet, enum measure_id id,
                       const char *text)
{
    if (status->inside && *text != '\0')
        measure_put(sheet, id, NULL, "%s", text);
}

static void add_home(struct sheet *sheet, const struct status *status)
{
    struct service *service = status->service;
    const char *office = forms_office(service->forms);
    char day[DATE_TEXT];

    put_number(sheet, MEASURE_UP, 1);
    measure_put(sheet, MEASURE_AREA, NULL, "%s", service->area);
    measure_put(sheet, MEASURE_AREA_NAME, NULL, "%s", service_area_name(service, service->area));
    measure_put(sheet, MEASURE_DATE, NULL, "%s", date_format(service_today(service), day));
    put_number(sheet, MEASURE_TEST_DATE, service_test_date(service));
    if (status->inside)
        measure_put(sheet, MEASURE_OFFICE_FORMS, NULL, "%s", office != NULL ? office : "");
    put_number(sheet, MEASURE_ENCRYPTED, store_encrypted(service->store));
}

static void add_month(struct sheet *sheet, struct service *service)
{
    month_t month = facts_opened_month(service);
    bool complete = month <= facts_complete_month(service);
    struct totals *totals = service->totals;
    struct figures figures = {0};
    char text[MONTH_TEXT], rate[RATE_TEXT];

    measure_put(sheet, MEASURE_MONTH, NULL, "%s", month_format(month, text));
    put_number(sheet, MEASURE_MONTH_COMPLETE, complete);
    put_number(sheet, MEASURE_CLOSINGS_DONE,
               atomic_load(&service->closed_for) == service_today(service));
    if (!complete)
        return;
    totals_sum(totals, month, "", totals_kinds(totals, ""), &figures);
    put_number(sheet, MEASURE_OWED, figures.owed);
    put_number(sheet, MEASURE_REACHED, figures.reached);
    measure_put(sheet, MEASURE_RATE, NULL, "%s",
                rate_format(figures.reached, figures.owed, "", rate));
}

static void add_sizes(struct sheet *sheet, const struct status *status)
{
    const struct service *service = status->service;
    uint64_t data = 0, log = 0, disk_free = 0, disk_used = 0;

    if (status->damaged) {
        measure_put(sheet, MEASURE_PERSONS, NULL, "%s", "");
    } else {
        put_number(sheet, MEASURE_PERSONS, status->registered.persons);
        put_number(sheet, MEASURE_CASES, status->registered.cases);
        put_number(sheet, MEASURE_CASES_ACTIVE, status->registered.active);
    }
    if (store_size(service->store, &data, &log) == 0) {
        put_number(sheet, MEASURE_DATABASE_BYTES, data);
        put_number(sheet, MEASURE_LOG_BYTES, log);
    }
    if (paths_disk_bytes(service->home, &disk_free, &disk_used)) {
        put_number(sheet, MEASURE_DISK_FREE_BYTES, disk_free);
        put_number(sheet, MEASURE_DISK_USED_BYTES, disk_used);
    }
}

/** Adds the numbers of open alarms, and of those over their time. */
static void add_open(struct sheet *sheet, const struct status *status)
{
    for (size_t i = 0; i < ALARM_KINDS && !status->damaged; i++) {
        const struct alarm_kind *kind = alarm_kind_at(i);
        size_t row =
            measure_put(sheet, MEASURE_TASKS_OPEN, kind->id, "%" PRIu64, status->alarms[i].open);

        sheet_set(sheet, row, "label", kind->label);
        if (kind->clock != NULL)
            measure_put(sheet, MEASURE_TASKS_OVERDUE, kind->id, "%" PRIu64,
                        status->alarms[i].overdue);
    }
}

static void add_written(struct sheet *sheet, const struct status *status)
{
    const Rec__Home *home = status->home;

    put_moment(sheet, MEASURE_LAST_BACKUP, NULL, home->backed_up);
    put_inside(status, sheet, MEASURE_BACKUP_PATH, home->backup_path);
    put_moment(sheet, MEASURE_LAST_VERIFIED, NULL, home->verified);
    put_moment(sheet, MEASURE_LAST_EXPORT, NULL, home->exported);
    put_inside(status, sheet, MEASURE_EXPORT_PATH, home->export_path);
}

/** Adds how each receiver of the bundles stands. */
static void add_receivers(struct sheet *sheet, const struct status *status)
{
    const struct receiver *receiver;

    for (size_t i = 0; (receiver = receivers_at(status->receivers, i)) != NULL; i++) {
        struct outbox_standing standing;
        outbox_stand(&status->outbox, receiver, service_today(status->service), &standing);
        size_t row = measure_put(sheet, MEASURE_UNSENT, receiver->name, "%zu", standing.unsent);
        char *label = mem_printf("报送 %s", receiver->title);
        sheet_set(sheet, row, "label", label);
        free(label);
        if (*receiver->area != '\0')
            measure_put(sheet, MEASURE_UNRECEIVED, receiver->name, "%zu", standing.missing);
    }
}

/** Adds the time from which backups can be rolled forward, and the size of the archive. */
static void add_archive(struct sheet *sheet, const struct service *service)
{
    struct archive_state archive;

    store_archive_state(service->store, &archive);
    put_moment(sheet, MEASURE_ARCHIVE_SINCE, NULL, archive.days != 0 ? archive.since : 0);
    if (archive.days != 0 && archive.since != 0)
        put_number(sheet, MEASURE_ARCHIVE_BYTES, archive.bytes);
    if (archive.days == 0 || archive.since != 0)
        put_number(sheet, MEASURE_ARCHIVE_DAYS, (uint64_t)archive.days);
}

/** What the database has kept in memory, and what was answered from receipts. */
static void add_work(struct sheet *sheet, struct service *service)
{
    struct store_cache cache;

    put_number(sheet, MEASURE_REPEATED, atomic_load(&service->repeated));
    if (store_cache_read(service->store, &cache) != 0)
        return;
    put_number(sheet, MEASURE_CACHE_BYTES, cache.bytes);
    put_number(sheet, MEASURE_CACHE_HITS, cache.hits);
    put_number(sheet, MEASURE_CACHE_MISSES, cache.misses);
}

// ---- what calls for the administrator

/** One alarm. A function that finds none leaves `words` empty. */
struct finding {
    int64_t since; /**< 0 = not known */
    struct str words;
};

static void find_clock(const struct status *status, struct finding *finding)
{
    struct service *service = status->service;
    char stamp[STAMP_TEXT], moment[STAMP_TEXT], day[DATE_TEXT];

    if (!clockwatch_is_doubtful(service))
        return;
    finding->since = clockwatch_last_sound(service);
    str_printf(&finding->words,
               "服务器时钟从 %s 跳到了 %s，月份不开也不结。请核对系统时间：不对的改正即可，"
               "没错就运行 doudi status --confirm-clock %s。",
               date_format_stamp(finding->since, stamp),
               date_format_stamp(facts_now(service), moment),
               date_format(service_today(service), day));
}

static void find_night(const struct status *status, struct finding *finding)
{
    char stamp[STAMP_TEXT];
    char *words;

    finding->since = night_failed(status->service, status->home, &words);
    if (finding->since != 0)
        str_printf(&finding->words, "%s 的夜间备份和导出没有做成：%s",
                   date_format_stamp(finding->since, stamp), words);
    free(words);
}

static void find_full(const struct status *status, struct finding *finding)
{
    char stamp[STAMP_TEXT];

    finding->since = night_full(status->service, status->home);
    if (finding->since != 0)
        str_printf(&finding->words, "%s 磁盘满了，有内容没有存上。请腾出空间，再做一次夜间导出。",
                   date_format_stamp(finding->since, stamp));
}

static void find_old(const struct status *status, int64_t at, const char *what,
                     struct finding *finding)
{
    enum { STALE_DAYS = 2 };
    int64_t since = at != 0 ? at : status->home->created;
    day_t days = service_today(status->service) - date_of_time(since);

    if (days < STALE_DAYS)
        return;
    finding->since = since;
    str_printf(&finding->words, "已 %d 天没有%s，请检查夜间任务。", days, what);
}

static void find_old_backup(const struct status *status, struct finding *finding)
{
    find_old(status, status->home->backed_up, "备份", finding);
}

static void find_old_export(const struct status *status, struct finding *finding)
{
    find_old(status, status->home->exported, "报送导出", finding);
}

static void find_receivers(const struct status *status, struct finding *finding)
{
    if (status->receivers_fault != NULL)
        str_add(&finding->words, status->receivers_fault);
}

/** Says how a receiver stands, if that calls for somebody; what it said itself follows. */
typedef bool (*standing_fn)(const struct receiver *receiver, const struct outbox_standing *standing,
                            day_t today, struct str *words);

static void find_standing(const struct status *status, standing_fn say, struct finding *finding)
{
    const struct receiver *receiver;
    day_t today = service_today(status->service);

    for (size_t i = 0; (receiver = receivers_at(status->receivers, i)) != NULL; i++) {
        struct outbox_standing standing;
        outbox_stand(&status->outbox, receiver, today, &standing);
        if (say(receiver, &standing, today, &finding->words))
            str_printf(&finding->words, "%s%s。", *standing.words != '\0' ? "：" : "",
                       standing.words);
    }
}

static bool say_unsent(const struct receiver *receiver, const struct outbox_standing *standing,
                       day_t today, struct str *words)
{
    char day[DATE_TEXT];

    if (standing->unsent == 0 || standing->unsent_since >= today)
        return false;
    str_printf(words, "%s的包从 %s 起没有送出，共 %zu 个，请看 journalctl -u doudi-send",
               receiver->title, date_format(standing->unsent_since, day), standing->unsent);
    return true;
}

static void find_unsent(const struct status *status, struct finding *finding)
{
    find_standing(status, say_unsent, finding);
}

static bool say_unreceived(const struct receiver *receiver, const struct outbox_standing *standing,
                           day_t today, struct str *words)
{
    char day[DATE_TEXT];

    (void)today;
    if (standing->missing == 0)
        return false;
    str_printf(words, "%s没有收到从 %s 起的 %zu 天，请取回执（doudi receipts），或与对方核对",
               receiver->title, date_format(standing->missing_since, day), standing->missing);
    return true;
}

static void find_unreceived(const struct status *status, struct finding *finding)
{
    find_standing(status, say_unreceived, finding);
}

static void find_senders_missing(const struct status *status, struct finding *finding)
{
    if (status->senders.missing > 0)
        str_printf(&finding->words,
                   "昨夜没有收到 %zu 个单位的报送：%s，请看 doudi senders，并与它们联系。",
                   status->senders.missing, str_text(&status->senders.names));
}

static void find_senders_differ(const struct status *status, struct finding *finding)
{
    if (status->senders.differing > 0)
        str_printf(&finding->words,
                   "%zu 个单位所报的数与明细重算的不同，请看 doudi senders --differences。",
                   status->senders.differing);
}

static void find_damage(const struct status *status, struct finding *finding)
{
    char stamp[STAMP_TEXT];

    finding->since = store_damaged(status->service->store);
    if (finding->since != 0)
        str_printf(&finding->words,
                   "%s 发现数据文件损坏，请立即照运维手册“数据已损坏”恢复，一笔不会丢。",
                   date_format_stamp(finding->since, stamp));
}

static void find_unarchived(const struct status *status, struct finding *finding)
{
    char stamp[STAMP_TEXT];

    finding->since = store_archive_failed(status->service->store);
    if (finding->since != 0)
        str_printf(&finding->words, "从 %s 起日志归档不成，请检查 %s/archive 所在的磁盘。",
                   date_format_stamp(finding->since, stamp), status->service->home);
}

static void find_low_disk(const struct status *status, struct finding *finding)
{
    enum { DISK_LOW_MIB = 1024 };
    uint64_t free_mib = paths_free_bytes(status->service->home) / 1048576;

    if (free_mib < DISK_LOW_MIB)
        str_printf(&finding->words, "磁盘只剩 %" PRIu64 " MiB，请尽快清理。", free_mib);
}

static void (*const FINDERS[])(const struct status *status, struct finding *finding) = {
    [ALARM_CLOCK_DOUBTFUL] = find_clock,
    [ALARM_NIGHT_FAILED] = find_night,
    [ALARM_DISK_WAS_FULL] = find_full,
    [ALARM_BACKUP_OLD] = find_old_backup,
    [ALARM_EXPORT_OLD] = find_old_export,
    [ALARM_RECEIVERS] = find_receivers,
    [ALARM_UNSENT] = find_unsent,
    [ALARM_UNRECEIVED] = find_unreceived,
    [ALARM_SENDERS_MISSING] = find_senders_missing,
    [ALARM_SENDERS_DIFFER] = find_senders_differ,
    [ALARM_DATA_DAMAGED] = find_damage,
    [ALARM_ARCHIVE_FAILED] = find_unarchived,
    [ALARM_DISK_LOW] = find_low_disk,
};

_Static_assert(sizeof FINDERS / sizeof FINDERS[0] == ALARM_COUNT_, "a function for each alarm");

static void add_alarms(struct sheet *sheet, const struct status *status)
{
    for (size_t i = 0; i < ALARM_COUNT_; i++) {
        const char *id = measure_alarm_at(i)->id;
        struct finding finding = {0};

        FINDERS[i](status, &finding);
        bool found = finding.words.length > 0;
        measure_put(sheet, MEASURE_ALARM, id, "%d", found);
        if (found)
            put_moment(sheet, MEASURE_ALARM_SINCE, id, finding.since);
        if (found && status->inside)
            measure_put(sheet, MEASURE_ALARM_WORDS, id, "%s", str_text(&finding.words));
        str_free(&finding.words);
    }
}

// ---- the whole

static struct sheet *make_sheet(const struct status *status)
{
    struct service *service = status->service;
    struct sheet *sheet = column_sheet(&COLUMNS_MEASURES);

    add_home(sheet, status);
    add_month(sheet, service);
    add_sizes(sheet, status);
    add_open(sheet, status);
    add_written(sheet, status);
    add_receivers(sheet, status);
    add_archive(sheet, service);
    if (!status->inside) /* the text shows none of it */
        add_work(sheet, service);
    add_alarms(sheet, status);
    return sheet;
}

static enum result measure_home(struct service *service, const struct caller *caller,
                                enum action action, struct sheet **ret_measures,
                                struct reply *reply)
{
    struct status status = {.service = service, .inside = action == ACTION_STATUS};
    enum result result = usecase_read(service, caller, action, NULL, read_status, &status, reply);

    if (result == 0)
        result = census_get(service, &status.registered);
    if (result == RESULT_CORRUPT) {
        status.damaged = true;
        reply_free(reply);
        result = usecase_read(service, caller, action, NULL, read_status, &status, reply);
    }
    if (result == 0) {
        (void)receivers_read(NULL, &status.receivers, &status.receivers_fault);
        (void)outbox_read(service->home, &status.outbox); /* one that is none is begun anew */
        *ret_measures = make_sheet(&status);
    }
    outbox_free(&status.outbox);
    receivers_free(&status.receivers);
    free(status.receivers_fault);
    status_clear(&status);
    return result;
}

enum result status_list(struct service *service, const struct caller *caller,
                        struct sheet **ret_sheet, struct reply *reply)
{
    struct sheet *measures = NULL;
    enum result result = measure_home(service, caller, ACTION_STATUS, &measures, reply);

    if (result == 0)
        *ret_sheet = measure_lines(measures);
    sheet_free(&measures);
    return result;
}

enum result status_measure(struct service *service, const struct caller *caller,
                           struct sheet **ret_measures, struct reply *reply)
{
    return measure_home(service, caller, ACTION_MONITOR, ret_measures, reply);
}
