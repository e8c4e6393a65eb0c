#include "base/measure.h"

#include "base/columns.h"
#include "base/date.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct measure MEASURES[] = {
    [MEASURE_UP] = {"up", MEASURE_FLAG, METRIC_GAUGE, "doudi_up", .line = "服务器",
                    .before = "运行中", .after = "没有运行", .help = "服务在运行"},
    [MEASURE_VERSION] = {"version", MEASURE_WORDS, METRIC_GAUGE, "doudi_build_info",
                         .help = "服务的版本"},
    [MEASURE_STARTED] = {"started", MEASURE_MOMENT, METRIC_GAUGE, "doudi_start_time_seconds",
                         .help = "服务启动的时刻"},
    [MEASURE_AREA] = {"area", MEASURE_WORDS, .line = "辖区", .before = "", .after = "",
                      .help = "辖区代码"},
    [MEASURE_AREA_NAME] = {"area_name", MEASURE_WORDS, .before = " ", .after = "",
                           .help = "辖区名称"},
    [MEASURE_DATE] = {"date", MEASURE_WORDS, .line = "日期", .before = "", .after = "",
                      .help = "服务的日期"},
    [MEASURE_TEST_DATE] = {"test_date", MEASURE_FLAG, METRIC_GAUGE, "doudi_test_date",
                           .before = "（测试日期）", .after = "", .help = "用的是测试日期"},
    [MEASURE_OFFICE_FORMS] = {"office_forms", MEASURE_WORDS, .inside = true, .line = "本地表单",
                              .before = "", .after = "", .none = "没有",
                              .help = "本地的表单文件：替换的和新增的"},
    [MEASURE_ENCRYPTED] = {"encrypted", MEASURE_FLAG, METRIC_GAUGE, "doudi_encrypted",
                           .line = "加密", .before = "已加密", .after = "没有加密",
                           .help = "数据已加密"},
    [MEASURE_MONTH] = {"month", MEASURE_WORDS, .line = "本月", .before = "", .after = "",
                       .help = "最近开的月份"},
    [MEASURE_MONTH_COMPLETE] = {"month_complete", MEASURE_FLAG, METRIC_GAUGE,
                                "doudi_month_complete", .before = "",
                                .after = "（应访任务正在生成）",
                                .help = "本月的应访任务已全部生成"},
    [MEASURE_CLOSINGS_DONE] = {"closings_done", MEASURE_FLAG, METRIC_GAUGE, "doudi_closings_done",
                               .help = "到期的月份都已月结"},
    [MEASURE_OWED] = {"owed", MEASURE_NUMBER, METRIC_GAUGE, "doudi_month_owed", .line = "应访",
                      .before = "", .after = "", .help = "本月应访（月探访率的各项业务）"},
    [MEASURE_REACHED] = {"reached", MEASURE_NUMBER, METRIC_GAUGE, "doudi_month_reached",
                         .line = "已访", .before = "", .after = "", .help = "本月已访"},
    [MEASURE_RATE] = {"rate", MEASURE_PERCENT, .line = "探访率", .before = "", .after = "",
                      .none = "—", .help = "探访率（百分数）；没有应访的为空"},
    [MEASURE_PERSONS] = {"persons", MEASURE_NUMBER, METRIC_GAUGE, "doudi_persons", .line = "人数",
                         .before = "", .after = "", .none = "读不到，数据已损坏",
                         .help = "登记的人数"},
    [MEASURE_CASES] = {"cases", MEASURE_NUMBER, METRIC_GAUGE, "doudi_cases", .line = "个案数",
                       .before = "", .after = "", .help = "个案数"},
    [MEASURE_CASES_ACTIVE] = {"cases_active", MEASURE_NUMBER, METRIC_GAUGE, "doudi_cases_active",
                              .before = "（在册 ", .after = "）", .help = "在册的个案数"},
    [MEASURE_DATABASE_BYTES] = {"database_bytes", MEASURE_BYTES, METRIC_GAUGE,
                                "doudi_database_bytes", .line = "数据大小", .before = "",
                                .after = "", .help = "数据文件的大小"},
    [MEASURE_LOG_BYTES] = {"log_bytes", MEASURE_BYTES, METRIC_GAUGE, "doudi_log_bytes",
                           .before = "（日志 ", .after = "）",
                           .help = "数据库日志的大小（不含归档）"},
    [MEASURE_DISK_FREE_BYTES] = {"disk_free_bytes", MEASURE_BYTES, METRIC_GAUGE,
                                 "doudi_disk_free_bytes", .line = "磁盘", .before = "空闲 ",
                                 .after = "", .help = "数据目录所在磁盘的空闲"},
    [MEASURE_DISK_USED_BYTES] = {"disk_used_bytes", MEASURE_BYTES, METRIC_GAUGE,
                                 "doudi_disk_used_bytes", .before = "，已用 ", .after = "",
                                 .help = "数据目录所在磁盘的已用"},
    [MEASURE_TASKS_OPEN] = {"tasks_open", MEASURE_NUMBER, METRIC_GAUGE, "doudi_tasks_open",
                            .of = "task", .line = "", .before = "未办结 ", .after = " 件",
                            .help = "经办人没有办结的事项，按种类"},
    [MEASURE_TASKS_OVERDUE] = {"tasks_overdue", MEASURE_NUMBER, METRIC_GAUGE, "doudi_tasks_overdue",
                               .of = "task", .before = "，其中超时 ", .after = " 件",
                               .help = "其中超时的"},
    [MEASURE_LAST_BACKUP] = {"last_backup", MEASURE_MOMENT, METRIC_GAUGE,
                             "doudi_last_backup_timestamp_seconds", .line = "最近备份",
                             .before = "", .after = "", .none = "还没有",
                             .help = "最近一份备份的时刻（夜间核验过的也算）"},
    [MEASURE_BACKUP_PATH] = {"backup_path", MEASURE_WORDS, .inside = true, .before = " ",
                             .after = "", .help = "备份的位置"},
    [MEASURE_LAST_VERIFIED] = {"last_verified", MEASURE_MOMENT, METRIC_GAUGE,
                               "doudi_last_verified_timestamp_seconds", .line = "最近核验",
                               .before = "", .after = "", .none = "还没有",
                               .help = "最近一次核验无误的时刻（夜间核验备份也算）"},
    [MEASURE_LAST_EXPORT] = {"last_export", MEASURE_MOMENT, METRIC_GAUGE,
                             "doudi_last_export_timestamp_seconds", .line = "最近导出",
                             .before = "", .after = "", .none = "还没有",
                             .help = "最近一个上报包的时刻"},
    [MEASURE_EXPORT_PATH] = {"export_path", MEASURE_WORDS, .inside = true, .before = " ",
                             .after = "", .help = "上报包的位置"},
    [MEASURE_UNSENT] = {"unsent", MEASURE_NUMBER, METRIC_GAUGE, "doudi_bundles_unsent",
                        .of = "receiver", .line = "", .before = "没有送出 ", .after = " 个包",
                        .help = "还没有送出的上报包，按接收单位"},
    [MEASURE_UNRECEIVED] = {"unreceived", MEASURE_NUMBER, METRIC_GAUGE, "doudi_days_unreceived",
                            .of = "receiver", .before = "，没有收到 ", .after = " 天",
                            .help = "接收单位没有收到的天数：没有回执，或没有收"},
    [MEASURE_ARCHIVE_SINCE] = {"archive_since", MEASURE_MOMENT, METRIC_GAUGE,
                               "doudi_archive_since_timestamp_seconds", .line = "日志归档",
                               .before = "", .after = " 起",
                               .none = "还没有（日志归档天数为 0 的不归档）",
                               .help = "日志从什么时候起有归档"},
    [MEASURE_ARCHIVE_BYTES] = {"archive_bytes", MEASURE_BYTES, METRIC_GAUGE, "doudi_archive_bytes",
                               .before = "，", .after = "", .help = "归档日志的大小"},
    [MEASURE_ARCHIVE_DAYS] = {"archive_days", MEASURE_NUMBER, .before = "，保留 ", .after = " 天",
                              .help = "归档日志保留的天数，0 是不归档"},
    [MEASURE_ALARM] = {"alarm", MEASURE_FLAG, METRIC_GAUGE, "doudi_alarm", .of = "alarm",
                       .help = "告警，1 是有；JSON 里在 alarms"},
    [MEASURE_ALARM_SINCE] = {"alarm_since", MEASURE_MOMENT, METRIC_GAUGE,
                             "doudi_alarm_since_timestamp_seconds", .of = "alarm",
                             .help = "告警从什么时候起；JSON 里在 alarms"},
    [MEASURE_ALARM_WORDS] = {"alarm_words", MEASURE_WORDS, .of = "alarm", .inside = true,
                             .line = "告警", .before = "", .after = "", .help = "告警怎么办"},
    [MEASURE_CONNECTIONS] = {"connections", MEASURE_NUMBER, METRIC_GAUGE, "doudi_connections",
                             .help = "现在的连接数"},
    [MEASURE_SESSIONS] = {"sessions", MEASURE_NUMBER, METRIC_GAUGE, "doudi_sessions",
                          .help = "其中已登录的"},
    [MEASURE_REQUESTS] = {"requests", MEASURE_NUMBER, METRIC_COUNTER, "doudi_requests_total",
                          .of = "request", .help = "启动以来答复的请求，按种类"},
    [MEASURE_RESULTS] = {"results", MEASURE_NUMBER, METRIC_COUNTER, "doudi_results_total",
                         .of = "result", .help = "同上，按结果（ok 是办成，denied 是没有权限…）"},
    [MEASURE_REPEATED] = {"requests_repeated", MEASURE_NUMBER, METRIC_COUNTER,
                          "doudi_requests_repeated_total",
                          .help = "断线后重发、照回执答复而没有再办的请求"},
    [MEASURE_LATENCY] = {"request_seconds", MEASURE_NUMBER, METRIC_HISTOGRAM,
                         "doudi_request_seconds_bucket", .of = "le",
                         .help = "请求从收到到答复的秒数（含写盘），不超过各档的次数"},
    [MEASURE_LATENCY_SUM] = {"request_seconds_sum", MEASURE_SECONDS, METRIC_PART,
                             "doudi_request_seconds_sum", .help = "这些请求一共的秒数"},
    [MEASURE_LATENCY_COUNT] = {"request_seconds_count", MEASURE_NUMBER, METRIC_PART,
                               "doudi_request_seconds_count", .help = "这些请求的次数"},
    [MEASURE_CACHE_BYTES] = {"cache_bytes", MEASURE_BYTES, METRIC_GAUGE, "doudi_cache_bytes",
                             .help = "数据库缓存的大小"},
    [MEASURE_CACHE_HITS] = {"cache_hits", MEASURE_NUMBER, METRIC_COUNTER, "doudi_cache_hits_total",
                            .help = "在缓存里读到的页"},
    [MEASURE_CACHE_MISSES] = {"cache_misses", MEASURE_NUMBER, METRIC_COUNTER,
                              "doudi_cache_misses_total", .help = "要从磁盘读的页"},
};

