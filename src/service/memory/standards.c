#include "service/memory/standards.h"

#include <string.h>

static const struct standard_default DEFAULTS[] = {
    {STANDARD_ENTRY_UNTIL, 25, 1, 31, "系统默认"},
    {STANDARD_LATE_DAYS, 3, 1, 31, "系统默认"},
    {STANDARD_ALARM_AFTER, 3, 1, 31, "系统默认"},
    {STANDARD_ALARM_HOURS, 24, 1, 720, "系统默认"},
    {STANDARD_CLOSE_ON, 6, 1, 28, "系统默认"},
    {STANDARD_EXCUSE_DAYS, 15, 1, 31, "系统默认"},
    {STANDARD_REOPEN_DAYS, 7, 1, 60, "系统默认"},
    {STANDARD_SUSPECT_DAY, 15, 2, 1000, "系统默认"},
    {STANDARD_SUSPECT_NOTE, 5, 2, 1000, "系统默认"},
    {STANDARD_SUSPECT_LATE, 5, 2, 1000, "系统默认"},
    {STANDARD_PASSWORD_LENGTH, 10, 8, 64, "系统默认"},
    {STANDARD_PASSWORD_DAYS, 180, 1, 3650, "系统默认"},
    {STANDARD_PASSWORD_FAILURES, 5, 3, 20, "系统默认"},
    {STANDARD_PASSWORD_MINUTES, 30, 1, 1440, "系统默认"},
    {STANDARD_IDLE_MINUTES, 10, 1, 120, "系统默认"},
    {STANDARD_BACKUP_DAYS, 7, 1, 366, "系统默认"},
    {STANDARD_LOG_DAYS, 7, 0, 366, "系统默认"},
};

/** Panjin, city-wide. Explicit amounts: the published multiples do not reproduce them. 2020 is the
 *  year of 盘政办发〔2020〕8号, whose first day was not seen; it is taken as 1 January. */
static const struct standard_amount AMOUNTS[] = {
    {"低保标准", "2111", "2018-01-01", "65000", "今日盘锦 2018"},
    {"特困基本生活标准", "2111", "2018-01-01", "85000", "今日盘锦 2018"},
    {"孤儿集中养育标准", "2111", "2018-01-01", "195000", "今日盘锦 2018"},
    {"孤儿散居养育标准", "2111", "2018-01-01", "130000", "今日盘锦 2018"},
    {"低保标准", "2111", "2020-01-01", "73000", "盘政办发〔2020〕8号"},
    {"特困基本生活标准", "2111", "2020-01-01", "109500", "盘政办发〔2020〕8号"},
    {"孤儿集中养育标准", "2111", "2020-01-01", "219000", "盘政办发〔2020〕8号"},
    {"孤儿散居养育标准", "2111", "2020-01-01", "146000", "盘政办发〔2020〕8号"},
    {"低保标准", "2111", "2022-07-01", "77600", "盘锦市民政局 2022-09-07"},
    {"特困基本生活标准", "2111", "2022-07-01", "139700", "盘锦市民政局 2022-09-07"},
    {"孤儿集中养育标准", "2111", "2022-07-01", "232800", "盘锦市民政局 2022-09-07"},
    {"孤儿散居养育标准", "2111", "2022-07-01", "194000", "盘锦市民政局 2022-09-07"},
    {"低保标准", "2111", "2023-07-01", "79200", "盘锦市民政局 2023-10-16"},
};

const struct standard_default *standard_default_at(size_t index)
{
    return index < sizeof DEFAULTS / sizeof *DEFAULTS ? &DEFAULTS[index] : NULL;
}

const struct standard_default *standard_default_find(const char *name)
{
    for (size_t i = 0; i < sizeof DEFAULTS / sizeof *DEFAULTS; i++)
        if (strcmp(DEFAULTS[i].name, name) == 0)
            return &DEFAULTS[i];
    return NULL;
}

const struct standard_amount *standard_amount_at(size_t index)
{
    return index < sizeof AMOUNTS / sizeof *AMOUNTS ? &AMOUNTS[index] : NULL;
}
