#include "bundle/rowstate.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * rows-NUMBER has three files. "entries": struct entry after struct entry, each file's sorted.
 * "keys": their texts, each with its NUL. "index": text, written last; without it the folder is none.
 */

#define FOLDER_PREFIX "rows-"
#define FOLDER_NEW FOLDER_PREFIX "new"
#define INDEX_HEAD "doudi rows 1"

enum { HASH_BYTES = 16, FILES = 64, FIELDS = 4 };

struct entry {
    uint64_t key_hash; /**< sorts first: most comparisons need no text */
    uint64_t key;      /**< where its text begins in "keys" */
    uint8_t hash[HASH_BYTES];
};

struct section {
    char *file, *columns;
    uint64_t first, count; /**< of the entries */
};

/** A file in memory. */
struct mapped {
    void *bytes;
    size_t size;
};

/** The state of the last bundle. */
struct known {
    char *folder;
    struct mapped entries, keys;
    struct rowstate_bundle bundle;
    struct section sections[FILES];
    size_t section_count;
};

struct rowstate {
    char *outbox;
    char *folder; /**< the new one, NULL = nothing is kept */
    struct known known;
    FILE *entries, *keys;
    uint64_t entry_count, key_bytes;
    struct section sections[FILES];
    size_t section_count;
    const struct section *old; /**< of the file that is being written */
    uint8_t *seen;             /**< a bit for each entry of `old` */
};

// ---- files

static enum result map_file(const char *folder, const char *name, bool write, struct mapped *mapped)
{
    char *path = paths_join(folder, name);
    int fd = open(path, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    struct stat status = {0};
    enum result result = fd >= 0 && fstat(fd, &status) == 0 ? RESULT_OK : RESULT_IO;

    *mapped = (struct mapped){0};
    if (result == 0 && status.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ | (write ? PROT_WRITE : 0),
                           MAP_SHARED, fd, 0);
        result = bytes != MAP_FAILED ? RESULT_OK : RESULT_IO;
        if (result == 0)
            *mapped = (struct mapped){bytes, (size_t)status.st_size};
        /* cppcheck-suppress memleak ; the mapping is the caller's */
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return result;
}

static void unmap(struct mapped *mapped)
{
    if (mapped->bytes != NULL)
        munmap(mapped->bytes, mapped->size);
    *mapped = (struct mapped){0};
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"index", "entries", "keys"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *path = paths_join(folder, names[i]);
        remove(path);
        free(path);
    }
    rmdir(folder);
}

static void clear_sections(struct section *sections, size_t *count)
{
    while (*count > 0) {
        free(sections[--*count].file);
        free(sections[*count].columns);
    }
}

// ---- what is known

static void forget(struct known *known)
{
    unmap(&known->entries);
    unmap(&known->keys);
    clear_sections(known->sections, &known->section_count);
    free(known->bundle.name);
    free(known->folder);
    *known = (struct known){0};
}

/** Splits a line at its tabs; false unless it has exactly `count` fields. */
static bool split(char *line, char *fields[], size_t count)
{
    size_t found = 0;
    char *field;

    while ((field = strsep(&line, "\t")) != NULL)
        if (found == count)
            return false;
        else
            fields[found++] = field;
    return found == count;
}

static bool take_whole(const char *text, uint64_t *ret_number)
{
    int64_t number = 0;

    if (text_to_int(text, 0, INT64_MAX, &number) != 0)
        return false;
    *ret_number = (uint64_t)number;
    return true;
}

static bool take_head(struct known *known, char *fields[])
{
    struct rowstate_bundle *bundle = &known->bundle;

    if (!take_whole(fields[0], &bundle->number) || strlen(fields[1]) != DIGEST_TEXT - 1 ||
        date_parse(fields[3], &bundle->full_on) != 0)
        return false;
    memcpy(bundle->manifest, fields[1], DIGEST_TEXT);
    bundle->name = mem_copy(fields[2]);
    return true;
}

