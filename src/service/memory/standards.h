/**
 * Names of the dated parameters (table `standard`) the program itself reads, with their defaults.
 *
 * Amounts are fen per person and month. Threads: constant table.
 */
#ifndef DOUDI_SERVICE_MEMORY_STANDARDS_H
#define DOUDI_SERVICE_MEMORY_STANDARDS_H

#include <stddef.h>
#include <stdint.h>

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

/** A parameter every home starts with, and the bounds within which it may be set. */
struct standard_default {
    const char *name;
    int64_t value, min, max;
    const char *source;
};

/** NULL behind the last. */
const struct standard_default *standard_default_at(size_t index);
const struct standard_default *standard_default_find(const char *name);

/** A published amount, seeded into homes of its division. */
struct standard_amount {
    const char *name;
    const char *area; /**< prefix of the division it was published for */
    const char *from; /**< YYYY-MM-DD */
    const char *fen;
    const char *source;
};

const struct standard_amount *standard_amount_at(size_t index);

#endif
