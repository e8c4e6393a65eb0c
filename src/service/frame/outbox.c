#include "service/frame/outbox.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/str.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "outbox"
#define QUEUE "queue"
#define HEAD "doudi queue 1"

enum { FIELDS = 13 };

static char *path_of(const char *home, const char *name)
{
    return mem_printf("%s/" FOLDER "/%s", home, name);
}

char *outbox_path(const char *home, const char *receiver, const char *file)
{
    return mem_printf("%s/" FOLDER "/%s/%s", home, receiver, file);
}

// ---- entries

static void entry_free(struct outbox_entry *entry)
{
    free(entry->receiver);
    free(entry->file);
    free(entry->words);
    free(entry->receipt_words);
}

void outbox_free(struct outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++)
        entry_free(&outbox->entries[i]);
    free(outbox->entries);
    *outbox = (struct outbox){0};
}

void outbox_add(struct outbox *outbox, const struct outbox_entry *entry)
{
    mem_grow((void **)&outbox->entries, outbox->count, &outbox->capacity, sizeof *entry);
    struct outbox_entry *added = &outbox->entries[outbox->count++];

    *added = *entry;
    added->receiver = mem_copy(entry->receiver);
    added->file = mem_copy(entry->file);
    added->words = plain_copy(entry->words != NULL ? entry->words : "", PLAIN_LINE);
    added->receipt_words =
        plain_copy(entry->receipt_words != NULL ? entry->receipt_words : "", PLAIN_LINE);
}

struct outbox_entry *outbox_find(struct outbox *outbox, const char *receiver, uint64_t number)
{
    for (size_t i = 0; i < outbox->count; i++)
        if (outbox->entries[i].number == number &&
            strcmp(outbox->entries[i].receiver, receiver) == 0)
            return &outbox->entries[i];
    return NULL;
}

// ---- the file

static bool take_number(const char *text, int64_t max, int64_t *ret_number)
{
    return text_to_int(text, 0, max, ret_number) == 0;
}

/** The fields of a line, in the order of add_line(). */
static bool take_entry(struct outbox *outbox, char *fields[FIELDS])
{
    struct outbox_entry entry = {
        .receiver = fields[0], .file = fields[5], .words = fields[9], .receipt_words = fields[12]};
    int64_t number = 0, full = 0, receipt = 0;

    if (!take_number(fields[1], INT64_MAX, &number) || strlen(fields[2]) != DIGEST_TEXT - 1 ||
        date_parse(fields[3], &entry.date) != 0 || !take_number(fields[4], 1, &full) ||
        strchr(entry.file, '/') != NULL || *entry.receiver == '\0' || *entry.receiver == '.' ||
        strchr(entry.receiver, '/') != NULL ||
        !take_number(fields[6], INT64_MAX, &entry.queued_at) ||
        !take_number(fields[7], INT64_MAX, &entry.sent_at) ||
        !take_number(fields[8], INT64_MAX, &entry.tries) ||
        !take_number(fields[10], OUTBOX_REFUSED, &receipt) ||
        !take_number(fields[11], INT64_MAX, &entry.receipt_at))
        return false;
    memcpy(entry.manifest, fields[2], DIGEST_TEXT);
    entry.number = (uint64_t)number;
    entry.full = full != 0;
    entry.receipt = (enum outbox_receipt)receipt;
    outbox_add(outbox, &entry);
    return true;
}

static bool take_line(struct outbox *outbox, char *line)
{
    char *fields[FIELDS];
    size_t count = 0;
    char *field;

    while ((field = strsep(&line, "\t")) != NULL)
        if (count == FIELDS)
            return false;
        else
            fields[count++] = field;
    return count == FIELDS && take_entry(outbox, fields);
}

static bool read_lines(FILE *file, struct outbox *outbox)
{
    char *line = NULL;
    size_t size = 0, number = 0;
    bool fine = true;
    ssize_t length;

    while (fine && (length = getline(&line, &size, file)) > 0) {
        line[length - 1] = '\0';
        fine = number++ == 0 ? strcmp(line, HEAD) == 0 : take_line(outbox, line);
    }
    free(line);
    return fine && number > 0;
}

enum result outbox_read(const char *home, struct outbox *ret_outbox)
{
    char *path = path_of(home, QUEUE);
    FILE *file = fopen(path, "re");
    struct outbox outbox = {0};
    enum result result = RESULT_OK;

    if (file == NULL)
        result = errno == ENOENT ? RESULT_OK : RESULT_IO;
    else if (!read_lines(file, &outbox))
        result = RESULT_CORRUPT;
    if (file != NULL)
        fclose(file);
    if (result == 0)
        *ret_outbox = outbox;
    else
        outbox_free(&outbox);
    free(path);
    return result;
}

static void add_line(struct str *text, const struct outbox_entry *entry)
{
    char day[DATE_TEXT];

    str_printf(text, "%s\t%" PRIu64 "\t%s\t%s\t%d\t%s\t", entry->receiver, entry->number,
               entry->manifest, date_format(entry->date, day), entry->full, entry->file);
    str_printf(text, "%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%s\t%d\t%" PRId64 "\t%s\n",
               entry->queued_at, entry->sent_at, entry->tries, entry->words, (int)entry->receipt,
               entry->receipt_at, entry->receipt_words);
}

