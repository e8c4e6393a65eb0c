/*
 * The rows of a bundle, table by table.
 */
#include "bundle/ingest_private.h"

#include "base/ids.h"
#include "base/month.h"
#include "base/paths.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    enum intake_of of;
    enum replace_table table;
} TABLES[] = {
    {INTAKE_AREAS, REPLACE_AREAS},         {INTAKE_PERSONS, REPLACE_PERSONS},
    {INTAKE_CASES, REPLACE_CASES},         {INTAKE_VISITS, REPLACE_VISITS},
    {INTAKE_DUTIES, REPLACE_DUTIES},       {INTAKE_STATEMENTS, REPLACE_STATEMENTS},
    {INTAKE_ALARMS, REPLACE_ALARMS},       {INTAKE_OFFICERS, REPLACE_OFFICERS},
    {INTAKE_PASSED_ON, REPLACE_PASSED_ON}, {INTAKE_ROUNDS, REPLACE_ROUNDS},
};

/** From the earliest month that here or there has rows, to the present one. */
static enum result find_months(struct ingest *ingest)
{
    struct intake *intake = NULL;
    const void *record = NULL;
    enum result result = intake_open(&ingest->decoder, ingest->files, INTAKE_DUTIES, &intake);

    ingest->from = service_first_month(ingest->service);
    ingest->to = month_of(service_today(ingest->service) + 1);
    if (result == 0)
        result = intake_next(&record, intake);
    if (record != NULL && ((const Rec__Duty *)record)->month < ingest->from)
        ingest->from = ((const Rec__Duty *)record)->month;
    intake_free(&intake);
    return result;
}

/** Without its own division the sender would be lost here. */
static bool has_own_area(struct usecase *usecase, const struct ingest *ingest)
{
    Rec__Area *area = NULL;
    enum result result = store_area_get(usecase->txn, ingest->manifest->area, &area);

    if (result == 0)
        rec__area__free_unpacked(area, NULL);
    return result == 0;
}

static enum result replace_table(struct usecase *usecase, struct ingest *ingest, size_t index)
{
    struct decoder *decoder = &ingest->decoder;
    const struct replace_range range = {
        .first = ids_make(decoder->first, 0),
        .last = ids_make(decoder->last + 1, 0) - 1,
        .from = ingest->from,
        .to = ingest->to,
        .area = decoder->prefix,
    };
    struct intake *intake = NULL;
    enum result result = intake_open(decoder, ingest->files, TABLES[index].of, &intake);

    if (result != 0)
        return result;
    result = store_replace(usecase->txn, TABLES[index].table, &range, intake_next, intake,
                           &ingest->counts[index]);
    ingest->receipt->rows += intake_rows(intake);
    if (result == 0 && TABLES[index].of == INTAKE_AREAS && !has_own_area(usecase, ingest))
        result =
            ingest_refuse(ingest, RECEIPT_CONTENT, "areas.csv 里没有它自己的区划。请重新导出。");
    if (result == RESULT_EXISTS)
        result =
            ingest_refuse(ingest, RECEIPT_ROWS, "有个案的编号已属于别的单位。请核对后重新导出。");
    else if (result == RESULT_INVALID && decoder->fault == NULL)
        result =
            ingest_refuse(ingest, RECEIPT_CONTENT,
                          "%s 里有重复、没有排好或月份不对的行。请重新导出。", intake_name(intake));
    intake_free(&intake);
    return result;
}

static bool has_file(const struct ingest *ingest, const char *name)
{
    char *path = paths_join(ingest->files, name);
    bool has = access(path, R_OK) == 0;

    free(path);
    return has;
}

/** An older program sends none: what is known of the sender's stays. */
static enum result find_rounds(struct ingest *ingest)
{
    ingest->rounds = has_file(ingest, "rounds.csv");
    if (ingest->rounds == has_file(ingest, "round_figures.csv"))
        return RESULT_OK;
    return ingest_refuse(ingest, RECEIPT_CONTENT,
                         "rounds.csv 和 round_figures.csv 只有一个。请重新导出。");
}

static enum result replace_tables(struct usecase *usecase, struct ingest *ingest)
{
    enum result result = find_rounds(ingest);

    if (result == 0)
        result = find_months(ingest);
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0] && result == 0; i++)
        if (TABLES[i].of != INTAKE_ROUNDS || ingest->rounds)
            result = replace_table(usecase, ingest, i);
    if (result == RESULT_INVALID && ingest->decoder.fault != NULL)
        result = ingest_refuse(ingest, ingest->decoder.reason, "%s。请重新导出。",
                               ingest->decoder.fault);
    return result;
}

static enum result put_months(struct usecase *usecase, const struct ingest *ingest)
{
    Rec__Home *home = NULL;

    if (ingest->from >= service_first_month(ingest->service))
        return RESULT_OK;
    enum result result = store_home_get(usecase->txn, &home);
    if (result != 0)
        return result;
    home->first_month = ingest->from;
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

enum result ingest_rows(struct usecase *usecase, struct ingest *ingest)
{
    enum result result = replace_tables(usecase, ingest);

    return result == 0 ? put_months(usecase, ingest) : result;
}
