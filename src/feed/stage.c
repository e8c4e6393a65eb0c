#include "feed/stage.h"

#include "base/mem.h"
#include "base/text.h"
#include "bundle/delta.h"
#include "feed/sql.h"
#include "feed/unpack.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** The bundle's other files are read by people, or have the same in another form. */
static bool is_for_people(const char *name)
{
    return !text_ends(name, ".csv");
}

static enum result send_lines(const struct str *lines, void *arg)
{
    struct stage *stage = arg;

    return database_copy_add(stage->database, lines);
}

static enum result begin_table(struct stage *stage)
{
    const char *origin = stage->manifest->area;
    struct str sql = {0};

    stage->seen[stage->table - stage->tables->tables] = true;
    stage->rows_reader = rows_new(stage->table, origin, send_lines, stage);
    sql_add_stage(&sql, stage->table, stage->tables->distributed, origin);
    enum result result = database_run(stage->database, str_text(&sql));
    str_clear(&sql);
    sql_add_copy(&sql, stage->table);
    if (result == 0)
        result = database_copy_begin(stage->database, str_text(&sql));
    str_free(&sql);
    return result;
}

static bool is_removed(const struct stage *stage, const struct manifest_file *file)
{
    return stage->manifest->delta && strcmp(file->name, DELTA_REMOVED) == 0;
}

static enum result begin_file(const struct manifest_file *file, bool *ret_wanted, void *arg)
{
    struct stage *stage = arg;

    rows_free(&stage->rows_reader);
    stage->table = tables_find(stage->tables, file->name);
    if (stage->table != NULL) {
        *ret_wanted = true;
        return begin_table(stage);
    }
    *ret_wanted = false;
    if (is_for_people(file->name) || is_removed(stage, file))
        return RESULT_OK;
    stage->message =
        mem_printf("有不认识的文件 %s，由更新的版本写成，请先升级 doudi-feed", file->name);
    return RESULT_INVALID;
}

static enum result say_fault(struct stage *stage, enum result result)
{
    if (result != 0 && stage->message == NULL && rows_message(stage->rows_reader) != NULL)
        stage->message = mem_copy(rows_message(stage->rows_reader));
    return result;
}

static enum result add_bytes(const void *bytes, size_t length, void *arg)
{
    struct stage *stage = arg;

    return say_fault(stage, rows_add(stage->rows_reader, bytes, length));
}

static enum result end_file(const struct manifest_file *file, void *arg)
{
    struct stage *stage = arg;
    uint64_t rows = 0;
    enum result result = say_fault(stage, rows_end(stage->rows_reader, &rows));

    if (result == 0 && rows != file->rows) {
        stage->message = mem_printf("%s 有 %" PRIu64 " 行，清单写的是 %" PRIu64 " 行", file->name,
                                    rows, file->rows);
        return RESULT_CORRUPT;
    }
    if (result != 0 || stage->table == NULL)
        return result;
    struct feed_heading *heading = &stage->headings[stage->table - stage->tables->tables];
    heading->count = rows_heading(stage->rows_reader, heading->columns);
    stage->rows[stage->table - stage->tables->tables] = rows;
    stage->count += rows;
    result = database_copy_end(stage->database);
    if (result == RESULT_INVALID)
        stage->message = mem_printf("%s：%s", file->name, database_message(stage->database));
    return result;
}

/** The second reading: of removed.csv alone. */
static enum result begin_removed(const struct manifest_file *file, bool *ret_wanted, void *arg)
{
    struct stage *stage = arg;

    rows_free(&stage->rows_reader);
    stage->table = NULL;
    *ret_wanted = is_removed(stage, file);
    if (*ret_wanted)
        stage->rows_reader = removed_rows(&stage->removed);
    return RESULT_OK;
}

/** Behind the first reading, which has found the columns of all files. */
static enum result delete_removed(struct stage *stage, const char *path)
{
    const struct unpack_reader reader = {
        .begin = begin_removed, .add = add_bytes, .end = end_file, .arg = stage};

    stage->removed = (struct removed){.database = stage->database,
                                      .tables = stage->tables,
                                      .headings = stage->headings,
                                      .origin = stage->manifest->area};
    enum result result = unpack_read(path, stage->manifest, &reader, &stage->message);
    if (result != 0 && stage->message == NULL && stage->removed.message != NULL)
        stage->message = mem_copy(stage->removed.message);
    return result;
}

enum result stage_fill(struct stage *stage, const char *path)
{
    const struct unpack_reader reader = {
        .begin = begin_file, .add = add_bytes, .end = end_file, .arg = stage};
    enum result result = unpack_read(path, stage->manifest, &reader, &stage->message);

    for (size_t i = 0; result == 0 && i < stage->tables->count; i++)
        if (!stage->seen[i] && !stage->tables->tables[i].file->later) {
            stage->message = mem_printf("包里没有 %s", stage->tables->tables[i].file->name);
            result = RESULT_INVALID;
        }
    return result == 0 && stage->manifest->delta ? delete_removed(stage, path) : result;
}

void stage_free(struct stage *stage)
{
    rows_free(&stage->rows_reader);
    free(stage->removed.message);
    free(stage->message);
    stage->message = NULL;
}