_Static_assert(sizeof MEASURES / sizeof MEASURES[0] == MEASURE_COUNT_, "a row for each measure");

static const struct measure_alarm ALARMS[] = {
    [ALARM_CLOCK_DOUBTFUL] = {"clock_doubtful", "服务器时钟跳过，月份不开也不结"},
    [ALARM_NIGHT_FAILED] = {"night_failed", "夜间备份和导出没有做成"},
    [ALARM_DISK_WAS_FULL] = {"disk_was_full", "磁盘满过，有内容没有存上"},
    [ALARM_BACKUP_OLD] = {"backup_old", "两天以上没有备份"},
    [ALARM_EXPORT_OLD] = {"export_old", "两天以上没有报送导出"},
    [ALARM_RECEIVERS] = {"receivers_bad", "receivers.yaml 读不懂，上报包没有排进队列"},
    [ALARM_UNSENT] = {"bundle_unsent", "昨天或更早的上报包没有送出"},
    [ALARM_UNRECEIVED] = {"bundle_unreceived", "接收单位没有收到昨天或更早的上报包，或没有收"},
    [ALARM_SENDERS_MISSING] = {"senders_missing", "有下级单位昨夜的报送没有收到"},
    [ALARM_SENDERS_DIFFER] = {"senders_differ", "有下级单位所报的数与明细重算的不同"},
    [ALARM_DATA_DAMAGED] = {"data_damaged", "数据文件损坏"},
    [ALARM_ARCHIVE_FAILED] = {"archive_failed", "日志归档不成"},
    [ALARM_DISK_LOW] = {"disk_low", "磁盘快满了"},
};