static bool take_section(struct known *known, char *fields[])
{
    struct section section = {0};

    if (known->section_count == FILES || !take_whole(fields[1], &section.first) ||
        !take_whole(fields[2], &section.count) ||
        section.first + section.count > known->entries.size / sizeof(struct entry))
        return false;
    section.file = mem_copy(fields[0]);
    section.columns = mem_copy(fields[3]);
    known->sections[known->section_count++] = section;
    return true;
}

/** True if every entry names a text within the keys. */
static bool has_keys(const struct known *known)
{
    const struct entry *entries = known->entries.bytes;
    const char *keys = known->keys.bytes;

    if (known->entries.size % sizeof *entries != 0 ||
        (known->keys.size > 0 && keys[known->keys.size - 1] != '\0'))
        return false;
    for (size_t i = 0; i < known->entries.size / sizeof *entries; i++)
        if (entries[i].key >= known->keys.size)
            return false;
    return true;
}

static bool read_index(struct known *known)
{
    char *path = paths_join(known->folder, "index");
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0, number = 0;
    bool fine = file != NULL;
    ssize_t length;

    while (fine && (length = getline(&line, &size, file)) > 0) {
        char *fields[FIELDS];
        line[length - 1] = '\0';
        if (number++ == 0)
            fine = strcmp(line, INDEX_HEAD) == 0;
        else
            fine = split(line, fields, FIELDS) &&
                   (number == 2 ? take_head : take_section)(known, fields);
    }
    if (file != NULL)
        fclose(file);
    free(line);
    free(path);
    return fine && known->section_count > 0;
}

static void read_known(struct known *known)
{
    if (map_file(known->folder, "entries", false, &known->entries) == 0 &&
        map_file(known->folder, "keys", false, &known->keys) == 0 && has_keys(known) &&
        read_index(known))
        return;
    log_warn("bundle: %s cannot be used, the next bundle is a full one", known->folder);
    forget(known);
}

static char *folder_of(const struct rowstate *state, uint64_t number)
{
    char *name = mem_printf(FOLDER_PREFIX "%" PRIu64, number);
    char *folder = paths_join(state->outbox, name);

    free(name);
    return folder;
}

static void remove_number(const struct rowstate *state, uint64_t number)
{
    char *folder = folder_of(state, number);

    remove_folder(folder);
    free(folder);
}

/** Finds the folder of the highest number; removes the others, which a killed export left. */
static void find_known(struct rowstate *state)
{
    DIR *dir = opendir(state->outbox);
    const struct dirent *entry;
    uint64_t best = 0;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        uint64_t number = 0;
        if (!text_starts(entry->d_name, FOLDER_PREFIX) ||
            !take_whole(entry->d_name + strlen(FOLDER_PREFIX), &number))
            continue;
        remove_number(state, number > best ? best : number);
        best = number > best ? number : best;
    }
    if (dir != NULL)
        closedir(dir);
    if (best == 0)
        return;
    state->known.folder = folder_of(state, best);
    read_known(&state->known);
}

// ---- a run

static FILE *create(const char *folder, const char *name)
{
    char *path = paths_join(folder, name);
    FILE *file = fopen(path, "we");

    free(path);
    return file;
}

enum result rowstate_open(const char *outbox, struct rowstate **ret_state)
{
    struct rowstate *state = mem_new(sizeof *state);
    enum result result = RESULT_OK;

    if (outbox != NULL) {
        state->outbox = mem_copy(outbox);
        state->folder = paths_join(outbox, FOLDER_NEW);
        remove_folder(state->folder);
        if ((mkdir(outbox, 0700) != 0 && errno != EEXIST) || mkdir(state->folder, 0700) != 0 ||
            (state->entries = create(state->folder, "entries")) == NULL ||
            (state->keys = create(state->folder, "keys")) == NULL)
            result = result_of_write(errno, RESULT_CANTCREATE);
        else
            find_known(state);
    }
    if (result == 0)
        *ret_state = state;
    else
        rowstate_close(&state);
    return result;
}

