#include "base/prints.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const TO[] = {
    [PRINT_TO_NOTHING] = "",
    [PRINT_TO_QUEUE] = "queue",
    [PRINT_TO_TERMINAL] = "terminal",
    [PRINT_TO_FILE] = "file",
};

static const struct {
    const char *id, *label;
    bool final;
} STATES[] = {
    [PRINT_UNTOLD] = {"", "", true},
    [PRINT_SENT] = {"sent", "已送打印机", false},
    [PRINT_GOING] = {"going", "正在打印", false},
    [PRINT_STUCK] = {"stuck", "打印机停着", false},
    [PRINT_HELD] = {"held", "暂缓打印", false},
    [PRINT_DONE] = {"done", "打印完成", true},
    [PRINT_REPORTED] = {"reported", "已送请核对", true},
    [PRINT_CANCELED] = {"canceled", "已取消", true},
    [PRINT_FAILED] = {"failed", "没有打出", true},
    [PRINT_LOST] = {"lost", "查不到了", true},
};

enum { TO_COUNT = sizeof TO / sizeof TO[0], STATE_COUNT = sizeof STATES / sizeof STATES[0] };

const char *prints_to_id(enum print_to to)
{
    return TO[to];
}

enum print_to prints_to_parse(const char *id)
{
    for (size_t i = 0; i < TO_COUNT; i++)
        if (strcmp(TO[i], id) == 0)
            return (enum print_to)i;
    return PRINT_TO_NOTHING;
}

const char *prints_state_id(enum print_state state)
{
    return STATES[state].id;
}

enum print_state prints_state_parse(const char *id)
{
    for (size_t i = 0; i < STATE_COUNT; i++)
        if (strcmp(STATES[i].id, id) == 0)
            return (enum print_state)i;
    return PRINT_UNTOLD;
}

const char *prints_state_label(enum print_state state)
{
    return STATES[state].label;
}

bool prints_state_is_final(enum print_state state)
{
    return STATES[state].final;
}

void prints_scope_add(struct str *scope, const char *name, const char *value)
{
    if (strchr(value, ';') == NULL) /* no programme, officer or state is called so */
        str_printf(scope, "%s=%s;", name, value);
}

void prints_scope_read(const char *scope, struct fields *fields)
{
    const char *end = NULL;

    for (; (end = strchr(scope, ';')) != NULL; scope = end + 1) {
        const char *sign = memchr(scope, '=', (size_t)(end - scope));
        if (sign == NULL)
            continue;
        char *name = mem_copy_bytes(scope, (size_t)(sign - scope));
        char *value = mem_copy_bytes(sign + 1, (size_t)(end - sign - 1));
        fields_set(fields, name, value);
        free(name);
        free(value);
    }
}
