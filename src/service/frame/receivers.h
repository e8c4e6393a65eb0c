/**
 * Who gets the nightly bundle: /etc/doudi/receivers.yaml.
 *
 * `sign` has the office's own key and certificate; `receivers` a list: name (letters, digits, -, for
 * folders and for the hook), title for people, certificate to seal for (without: not sealed), sign
 * (default true where there is a key), cipher, area (whose receipts are awaited; without: none),
 * receipt_certificate (with which it signs its receipts: others are not believed), to (an address for
 * the hook). No file = no receivers. Paths are whole ones.
 *
 * Threads: any; what was read does not change.
 */
#ifndef DOUDI_SERVICE_FRAME_RECEIVERS_H
#define DOUDI_SERVICE_FRAME_RECEIVERS_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

#define RECEIVERS_FILE "receivers.yaml"

enum { RECEIVERS_MOST = 32, RECEIVER_NAME = 32 };

struct receiver {
    const char *name, *title;
    const char *certificate; /**< NULL = not sealed */
    bool sign;
    const char *cipher;              /**< "" = the default */
    const char *area;                /**< "" = no receipts are awaited */
    const char *receipt_certificate; /**< NULL = unsigned receipts are believed */
    const char *to;                  /**< "" = none */
};

struct receivers;

/** Reads `path`, NULL for paths_office(): a missing file is an empty list. RESULT_INVALID with
 *  *ret_message (new string): which file, what is wrong, what to do. */
enum result receivers_read(const char *path, struct receivers **ret_receivers, char **ret_message);
void receivers_free(struct receivers **receivers);

/** NULL behind the last; of NULL none. */
const struct receiver *receivers_at(const struct receivers *receivers, size_t index);
const struct receiver *receivers_find(const struct receivers *receivers, const char *name);
/** The office's own key and certificate; NULL = none (certificate: it stands in the key's file). */
const char *receivers_sign_key(const struct receivers *receivers);
const char *receivers_sign_certificate(const struct receivers *receivers);

#endif
