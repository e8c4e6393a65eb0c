#include "service/keeping/verify_sheets.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    struct usecase *usecase;
    const struct verify_alarms *to;
    char code[16];       /**< the sheet being read, "" before the first */
    uint32_t rows, last; /**< how many rows it has, and the last one read */
};

static void find(const struct checking *checking, const char *code, const char *what)
{
    char *line = mem_printf("应访表 %s %s", code, what);

    checking->to->find(line, checking->to->arg);
    free(line);
}

static void end_sheet(struct checking *checking)
{
    if (checking->code[0] != '\0' && checking->last != checking->rows)
        find(checking, checking->code, "的行不全");
}

static enum result check_visit(const struct checking *checking, const Rec__Sheet *row)
{
    Rec__Visit *visit = NULL;
    enum result result = row->visit_seq == 0
                             ? RESULT_OK
                             : store_visit_get(checking->usecase->txn, row->person, row->visit_date,
                                               row->visit_seq - 1, &visit);

    if (result == RESULT_NOTFOUND)
        find(checking, row->code, "录入的探访不存在");
    if (visit != NULL)
        rec__visit__free_unpacked(visit, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

/** The records of a sheet follow one another, the sheet itself first. */
static enum result check_record(const Rec__Sheet *sheet, void *arg)
{
    struct checking *checking = arg;
    enum result result = RESULT_OK;

    if (sheet->number == 0) {
        end_sheet(checking);
        (void)snprintf(checking->code, sizeof checking->code, "%s", sheet->code);
        checking->rows = sheet->rows;
        checking->last = 0;
    } else {
        if (strcmp(sheet->code, checking->code) != 0 || sheet->number != checking->last + 1)
            find(checking, sheet->code, "的行不连续");
        checking->last = sheet->number;
        result = check_visit(checking, sheet);
    }
    return result != 0 ? result : checking->to->progress(checking->to->arg);
}

enum result verify_sheets(struct usecase *usecase, const struct verify_alarms *to)
{
    struct checking checking = {.usecase = usecase, .to = to};
    enum result result = store_sheet_scan_all(usecase->txn, check_record, &checking);

    if (result == 0)
        end_sheet(&checking);
    return result;
}