_Static_assert(sizeof ALARMS / sizeof ALARMS[0] == ALARM_COUNT_, "a row for each alarm");

const struct measure *measure_at(size_t id)
{
    return id < MEASURE_COUNT_ ? &MEASURES[id] : NULL;
}

const struct measure *measure_find(const char *id)
{
    for (size_t i = 0; i < MEASURE_COUNT_; i++)
        if (strcmp(MEASURES[i].id, id) == 0)
            return &MEASURES[i];
    return NULL;
}

const struct measure_alarm *measure_alarm_at(size_t id)
{
    return id < ALARM_COUNT_ ? &ALARMS[id] : NULL;
}

size_t measure_put(struct sheet *measures, enum measure_id id, const char *of, const char *format,
                   ...)
{
    size_t row = sheet_add_row(measures);
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    sheet_set(measures, row, "measure", MEASURES[id].id);
    sheet_set(measures, row, "of", of != NULL ? of : "");
    sheet_set(measures, row, "value", str_text(&text));
    str_free(&text);
    return row;
}

// ---- the text

static void add_value(struct str *text, const struct measure *measure, const char *value)
{
    enum { MIB = 1024 * 1024 };
    char stamp[STAMP_TEXT];

    if (measure->form == MEASURE_FLAG) {
        str_add(text, strcmp(value, "1") == 0 ? measure->before : measure->after);
        return;
    }
    str_add(text, measure->before);
    if (measure->form == MEASURE_BYTES)
        str_printf(text, "%.1f MiB", strtod(value, NULL) / MIB);
    else if (measure->form == MEASURE_MOMENT)
        str_add(text, date_format_stamp(strtoll(value, NULL, 10), stamp));
    else
        str_add(text, value);
    str_add(text, measure->after);
}

struct sheet *measure_lines(const struct sheet *measures)
{
    struct sheet *lines = column_sheet(&COLUMNS_STATUS);
    struct str text = {0};
    bool open = false; /* the last line may be continued */

    for (size_t row = 0; row < measures->row_count; row++) {
        const struct measure *measure = measure_find(sheet_get(measures, row, "measure"));
        const char *value = sheet_get(measures, row, "value");
        bool begins = measure != NULL && measure->line != NULL;

        if (measure == NULL || measure->before == NULL || (!begins && !open))
            continue;
        if (begins)
            str_clear(&text);
        if (begins)
            open = *value != '\0' || measure->none != NULL;
        if (*value != '\0')
            add_value(&text, measure, value);
        else if (begins && open)
            str_add(&text, measure->none);
        if (begins && open)
            sheet_set(lines, sheet_add_row(lines), "name",
                      *measure->line != '\0' ? measure->line : sheet_get(measures, row, "label"));
        if (open)
            sheet_set(lines, lines->row_count - 1, "value", str_text(&text));
    }
    str_free(&text);
    return lines;
}
