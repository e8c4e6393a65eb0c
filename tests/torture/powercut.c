#include "powercut.h"

#include "base/mem.h"
#include "base/paths.h"
#include "trace.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SYSTEM_PAGE = 4096, FOLDER = 0 /* the object that folders are */ };

/** A file, under however many names. */
struct object {
    uint64_t inode;
    uint8_t *first; /**< contents when the trace began, `first_size` bytes */
    size_t first_size;
    uint8_t *bytes; /**< on the disk that is being made */
    size_t size, capacity;
    size_t durable; /**< what operations before this one wrote is there */
};

struct name {
    char *path;
    size_t object;
};

struct names {
    struct name *items;
    size_t count, capacity;
};

struct operation {
    struct trace_record record;
    const char *path, *other;
    const uint8_t *bytes;
    size_t object; /**< of a file; 0 for names alone */
    size_t begun;  /**< of TRACE_SYNCED: the operation at which the sync began */
    uint64_t end;  /**< of its record in the trace */
};

struct powercut {
    char *root;
    char *path; /**< of the trace */
    uint8_t *trace;
    size_t trace_size;
    struct object *objects;
    size_t object_count, object_capacity;
    struct operation *operations;
    size_t operation_count, operation_capacity;
    struct names first; /**< when the trace began */
};

/** A moment and what of it is left. */
struct moment {
    size_t at;    /**< operations before this one were made */
    size_t names; /**< changes of names before this one are on the disk */
    uint64_t seed;
};

// ---- names

static void names_add(struct names *names, const char *path, size_t object)
{
    mem_grow((void **)&names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = (struct name){mem_copy(path), object};
}

static struct name *names_find(const struct names *names, const char *path)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i].path, path) == 0)
            return &names->items[i];
    return NULL;
}

static void names_remove(struct names *names, const char *path)
{
    struct name *name = names_find(names, path);

    if (name == NULL)
        return;
    free(name->path);
    *name = names->items[--names->count];
}

/** With everything below it. */
static void names_rename(struct names *names, const char *path, const char *other)
{
    size_t length = strlen(path);

    names_remove(names, other);
    for (size_t i = 0; i < names->count; i++) {
        char *old = names->items[i].path;

        if (strncmp(old, path, length) == 0 && (old[length] == '\0' || old[length] == '/')) {
            names->items[i].path = mem_printf("%s%s", other, old + length);
            free(old);
        }
    }
}

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i].path);
    free(names->items);
    *names = (struct names){0};
}

static void names_apply(struct names *names, const struct operation *operation)
{
    const struct name *old;

    switch (operation->record.kind) {
    case TRACE_CREATE:
        if (names_find(names, operation->path) == NULL)
            names_add(names, operation->path, operation->object);
        break;
    case TRACE_FOLDER:
        names_add(names, operation->path, FOLDER);
        break;
    case TRACE_LINK:
        old = names_find(names, operation->path);
        if (old != NULL)
            names_add(names, operation->other, old->object);
        break;
    case TRACE_RENAME:
        names_rename(names, operation->path, operation->other);
        break;
    case TRACE_UNLINK:
        names_remove(names, operation->path);
        break;
    default:
        break;
    }
}

// ---- the beginning

static size_t add_object(struct powercut *cut, uint64_t inode)
{
    mem_grow((void **)&cut->objects, cut->object_count, &cut->object_capacity,
             sizeof *cut->objects);
    cut->objects[cut->object_count] = (struct object){.inode = inode};
    return cut->object_count++;
}

static void read_first(struct object *object, const char *path, size_t size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);

    assert_true(file >= 0);
    object->first = mem_new(size + 1);
    object->first_size = size;
    assert_int_equal(read(file, object->first, size), size);
    close(file);
}

/** A folder with everything in it; sockets are no files of a disk. */
static void take(struct powercut *cut, const char *folder)
{
    DIR *list = opendir(folder);
    struct dirent *entry;

    assert_non_null(list);
    names_add(&cut->first, folder, FOLDER);
    while ((entry = readdir(list)) != NULL) {
        char *path = paths_join(folder, entry->d_name);
        struct stat status;

        assert_int_equal(lstat(path, &status), 0);
        if (S_ISDIR(status.st_mode) && entry->d_name[0] != '.') {
            take(cut, path);
        } else if (S_ISREG(status.st_mode)) {
            size_t object = add_object(cut, status.st_ino);

            read_first(&cut->objects[object], path, (size_t)status.st_size);
            names_add(&cut->first, path, object);
        }
        free(path);
    }
    closedir(list);
}

