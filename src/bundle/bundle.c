#include "config.h"

#include "bundle/bundle.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/boardbook.h"
#include "bundle/delta.h"
#include "bundle/manifest.h"
#include "bundle/numbering.h"
#include "bundle/part.h"
#include "bundle/post.h"
#include "bundle/readme.h"
#include "service/keeping/homedir.h"
#include "service/lists/lacking.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct bundle {
    struct service *service;
    const struct bundle_order *order;
    struct numbering numbering;
    char *scratch; /**< where its files are made */
    json_object *manifest;
    json_object *files; /**< a part of the manifest */
    struct tarball *tarball;
    struct rowstate *state;
    struct str removed; /**< removed.csv */
    bool delta;
    uint64_t rows;
    char *message; /**< why it failed, NULL if the result is enough */
};

// ---- the manifest

static void say(json_object *object, const char *name, const char *text)
{
    json_object_object_add(object, name, json_object_new_string(text));
}

static void say_number(json_object *object, const char *name, uint64_t number)
{
    json_object_object_add(object, name, json_object_new_int64((int64_t)number));
}

/** ISO 8601, China time: 2026-11-23T01:30:05+08:00. */
static void say_moment(json_object *object, const char *name, int64_t seconds)
{
    char stamp[STAMP_TEXT];
    char *text = mem_printf("%s+08:00", date_format_stamp(seconds, stamp));

    text[DATE_TEXT - 1] = 'T';
    say(object, name, text);
    free(text);
}

static void describe_bundle(struct bundle *bundle)
{
    const struct numbering *numbering = &bundle->numbering;
    const char *area = service_area(bundle->service);
    json_object *manifest = bundle->manifest;
    char date[DATE_TEXT];

    json_object_object_add(
        manifest, "format",
        json_object_new_int(bundle->delta ? MANIFEST_FORMAT : MANIFEST_FORMAT_FULL));
    say(manifest, "kind", bundle->delta ? MANIFEST_DELTA : MANIFEST_FULL);
    say(manifest, "area", area);
    say(manifest, "area_name", service_area_name(bundle->service, area));
    say(manifest, "date", date_format(numbering->next.date, date));
    if (bundle->order->test_date)
        json_object_object_add(manifest, "test_date", json_object_new_boolean(true));
    say_number(manifest, "number", numbering->next.number);
    say(manifest, "previous", numbering->previous);
    if (bundle->delta)
        say_number(manifest, "base", numbering->next.number - 1);
    say_moment(manifest, "data_at", bundle->order->data_at);
    say_moment(manifest, "made_at", time(NULL));
    say(manifest, "software", PACKAGE_STRING);
    json_object_object_add(manifest, "files", json_object_get(bundle->files));
}

/** A county says which of its streets it has no data of, so that a city can name them. */
static enum result say_lacking(struct bundle *bundle)
{
    json_object *list = json_object_new_array();
    struct lacking lacking = {0};
    struct reply reply = {0};
    char date[DATE_TEXT];
    enum result result = lacking_list(bundle->service, &lacking, &reply);

    for (size_t i = 0; i < lacking.count && i < MANIFEST_LACKS; i++) {
        const struct lacking_one *one = &lacking.items[i];
        json_object *item = json_object_new_object();
        say(item, "area", one->area);
        say(item, "date", one->date != 0 ? date_format(one->date, date) : "");
        json_object_array_add(list, item);
    }
    if (lacking.count > MANIFEST_LACKS)
        say_number(bundle->manifest, "lacking_more", lacking.count - MANIFEST_LACKS);
    json_object_object_add(bundle->manifest, "lacking", list);
    reply_free(&reply);
    free(lacking.items);
    return result;
}

static json_object *describe_table(const struct extract_table *table)
{
    json_object *description = json_object_new_object();

    say(description, "name", table->name);
    say_number(description, "records", table->records);
    if (table->file != NULL) {
        say(description, "file", table->file);
    } else {
        say(description, "left_out", table->zh);
        say(description, "left_out_en", table->en);
    }
    return description;
}

