#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "tests/fuzz/input.pb-c.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct target TARGETS[] = {
    {.name = "values", .run = values_run, .rounds = 20000},
    {.name = "types",
     .run = types_run,
     .begin = catalogue_begin,
     .end = catalogue_end,
     .rounds = 5000},
    {.name = "expr",
     .run = expr_run,
     .begin = catalogue_begin,
     .end = catalogue_end,
     .rounds = 10000},
    {.name = "keys", .run = keys_run, .begin = keys_begin, .rounds = 5000},
    {.name = "csv", .run = csv_run, .rounds = 5000},
    {.name = "table", .run = table_run, .rounds = 5000},
    {.name = "book", .run = book_run, .rounds = 5000},
    {.name = "manifest", .run = manifest_run, .rounds = 5000},
    {.name = "bundle",
     .run = bundle_run,
     .begin = bundles_begin,
     .end = bundles_end,
     .rounds = 2000},
    {.name = "rows", .run = rows_run, .begin = bundles_begin, .end = bundles_end, .rounds = 1000},
    {.name = "delta", .run = delta_run, .begin = bundles_begin, .end = bundles_end, .rounds = 500},
    {.name = "receipt",
     .run = receipt_run,
     .begin = bundles_begin,
     .end = bundles_end,
     .rounds = 2000},
    {.name = "feed", .run = feed_run, .begin = feed_begin, .end = feed_end, .rounds = 5000},
    {.name = "forms", .run = forms_run, .begin = forms_begin, .end = forms_end, .rounds = 200},
    {.name = "codes", .run = codes_run, .begin = forms_begin, .end = forms_end, .rounds = 200},
    {.name = "amounts", .run = amounts_run, .begin = forms_begin, .end = forms_end, .rounds = 200},
    {.name = "record", .run = record_run, .type = &fuzz__record__descriptor, .rounds = 20000},
    {.name = "response", .run = response_run, .type = &wire__response__descriptor, .rounds = 10000},
    {.name = "frame", .run = frame_run, .begin = office_begin, .end = office_end, .rounds = 2000},
    {.name = "request",
     .run = request_run,
     .type = &fuzz__office__descriptor,
     .begin = office_begin,
     .end = office_end,
     .rounds = 1000},
};

const struct target *target_at(size_t index)
{
    return index < sizeof TARGETS / sizeof *TARGETS ? &TARGETS[index] : NULL;
}

const struct target *target_find(const char *name)
{
    const struct target *target;

    for (size_t i = 0; (target = target_at(i)) != NULL; i++)
        if (strcmp(target->name, name) == 0)
            return target;
    return NULL;
}

void fuzz_expect(bool holds, const char *format, ...)
{
    va_list args;

    if (holds)
        return;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    abort();
}

char *fuzz_text(const uint8_t *bytes, size_t length)
{
    return mem_copy_bytes(bytes, length);
}