struct powercut *powercut_new(struct rig *rig)
{
    struct powercut *cut = mem_new(sizeof *cut);

    *cut = (struct powercut){.root = mem_copy(rig->home), .path = rig_path(rig, "trace")};
    add_object(cut, 0);
    take(cut, cut->root);
    rig->trace = open(cut->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(rig->trace >= 0);
    setenv("DOUDI_TRACE", cut->path, 1);
    setenv("DOUDI_TRACE_ROOT", cut->root, 1);
    return cut;
}

// ---- the trace

/** The file that an inode is now: the last that was made of it. */
static size_t find_object(const struct powercut *cut, uint64_t inode)
{
    for (size_t i = cut->object_count; i-- > 1;)
        if (cut->objects[i].inode == inode)
            return i;
    return FOLDER;
}

static size_t find_sync(const struct powercut *cut, uint64_t sync)
{
    for (size_t i = cut->operation_count; i-- > 0;) {
        const struct trace_record *record = &cut->operations[i].record;

        if (record->kind == TRACE_SYNC && record->sync == sync)
            return i;
    }
    fail_msg("a sync that never began");
    return 0;
}

static void identify(struct powercut *cut, struct names *names, struct operation *operation)
{
    const struct trace_record *record = &operation->record;
    const struct name *known;

    switch (record->kind) {
    case TRACE_CREATE:
        known = names_find(names, operation->path);
        operation->object = known != NULL ? known->object : add_object(cut, record->inode);
        break;
    case TRACE_SYNCED:
        operation->begun = find_sync(cut, record->sync);
        operation->object = cut->operations[operation->begun].object;
        break;
    case TRACE_SYNC:
    case TRACE_TRUNCATE:
    case TRACE_WRITE:
        operation->object = find_object(cut, record->inode);
        break;
    default:
        break;
    }
    names_apply(names, operation);
}

static void names_copy(struct names *names, const struct names *from)
{
    for (size_t i = 0; i < from->count; i++)
        names_add(names, from->items[i].path, from->items[i].object);
}

static const uint8_t *part_of(const uint8_t **at, size_t length)
{
    const uint8_t *part = *at;

    *at += length;
    return length > 0 ? part : NULL;
}

static void map_trace(struct powercut *cut, int file)
{
    struct stat status;
    void *bytes;

    assert_int_equal(fstat(file, &status), 0);
    cut->trace_size = (size_t)status.st_size;
    assert_true(cut->trace_size > 0);
    bytes = mmap(NULL, cut->trace_size, PROT_READ, MAP_PRIVATE, file, 0);
    assert_true(bytes != MAP_FAILED);
    cut->trace = bytes;
}

void powercut_end(struct powercut *cut)
{
    struct names names = {0};
    int file = open(cut->path, O_RDONLY | O_CLOEXEC);

    unsetenv("DOUDI_TRACE");
    unsetenv("DOUDI_TRACE_ROOT");
    assert_true(file >= 0);
    map_trace(cut, file);
    close(file);
    names_copy(&names, &cut->first);
    for (const uint8_t *at = cut->trace; at < cut->trace + cut->trace_size;) {
        struct operation operation = {0};

        memcpy(&operation.record, at, sizeof operation.record);
        at += sizeof operation.record;
        operation.path = (const char *)part_of(&at, operation.record.path_length);
        operation.other = (const char *)part_of(&at, operation.record.other_length);
        operation.bytes = part_of(&at, operation.record.length);
        operation.end = (uint64_t)(at - cut->trace);
        identify(cut, &names, &operation);
        mem_grow((void **)&cut->operations, cut->operation_count, &cut->operation_capacity,
                 sizeof *cut->operations);
        cut->operations[cut->operation_count++] = operation;
    }
    names_free(&names);
}

// ---- a disk

/** Operations before this one have reached this page of the file. */
static size_t reached(const struct moment *moment, const struct object *object, size_t number,
                      uint64_t page)
{
    struct random random = {.state = moment->seed ^ number << 40 ^ page};
    size_t open = moment->at - object->durable;

    switch (moment->seed % 4) {
    case 0: /* nothing that was not synced */
        return object->durable;
    case 1: /* everything */
        return moment->at;
    default:
        random_below(&random, 2); /* states that are close to each other begin alike */
        return random_below(&random, 2) == 0
                   ? object->durable
                   : object->durable + random_below(&random, (uint32_t)open + 1);
    }
}

static void object_write(struct object *object, const uint8_t *bytes, uint64_t offset,
                         size_t length)
{
    while (offset + length > object->capacity)
        mem_grow((void **)&object->bytes, object->capacity, &object->capacity, 1);
    if (offset > object->size)
        memset(object->bytes + object->size, 0, offset - object->size);
    memcpy(object->bytes + offset, bytes, length);
    if (offset + length > object->size)
        object->size = offset + length;
}

static void apply_write(struct powercut *cut, const struct moment *moment, size_t at)
{
    const struct operation *operation = &cut->operations[at];
    struct object *object = &cut->objects[operation->object];
    uint64_t offset = operation->record.offset;
    const uint8_t *bytes = operation->bytes;
    size_t left = operation->record.length;

    while (left > 0) {
        uint64_t page = offset / SYSTEM_PAGE;
        size_t part = (size_t)((page + 1) * SYSTEM_PAGE - offset);

        part = part < left ? part : left;
        if (at < object->durable || at < reached(moment, object, operation->object, page))
            object_write(object, bytes, offset, part);
        bytes += part;
        offset += part;
        left -= part;
    }
}

/** What was synced when the power went. */
static struct moment begin(struct powercut *cut, struct random *random)
{
    struct moment moment = {.seed = random_next(random)};

