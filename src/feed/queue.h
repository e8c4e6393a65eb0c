/**
 * The bundles that a feed was given: files, and those in folders, in the order in which they are
 * taken.
 *
 * Threads: one thread for each queue.
 */
#ifndef DOUDI_FEED_QUEUE_H
#define DOUDI_FEED_QUEUE_H

#include "bundle/manifest.h"
#include "feed/opened.h"

#include <stdbool.h>

struct queue_bundle {
    char *path;
    uint64_t bytes;
    bool listed;               /**< found in a folder, not named */
    struct manifest *manifest; /**< NULL until it was checked */
    char *fault;               /**< why it cannot be read, NULL if it can */
};

/** `{.keys = …}` is empty. */
struct queue {
    struct opened_keys keys;
    size_t count, capacity;
    struct queue_bundle *bundles;
};

/** Adds a file, or the bundles of a folder (doudi-….tar.zst, and .cms behind it). Of one that stands
 *  there twice, sealed and opened, the opened one is taken, or with trusted certificates the signed
 *  one. RESULT_NOINPUT with words in *ret_message (new string) if there is
 *  no such path. */
enum result queue_add(struct queue *queue, const char *path, char **ret_message);
/** Opens and checks every bundle (bundle/manifest.h), then sorts by home and number; faulty ones
 *  come first. That its sender signed it is checked when it is taken. */
void queue_check(struct queue *queue);
/** Removes a bundle. */
void queue_drop(struct queue *queue, size_t index);
void queue_free(struct queue *queue);

#endif
