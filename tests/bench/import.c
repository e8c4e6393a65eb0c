/**
 * A ledger of new people imported by the command, with every check.
 */
#include "visitors.h"

#include "base/mem.h"
#include "base/paths.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COUNTY_DIGITS = 6 };

/** People who stand together in `visitors.items`: a county's. */
struct county {
    const struct visitee *people;
    size_t count;
};

/** The county of a run, each another where there are several: a ledger is one place's. */
static struct county county_of(const struct visitors *people, unsigned run, unsigned runs)
{
    size_t first = people->count / runs * run;
    size_t end = first;
    const char *code = people->items[first].area;

    while (first > 0 && strncmp(people->items[first - 1].area, code, COUNTY_DIGITS) == 0)
        first--;
    while (end < people->count && strncmp(people->items[end].area, code, COUNTY_DIGITS) == 0)
        end++;
    return (struct county){people->items + first, end - first};
}

/** Invented people of one run. The ID numbers' region is none of the demonstration's. */
static void write_row(FILE *file, const struct county *county, size_t nth)
{
    static const char *const FAMILY[] = {"王", "李", "张", "刘", "陈",
                                         "杨", "赵", "黄", "周", "吴"};
    static const char *const FIRST[] = {"桂", "秀", "玉", "淑", "凤", "国", "建", "德", "永", "志"};
    static const char *const SECOND[] = {"兰", "英", "珍", "华", "芝",
                                         "明", "强", "福", "军", "财"};
    static const char *const TIER[] = {"低", "低", "中", "高"};
    const char *village = county->people[nth * 7919 % county->count].area;
    char id_no[IDNO_TEXT];

    snprintf(id_no, sizeof id_no, "110101%04zu%02zu%02zu%03zu", 1930 + nth / 336 % 25, 1 + nth % 12,
             1 + nth / 12 % 28, 1 + nth / 8400 % 999);
    id_no[17] = idno_check(id_no);
    id_no[18] = '\0';
    fprintf(file,
            "%s,%s%s%s,%s,独居；空巢,%s,刘洋,王小明,138%08zu,2025-08-01,139%08zu,幸福社区%zu号楼%"
            "zu单元%zu\n",
            village, FAMILY[nth % COUNT(FAMILY)], FIRST[nth / 10 % COUNT(FIRST)],
            SECOND[nth / 100 % COUNT(SECOND)], id_no, TIER[nth % COUNT(TIER)], nth, nth,
            1 + nth % 60, 1 + nth % 4, 101 + nth % 500);
}

static enum result write_ledger(const struct bench *bench, const struct visitors *people,
                                unsigned run, const char *path)
{
    struct county county = county_of(people, run, bench->runs);
    FILE *file = fopen(path, "we");

    if (file == NULL)
        return bench_say(RESULT_CANTCREATE, "%s cannot be written", path);
    fputs("区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,"
          "住址\n",
          file);
    for (size_t i = 0; i < bench->rows; i++)
        write_row(file, &county, run * bench->rows + i);
    return fclose(file) == 0 ? RESULT_OK : RESULT_IO;
}

static enum result import_once(const struct bench *bench, const char *path, struct series *rate)
{
    char *program = paths_program("doudi");
    const char *arguments[] = {program, "--home", bench->home, "import", "tanfang", path, NULL};
    int64_t begun = now_ns();
    enum result result = run_program(arguments);

    if (result == 0)
        series_add(rate, (double)bench->rows / seconds_since(begun));
    free(program);
    return result;
}

enum result bench_import(const struct bench *bench)
{
    struct visitors people = {0};
    struct series rate = {0};
    struct str line = {0};
    struct client *client = NULL;
    char *path = paths_join(bench->scratch, "ledger.csv");
    enum result result = visitors_load(bench, &people);

    /* The server stays while the command comes and goes. */
    if (result == 0)
        result = server_open(bench, NULL, &client);
    for (unsigned run = 0; run < bench->runs && result == 0; run++) {
        result = write_ledger(bench, &people, run, path);
        if (result == 0)
            result = import_once(bench, path, &rate);
    }
    if (result == 0) {
        line_begin(&line, bench, "import", "rows/s");
        line_series(&line, &rate);
        line_add(&line, "rows", (double)bench->rows);
        line_end(&line);
    }
    client_close(&client);
    server_end(bench, SIGTERM);
    unlink(path);
    free(path);
    visitors_free(&people);
    series_free(&rate);
    return result;
}
