#include "feed/queue.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "bundle/seal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_file(struct queue *queue, const char *path, const struct stat *status, bool listed)
{
    mem_grow((void **)&queue->bundles, queue->count, &queue->capacity, sizeof *queue->bundles);
    queue->bundles[queue->count++] = (struct queue_bundle){
        .path = mem_copy(path), .bytes = (uint64_t)status->st_size, .listed = listed};
}

/** True if the same bundle stands beside it in the other form, and that one is taken. */
static bool is_beside(const struct queue *queue, const char *path, bool sealed)
{
    size_t length = strlen(path) - (sealed ? strlen(SEAL_ENDING) : 0);
    char *other = mem_printf("%.*s%s", (int)length, path, sealed ? "" : SEAL_ENDING);
    bool found = (queue->keys.trusted != NULL) != sealed && access(other, F_OK) == 0;

    free(other);
    return found;
}

/** Adds a file of a folder if it is a bundle's. */
static void see_file(struct queue *queue, const char *path, const char *name)
{
    struct stat status;
    bool sealed = text_ends(name, ".tar.zst" SEAL_ENDING);

    if (text_starts(name, "doudi-") && (sealed || text_ends(name, ".tar.zst")) &&
        stat(path, &status) == 0 && S_ISREG(status.st_mode) && !is_beside(queue, path, sealed))
        add_file(queue, path, &status, true);
}

static enum result add_folder(struct queue *queue, const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (folder == NULL)
        return RESULT_NOINPUT;
    while ((entry = readdir(folder)) != NULL) {
        char *file = paths_join(path, entry->d_name);
        see_file(queue, file, entry->d_name);
        free(file);
    }
    closedir(folder);
    return RESULT_OK;
}

enum result queue_add(struct queue *queue, const char *path, char **ret_message)
{
    struct stat status;
    enum result result = stat(path, &status) == 0 ? RESULT_OK : RESULT_NOINPUT;

    if (result == 0 && S_ISDIR(status.st_mode))
        result = add_folder(queue, path);
    else if (result == 0)
        add_file(queue, path, &status, false);
    if (result != 0)
        *ret_message = mem_printf("打不开 %s：%s", path, result_reason(errno));
    return result;
}

static int compare(const void *a, const void *b)
{
    const struct queue_bundle *left = a;
    const struct queue_bundle *right = b;

    if (left->manifest == NULL || right->manifest == NULL)
        return (left->manifest != NULL) - (right->manifest != NULL);
    int areas = strcmp(left->manifest->area, right->manifest->area);
    if (areas != 0)
        return areas;
    return (left->manifest->number > right->manifest->number) -
           (left->manifest->number < right->manifest->number);
}

static void check(const struct queue *queue, struct queue_bundle *bundle)
{
    struct opened opened = {.fd = -1};

    if (opened_open(bundle->path, &queue->keys, NULL, &opened, &bundle->fault) != 0)
        return;
    (void)manifest_check(opened.path, &bundle->manifest, &bundle->fault);
    opened_name(&opened, bundle->path, &bundle->fault);
    opened_close(&opened);
}

void queue_check(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        check(queue, &queue->bundles[i]);
    if (queue->count > 0)
        qsort(queue->bundles, queue->count, sizeof *queue->bundles, compare);
}

static void free_bundle(struct queue_bundle *bundle)
{
    free(bundle->path);
    free(bundle->fault);
    manifest_free(&bundle->manifest);
}

void queue_drop(struct queue *queue, size_t index)
{
    free_bundle(&queue->bundles[index]);
    queue->count--;
    memmove(&queue->bundles[index], &queue->bundles[index + 1],
            (queue->count - index) * sizeof *queue->bundles);
}

void queue_free(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        free_bundle(&queue->bundles[i]);
    free(queue->bundles);
    *queue = (struct queue){.keys = queue->keys};
}
