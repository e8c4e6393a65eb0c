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

static struct queue_bundle *add_file(struct queue *queue, const char *path,
                                     const struct stat *status, bool listed)
{
    mem_grow((void **)&queue->bundles, queue->count, &queue->capacity, sizeof *queue->bundles);
    queue->bundles[queue->count] = (struct queue_bundle){
        .path = mem_copy(path), .bytes = (uint64_t)status->st_size, .listed = listed};
    return &queue->bundles[queue->count++];
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text);

    return length > strlen(ending) && strcmp(text + length - strlen(ending), ending) == 0;
}

/** Adds a file of a folder if it is a bundle's. */
static void see_file(struct queue *queue, const char *path, const char *name)
{
    struct stat status;

    if (!text_starts(name, "doudi-") || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    if (ends_with(name, ".tar.zst")) {
        add_file(queue, path, &status, true);
    } else if (ends_with(name, ".tar.zst" SEAL_ENDING)) {
        char *opened = mem_printf("%.*s", (int)(strlen(path) - strlen(SEAL_ENDING)), path);
        if (access(opened, F_OK) != 0)
            add_file(queue, path, &status, true)->fault =
                mem_copy("是签名或密封的包，请先用 openssl cms 打开成 .tar.zst");
        free(opened);
    }
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

void queue_check(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++) {
        struct queue_bundle *bundle = &queue->bundles[i];
        if (bundle->fault == NULL)
            (void)manifest_check(bundle->path, &bundle->manifest, &bundle->fault);
    }
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
    *queue = (struct queue){0};
}
