/*
 * Runs every target over its seeds, over everything that was ever found (crashes/), and over a few
 * thousand changed seeds; without libFuzzer. An input that ends the process is kept as
 * replay-TARGET.found. Arguments: files for one target, "replay TARGET FILE…".
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"

#include "base/mem.h"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_MAX = 1 << 16, INPUTS_MAX = 1000 };

struct input {
    char *path;
    size_t length;
    uint8_t *bytes;
};

struct inputs {
    size_t count;
    struct input items[INPUTS_MAX];
};

/** What is being run, for the handler of the signal that ends it. */
static struct {
    const char *target;
    const char *path;
    const uint8_t *bytes;
    size_t length;
} running;

static void begin(const struct target *target)
{
    running.target = target->name;
    running.path = "before the first input";
    if (target->begin != NULL)
        target->begin();
}

static void say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        _exit(EXIT_FAILURE);
}

static void on_crash(int number)
{
    char found[64] = "replay-";
    int fd;

    strcat(found, running.target);
    strcat(found, ".found");
    fd = open(found, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && write(fd, running.bytes, running.length) >= 0)
        close(fd);
    say(running.path);
    say(": ended the process; the input is kept as ");
    say(found);
    say("\n");
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_crashes(void)
{
    static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], on_crash);
}

static void run(const struct target *target, const char *path, const uint8_t *bytes, size_t length)
{
    /* Exactly as long as it is, so that reading behind its end is noticed. */
    uint8_t *copy = mem_new(length > 0 ? length : 1);

    memcpy(copy, bytes, length);
    running.target = target->name;
    running.path = path;
    running.bytes = copy;
    running.length = length;
    target->run(copy, length);
    free(copy);
}

// ---- inputs

static bool read_input(const char *path, struct inputs *inputs)
{
    struct input *input = &inputs->items[inputs->count];
    FILE *file = fopen(path, "rb");

    if (file == NULL || inputs->count == INPUTS_MAX)
        return false;
    input->bytes = mem_new(INPUT_MAX);
    input->length = fread(input->bytes, 1, INPUT_MAX, file);
    input->path = mem_copy(path);
    inputs->count++;
    fclose(file);
    return true;
}

static void read_folder(const char *root, const char *part, const char *target,
                        struct inputs *inputs)
{
    char *folder = mem_printf("%s/tests/fuzz/%s/%s", root, part, target);
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        char *path = mem_printf("%s/%s", folder, entries[i]->d_name);
        /* Text of messages is not an input itself: the build has made one of it. */
        if (entries[i]->d_name[0] != '.' && strstr(entries[i]->d_name, ".textpb") == NULL)
            read_input(path, inputs);
        free(path);
        free(entries[i]);
    }
    free(entries);
    free(folder);
}

static const char *folder_of(const char *variable)
{
    const char *folder = getenv(variable);

    return folder != NULL ? folder : ".";
}

static void read_all(const struct target *target, struct inputs *inputs)
{
    const char *source = folder_of("srcdir"), *build = folder_of("builddir");

    read_folder(source, "seeds", target->name, inputs);
    read_folder(source, "crashes", target->name, inputs);
    if (strcmp(source, build) != 0) {
        read_folder(build, "seeds", target->name, inputs);
        read_folder(build, "crashes", target->name, inputs);
    }
}

static void drop_inputs(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].bytes);
        free(inputs->items[i].path);
    }
    inputs->count = 0;
}

// ----

static void run_changed(const struct target *target, const struct inputs *inputs)
{
    struct random random = {.state = 1};
    uint8_t *bytes = mem_new(INPUT_MAX);

    for (unsigned round = 0; round < target->rounds; round++) {
        const struct input *input = &inputs->items[random_below(&random, (uint32_t)inputs->count)];
        size_t length = input->length;

        memcpy(bytes, input->bytes, length);
        for (uint32_t changes = 1 + random_below(&random, 4); changes > 0; changes--)
            length = target->type != NULL
                         ? mutate_message(target->type, bytes, length, INPUT_MAX, &random)
                         : mutate_bytes(bytes, length, INPUT_MAX, &random);
        run(target, input->path, bytes, length);
    }
    free(bytes);
}

static void run_inputs(const struct target *target, const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        run(target, inputs->items[i].path, inputs->items[i].bytes, inputs->items[i].length);
}

static bool run_target(const struct target *target, struct inputs *inputs)
{
    read_all(target, inputs);
    printf("%s: %zu inputs, %u changed ones\n", target->name, inputs->count, target->rounds);
    fflush(stdout);
    if (inputs->count == 0)
        return false;
    begin(target);
    run_inputs(target, inputs);
    run_changed(target, inputs);
    if (target->end != NULL)
        target->end();
    drop_inputs(inputs);
    return true;
}

/** The files named on the command line. */
static bool run_files(int count, char **arguments, struct inputs *inputs)
{
    const struct target *target = target_find(arguments[0]);

    if (target == NULL)
        return false;
    for (int i = 1; i < count; i++)
        if (!read_input(arguments[i], inputs))
            return false;
    begin(target);
    run_inputs(target, inputs);
    if (target->end != NULL)
        target->end();
    drop_inputs(inputs);
    return true;
}

int main(int argc, char **argv)
{
    struct inputs *inputs = mem_new(sizeof *inputs);
    bool good = true;

    setlocale(LC_ALL, "C.UTF-8");
    catch_crashes();
    if (argc > 1)
        good = run_files(argc - 1, argv + 1, inputs);
    for (size_t i = 0; argc == 1 && target_at(i) != NULL; i++)
        good = run_target(target_at(i), inputs) && good;
    free(inputs);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
