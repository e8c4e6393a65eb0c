/* The entry points of libFuzzer. FUZZ_TARGET names the target. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
const char *__lsan_default_suppressions(void);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t max, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t max);

static const struct target *target;

/** Berkeley DB keeps pointers in its region files, where nobody looks for them. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libdb-5.3\n";
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("FUZZ_TARGET");

    (void)argc;
    (void)argv;
    target = name != NULL ? target_find(name) : NULL;
    if (target == NULL) {
        fputs("FUZZ_TARGET is one of:", stderr);
        for (size_t i = 0; target_at(i) != NULL; i++)
            fprintf(stderr, " %s", target_at(i)->name);
        fputc('\n', stderr);
        exit(EXIT_FAILURE);
    }
    if (target->begin != NULL)
        target->begin();
    if (target->end != NULL)
        atexit(target->end);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    target->run(bytes, length);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t max, unsigned seed)
{
    struct random random = {.state = seed};

    return target->type != NULL ? mutate_message(target->type, bytes, length, max, &random)
                                : LLVMFuzzerMutate(bytes, length, max);
}