const struct rowstate_bundle *rowstate_last(const struct rowstate *state)
{
    return state->known.section_count > 0 ? &state->known.bundle : NULL;
}

static const struct section *find_section(const struct rowstate *state, const char *file)
{
    for (size_t i = 0; i < state->known.section_count; i++)
        if (strcmp(state->known.sections[i].file, file) == 0)
            return &state->known.sections[i];
    return NULL;
}

bool rowstate_knows(const struct rowstate *state, const char *file, const char *columns)
{
    const struct section *section = find_section(state, file);

    return section != NULL && strcmp(section->columns, columns) == 0;
}

enum result rowstate_begin(struct rowstate *state, const char *file, const char *columns)
{
    if (state->section_count == FILES)
        return RESULT_CORRUPT;
    state->sections[state->section_count++] = (struct section){
        .file = mem_copy(file), .columns = mem_copy(columns), .first = state->entry_count};
    state->old = find_section(state, file);
    if (state->old != NULL)
        state->seen = mem_new(state->old->count / 8 + 1);
    return RESULT_OK;
}

/** FNV-1a: only spreads the keys, the texts are compared. */
static uint64_t hash_key(const char *key)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (; *key != '\0'; key++)
        hash = (hash ^ (uint8_t)*key) * 0x100000001b3;
    return hash;
}

