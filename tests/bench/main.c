/**
 * The bench: one theme per call, on the home given. tests/bench/bench.sh calls it for every size;
 * tests/bench/README.md says what is measured.
 */
#include "bench.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct theme {
    const char *name;
    enum result (*run)(const struct bench *bench);
} THEMES[] = {
    {"dump", bench_dump},   {"visits", bench_visits}, {"idle-visit", bench_idle_visit},
    {"reads", bench_reads}, {"import", bench_import}, {"export", bench_export},
    {"start", bench_start}, {"soak", bench_soak},     {"terminal", bench_terminal},
};

enum option_id {
    OPTION_HOME = 256,
    OPTION_SCRATCH,
    OPTION_SCHEMAS,
    OPTION_POSTGRESQL,
    OPTION_ALONE,
    OPTION_CASES,
    OPTION_RUNS,
    OPTION_ROWS,
    OPTION_CLIENTS,
    OPTION_SECONDS
};

static const struct option OPTIONS[] = {
    {"home", required_argument, NULL, OPTION_HOME},
    {"scratch", required_argument, NULL, OPTION_SCRATCH},
    {"schemas", required_argument, NULL, OPTION_SCHEMAS},
    {"postgresql", required_argument, NULL, OPTION_POSTGRESQL},
    {"alone", no_argument, NULL, OPTION_ALONE},
    {"cases", required_argument, NULL, OPTION_CASES},
    {"runs", required_argument, NULL, OPTION_RUNS},
    {"rows", required_argument, NULL, OPTION_ROWS},
    {"clients", required_argument, NULL, OPTION_CLIENTS},
    {"seconds", required_argument, NULL, OPTION_SECONDS},
    {0},
};

static bool take_option(struct bench *bench, int option)
{
    switch (option) {
    case OPTION_HOME:
        bench->home = optarg;
        return true;
    case OPTION_SCRATCH:
        bench->scratch = optarg;
        return true;
    case OPTION_SCHEMAS:
        bench->schemas = optarg;
        return true;
    case OPTION_POSTGRESQL:
        bench->postgresql = optarg;
        return true;
    case OPTION_ALONE:
        bench->alone = true;
        return true;
    case OPTION_CASES:
        bench->cases = strtoul(optarg, NULL, 10);
        return true;
    case OPTION_RUNS:
        bench->runs = (unsigned)strtoul(optarg, NULL, 10);
        return true;
    case OPTION_ROWS:
        bench->rows = strtoul(optarg, NULL, 10);
        return true;
    case OPTION_CLIENTS:
        bench->clients = strtoul(optarg, NULL, 10);
        return true;
    case OPTION_SECONDS:
        bench->seconds = (unsigned)strtoul(optarg, NULL, 10);
        return true;
    default:
        return false;
    }
}

static const struct theme *find_theme(const char *name)
{
    for (size_t i = 0; name != NULL && i < COUNT(THEMES); i++)
        if (strcmp(THEMES[i].name, name) == 0)
            return &THEMES[i];
    return NULL;
}

static int usage(void)
{
    fputs("usage: bench THEME --home DIR --scratch DIR --schemas DIR --cases N [--runs N] [--rows "
          "N]\n"
          "             [--clients N] [--seconds N] [--postgresql CONNECTION] [--alone]\nthemes:",
          stderr);
    for (size_t i = 0; i < COUNT(THEMES); i++)
        fprintf(stderr, " %s", THEMES[i].name);
    fputc('\n', stderr);
    return 64;
}

int main(int argc, char **argv)
{
    struct bench bench = {.runs = 5, .rows = 20000, .clients = 64, .seconds = 300};
    const struct theme *theme;
    int option;

    while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1)
        if (!take_option(&bench, option))
            return usage();
    theme = find_theme(argv[optind]);
    if (theme == NULL || bench.home == NULL || bench.scratch == NULL || bench.schemas == NULL ||
        bench.runs == 0 || bench.clients == 0)
        return usage();
    bench.today = date_today(getenv("DOUDI_TODAY"));
    return result_exit(theme->run(&bench));
}