static enum result write_queue(const char *path, const struct outbox *outbox)
{
    struct str text = {0};

    str_add(&text, HEAD "\n");
    for (size_t i = 0; i < outbox->count; i++)
        add_line(&text, &outbox->entries[i]);
    enum result result = outfile_write(path, &text);
    str_free(&text);
    return result;
}

/** Opens the lock, making the folder; -1 on failure. Closing it lets go. */
static int lock_queue(const char *home)
{
    char *folder = paths_join(home, FOLDER);
    char *path = path_of(home, "lock");
    int fd = -1;

    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    while (fd >= 0 && flock(fd, LOCK_EX) != 0)
        if (errno != EINTR) {
            close(fd);
            fd = -1;
        }
    free(path);
    free(folder);
    return fd;
}

/** A queue that is none must not keep the next bundles at home. */
static void set_aside(const char *home)
{
    char *path = path_of(home, QUEUE);
    char *bad = path_of(home, QUEUE ".bad");

    log_error("outbox: %s cannot be read, it is now %s", path, bad);
    (void)rename(path, bad);
    free(bad);
    free(path);
}

enum result outbox_change(const char *home, enum result (*change)(struct outbox *outbox, void *arg),
                          void *arg)
{
    char *path = path_of(home, QUEUE);
    struct outbox outbox = {0};
    int lock = lock_queue(home);
    enum result result = lock >= 0 ? outbox_read(home, &outbox) : RESULT_CANTCREATE;

    if (result == RESULT_CORRUPT) {
        set_aside(home);
        result = RESULT_OK;
    }
    if (result == 0)
        result = change(&outbox, arg);
    if (result == 0)
        result = write_queue(path, &outbox);
    outbox_free(&outbox);
    if (lock >= 0)
        close(lock);
    free(path);
    return result;
}

void outbox_prune(struct outbox *outbox, const char *home, day_t today, int64_t days)
{
    size_t kept = 0;

    for (size_t i = 0; i < outbox->count; i++) {
        struct outbox_entry *entry = &outbox->entries[i];
        if (entry->sent_at == 0 || today - date_of_time(entry->sent_at) < days) {
            outbox->entries[kept++] = *entry;
            continue;
        }
        char *path = outbox_path(home, entry->receiver, entry->file);
        (void)unlink(path);
        free(path);
        entry_free(entry);
    }
    outbox->count = kept;
}

// ---- how it stands

static bool is_of(const struct outbox_entry *entry, const char *receiver)
{
    return strcmp(entry->receiver, receiver) == 0;
}

uint64_t outbox_last(const struct outbox *outbox, const char *receiver)
{
    const struct outbox_entry *last = NULL;

    for (size_t i = 0; i < outbox->count; i++) {
        const struct outbox_entry *entry = &outbox->entries[i];
        if (is_of(entry, receiver) && (last == NULL || entry->number >= last->number))
            last = entry;
    }
    return last != NULL && *last->file != '\0' && last->receipt != OUTBOX_REFUSED ? last->number
                                                                                  : 0;
}

/** The highest number that the receiver has: what came before is in it. */
static uint64_t highest_taken(const struct outbox *outbox, const char *receiver)
{
    uint64_t highest = 0;

    for (size_t i = 0; i < outbox->count; i++) {
        const struct outbox_entry *entry = &outbox->entries[i];
        if (is_of(entry, receiver) && entry->receipt == OUTBOX_TAKEN && entry->number > highest)
            highest = entry->number;
    }
    return highest;
}

static void see_missing(const struct outbox_entry *entry, day_t today, day_t *last,
                        struct outbox_standing *standing)
{
    if ((entry->date >= today && entry->receipt != OUTBOX_REFUSED) || entry->date == *last)
        return;
    *last = entry->date;
    standing->missing++;
    if (standing->missing_since == 0)
        standing->missing_since = entry->date;
}

void outbox_stand(const struct outbox *outbox, const struct receiver *receiver, day_t today,
                  struct outbox_standing *ret_standing)
{
    uint64_t taken = highest_taken(outbox, receiver->name);
    struct outbox_standing standing = {.words = ""};
    int64_t heard = 0;
    day_t last = 0;

    for (size_t i = 0; i < outbox->count; i++) {
        const struct outbox_entry *entry = &outbox->entries[i];
        if (!is_of(entry, receiver->name))
            continue;
        if (entry->sent_at == 0) {
            standing.unsent++;
            if (standing.unsent_since == 0)
                standing.unsent_since = entry->date;
            if (*entry->words != '\0')
                standing.words = entry->words;
        }
        if (*receiver->area != '\0' && entry->number > taken)
            see_missing(entry, today, &last, &standing);
        if (entry->receipt != OUTBOX_SILENT && entry->receipt_at >= heard) {
            heard = entry->receipt_at;
            standing.refused = entry->receipt == OUTBOX_REFUSED;
            if (standing.refused)
                standing.words = entry->receipt_words;
        }
    }
    *ret_standing = standing;
}
