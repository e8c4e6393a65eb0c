/**
 * Names and defaults of the dated parameters (table `standard`) that the program itself reads.
 *
 * The published amounts are data (form/amounts.h); standards_check() checks them. Threads: any; the
 * table is constant.
 */
#ifndef DOUDI_SERVICE_MEMORY_STANDARDS_H
#define DOUDI_SERVICE_MEMORY_STANDARDS_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct forms;

/** In characters. */
enum { STANDARD_NAME_LONGEST = 30 };

#define STANDARD_ENTRY_UNTIL "应访新增截止日"
#define STANDARD_LATE_DAYS "补录天数"
#define STANDARD_ALARM_AFTER "未成报警次数"
#define STANDARD_ALARM_HOURS "紧急处置时限"
#define STANDARD_CLOSE_ON "月结日"
#define STANDARD_EXCUSE_DAYS "免访天数"
#define STANDARD_REOPEN_DAYS "重开天数"
#define STANDARD_SUSPECT_DAY "可疑单日次数"
#define STANDARD_SUSPECT_NOTE "可疑雷同备注"
#define STANDARD_SUSPECT_LATE "可疑补录次数"
#define STANDARD_PASSWORD_LENGTH "密码最短长度"
#define STANDARD_PASSWORD_DAYS "密码有效天数"
#define STANDARD_PASSWORD_FAILURES "密码失败次数"
#define STANDARD_PASSWORD_MINUTES "密码锁定分钟"
#define STANDARD_IDLE_MINUTES "锁屏分钟"
#define STANDARD_BACKUP_DAYS "备份保留天数"
#define STANDARD_LOG_DAYS "日志归档天数"

/** How the names of an office's own limits for steps begin: 办理时限-低保-审核. Their values are days. */
#define STANDARD_STEP_DAYS "办理时限-"
enum { STANDARD_STEP_DAYS_MOST = 365 };
bool standard_is_step_days(const char *name);

/** A parameter that every home starts with, and its bounds. */
struct standard_default {
    const char *name;
    int64_t value, min, max;
    const char *source;
};

/** NULL after the last. */
const struct standard_default *standard_default_at(size_t index);
const struct standard_default *standard_default_find(const char *name);

/** Checks the divisions and names in forms/amounts.yaml, and that no row is there twice. A new home
 *  gets its amounts from this file. On RESULT_INVALID *ret_message (new string) is
 *  "FILE:LINE：reason". */
enum result standards_check(const struct forms *forms, char **ret_message);

#endif
