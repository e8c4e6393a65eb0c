/**
 * doudi-feed: brings bundles into a database that speaks PostgreSQL's protocol.
 *
 * `doudi feed` starts it, so that neither the terminal nor the server loads libpq. A line of CSV
 * for each bundle goes to standard output, messages to standard error.
 */
#include "base/log.h"
#include "base/mem.h"
#include "base/plain.h"
#include "base/streams.h"
#include "base/text.h"
#include "base/version.h"
#include "exchange/csv.h"
#include "feed/apply.h"
#include "feed/queue.h"
#include "feed/schema.h"
#include "feed/state.h"

#include <getopt.h>
#include <inttypes.h>
#include <libgen.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] = "用法：doudi-feed [--after-gap] [--unseal-with 私钥] [--trust "
                            "证书目录] 数据库地址 上报包或目录…\n"
                            "      doudi-feed --taken 数据库地址\n"
                            "      doudi-feed --check 数据库地址\n"
                            "      doudi-feed --schema\n"
                            "  --after-gap   中间缺了包、确实找不回来：从下一个全量包接着收\n"
                            "  --unseal-with 密封的包用这个私钥打开（PEM）\n"
                            "  --trust       只收签了名的：各单位的证书 区划代码.pem 在这个目录\n"
                            "  --taken       列出收过的包\n"
                            "  --check       读出全部的行，核对有没有被改动过\n"
                            "  --schema      打印建表和视图的 SQL，不连数据库\n";

struct feed {
    bool after_gap, taken, check, schema;
    struct opened_keys keys;
    struct feed_tables *tables;
    struct database *database;
    size_t refused, done;
    size_t altered, unknown; /**< tables, by --check */
};

static __attribute__((format(printf, 1, 2))) void say(const char *format, ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    char *plain = plain_copy(str_text(&text), PLAIN_LINES);
    fprintf(stderr, "doudi-feed: %s\n", plain);
    free(plain);
    str_free(&text);
}

static void print_row(const char *const *cells, size_t count)
{
    struct str line = {0};

    csv_add_row(&line, cells, count, false);
    fputs(str_text(&line), stdout);
    fflush(stdout);
    str_free(&line);
}

// ---- bundles

static void print_bundle(const struct queue_bundle *bundle, const char *state,
                         const struct applied *applied, const char *reason)
{
    const struct manifest *manifest = bundle->manifest;
    const uint64_t counts[] = {manifest != NULL ? manifest->number : 0, applied->inserted,
                               applied->updated, applied->deleted};
    char numbers[4][NUMBER_TEXT];
    char date[DATE_TEXT];
    char *path = mem_copy(bundle->path);

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        snprintf(numbers[i], sizeof numbers[i], "%" PRIu64, counts[i]);
    const char *const cells[] = {basename(path),
                                 manifest != NULL ? manifest->area : "",
                                 manifest != NULL ? numbers[0] : "",
                                 manifest != NULL ? date_format(manifest->date, date) : "",
                                 state,
                                 numbers[1],
                                 numbers[2],
                                 numbers[3],
                                 reason};
    print_row(cells, sizeof cells / sizeof cells[0]);
    free(path);
}

static void refuse(struct feed *feed, const struct queue_bundle *bundle, const char *reason)
{
    const struct applied none = {0};

    if (text_starts(reason, bundle->path))
        say("没有收：%s", reason);
    else
        say("%s 没有收：%s", bundle->path, reason);
    print_bundle(bundle, "refused", &none, reason);
    feed->refused++;
}

/** A fault of the bundle leaves the others to be taken; one of the database ends the work. */
static bool is_fault_of_bundle(enum result result)
{
    return result == RESULT_INVALID || result == RESULT_CORRUPT || result == RESULT_EXISTS;
}

static enum result apply(struct feed *feed, const struct queue_bundle *bundle, const char *opened,
                         struct applied *applied, char **ret_message)
{
    char *path = mem_copy(bundle->path);
    const struct apply_order order = {.database = feed->database,
                                      .tables = feed->tables,
                                      .path = opened,
                                      .file = basename(path),
                                      .bytes = bundle->bytes,
                                      .manifest = bundle->manifest,
                                      .after_gap = feed->after_gap};
    enum result result = apply_bundle(&order, applied, ret_message);

    free(path);
    return result;
}

static void print_done(const struct queue_bundle *bundle, const struct applied *applied)
{
    char *reason =
        applied->altered != NULL
            ? mem_printf("收以前库里的 %s 表被改动过，已照这个全量包改正", applied->altered)
            : mem_copy("");

    if (*reason != '\0')
        say("%s：%s。请查是谁改的", bundle->path, reason);
    print_bundle(bundle, applied->known ? "known" : "taken", applied, reason);
    free(reason);
}