/** The entry of a key in the last bundle; NULL if it had none. */
static const struct entry *find_entry(const struct rowstate *state, const char *key)
{
    const struct section *old = state->old;
    const struct entry *entries = state->known.entries.bytes;
    const char *keys = state->known.keys.bytes;
    uint64_t hash = hash_key(key);
    size_t low = 0, high = old != NULL ? old->count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entry *entry = &entries[old->first + middle];
        int order = entry->key_hash == hash  ? strcmp(keys + entry->key, key)
                    : entry->key_hash < hash ? -1
                                             : 1;
        if (order == 0)
            return entry;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum result append(struct rowstate *state, const char *key, const uint8_t hash[DIGEST_SIZE])
{
    struct entry entry = {.key_hash = hash_key(key), .key = state->key_bytes};
    size_t length = strlen(key) + 1;

    memcpy(entry.hash, hash, sizeof entry.hash);
    if (fwrite(&entry, sizeof entry, 1, state->entries) != 1 ||
        fwrite(key, 1, length, state->keys) != length)
        return result_of_write(errno, RESULT_IO);
    state->entry_count++;
    state->key_bytes += length;
    state->sections[state->section_count - 1].count++;
    return RESULT_OK;
}

enum result rowstate_put(struct rowstate *state, const char *key, const uint8_t hash[DIGEST_SIZE],
                         bool *ret_changed)
{
    const struct entry *entry = find_entry(state, key);

    *ret_changed = entry == NULL || memcmp(entry->hash, hash, sizeof entry->hash) != 0;
    if (entry != NULL) {
        const struct entry *first = state->known.entries.bytes;
        uint64_t at = (uint64_t)(entry - first) - state->old->first;
        state->seen[at / 8] |= (uint8_t)(1 << at % 8);
    }
    return state->folder != NULL ? append(state, key, hash) : RESULT_OK;
}

// ---- the end of a file

static int compare(const void *a, const void *b, void *keys)
{
    const struct entry *left = a, *right = b;

    if (left->key_hash != right->key_hash)
        return left->key_hash < right->key_hash ? -1 : 1;
    return strcmp((const char *)keys + left->key, (const char *)keys + right->key);
}

/** Sorts the entries of the last file where they lie. */
static enum result sort_section(struct rowstate *state)
{
    const struct section *section = &state->sections[state->section_count - 1];
    struct mapped entries = {0}, keys = {0};
    enum result result;

    if (fflush(state->entries) != 0 || fflush(state->keys) != 0)
        return result_of_write(errno, RESULT_IO);
    if (section->count < 2)
        return RESULT_OK;
    result = map_file(state->folder, "entries", true, &entries);
    if (result == 0)
        result = map_file(state->folder, "keys", false, &keys);
    if (result == 0) {
        struct entry *first = (struct entry *)entries.bytes + section->first;
        qsort_r(first, section->count, sizeof *first, compare, keys.bytes);
        for (size_t i = 1; i < section->count && result == 0; i++)
            if (compare(&first[i - 1], &first[i], keys.bytes) == 0)
                result = RESULT_CORRUPT;
    }
    unmap(&entries);
    unmap(&keys);
    return result;
}

static void tell_gone(const struct rowstate *state, void (*gone)(const char *key, void *arg),
                      void *arg)
{
    const struct entry *entries = state->known.entries.bytes;
    const char *keys = state->known.keys.bytes;

    for (size_t i = 0; state->old != NULL && i < state->old->count; i++)
        if ((state->seen[i / 8] & 1 << i % 8) == 0)
            gone(keys + entries[state->old->first + i].key, arg);
}

enum result rowstate_end(struct rowstate *state, void (*gone)(const char *key, void *arg),
                         void *arg)
{
    enum result result = state->folder != NULL ? sort_section(state) : RESULT_OK;

    if (result == 0)
        tell_gone(state, gone, arg);
    free(state->seen);
    state->seen = NULL;
    state->old = NULL;
    return result;
}

// ---- the end of a run

static enum result write_index(const struct rowstate *state, const struct rowstate_bundle *bundle)
{
    char *path = paths_join(state->folder, "index");
    struct str text = {0};
    char day[DATE_TEXT];

    str_printf(&text, "%s\n%" PRIu64 "\t%s\t%s\t%s\n", INDEX_HEAD, bundle->number, bundle->manifest,
               bundle->name, date_format(bundle->full_on, day));
    for (size_t i = 0; i < state->section_count; i++) {
        const struct section *section = &state->sections[i];
        str_printf(&text, "%s\t%" PRIu64 "\t%" PRIu64 "\t%s\n", section->file, section->first,
                   section->count, section->columns);
    }
    enum result result = outfile_write(path, &text);
    str_free(&text);
    free(path);
    return result;
}

static enum result close_file(FILE **file)
{
    bool synced = fflush(*file) == 0 && fsync(fileno(*file)) == 0;
    bool closed = fclose(*file) == 0;

    *file = NULL;
    return synced && closed ? RESULT_OK : result_of_write(errno, RESULT_IO);
}

enum result rowstate_commit(struct rowstate *state, const struct rowstate_bundle *bundle)
{
    enum result result;

    if (state->folder == NULL)
        return RESULT_OK;
    char *folder = folder_of(state, bundle->number);
    result = close_file(&state->entries);
    if (result == 0)
        result = close_file(&state->keys);
    if (result == 0)
        result = write_index(state, bundle);
    remove_folder(folder); /* a number that was not recorded may come again */
    if (result == 0 && rename(state->folder, folder) != 0)
        result = result_of_write(errno, RESULT_IO);
    if (result == 0)
        result = partfile_sync_folder(state->outbox);
    if (result == 0 && state->known.folder != NULL && strcmp(state->known.folder, folder) != 0)
        remove_folder(state->known.folder);
    free(folder);
    return result;
}

void rowstate_close(struct rowstate **state)
{
    struct rowstate *old = *state;

    if (old == NULL)
        return;
    if (old->entries != NULL)
        fclose(old->entries);
    if (old->keys != NULL)
        fclose(old->keys);
    if (old->folder != NULL)
        remove_folder(old->folder);
    forget(&old->known);
    clear_sections(old->sections, &old->section_count);
    free(old->seen);
    free(old->folder);
    free(old->outbox);
    free(old);
    *state = NULL;
}
