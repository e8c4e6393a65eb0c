/**
 * Takes in a bundle of a division below (a street's at a county, a county's at a city).
 *
 * What is checked, in this order: the file is a bundle and as its manifest says; its sender is a
 * division directly below this home's area; its number and the hash of the manifest before it fit
 * what is known of the sender; each row can be read and is of the sender's area. Then the sender's
 * whole state is replaced in one transaction (db/replace.h): a fault in the last row leaves
 * everything as it was. A full bundle needs none of those before it, so a gap is no reason to
 * refuse one. The same bundle again changes nothing.
 *
 * After that all figures are computed again from the stored rows and compared with the sender's
 * (bundle/ingest_check.h). Memory does not grow with the bundle; its files lie in `scratch`, below
 * the home. Threads: one at a time for each sender; the transaction runs alone.
 */
#ifndef DOUDI_BUNDLE_INGEST_H
#define DOUDI_BUNDLE_INGEST_H

#include "bundle/receipt.h"
#include "service/service.h"

struct ingest_order {
    const char *path;    /**< of a bundle, sealed, signed or plain (bundle/sealed.h) */
    const char *key;     /**< our private key to unseal it with, NULL = none */
    const char *trusted; /**< folder with each sender's certificate, AREA.pem; NULL = also unsigned
                              ones are taken */
    const char *name;    /**< the file's name as its sender knows it, for the receipt */
    const char *scratch; /**< an empty folder; the caller removes it with what is in it */
};

/** RESULT_OK with a receipt, whether the bundle was taken or refused; otherwise words in the reply:
 *  RESULT_DENIED, RESULT_NOINPUT, RESULT_FULL, RESULT_IO, RESULT_AGAIN. */
enum result ingest_bundle(struct service *service, const struct caller *caller,
                          const struct ingest_order *order, struct receipt **ret_receipt,
                          struct reply *reply);

#endif
