/**
 * Opens a bundle as it comes from a sender: sealed, signed, both or neither (bundle/seal.h).
 *
 * Nothing of the file is believed before the signature was checked, and of an unsealed file only
 * the whole is handed on: what comes out is the sender's plain bundle (bundle/bundle.h) in a scratch
 * file, still to be checked against its manifest. Who signed is told by the fingerprint of the
 * certificate; whether that signer may speak for the bundle's area is for the caller to know.
 *
 * OpenSSL holds a sealed or signed file in memory while it is read, so a larger one than SEAL_BYTES
 * is refused; a plain bundle has no such limit. Threads: any; one at a time in a scratch folder.
 */
#ifndef DOUDI_BUNDLE_SEALED_H
#define DOUDI_BUNDLE_SEALED_H

#include "base/digest.h"
#include "base/result.h"

#include <stdbool.h>

struct sealed_ask {
    const char *path;        /**< the file that came */
    const char *key;         /**< our private key (PEM) to unseal with; NULL = we have none */
    const char *certificate; /**< its certificate; NULL = it stands in the key's file */
    const char *trusted;     /**< certificates of signers: a file, or a folder of *.pem and *.crt;
                                     NULL = none, so that no signed bundle is taken */
    bool want_signature;     /**< refuse a bundle without one */
    const char *scratch;     /**< an existing folder of ours */
};

struct sealed_bundle {
    char *path;   /**< the plain bundle: a scratch file, or the file that came if it was plain */
    bool scratch; /**< `path` is removed by sealed_bundle_free() */
    bool was_sealed, was_signed;
    char fingerprint[DIGEST_TEXT]; /**< SHA-256 of the signer's certificate; "" = not signed */
    char *subject;                 /**< whom it names, "CN=…"; NULL = not signed */
};

/**
 * RESULT_NOINPUT: a file cannot be read. RESULT_CORRUPT: cut or damaged, or no bundle at all.
 * RESULT_DENIED: sealed for somebody else, not signed where that is wanted, signed by a stranger, or
 * a signature that is not good. RESULT_INVALID: our key, certificate or trusted ones are not usable, or
 * the file is too large. *ret_message (new string) says which, and what to do.
 */
enum result sealed_open(const struct sealed_ask *ask, struct sealed_bundle *ret_bundle,
                        char **ret_message);
/** The same for the bundle of one sender: ask->trusted is a folder, and of it only the certificate
 *  AREA.pem speaks for the sender, not that of a neighbour. RESULT_DENIED if there is none. */
enum result sealed_open_of(const struct sealed_ask *ask, const char *area,
                           struct sealed_bundle *ret_bundle, char **ret_message);
void sealed_bundle_free(struct sealed_bundle *bundle);

#endif
