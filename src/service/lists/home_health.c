#include "service/lists/home_health.h"

#include "base/str.h"
#include "base/words.h"
#include "db/archive.h"
#include "db/damage.h"
#include "service/frame/clockwatch.h"
#include "service/frame/night.h"
#include "service/frame/outbox.h"
#include "service/lists/overlap.h"
#include "service/lists/senders.h"

#include <stdlib.h>
static void say_senders(struct sheet *alarms, const char *what, const char *words)
{
    size_t row = sheet_add_row(alarms);

    sheet_set(alarms, row, "what", what);
    sheet_set(alarms, row, "text", words);
}

enum result home_health_missing(struct usecase *usecase, struct sheet *alarms)
{
    struct senders_tally absent = {0};
    struct str words = {0};
    enum result result = senders_count(usecase, &absent);

    if (absent.missing > 0) {
        str_printf(&words, "昨夜没有收到 %zu 个单位的报送", absent.missing);
        if (absent.never > 0)
            str_printf(&words, "（%zu 个从未报来，数字里没有）", absent.never);
        str_printf(&words, "：%s，数字里缺它们的新情况", str_text(&absent.names));
        say_senders(alarms, ALARM_SENDERS, str_text(&words));
    }
    if (absent.lacking.length > 0)
        say_senders(alarms, ALARM_SENDERS, str_text(&absent.lacking));
    if (absent.differing > 0) {
        str_clear(&words);
        str_printf(&words, "%zu 个单位所报的数与明细重算的不同", absent.differing);
        say_senders(alarms, ALARM_SENDERS, str_text(&words));
    }
    str_clear(&words);
    if (result == 0)
        result = overlap_say(usecase, absent.bundles, &words);
    if (words.length > 0)
        say_senders(alarms, ALARM_OVERLAPS, str_text(&words));
    str_free(&words);
    senders_tally_free(&absent);
    return result;
}

void home_health_clock(struct usecase *usecase, struct sheet *alarms)
{
    struct service *service = usecase->service;
    char day[DATE_TEXT];

    if (!clockwatch_is_doubtful(service))
        return;
    sheet_setf(alarms, sheet_add_row(alarms), "text",
               "服务器时钟跳到了 %s，核对前不开月、不月结，请联系系统管理员",
               date_format(service_today(service), day));
}

enum result home_health_night(struct usecase *usecase, struct sheet *alarms)
{
    const struct caller *caller = usecase->caller;
    int64_t unarchived = store_archive_failed(facts_store(usecase->service));
    int64_t damaged = store_damaged(facts_store(usecase->service));
    char stamp[STAMP_TEXT];
    char *words;
    Rec__Home *home;

    if (caller->role != ROLE_CHIEF && caller->role != ROLE_COUNTY)
        return RESULT_OK;
    enum result result = store_home_get(usecase->txn, &home);
    if (result != 0)
        return result;
    int64_t failed = night_failed(usecase->service, home, &words);
    if (failed != 0) {
        size_t row = sheet_add_row(alarms);
        sheet_setf(alarms, row, "text", "夜间备份没有做成（%s），请联系系统管理员",
                   date_format_stamp(failed, stamp));
    }
    free(words);
    int64_t full = night_full(usecase->service, home);
    if (full != 0) {
        size_t row = sheet_add_row(alarms);
        sheet_setf(alarms, row, "text", "磁盘满过（%s），有内容没存上，请联系系统管理员",
                   date_format_stamp(full, stamp));
    }
    if (damaged != 0) {
        size_t row = sheet_add_row(alarms);
        sheet_setf(alarms, row, "text", "数据文件损坏（%s 发现），请立即联系系统管理员",
                   date_format_stamp(damaged, stamp));
    }
    if (unarchived != 0) {
        size_t row = sheet_add_row(alarms);
        sheet_setf(alarms, row, "text", "日志归档不成（%s 起），请联系系统管理员",
                   date_format_stamp(unarchived, stamp));
    }
    rec__home__free_unpacked(home, NULL);
    return RESULT_OK;
}

// ---- the bundles

static void add_standing(day_t today, struct sheet *alarms, const struct outbox *outbox,
                         const struct receiver *receiver)
{
    struct outbox_standing standing;
    char day[DATE_TEXT];

    outbox_stand(outbox, receiver, today, &standing);
    if (standing.missing > 0) {
        size_t row = sheet_add_row(alarms);
        sheet_set(alarms, row, "what", ALARM_BUNDLES);
        sheet_setf(alarms, row, "text", "%s没有收到 %s 起 %zu 天的数据%s%s，请联系系统管理员",
                   receiver->title, date_format(standing.missing_since, day), standing.missing,
                   standing.refused ? "：" : "", standing.refused ? standing.words : "");
    }
    if (standing.unsent > 0 && standing.unsent_since < today) {
        size_t row = sheet_add_row(alarms);
        sheet_set(alarms, row, "what", ALARM_BUNDLES);
        sheet_setf(alarms, row, "text", "给%s的数据从 %s 起没有送出，请联系系统管理员",
                   receiver->title, date_format(standing.unsent_since, day));
    }
}

void home_health_bundles(struct usecase *usecase, struct sheet *alarms)
{
    enum role role = usecase->caller->role;
    struct receivers *receivers = NULL;
    struct outbox outbox = {0};
    const struct receiver *receiver;
    char *message = NULL;

    if (role != ROLE_STREET && role != ROLE_CHIEF && role != ROLE_COUNTY)
        return;
    if (receivers_read(NULL, &receivers, &message) == 0 &&
        outbox_read(service_home(usecase->service), &outbox) == 0)
        for (size_t i = 0; (receiver = receivers_at(receivers, i)) != NULL; i++)
            add_standing(usecase->today, alarms, &outbox, receiver);
    outbox_free(&outbox);
    receivers_free(&receivers);
    free(message);
}
