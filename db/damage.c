#include "db/damage.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/env.h"
#include "db/files.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static const char NOTE[] = "DAMAGE";

enum { TRIES = 5, WAIT_NS = 50 * 1000 * 1000, PROGRESS_PAGES = 1000, PAGE = 4096 };

// ---- the note

static int64_t read_note(const struct store *store)
{
    int64_t since = 0;
    char *path = paths_join(store->directory, NOTE);
    FILE *file = fopen(path, "re");
    free(path);
    if (file == NULL)
        return 0;
    if (fscanf(file, "%" SCNd64, &since) != 1)
        since = 1; /* the file alone says there was damage */
    fclose(file);
    return since;
}

void damage_recall(struct store *store)
{
    atomic_store(&store->damaged, read_note(store));
}

int64_t store_damaged(const struct store *store)
{
    return atomic_load(&store->damaged);
}

void store_note_damage(struct store *store)
{
    long long now = time(NULL), none = 0;
    if (store->read_only || store->report != NULL ||
        !atomic_compare_exchange_strong(&store->damaged, &none, now))
        return;
    log_error("database: damaged files; see the manual on how to restore without loss");
    char *text = mem_printf("%lld\n", now);
    if (files_write(store->directory, NOTE, text) != 0)
        log_error("database: the damage is not noted");
    free(text);
}

void store_note_sound(struct store *store)
{
    if (atomic_exchange(&store->damaged, 0) != 0 && files_remove(store->directory, NOTE) != 0)
        log_error("database: a note of damage stays");
}

// ---- files in use

struct look {
    struct store *store; /* the running store */
    struct store *other; /* opens the same files in a second environment: damage stops only that
                            one */
    const struct store_options *options;
    void (*report)(const char *line, void *arg);
    enum result (*progress)(void *arg);
    void *arg;
    char *file_name;
    DB *file; /* NULL = not open */
    uint64_t pages, findings;
};

static void find(struct look *look, const char *words)
{
    char *line = mem_printf("%s：%s", look->file_name, words);
    look->findings++;
    look->report(line, look->arg);
    free(line);
}

static void close_look(struct look *look)
{
    if (look->file != NULL)
        look->file->close(look->file, 0);
    look->file = NULL;
    env_close(look->other);
}

static int open_look(struct look *look)
{
    if (env_open_pages(look->other, look->options) != 0)
        return EIO;
    int code = env_new_file(look->other, &look->file);
    if (code == 0)
        code = look->file->open(look->file, NULL, look->file_name, NULL, DB_BTREE, DB_RDONLY, 0);
    return code;
}

static int read_once(struct look *look, db_pgno_t page)
{
    void *bytes;
    int code = look->file != NULL ? 0 : open_look(look);
    if (code != 0)
        return code;
    DB_MPOOLFILE *pool = look->file->get_mpf(look->file);
    code = pool->get(pool, &page, NULL, 0, &bytes);
    return code != 0 ? code : pool->put(pool, bytes, DB_PRIORITY_VERY_LOW, 0);
}

/* A read can meet a page half written, or a new page not written yet. A checkpoint writes all
 * pages; a page that still cannot be read is damaged. */
static bool can_read(struct look *look, db_pgno_t page)
{
    for (int i = 0; i < TRIES; i++) {
        if (i > 0) {
            (void)store_checkpoint(look->store, true);
            nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
        }
        if (read_once(look, page) == 0)
            return true;
        close_look(look);
    }
    return false;
}

/* Reports a run of damaged pages; page 0 is the file's first. */
static void find_pages(struct look *look, db_pgno_t from, db_pgno_t to)
{
    char *words = from == to ? mem_printf("第 %u 页已损坏", from)
                             : mem_printf("第 %u 至 %u 页已损坏", from, to);
    find(look, words);
    free(words);
}

/* Homes of earlier programs have files with larger pages. */
static db_pgno_t count_pages(const struct look *look, off_t bytes)
{
    u_int32_t size = 0;
    if (look->file == NULL || look->file->get_pagesize(look->file, &size) != 0 || size == 0)
        size = PAGE;
    return (db_pgno_t)(bytes / size);
}

static enum result look_at_pages(struct look *look, off_t bytes)
{
    db_pgno_t pages = bytes > 0 ? 1 : 0;
    enum result result = RESULT_OK;
    db_pgno_t from = 0, damaged = 0;
    for (db_pgno_t page = 0; page < pages && result == 0; page++) {
        bool fine = can_read(look, page);
        if (page == 0 && fine) /* no other page can be read without the first */
            pages = count_pages(look, bytes);
        if (!fine && damaged++ == 0)
            from = page;
        if (damaged > 0 && (fine || page + 1 == pages)) {
            find_pages(look, from, from + damaged - 1);
            damaged = 0;
        }
        if (++look->pages % PROGRESS_PAGES == 0)
            result = look->progress(look->arg);
    }
    return result;
}

static enum result look_at_file(struct look *look, const char *name)
{
    enum result result = RESULT_OK;
    struct stat status;
    look->file_name = env_file_name(name);
    char *path = paths_join(look->store->directory, look->file_name);
    if (stat(path, &status) != 0)
        find(look, errno == ENOENT ? "文件不见了" : "文件读不到");
    else
        result = look_at_pages(look, status.st_size);
    close_look(look);
    free(path);
    free(look->file_name);
    return result;
}

static enum result look_at_table(struct look *look, const struct table *table)
{
    enum result result = look_at_file(look, table->name);
    for (size_t i = 0; result == 0 && table->indexes[i].name != NULL; i++)
        result = look_at_file(look, table->indexes[i].name);
    return result;
}

static void say_nothing(const char *line, void *arg)
{
    (void)line;
    (void)arg;
}

enum result store_check_live(struct store *store, const char *key_file,
                             void (*report)(const char *line, void *arg),
                             enum result (*progress)(void *arg), void *arg)
{
    const struct store_options options = {.key_file = key_file, .read_only = true};
    struct look look = {.store = store,
                        .other = store_new(store->directory),
                        .options = &options,
                        .report = report,
                        .progress = progress,
                        .arg = arg};
    look.other->report = say_nothing; /* each finding is reported once, by this check */
    enum result result = store_checkpoint(store, true);
    for (size_t t = 0; t < TABLE_COUNT && result == 0; t++)
        result = look_at_table(&look, tables[t]);
    if (result == 0)
        result = look_at_file(&look, "sequence");
    store_destroy(&look.other);
    return result == 0 && look.findings > 0 ? RESULT_CORRUPT : result;
}