/** The rows that a receiver then has of a described file; UINT64_MAX if there is no such file. */
static uint64_t rows_of(const struct bundle *bundle, const char *name)
{
    for (size_t i = 0; i < json_object_array_length(bundle->files); i++) {
        json_object *file = json_object_array_get_idx(bundle->files, i);
        json_object *state = json_object_object_get(file, "state");
        if (strcmp(json_object_get_string(json_object_object_get(file, "name")), name) == 0)
            return (uint64_t)json_object_get_int64(json_object_object_get(state, "rows"));
    }
    return UINT64_MAX;
}

/** Compares each file with its table: a bundle that leaves out a record must not be sent. */
static enum result add_tables(struct bundle *bundle)
{
    json_object *tables = json_object_new_array();
    struct extract_table table;
    enum result result = RESULT_OK;

    json_object_object_add(bundle->manifest, "tables", tables);
    for (size_t i = 0; (result = extract_table_at(bundle->service, i, &table)) == 0; i++) {
        json_object_array_add(tables, describe_table(&table));
        if (table.file == NULL || rows_of(bundle, table.file) == table.rows)
            continue;
        bundle->message = mem_printf("报送包没有写成：%s 有 %" PRIu64 " 行，数据库里有 %" PRIu64
                                     " 条，对不上。请联系系统管理员。",
                                     table.file, rows_of(bundle, table.file), table.rows);
        return RESULT_CORRUPT;
    }
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result add_manifest(struct bundle *bundle, const struct part_place *place)
{
    json_object *unused = NULL;
    struct str text = {0};
    uint8_t sum[DIGEST_SIZE];

    str_printf(&text, "%s\n",
               json_object_to_json_string_ext(
                   bundle->manifest, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    digest_bytes(str_text(&text), text.length, sum);
    digest_format(sum, bundle->numbering.next.manifest);
    enum result result = part_add_text(place, MANIFEST_NAME, &text, 0, &unused);
    json_object_put(unused);
    unused = NULL;
    str_clear(&text);
    str_printf(&text, "%s  " MANIFEST_NAME "\n", bundle->numbering.next.manifest);
    if (result == 0)
        result = part_add_text(place, MANIFEST_SUM_NAME, &text, 0, &unused);
    json_object_put(unused);
    str_free(&text);
    return result;
}

// ---- the files

static enum result add_extract(struct bundle *bundle, const struct part_place *place,
                               const struct extract_file *file)
{
    json_object *description = NULL;
    uint64_t rows = 0;
    enum result result = part_add_extract(place, file, &rows, &description);

    if (result != 0)
        return result;
    json_object_array_add(bundle->files, description);
    bundle->rows += rows;
    return RESULT_OK;
}

static enum result add_text(struct bundle *bundle, const struct part_place *place, const char *name,
                            const struct str *text, size_t headings)
{
    json_object *description = NULL;
    enum result result = part_add_text(place, name, text, headings, &description);

    if (result == 0)
        json_object_array_add(bundle->files, description);
    return result;
}

static enum result add_readme(struct bundle *bundle, const struct part_place *place)
{
    struct str text = {0};

    readme_add(&text);
    enum result result = add_text(bundle, place, README_NAME, &text, 0);
    str_free(&text);
    return result;
}

/** The manifest says what the bundle usually has and this one has not. */
static void say_missing(struct bundle *bundle, const char *name, const char *why)
{
    json_object *missing = json_object_new_array();
    json_object *file = json_object_new_object();

    say(file, "name", name);
    say(file, "why", why);
    json_object_array_add(missing, file);
    json_object_object_add(bundle->manifest, "missing", missing);
}

/** Nothing of the data depends on the workbook, so its failure costs only itself. */
static enum result add_boardbook(struct bundle *bundle, const struct part_place *place,
                                 struct boardbook *book)
{
    struct str bytes = {0};
    char *why = NULL;
    enum result result = boardbook_make(book, bundle->order->data_at, &bytes, &why);

    if (result != 0) {
        if (why != NULL)
            say_missing(bundle, BOARDBOOK_NAME, why);
        result = RESULT_OK;
    } else {
        result = add_text(bundle, place, BOARDBOOK_NAME, &bytes, 0);
        size_t last = json_object_array_length(bundle->files) - 1;
        if (result == 0) /* its lines are no rows */
            say_number(json_object_array_get_idx(bundle->files, last), "rows",
                       boardbook_rows(book));
    }
    free(why);
    str_free(&bytes);
    return result;
}

static enum result add_extracts(struct bundle *bundle, const struct part_place *place)
{
    struct boardbook *book = boardbook_new(bundle->service);
    const struct extract_file *file;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (file = extract_at(i)) != NULL; i++)
        result = add_extract(bundle, place, boardbook_watch(book, file));
    if (result == 0)
        result = add_boardbook(bundle, place, book);
    boardbook_free(&book);
    return result;
}

static enum result fill_bundle(struct bundle *bundle)
{
    const struct part_place place = {.service = bundle->service,
                                     .scratch = bundle->scratch,
                                     .tarball = bundle->tarball,
                                     .state = bundle->state,
                                     .delta = bundle->delta,
                                     .removed = &bundle->removed};

    describe_bundle(bundle);
    enum result result = service_collects(bundle->service) ? say_lacking(bundle) : RESULT_OK;
    if (result == 0)
        result = add_extracts(bundle, &place);
    if (result == 0 && bundle->delta)
        result = add_text(bundle, &place, DELTA_REMOVED, &bundle->removed, 1);
    if (result == 0)
        result = add_readme(bundle, &place);
    if (result == 0)
        result = add_tables(bundle);
    return result == 0 ? add_manifest(bundle, &place) : result;
}

/** Reads the bundle again: an unreadable one should fail tonight, not at its receiver. */
static enum result check_bundle(struct bundle *bundle, const char *path)
{
    struct manifest *manifest = NULL;
    enum result result = manifest_check(path, &manifest, &bundle->message);

    manifest_free(&manifest);
    if (result != 0)
        remove(path);
    return result;
}

static enum result write_to(struct bundle *bundle, const char *path, uint64_t *ret_bytes)
{
    enum result result = tarball_open(path, &bundle->tarball);

    if (result == 0)
        result = fill_bundle(bundle);
    if (result == 0)
        result = tarball_finish(&bundle->tarball, ret_bytes);
    tarball_abandon(&bundle->tarball);
    return result == 0 ? check_bundle(bundle, path) : result;
}

static enum result begin_bundle(struct bundle *bundle)
{
    const char *directory = bundle->order->directory;
    struct backup_bundle last = {0};

    if (mkdtemp(bundle->scratch) == NULL || (mkdir(directory, 0700) != 0 && errno != EEXIST))
        return result_of_write(errno, RESULT_CANTCREATE);
    enum result result = backup_check_folder(bundle->service, directory, &bundle->message);
    if (result == 0)
        result = backup_last_bundle(bundle->service, &last);
    if (result != 0)
        return result;
    return numbering_next(&last, directory, service_area(bundle->service),
                          service_today(bundle->service), &bundle->numbering);
}

/** Opens what is known of the bundle before, and chooses between a full bundle and a delta. */
static enum result choose_kind(struct bundle *bundle)
{
    const struct numbering *numbering = &bundle->numbering;
    const struct delta_ask ask = {.directory = bundle->order->directory,
                                  .previous = numbering->previous,
                                  .number = numbering->next.number,
                                  .date = numbering->next.date};
    const char *served = bundle->order->served;
    char *outbox = served != NULL ? homedir_outbox(served) : NULL;
    enum result result = rowstate_open(outbox, &bundle->state);

    bundle->delta = result == 0 && !bundle->order->full && delta_will_do(bundle->state, &ask) &&
                    !post_needs_full(served, numbering->next.number - 1);
    if (bundle->delta)
        str_add(&bundle->removed, "file,key\n");
    free(outbox);
    return result;
}

/** Keeps what this bundle says. Without it the next one is a full one, so this one stays. */
static void keep_state(struct bundle *bundle)
{
    const struct backup_bundle *next = &bundle->numbering.next;
    const struct rowstate_bundle *last = rowstate_last(bundle->state);
    struct rowstate_bundle kept = {.number = next->number,
                                   .name = bundle->numbering.name,
                                   .full_on = bundle->delta ? last->full_on : next->date};

    memcpy(kept.manifest, next->manifest, sizeof kept.manifest);
    if (rowstate_commit(bundle->state, &kept) != 0)
        log_warn("bundle: its rows are not kept, the next bundle is a full one");
}

/** Puts the bundle into the receivers' queues; `plain` is its file. */
static void queue_bundle(struct bundle *bundle, const char *plain)
{
    const struct post_bundle post = {.path = plain,
                                     .name = bundle->numbering.name,
                                     .place = &bundle->numbering.next,
                                     .full = !bundle->delta,
                                     .scratch = bundle->scratch,
                                     .kept_days = backup_kept_days(bundle->service)};

    if (bundle->order->served != NULL)
        post_bundle(bundle->order->served, &post);
}

/** Writes the plain bundle, as scratch if only the sealed one goes into the folder, and that one. */
static enum result write_files(struct bundle *bundle, struct bundle_written *written)
{
    const struct bundle_order *order = bundle->order;
    bool sealed = order->seal != NULL && SEAL_IS_ASKED(order->seal);
    char *name = mem_printf("%s%s", bundle->numbering.name, sealed ? SEAL_ENDING : "");
    char *plain = paths_join(sealed ? bundle->scratch : order->directory, bundle->numbering.name);

    written->path = paths_join(order->directory, name);
    enum result result = write_to(bundle, plain, &written->bytes);
    if (result == 0 && sealed)
        result = seal_file(order->seal, plain, written->path, bundle->scratch, &written->bytes,
                           &bundle->message);
    if (result == 0)
        queue_bundle(bundle, plain);
    if (sealed)
        remove(plain);
    free(plain);
    free(name);
    return result;
}

static enum result make_bundle(struct bundle *bundle, struct bundle_written *written)
{
    enum result result = begin_bundle(bundle);

    if (result == 0)
        result = choose_kind(bundle);
    if (result == 0)
        result = write_files(bundle, written);
    if (result == 0)
        keep_state(bundle);
    written->rows = bundle->rows;
    written->bundle = bundle->numbering.next;
    return result;
}

enum result bundle_write(struct service *service, const struct bundle_order *order,
                         struct bundle_written *ret_written, char **ret_message)
{
    struct bundle bundle = {
        .service = service,
        .order = order,
        .scratch = paths_join(service_home(service), "bundle-XXXXXX"),
        .manifest = json_object_new_object(),
        .files = json_object_new_array(),
    };
    struct bundle_written written = {0};

    enum result result = make_bundle(&bundle, &written);
    remove(bundle.scratch);
    if (result == 0) {
        *ret_written = written;
    } else {
        *ret_message = bundle.message != NULL ? bundle.message
                                              : mem_printf("报送包写不到 %s：%s", order->directory,
                                                           result_words(result));
        bundle_written_free(&written);
    }
    json_object_put(bundle.manifest);
    json_object_put(bundle.files);
    numbering_free(&bundle.numbering);
    rowstate_close(&bundle.state);
    str_free(&bundle.removed);
    free(bundle.scratch);
    return result;
}

void bundle_written_free(struct bundle_written *written)
{
    free(written->path);
    *written = (struct bundle_written){0};
}