static enum result take_opened(struct feed *feed, const struct queue_bundle *bundle,
                               const char *opened)
{
    struct applied applied = {0};
    char *message = NULL;
    enum result result = apply(feed, bundle, opened, &applied, &message);

    if (result == 0) {
        print_done(bundle, &applied);
        feed->done++;
    } else if (result == RESULT_EXISTS && bundle->listed) {
        /* A folder keeps what was before the first one that was taken, or was lost and came late. */
        print_bundle(bundle, "older", &applied, message);
    } else {
        refuse(feed, bundle, message);
    }
    free(applied.altered);
    free(message);
    return is_fault_of_bundle(result) ? RESULT_OK : result;
}

static enum result take_bundle(struct feed *feed, const struct queue_bundle *bundle)
{
    struct opened opened = {.fd = -1};
    char *message = NULL;
    enum result result = RESULT_OK;

    if (bundle->manifest == NULL) {
        refuse(feed, bundle, bundle->fault);
        return RESULT_OK;
    }
    if (opened_open(bundle->path, &feed->keys, bundle->manifest->area, &opened, &message) == 0)
        result = take_opened(feed, bundle, opened.path);
    else
        refuse(feed, bundle, message);
    opened_close(&opened);
    free(message);
    return result;
}

/** What a folder still has from the days before need not be read again. */
static enum result drop_known(struct feed *feed, struct queue *queue)
{
    enum result result = RESULT_OK;

    for (size_t i = queue->count; result == 0 && i > 0; i--) {
        const struct queue_bundle *bundle = &queue->bundles[i - 1];
        char *path = mem_copy(bundle->path);
        char bytes[NUMBER_TEXT];
        const char *const values[] = {basename(path), bytes};
        char *count = NULL;

        snprintf(bytes, sizeof bytes, "%" PRIu64, bundle->bytes);
        if (bundle->listed)
            result = database_ask_text(feed->database,
                                       "SELECT pg_catalog.count(*) FROM " FEED_SCHEMA
                                       ".taken WHERE file = $1 AND bytes = $2",
                                       values, 2, &count);
        if (count != NULL && strcmp(count, "0") != 0)
            queue_drop(queue, i - 1);
        free(count);
        free(path);
    }
    return result;
}

static enum result take_all(struct feed *feed, struct queue *queue)
{
    static const char *const heading[] = {"file",     "area",    "number",  "date",  "state",
                                          "inserted", "updated", "deleted", "reason"};
    enum result result = drop_known(feed, queue);

    if (result != 0) {
        say("%s", database_message(feed->database));
        return result;
    }
    queue_check(queue);
    print_row(heading, sizeof heading / sizeof heading[0]);
    for (size_t i = 0; result == 0 && i < queue->count; i++)
        result = take_bundle(feed, &queue->bundles[i]);
    if (result == 0 && feed->refused > 0)
        result = feed->done > 0 ? RESULT_PARTIAL : RESULT_INVALID;
    return result;
}

// ---- what was asked for

static enum result print_taken_row(const char *const *cells, void *arg)
{
    (void)arg;
    print_row(cells, 9);
    return RESULT_OK;
}

static enum result print_taken(struct feed *feed)
{
    static const char *const heading[] = {"area",     "number",  "date",    "file",    "rows",
                                          "inserted", "updated", "deleted", "taken_at"};
    print_row(heading, sizeof heading / sizeof heading[0]);
    enum result result = database_ask(
        feed->database,
        "SELECT origin, number, date, file, rows, inserted, updated, deleted, "
        "pg_catalog.to_char(taken_at AT TIME ZONE INTERVAL '8 hours', 'YYYY-MM-DD HH24:MI:SS') "
        "FROM " FEED_SCHEMA ".taken ORDER BY origin, number",
        NULL, 0, print_taken_row, NULL);
    if (result != 0)
        say("%s", database_message(feed->database));
    return result;
}

static void print_verdict(const char *origin, const struct feed_table *table,
                          enum state_verdict verdict, void *arg)
{
    static const char *const words[][2] = {
        [STATE_SAME] = {"same", ""},
        [STATE_ALTERED] = {"altered", "与报送单位的内容不同：请收下一个全量包改正，并查是谁改的"},
        [STATE_UNKNOWN] = {"unknown", "没有可比的：收下一个全量包以后才能核对"},
    };
    struct feed *feed = arg;
    const char *const cells[] = {origin, table->name, words[verdict][0], words[verdict][1]};

    feed->altered += verdict == STATE_ALTERED;
    feed->unknown += verdict == STATE_UNKNOWN;
    print_row(cells, sizeof cells / sizeof cells[0]);
}

static enum result check_rows(struct feed *feed)
{
    static const char *const heading[] = {"area", "table", "state", "reason"};

