/**
 * Asking for a list page after page: where the next page begins.
 *
 * Threads: one at a time.
 */
#ifndef DOUDI_WIRE_PAGES_H
#define DOUDI_WIRE_PAGES_H

#include "wire/doudi.pb-c.h"

#include <stdbool.h>

/** `{0}` begins at the first page. pages_free() it. */
struct pages {
    char *after;            /**< of most lists */
    Wire__DuePlace *behind; /**< of the due list */
};

/** Says in the request where its page begins; the request borrows that. `after` is the field of the
 *  request for it, NULL for the due list. */
void pages_ask(const struct pages *pages, Wire__Request *request, char **after);
/** Takes from an answer where the next page begins. False: that was the last page. */
bool pages_take(struct pages *pages, Wire__Response *response);
/** Frees it; the request asks for the first page again. */
void pages_free(struct pages *pages, Wire__Request *request, char **after);

#endif
