/**
 * A bundle on its way into the home. Private to src/bundle/ingest*.c. Threads: one at a time.
 */
#ifndef DOUDI_BUNDLE_INGEST_PRIVATE_H
#define DOUDI_BUNDLE_INGEST_PRIVATE_H

#include "bundle/ingest.h"
#include "bundle/intake.h"
#include "bundle/manifest.h"
#include "bundle/sealed.h"
#include "db/replace.h"
#include "service/frame/usecase.h"

struct ingest {
    struct service *service;
    const struct caller *caller;
    const struct ingest_order *order;
    struct reply *reply;
    struct receipt *receipt;
    struct manifest *manifest;
    struct decoder decoder;
    struct replace_count counts[INTAKE_COUNT_];
    month_t from, to;    /**< months of the sender's rows */
    Rec__Bundle *bundle; /**< what the home keeps of it */
    uint64_t last;       /**< number of the sender's last one, 0 = none */
    bool rounds;         /**< it says of extra rounds of visits */
    bool again;          /**< it was taken before */
    struct sealed_bundle sealed;
    /* folders: in the scratch for what is unsealed, unpacked, and whole after a delta; `before`: the
     * kept state on which a delta builds */
    char *sealing, *files, *whole, *before;
};

/** Notes in the receipt why the bundle is not taken. */
enum result ingest_refuse(struct ingest *ingest, enum receipt_reason reason, const char *format,
                          ...) __attribute__((format(printf, 3, 4)));
/** Puts its rows in the place of the sender's. */
enum result ingest_rows(struct usecase *usecase, struct ingest *ingest);

#endif
