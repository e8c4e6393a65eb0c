#include "service/keeping/status.h"

#include "base/month.h"
#include "base/paths.h"
#include "base/str.h"
#include "db/archive.h"
#include "db/damage.h"
#include "form/form.h"
#include "service/frame/clockwatch.h"
#include "service/frame/night.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/opening.h"
#include "service/lists/alarm_rows.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STALE_DAYS = 2, DISK_LOW_MIB = 1024 };

/** The parts of the status that are read from the store. */
struct status {
    struct service *service;
    Rec__Home *home;
    struct census_figures registered;
    struct alarm_tally alarms[ALARM_KINDS];
    bool damaged; /**< the figures cannot be read; the other lines are still shown */
};

static void status_clear(struct status *status)
{
    if (status->home != NULL)
        rec__home__free_unpacked(status->home, NULL);
    status->home = NULL;
}

static enum result read_status(struct usecase *usecase, void *arg)
{
    struct status *status = arg;

    status_clear(status);
    enum result result = store_home_get(usecase->txn, &status->home);
    return result == 0 && !status->damaged ? alarm_rows_count(usecase, status->alarms) : result;
}

static void add(struct sheet *sheet, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add(struct sheet *sheet, const char *name, const char *format, ...)
{
    size_t row = sheet_add_row(sheet);
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    sheet_set(sheet, row, "name", name);
    sheet_set(sheet, row, "value", str_text(&text));
    str_free(&text);
}

static void add_month(struct sheet *sheet, struct service *service)
{
    month_t month = facts_opened_month(service);
    struct totals *totals = service->totals;
    struct figures figures = {0};
    char text[MONTH_TEXT], rate[RATE_TEXT];

    totals_sum(totals, month, "", totals_kinds(totals, ""), &figures);
    if (month > facts_complete_month(service)) {
        add(sheet, "本月", "%s（应访任务正在生成）", month_format(month, text));
        return;
    }
    add(sheet, "本月", "%s", month_format(month, text));
    add(sheet, "应访", "%" PRIu64, figures.owed);
    add(sheet, "已访", "%" PRIu64, figures.reached);
    add(sheet, "探访率", "%s", rate_format(figures.reached, figures.owed, "—", rate));
}

static void add_sizes(struct sheet *sheet, const struct status *status)
{
    uint64_t data = 0, log = 0;

    if (status->damaged) {
        add(sheet, "人数", "读不到，数据已损坏");
        return;
    }
    add(sheet, "人数", "%" PRIu64, status->registered.persons);
    add(sheet, "个案数", "%" PRIu64 "（在册 %" PRIu64 "）", status->registered.cases,
        status->registered.active);
    if (store_size(status->service->store, &data, &log) == 0)
        add(sheet, "数据大小", "%.1f MiB（日志 %.1f MiB）", (double)data / 1048576,
            (double)log / 1048576);
}

/** Adds the numbers of open alarms, and of those over their time. */
static void add_open(struct sheet *sheet, const struct status *status)
{
    for (size_t i = 0; i < ALARM_KINDS && !status->damaged; i++) {
        const struct alarm_kind *kind = alarm_kind_at(i);
        if (kind->clock != NULL)
            add(sheet, kind->label, "未办结 %" PRIu64 " 件，其中超时 %" PRIu64 " 件",
                status->alarms[i].open, status->alarms[i].overdue);
        else
            add(sheet, kind->label, "未办结 %" PRIu64 " 件", status->alarms[i].open);
    }
}

static void add_written(struct sheet *sheet, const char *name, int64_t at, const char *path)
{
    char stamp[STAMP_TEXT];

    if (at == 0)
        add(sheet, name, "还没有");
    else
        add(sheet, name, "%s %s", date_format_stamp(at, stamp), path);
}

/** Adds the time from which backups can be rolled forward, and the size of the archive. */
static void add_archive(struct sheet *sheet, const struct archive_state *archive)
{
    char stamp[STAMP_TEXT];

    if (archive->days == 0)
        add(sheet, "日志归档", "没有开（日志归档天数为 0）");
    else if (archive->since == 0)
        add(sheet, "日志归档", "还没有");
    else
        add(sheet, "日志归档", "%s 起，%.1f MiB，保留 %" PRId64 " 天",
            date_format_stamp(archive->since, stamp), (double)archive->bytes / 1048576,
            archive->days);
}

static void add_alarm(struct sheet *sheet, const struct status *status, const char *what,
                      int64_t at)
{
    day_t since = date_of_time(at != 0 ? at : status->home->created);
    day_t days = service_today(status->service) - since;

    if (days >= STALE_DAYS)
        add(sheet, "告警", "已 %d 天没有%s，请检查夜间任务。", days, what);
}

static void add_alarms(struct sheet *sheet, const struct status *status)
{
    int64_t unarchived = store_archive_failed(status->service->store);
    int64_t damaged = store_damaged(status->service->store);
    char stamp[STAMP_TEXT];

    char day[DATE_TEXT], moment[STAMP_TEXT];
    if (clockwatch_is_doubtful(status->service))
        add(sheet, "告警",
            "服务器时钟从 %s 跳到了 %s，月份不开也不结。请核对系统时间：不对的改正即可，"
            "没错就运行 doudi status --confirm-clock %s。",
            date_format_stamp(clockwatch_last_sound(status->service), stamp),
            date_format_stamp(facts_now(status->service), moment),
            date_format(service_today(status->service), day));
    char *words;
    int64_t failed = night_failed(status->service, status->home, &words);
    if (failed != 0)
        add(sheet, "告警", "%s 的夜间备份和导出没有做成：%s", date_format_stamp(failed, stamp),
            words);
    free(words);
    int64_t full = night_full(status->service, status->home);
    if (full != 0)
        add(sheet, "告警", "%s 磁盘满了，有内容没有存上。请腾出空间，再做一次夜间导出。",
            date_format_stamp(full, stamp));
    add_alarm(sheet, status, "备份", status->home->backed_up);
    add_alarm(sheet, status, "报送导出", status->home->exported);
    if (damaged != 0)
        add(sheet, "告警", "%s 发现数据文件损坏，请立即照运维手册“数据已损坏”恢复，一笔不会丢。",
            date_format_stamp(damaged, stamp));
    if (unarchived != 0)
        add(sheet, "告警", "从 %s 起日志归档不成，请检查 %s/archive 所在的磁盘。",
            date_format_stamp(unarchived, stamp), status->service->home);
    uint64_t free_mib = paths_free_bytes(status->service->home) / 1048576;
    if (free_mib < DISK_LOW_MIB)
        add(sheet, "告警", "磁盘只剩 %" PRIu64 " MiB，请尽快清理。", free_mib);
}

static struct sheet *make_sheet(const struct status *status)
{
    struct service *service = status->service;
    struct sheet *sheet = column_sheet(&COLUMNS_STATUS);
    struct archive_state archive;
    char day[DATE_TEXT];

    add(sheet, "服务器", "运行中");
    add(sheet, "辖区", "%s %s", service->area, service_area_name(service, service->area));
    add(sheet, "日期", "%s%s", date_format(service_today(service), day),
        service_test_date(service) ? "（测试日期）" : "");
    add(sheet, "本地表单", "%s",
        forms_office(service->forms) != NULL ? forms_office(service->forms) : "没有");
    add(sheet, "加密", "%s", store_encrypted(service->store) ? "已加密" : "没有加密");
    add_month(sheet, service);
    add_sizes(sheet, status);
    add_open(sheet, status);
    add_written(sheet, "最近备份", status->home->backed_up, status->home->backup_path);
    add_written(sheet, "最近导出", status->home->exported, status->home->export_path);
    store_archive_state(service->store, &archive);
    add_archive(sheet, &archive);
    add_alarms(sheet, status);
    return sheet;
}

enum result status_list(struct service *service, const struct caller *caller,
                        struct sheet **ret_sheet, struct reply *reply)
{
    struct status status = {.service = service};
    enum result result =
        usecase_read(service, caller, ACTION_STATUS, NULL, read_status, &status, reply);

    if (result == 0)
        result = census_get(service, &status.registered);
    if (result == RESULT_CORRUPT) {
        status.damaged = true;
        reply_free(reply);
        result = usecase_read(service, caller, ACTION_STATUS, NULL, read_status, &status, reply);
    }
    if (result == 0)
        *ret_sheet = make_sheet(&status);
    status_clear(&status);
    return result;
}
