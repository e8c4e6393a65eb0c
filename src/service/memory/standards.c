#include "service/memory/standards.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "form/amounts.h"

#include <stdlib.h>
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

bool standard_is_step_days(const char *name)
{
    return text_starts(name, STANDARD_STEP_DAYS);
}

// ---- checking the file of amounts

static bool is_same(const struct form_amount *a, const struct form_amount *b)
{
    char one[AREA_TEXT], other[AREA_TEXT];

    return a->from == b->from && strcmp(a->name, b->name) == 0 && area_parse(a->area, one) == 0 &&
           area_parse(b->area, other) == 0 && strcmp(one, other) == 0;
}

static bool is_written_before(const struct forms *forms, size_t index)
{
    const struct form_amount *amount = forms_amount(forms, index);

    for (size_t i = 0; i < index; i++)
        if (is_same(forms_amount(forms, i), amount))
            return true;
    return false;
}

/** The fault of an amount, NULL if there is none; new string. */
static char *amount_fault(const struct forms *forms, size_t index)
{
    const struct form_amount *amount = forms_amount(forms, index);
    char area[AREA_TEXT];

    if (text_length(amount->name) > STANDARD_NAME_LONGEST)
        return mem_printf("标准名称 %s 太长，不要超过 %d 个字", amount->name,
                          STANDARD_NAME_LONGEST);
    if (standard_default_find(amount->name) != NULL)
        return mem_printf("%s 是参数，不是金额，请在系统的“标准”里改", amount->name);
    if (area_parse(amount->area, area) != 0)
        return mem_printf("区划代码 %s 不对，应为 2 至 12 位数字", amount->area);
    if (is_written_before(forms, index))
        return mem_printf("%s 在这个区划、这个日期已有一行，请删去一行", amount->name);
    return NULL;
}

enum result standards_check(const struct forms *forms, char **ret_message)
{
    for (size_t i = 0; forms_amount(forms, i) != NULL; i++) {
        char *fault = amount_fault(forms, i);
        if (fault == NULL)
            continue;
        char *place = forms_amount_place(forms, i);
        *ret_message = mem_printf("%s：%s", place, fault);
        free(place);
        free(fault);
        return RESULT_INVALID;
    }
    return RESULT_OK;
}
