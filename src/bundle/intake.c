#include "bundle/intake.h"

#include "base/mem.h"
#include "base/paths.h"
#include "bundle/intake_private.h"

#include <stdlib.h>
#include <string.h>

static const struct intake_kind *const KINDS[INTAKE_COUNT_] = {
    [INTAKE_AREAS] = &intake_areas,         [INTAKE_PERSONS] = &intake_persons,
    [INTAKE_CASES] = &intake_cases,         [INTAKE_VISITS] = &intake_visits,
    [INTAKE_DUTIES] = &intake_duties,       [INTAKE_STATEMENTS] = &intake_statements,
    [INTAKE_ALARMS] = &intake_alarms,       [INTAKE_OFFICERS] = &intake_officers,
    [INTAKE_PASSED_ON] = &intake_passed_on, [INTAKE_ROUNDS] = &intake_rounds,
};

static enum result open_file(struct intake *intake, const char *folder, size_t index,
                             const struct intake_file *file)
{
    struct decoder *decoder = intake->decoder;
    char *path = paths_join(folder, file->name);
    enum result result = rowfile_open(path, file->name, file->columns, file->count,
                                      &intake->files[index], &decoder->fault);

    free(path);
    if (result != 0) {
        decoder->reason = RECEIPT_CONTENT;
        return result;
    }
    intake->rows[index] = (struct decode_row){.decoder = decoder, .file = intake->files[index]};
    return index == 0 ? RESULT_OK : decode_next(&intake->rows[index]);
}

enum result intake_open(struct decoder *decoder, const char *folder, enum intake_of of,
                        struct intake **ret_intake)
{
    struct intake *intake = mem_new(sizeof *intake);

    intake->decoder = decoder;
    intake->kind = KINDS[of];
    enum result result = open_file(intake, folder, 0, &intake->kind->file);
    for (size_t i = 0; i < INTAKE_JOINED && result == 0; i++)
        if (intake->kind->joined[i].name != NULL)
            result = open_file(intake, folder, i + 1, &intake->kind->joined[i]);
    if (result == 0)
        *ret_intake = intake;
    else
        intake_free(&intake);
    return result;
}

void intake_free(struct intake **intake)
{
    struct intake *old = *intake;

    if (old == NULL)
        return;
    for (size_t i = 0; i <= INTAKE_JOINED; i++)
        rowfile_free(&old->files[i]);
    free(old);
    *intake = NULL;
}

void *intake_add(struct intake *intake, void *list, size_t *count, size_t size)
{
    void **items = *(void ***)list;
    size_t room = 4;

    while (room < *count)
        room *= 2;
    if (*count == 0 || *count == room) {
        void **more = mem_array(*count == 0 ? room : room * 2, sizeof *more);
        if (*count > 0)
            memcpy(more, items, *count * sizeof *more);
        *(void ***)list = items = decode_keep(intake->decoder, more);
    }
    return items[(*count)++] = decode_keep(intake->decoder, mem_new(size));
}

/** True if the joined file's row belongs to the main file's row. */
static bool belongs(const struct intake *intake, size_t index)
{
    const struct decode_row *row = &intake->rows[index + 1];
    const char *const *cells = intake->rows[0].cells;

    for (size_t i = 0; i < intake->kind->joined[index].keys; i++)
        if (strcmp(row->cells[i], cells[i]) != 0)
            return false;
    return true;
}

static enum result join_rows(struct intake *intake, size_t index)
{
    struct decode_row *row = &intake->rows[index + 1];
    enum result result = RESULT_OK;

    while (result == 0 && row->cells != NULL && belongs(intake, index)) {
        row->next = intake->kind->joined[index].keys;
        intake->kind->join[index](intake, row);
        result = decode_check(row);
        if (result == 0)
            result = decode_next(row);
    }
    return result;
}

/** After the last record no row of a joined file may be left. */
static enum result check_left(struct intake *intake)
{
    for (size_t i = 1; i <= INTAKE_JOINED; i++)
        if (intake->rows[i].cells != NULL) {
            decode_refuse(&intake->rows[i], RECEIPT_CONTENT, "在 %s 里没有对应的行",
                          intake->kind->file.name);
            return RESULT_INVALID;
        }
    return RESULT_OK;
}

static enum result read_record(struct intake *intake, bool *ret_wanted)
{
    struct decode_row *row = &intake->rows[0];
    enum result result = RESULT_OK;

    decode_reset(intake->decoder);
    intake->kind->decode(intake, row, ret_wanted);
    for (size_t i = 0; i < INTAKE_JOINED && result == 0; i++)
        if (intake->kind->joined[i].name != NULL)
            result = join_rows(intake, i);
    if (result == 0 && intake->kind == &intake_statements &&
        intake->record.statement.n_rows != intake->said)
        decode_refuse(row, RECEIPT_CONTENT, "名单应有 %zu 行，实有 %zu 行", intake->said,
                      intake->record.statement.n_rows);
    return result == 0 ? decode_check(row) : result;
}

enum result intake_next(const void **ret_record, void *arg)
{
    struct intake *intake = arg;
    bool wanted = false;
    enum result result = RESULT_OK;

    *ret_record = NULL;
    while (result == 0 && !wanted) {
        result = decode_next(&intake->rows[0]);
        if (result == 0 && intake->rows[0].cells == NULL)
            return check_left(intake);
        wanted = true;
        if (result == 0)
            result = read_record(intake, &wanted);
    }
    if (result == 0)
        *ret_record = &intake->record;
    return result;
}

struct intake_verdict intake_verdict(const struct intake *intake)
{
    return intake->verdict;
}

const char *intake_name(const struct intake *intake)
{
    return intake->kind->file.name;
}

uint64_t intake_rows(const struct intake *intake)
{
    uint64_t rows = 0;

    if (intake->kind == &intake_passed_on) /* INTAKE_OFFICERS has counted them */
        return 0;
    for (size_t i = 0; i <= INTAKE_JOINED; i++)
        if (intake->files[i] != NULL)
            rows += rowfile_rows(intake->files[i]);
    return rows;
}
