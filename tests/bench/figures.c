#include "bench.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void series_add(struct series *series, double value)
{
    mem_grow((void **)&series->values, series->count, &series->capacity, sizeof *series->values);
    series->values[series->count++] = value;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

double series_quantile(const struct series *series, double part)
{
    double *ordered;
    double value;
    size_t rank;

    if (series->count == 0)
        return 0;
    ordered = mem_array(series->count, sizeof *ordered);
    memcpy(ordered, series->values, series->count * sizeof *ordered);
    qsort(ordered, series->count, sizeof *ordered, compare);
    rank = (size_t)(part * (double)(series->count - 1) + 0.5);
    value = ordered[rank];
    free(ordered);
    return value;
}

double series_median(const struct series *series)
{
    return series_quantile(series, 0.5);
}

void series_free(struct series *series)
{
    free(series->values);
    *series = (struct series){0};
}

// ---- lines

void line_begin(struct str *line, const struct bench *bench, const char *name, const char *unit)
{
    str_printf(line, "bench %s cases=%zu unit=%s", name, bench->cases, unit);
}

void line_add(struct str *line, const char *key, double value)
{
    str_printf(line, " %s=%.5g", key, value);
    /* Large numbers whole, not as 1.2e+06. */
    if (value >= 1e5 || value <= -1e5) {
        line->length -= strlen(strrchr(line->text, '=')) - 1;
        line->text[line->length] = '\0';
        str_printf(line, "%.0f", value);
    }
}

void line_series(struct str *line, const struct series *series)
{
    line_add(line, "runs", (double)series->count);
    line_add(line, "median", series_median(series));
    line_add(line, "low", series_quantile(series, 0));
    line_add(line, "high", series_quantile(series, 1));
}

static void add_named(struct str *line, const char *peer, const char *key, double value)
{
    char *name = mem_printf("%s%s", peer, key);

    line_add(line, name, value);
    free(name);
}

void line_peer(struct str *line, const char *peer, const struct series *ours,
               const struct series *theirs)
{
    struct series ratios = {0};

    for (size_t i = 0; i < ours->count && i < theirs->count; i++)
        series_add(&ratios, theirs->values[i] > 0 ? ours->values[i] / theirs->values[i] : 0);
    add_named(line, peer, "", series_median(theirs));
    add_named(line, peer, "_low", series_quantile(theirs, 0));
    add_named(line, peer, "_high", series_quantile(theirs, 1));
    add_named(line, peer, "_ratio", series_median(&ratios));
    series_free(&ratios);
}

void line_end(struct str *line)
{
    puts(str_text(line));
    fflush(stdout);
    str_free(line);
}
