#include "base/problems.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>

__attribute__((format(printf, 5, 0))) static void problems_append(struct problems *problems,
                                                                  bool warning, const char *field,
                                                                  const char *value,
                                                                  const char *format, va_list args)
{
    struct str text = {0};
    str_vprintf(&text, format, args);
    mem_grow((void **)&problems->items, problems->count, &problems->capacity,
             sizeof *problems->items);
    problems->items[problems->count++] = (struct problem){
        .field = mem_copy(field),
        .value = mem_copy(value),
        .text = str_take(&text),
        .warning = warning,
    };
}

void problems_add(struct problems *problems, const char *field, const char *value,
                  const char *format, ...)
{
    va_list args;
    va_start(args, format);
    problems_append(problems, false, field, value, format, args);
    va_end(args);
}

void problems_warn(struct problems *problems, const char *field, const char *value,
                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    problems_append(problems, true, field, value, format, args);
    va_end(args);
}

static const struct problem *first_error(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (!problems->items[i].warning)
            return &problems->items[i];
    return NULL;
}

bool problems_any(const struct problems *problems)
{
    return first_error(problems) != NULL;
}

const char *problems_first(const struct problems *problems)
{
    const struct problem *first = first_error(problems);
    return first != NULL ? first->text : "";
}

void problems_free(struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        free(problems->items[i].field);
        free(problems->items[i].value);
        free(problems->items[i].text);
    }
    free(problems->items);
    *problems = (struct problems){0};
}
