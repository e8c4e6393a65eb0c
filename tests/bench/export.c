/**
 * Writing cases.csv, as the nightly bundle does, and PostgreSQL's COPY of the same rows.
 */
#include "engine.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/paths.h"
#include "bundle/extract.h"
#include "exchange/csv.h"
#include "postgresql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 16 };

/** The file being written: as in a bundle, with its sum. */
struct sink {
    FILE *stream;
    struct str buffer;
    struct digest *digest;
    size_t rows, columns;
};

static enum result flush(struct sink *sink)
{
    digest_add(sink->digest, sink->buffer.text, sink->buffer.length);
    if (fwrite(sink->buffer.text, 1, sink->buffer.length, sink->stream) != sink->buffer.length)
        return RESULT_IO;
    str_clear(&sink->buffer);
    return RESULT_OK;
}

static enum result add_row(const char *const *cells, void *arg)
{
    struct sink *sink = arg;

    csv_add_row(&sink->buffer, cells, sink->columns, false);
    sink->rows++;
    return sink->buffer.length < BUFFER_SIZE ? RESULT_OK : flush(sink);
}

static const struct extract_file *find_file(const char *name)
{
    const struct extract_file *file = NULL;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++)
        if (strcmp(file->name, name) == 0)
            break;
    return file;
}

static enum result write_file(struct service *service, const char *path, struct sink *sink)
{
    const struct extract_file *file = find_file("cases.csv");
    uint8_t sum[DIGEST_SIZE];
    enum result result;

    sink->stream = fopen(path, "we");
    if (sink->stream == NULL)
        return RESULT_CANTCREATE;
    sink->digest = digest_new();
    sink->columns = file->column_count;
    csv_add_row(&sink->buffer, file->columns, file->column_count, false);
    result = file->rows(service, file, add_row, sink);
    if (result == 0)
        result = flush(sink);
    digest_end(&sink->digest, sum);
    if (fclose(sink->stream) != 0 && result == 0)
        result = RESULT_IO;
    str_free(&sink->buffer);
    return result;
}

/** The home has no server: it stands for the night's restored copy. */
static enum result open_copy(const struct bench *bench, struct service **ret_service)
{
    char *forms = paths_data("forms");
    char *message = NULL;
    struct service_options options = {
        .home = bench->home,
        .forms = forms,
        .read_only = true,
        .today = getenv("DOUDI_TODAY"),
    };
    enum result result = service_open(&options, ret_service, &message);

    if (result != 0)
        bench_say(result, "%s: %s", bench->home, message);
    free(message);
    free(forms);
    return result;
}

static enum result write_once(const struct bench *bench, struct service *service,
                              struct series *rate, double *ret_bytes)
{
    struct sink sink = {0};
    struct stat status = {0};
    char *path = paths_join(bench->scratch, "cases.csv");
    int64_t begun = now_ns();
    enum result result = write_file(service, path, &sink);

    if (result == 0)
        series_add(rate, (double)sink.rows / seconds_since(begun));
    else
        bench_say(result, "%s: %s", path, result_name(result));
    stat(path, &status);
    *ret_bytes = (double)status.st_size;
    unlink(path);
    free(path);
    return result;
}

static void print(const struct bench *bench, const struct series *ours, const struct series *theirs,
                  double bytes)
{
    struct str line = {0};

    line_begin(&line, bench, "export-cases", "rows/s");
    line_series(&line, ours);
    line_add(&line, "mib", bytes / (1 << 20));
    if (theirs->count > 0)
        line_peer(&line, "postgresql", ours, theirs);
    line_end(&line);
}

enum result bench_export(const struct bench *bench)
{
    struct series ours = {0};
    struct series theirs = {0};
    struct series warming = {0};
    struct service *service = NULL;
    double bytes = 0;
    enum result result = open_copy(bench, &service);

    for (unsigned run = 0; run <= bench->runs && result == 0; run++) {
        result = write_once(bench, service, run == 0 ? &warming : &ours, &bytes);
        if (result == 0)
            result = postgresql_copy_cases(bench, run == 0 ? &warming : &theirs);
    }
    if (result == 0)
        print(bench, &ours, &theirs, bytes);
    service_close(&service);
    series_free(&ours);
    series_free(&theirs);
    series_free(&warming);
    return result;
}