    moment.at = random_below(random, (uint32_t)cut->operation_count) + 1;
    for (size_t i = 0; i < cut->object_count; i++) {
        struct object *object = &cut->objects[i];

        object->durable = object->size = 0;
        if (object->first_size > 0)
            object_write(object, object->first, 0, object->first_size);
    }
    for (size_t i = 0; i < moment.at; i++) {
        const struct operation *operation = &cut->operations[i];
        size_t *durable = &cut->objects[operation->object].durable;

        if (operation->record.kind != TRACE_SYNCED)
            continue;
        if (operation->begun > *durable)
            *durable = operation->begun;
        if (operation->begun > moment.names)
            moment.names = operation->begun;
    }
    moment.names += random_below(random, (uint32_t)(moment.at - moment.names) + 1);
    return moment;
}

static void write_out(const struct powercut *cut, const struct name *name, const char *folder)
{
    char *path = mem_printf("%s%s", folder, name->path + strlen(cut->root));
    const struct object *object = &cut->objects[name->object];
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    assert_true(file >= 0);
    assert_int_equal(write(file, object->bytes, object->size), object->size);
    close(file);
    free(path);
}

static int by_path(const void *a, const void *b)
{
    const struct name *one = a;
    const struct name *two = b;

    return strcmp(one->path, two->path);
}

/** Folders come before what is in them. */
static void write_all(const struct powercut *cut, const struct names *names, const char *folder)
{
    qsort(names->items, names->count, sizeof *names->items, by_path);
    for (size_t i = 0; i < names->count; i++) {
        char *path = mem_printf("%s%s", folder, names->items[i].path + strlen(cut->root));

        if (names->items[i].object == FOLDER)
            assert_int_equal(mkdir(path, 0700), 0);
        else
            write_out(cut, &names->items[i], folder);
        free(path);
    }
}

uint64_t powercut_make(struct powercut *cut, struct random *random, const char *folder)
{
    struct moment moment = begin(cut, random);
    struct names names = {0};

    names_copy(&names, &cut->first);
    for (size_t i = 0; i < moment.at; i++) {
        const struct operation *operation = &cut->operations[i];
        struct object *object = &cut->objects[operation->object];

        if (operation->record.kind == TRACE_WRITE)
            apply_write(cut, &moment, i);
        else if (operation->record.kind == TRACE_TRUNCATE &&
                 (i < moment.names || i < object->durable))
            object->size = operation->record.offset;
        else if (i < moment.names)
            names_apply(&names, operation);
    }
    write_all(cut, &names, folder);
    names_free(&names);
    return cut->operations[moment.at - 1].end;
}

void powercut_free(struct powercut **cut)
{
    struct powercut *old = *cut;

    if (old == NULL)
        return;
    for (size_t i = 0; i < old->object_count; i++) {
        free(old->objects[i].first);
        free(old->objects[i].bytes);
    }
    names_free(&old->first);
    if (old->trace != NULL)
        munmap(old->trace, old->trace_size);
    free(old->objects);
    free(old->operations);
    free(old->root);
    free(old->path);
    free(old);
    *cut = NULL;
}
