#include "bundle/post.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "bundle/seal.h"
#include "service/frame/outbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** Who gets bundles and what they have got. */
struct post {
    const char *home;
    const struct post_bundle *bundle;
    struct receivers *receivers;
};

bool post_needs_full(const char *home, uint64_t last)
{
    struct receivers *receivers = NULL;
    struct outbox outbox = {0};
    const struct receiver *receiver;
    char *message = NULL;
    bool needs = false;

    if (receivers_read(NULL, &receivers, &message) == 0 && outbox_read(home, &outbox) == 0)
        for (size_t i = 0; (receiver = receivers_at(receivers, i)) != NULL; i++)
            needs |= outbox_last(&outbox, receiver->name) != last;
    outbox_free(&outbox);
    receivers_free(&receivers);
    free(message);
    return needs;
}

// ---- one receiver

/** Makes the receiver's file at `path`. */
static enum result make_file(const struct post *post, const struct seal_order *order,
                             const char *path, char **ret_message)
{
    const struct post_bundle *bundle = post->bundle;
    uint64_t bytes = 0;
    enum result result;

    if (SEAL_IS_ASKED(order))
        return seal_file(order, bundle->path, path, bundle->scratch, &bytes, ret_message);
    result = partfile_copy(bundle->path, path);
    if (result != 0)
        *ret_message = mem_printf("%s 没有写成：%s", path, result_words(result));
    return result;
}

static void order_of(const struct post *post, const struct receiver *receiver,
                     struct seal_order *order)
{
    *order = (struct seal_order){.cipher = receiver->cipher};
    if (receiver->sign) {
        order->sign_key = receivers_sign_key(post->receivers);
        order->sign_certificate = receivers_sign_certificate(post->receivers);
    }
    if (receiver->certificate != NULL)
        order->receivers[order->receiver_count++] = receiver->certificate;
}

static void queue_for(const struct post *post, const struct receiver *receiver,
                      struct outbox *outbox)
{
    const struct post_bundle *bundle = post->bundle;
    struct seal_order order;
    char *message = NULL;

    order_of(post, receiver, &order);
    char *file = mem_printf("%s%s", bundle->name, SEAL_IS_ASKED(&order) ? SEAL_ENDING : "");
    char *path = outbox_path(post->home, receiver->name, file);
    char *folder = outbox_path(post->home, receiver->name, "");
    (void)mkdir(folder, 0700);
    bool made = make_file(post, &order, path, &message) == 0;
    if (!made)
        log_error("bundle: %s gets no file: %s", receiver->name, message);
    struct outbox_entry entry = {.receiver = mem_copy(receiver->name),
                                 .number = bundle->place->number,
                                 .date = bundle->place->date,
                                 .full = bundle->full,
                                 .file = made ? file : (char[]){""},
                                 .queued_at = time(NULL),
                                 .words = message};
    memcpy(entry.manifest, bundle->place->manifest, sizeof entry.manifest);
    outbox_add(outbox, &entry);
    free(entry.receiver);
    free(message);
    free(folder);
    free(path);
    free(file);
}

// ---- all of them

static enum result queue_all(struct outbox *outbox, void *arg)
{
    const struct post *post = arg;
    const struct receiver *receiver;

    outbox_prune(outbox, post->home, date_of_time(time(NULL)), post->bundle->kept_days);
    for (size_t i = 0; (receiver = receivers_at(post->receivers, i)) != NULL; i++)
        queue_for(post, receiver, outbox);
    return RESULT_OK;
}

void post_bundle(const char *home, const struct post_bundle *bundle)
{
    struct post post = {.home = home, .bundle = bundle};
    char *message = NULL;
    enum result result = receivers_read(NULL, &post.receivers, &message);

    if (result == 0 && receivers_at(post.receivers, 0) != NULL)
        result = outbox_change(home, queue_all, &post);
    if (result != 0)
        log_error("bundle: it is in no queue: %s",
                  message != NULL ? message : result_words(result));
    receivers_free(&post.receivers);
    free(message);
}