    print_row(heading, sizeof heading / sizeof heading[0]);
    enum result result = state_check_all(feed->database, feed->tables, print_verdict, feed);
    if (result != 0)
        say("%s", database_message(feed->database));
    else if (feed->altered > 0)
        say("有 %zu 张表被改动过：请收下一个全量包改正，并查是谁改的", feed->altered);
    else if (feed->unknown > 0)
        say("有 %zu 张表没有可比的：收下一个全量包以后才能核对", feed->unknown);
    if (result == 0 && feed->altered > 0)
        result = RESULT_INVALID;
    return result == 0 && feed->unknown > 0 ? RESULT_PARTIAL : result;
}

static enum result print_schema(const struct feed *feed)
{
    struct str sql = {0};
    char *message = NULL;
    enum result result = schema_add(&sql, feed->tables, &message);

    if (result == 0)
        fputs(str_text(&sql), stdout);
    else
        say("%s", message);
    str_free(&sql);
    free(message);
    return result;
}

static enum result fill_queue(struct queue *queue, int count, char **paths)
{
    char *message = NULL;
    enum result result = RESULT_OK;

    for (int i = 0; result == 0 && i < count; i++)
        result = queue_add(queue, paths[i], &message);
    if (result != 0)
        say("%s", message);
    free(message);
    return result;
}

static enum result run_database(struct feed *feed, const char *address, int count, char **paths)
{
    struct queue queue = {.keys = feed->keys};
    char *message = NULL;
    enum result result = opened_check_keys(&feed->keys, &message);

    opened_clear();
    if (result != 0)
        say("%s", message);
    else
        result = fill_queue(&queue, count, paths);

    if (result == 0) {
        result = database_open(address, &feed->database, &message);
        if (result == 0)
            result = schema_ensure(feed->database, feed->tables, &message);
        if (result != 0)
            say("%s", message);
        else
            result = feed->taken   ? print_taken(feed)
                     : feed->check ? check_rows(feed)
                                   : take_all(feed, &queue);
    }
    database_close(&feed->database);
    queue_free(&queue);
    free(message);
    return result;
}

static enum result use_wrongly(void)
{
    fputs(USAGE, stderr);
    return RESULT_USAGE;
}

static enum result run_feed(struct feed *feed, int count, char **arguments)
{
    char *message = NULL;

    if (feed->schema)
        return count == 0 ? print_schema(feed) : use_wrongly();
    bool alone = feed->taken || feed->check;
    if (count < (alone ? 1 : 2) || (alone && count > 1) || (feed->taken && feed->check))
        return use_wrongly();
    enum result result = database_check_address(arguments[0], &message);
    if (result != 0) {
        say("%s", message);
        free(message);
        return result;
    }
    return run_database(feed, arguments[0], count - 1, arguments + 1);
}

static enum result run(int argc, char **argv)
{
    static const struct option longs[] = {
        {"after-gap", no_argument, NULL, 'g'},
        {"taken", no_argument, NULL, 't'},
        {"schema", no_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},
        {"unseal-with", required_argument, NULL, 'u'},
        {"trust", required_argument, NULL, 'c'},
        {"check", no_argument, NULL, 'k'},
        {0},
    };
    struct feed feed = {0};
    enum result result = tables_new(&feed.tables);
    int option;

    while (result == 0 && (option = getopt_long(argc, argv, "h", longs, NULL)) != -1)
        switch (option) {
        case 'g':
            feed.after_gap = true;
            break;
        case 't':
            feed.taken = true;
            break;
        case 'k':
            feed.check = true;
            break;
        case 's':
            feed.schema = true;
            break;
        case 'u':
            feed.keys.key = optarg;
            break;
        case 'c':
            feed.keys.trusted = optarg;
            break;
        case 'h':
            fputs(USAGE, stdout);
            free(feed.tables);
            return RESULT_OK;
        case 'v':
            printf("%s\n", version_text());
            free(feed.tables);
            return RESULT_OK;
        default:
            result = use_wrongly();
        }
    if (result == 0)
        result = run_feed(&feed, argc - optind, argv + optind);
    free(feed.tables);
    return result;
}

int main(int argc, char **argv)
{
    enum result result = RESULT_IO;
    enum result written;
    bool told = streams_open();

    signal(SIGPIPE, SIG_IGN);
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    log_set_level(LOG_LEVEL_WARN);
    if (told)
        result = run(argc, argv);
    written = streams_finish();
    if (written != 0 && result == 0 && streams_is_cut())
        streams_end_cut();
    else if (written != 0 && result == 0)
        say("命令已执行，但输出没有写完：%s", result_words(written));
    return result_exit(result == 0 ? written : result);
}
