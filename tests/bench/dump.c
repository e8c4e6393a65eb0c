/**
 * The home's rows as text for the peers, as COPY reads it: a file per table in SCRATCH/rows, columns
 * in the order of the peers' schemas; and people.tsv, whom visits can be recorded of.
 *
 * Lists inside a record (members, form values, credits) are one column each, as text.
 */
#include "bench.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "db/tables.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct dump {
    const struct bench *bench;
    FILE *person, *record, *duty, *visit, *people;
    struct txn *txn;
};

// ---- cells

static void put_text(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '\t':
            fputs("\\t", file);
            break;
        case '\n':
            fputs("\\n", file);
            break;
        case '\\':
            fputs("\\\\", file);
            break;
        default:
            fputc(*text, file);
        }
    }
}

static void cell(FILE *file, const char *text)
{
    put_text(file, text);
    fputc('\t', file);
}

static void number(FILE *file, int64_t value)
{
    fprintf(file, "%" PRId64 "\t", value);
}

/** A day or a moment as SQL writes it; none is null. */
static void day(FILE *file, day_t value)
{
    char text[DATE_TEXT];

    fprintf(file, "%s\t", value == 0 ? "\\N" : date_format(value, text));
}

static void moment(FILE *file, int64_t value)
{
    char text[STAMP_TEXT];

    fprintf(file, "%s\t", value == 0 ? "\\N" : date_format_stamp(value, text));
}

static void fields(FILE *file, size_t count, Rec__Field *const *items)
{
    for (size_t i = 0; i < count; i++) {
        put_text(file, items[i]->name);
        fputc('=', file);
        put_text(file, items[i]->value);
        fputc('|', file);
    }
    fputc('\t', file);
}

static void last(FILE *file, const char *text)
{
    put_text(file, text);
    fputc('\n', file);
}

// ---- tables

static enum result dump_person(const Rec__Person *person, void *arg)
{
    FILE *file = ((struct dump *)arg)->person;

    number(file, (int64_t)person->id);
    cell(file, person->id_no);
    cell(file, person->name);
    day(file, person->birth);
    number(file, person->sex);
    cell(file, person->area);
    cell(file, person->phone);
    cell(file, person->address);
    day(file, person->death);
    fields(file, person->n_fields, person->fields);
    number(file, person->version);
    moment(file, person->at);
    last(file, person->by);
    return RESULT_OK;
}

static void members(FILE *file, const Rec__Case *record)
{
    for (size_t i = 0; i < record->n_members; i++)
        fprintf(file, "%" PRIu64 ":%d:%d:%d|", record->members[i]->person,
                record->members[i]->covered, record->members[i]->since, record->members[i]->until);
    fputc('\t', file);
}

static void reviews(FILE *file, const Rec__Case *record)
{
    for (size_t i = 0; i < record->n_reviews; i++) {
        fprintf(file, "%d=", record->reviews[i]->date);
        put_text(file, record->reviews[i]->result);
        fputc('|', file);
    }
    fputc('\t', file);
}

static enum result dump_case(const Rec__Case *record, void *arg)
{
    FILE *file = ((struct dump *)arg)->record;

    number(file, (int64_t)record->id);
    cell(file, record->number);
    cell(file, record->kind);
    number(file, (int64_t)record->person);
    cell(file, record->area);
    cell(file, record->state);
    day(file, record->since);
    day(file, record->closed_on);
    cell(file, record->exit_reason);
    cell(file, record->tier);
    cell(file, record->officer);
    cell(file, record->review_class);
    members(file, record);
    fields(file, record->n_fields, record->fields);
    reviews(file, record);
    number(file, record->version);
    cell(file, record->by);
    moment(file, record->at);
    last(file, record->batch);
    return RESULT_OK;
}

static void credits(FILE *file, const Rec__Duty *duty)
{
    for (size_t i = 0; i < duty->n_credits; i++)
        fprintf(file, "%d:%" PRIu32 ":%d|", duty->credits[i]->date, duty->credits[i]->seq,
                duty->credits[i]->late);
    fputc('\t', file);
}

/** Somebody of whom the bench can record visits: owed in this month, still in the programme. */
static enum result dump_visitable(struct dump *dump, const Rec__Duty *duty)
{
    Rec__Person *person = NULL;
    enum result result;

    if (duty->month != month_of(dump->bench->today) || strcmp(duty->type, "visit") != 0 ||
        strcmp(duty->kind, "tanfang") != 0 || duty->closed_on != 0 || duty->frozen[0] != '\0')
        return RESULT_OK;
    result = store_person_get(dump->txn, duty->person, &person);
    if (result != 0)
        return result;
    fprintf(dump->people, "%s\t%s\t%" PRIu64 "\n", person->id_no, duty->area, duty->case_id);
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result dump_duty(const Rec__Duty *duty, void *arg)
{
    struct dump *dump = arg;
    FILE *file = dump->duty;

    number(file, duty->month);
    cell(file, duty->area);
    number(file, (int64_t)duty->case_id);
    cell(file, duty->type);
    cell(file, duty->kind);
    number(file, (int64_t)duty->person);
    cell(file, duty->officer);
    cell(file, duty->tier);
    number(file, duty->need);
    number(file, duty->interval);
    day(file, duty->since);
    day(file, duty->closed_on);
    cell(file, duty->exit_reason);
    credits(file, duty);
    number(file, (int64_t)duty->n_attempts);
    day(file, duty->last_before);
    cell(file, duty->excuse != NULL ? duty->excuse->state : "");
    cell(file, duty->frozen);
    cell(file, duty->unowed);
    cell(file, duty->shared);
    day(file, duty->reached_on);
    fprintf(file, "%d\n", duty->reopened);
    return dump_visitable(dump, duty);
}

static enum result dump_visit(const Rec__Visit *visit, void *arg)
{
    FILE *file = ((struct dump *)arg)->visit;

    number(file, (int64_t)visit->person);
    day(file, visit->date);
    number(file, visit->seq);
    cell(file, visit->kind);
    cell(file, visit->mode);
    cell(file, visit->result);
    cell(file, visit->by);
    cell(file, visit->officer);
    moment(file, visit->at);
    number(file, visit->late);
    fields(file, visit->n_fields, visit->fields);
    for (size_t i = 0; i < visit->n_credited; i++)
        fprintf(file, "%" PRIu64 "|", visit->credited[i]);
    fputc('\t', file);
    number(file, visit->superseded);
    number(file, visit->replaces);
    day(file, visit->replaces_date);
    last(file, visit->batch);
    return RESULT_OK;
}

// ---- all of it

static enum result dump_all(struct txn *txn, void *arg)
{
    struct dump *dump = arg;
    month_t now = month_of(dump->bench->today);
    enum result result;

    dump->txn = txn;
    result = store_person_scan(txn, 0, dump_person, dump);
    if (result == 0)
        result = store_case_scan(txn, 0, dump_case, dump);
    for (month_t month = now - 24; month <= now && result == 0; month++)
        result = store_duty_scan(txn, month, "", NULL, dump_duty, dump);
    return result == 0 ? store_visit_scan_all(txn, dump_visit, dump) : result;
}

static FILE *create(const char *folder, const char *name)
{
    char *path = mem_printf("%s/%s.tsv", folder, name);
    FILE *file = fopen(path, "we");

    free(path);
    return file;
}

static bool finish(FILE *file)
{
    return file != NULL && fclose(file) == 0;
}

static enum result dump_store(struct dump *dump, const char *folder, struct store *store)
{
    enum result result = RESULT_CANTCREATE;
    bool written;

    dump->person = create(folder, "person");
    dump->record = create(folder, "cases");
    dump->duty = create(folder, "duty");
    dump->visit = create(folder, "visit");
    dump->people = create(folder, "people");
    if (dump->person != NULL && dump->record != NULL && dump->duty != NULL && dump->visit != NULL &&
        dump->people != NULL)
        result = store_run(store, STORE_READ, dump_all, dump);
    FILE *const files[] = {dump->person, dump->record, dump->duty, dump->visit, dump->people};
    written = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        written = finish(files[i]) && written;
    return result == 0 && !written ? RESULT_IO : result;
}

enum result bench_dump(const struct bench *bench)
{
    struct dump dump = {.bench = bench};
    struct store *store = NULL;
    char *folder = paths_join(bench->scratch, "rows");
    int lock = -1;
    enum result result;

    server_end(bench, SIGTERM);
    result = store_lock_home(bench->home, false, &lock);
    mkdir(folder, 0755);
    if (result == 0)
        result = store_open(bench->home, &(struct store_options){0}, &store);
    if (result == 0)
        result = dump_store(&dump, folder, store);
    if (result != 0)
        bench_say(result, "the rows of %s: %s", bench->home, result_name(result));
    store_close(&store);
    if (lock >= 0)
        close(lock);
    free(folder);
    return result;
}
