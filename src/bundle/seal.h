/**
 * Signs a bundle and seals it for its receivers: NAME.cms, in the form of RFC 5652 (CMS), binary.
 *
 * It is signed first (the bundle and the signer's certificates are inside), then encrypted: whoever
 * carries it does not see who sent it. Keys are RSA or EC. AES-256-GCM tells of every changed byte
 * by itself; SM4-CBC does not, there the signature and the hashes of the manifest do. `openssl cms
 * -decrypt` and `-verify` open it; bundle/sealed.h reads it.
 *
 * Files of any size are written in pieces. Threads: any.
 */
#ifndef DOUDI_BUNDLE_SEAL_H
#define DOUDI_BUNDLE_SEAL_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/** Behind the name of the bundle. */
#define SEAL_ENDING ".cms"

enum { SEAL_RECEIVERS = 16 };

/** The largest file that is sealed, signed or opened: 512 MiB. Whoever opens one with OpenSSL holds
 *  three times as much in memory. */
#define SEAL_BYTES ((int64_t)1 << 29)

struct seal_order {
    const char *sign_key;         /**< PEM file, NULL = not signed */
    const char *sign_certificate; /**< NULL = it stands in the key's file */
    const char
        *receivers[SEAL_RECEIVERS]; /**< PEM files of their certificates, none = not sealed */
    size_t receiver_count;
    const char *cipher; /**< "aes256" (also NULL and "") or "sm4" */
};

/** Something is to be signed or sealed. */
#define SEAL_IS_ASKED(order) ((order)->sign_key != NULL || (order)->receiver_count > 0)

/** Reads all keys and certificates, so that a mistake is known before a bundle is made.
 *  RESULT_NOINPUT, RESULT_INVALID or RESULT_USAGE, with words in *ret_message (new string). */
enum result seal_check(const struct seal_order *order, char **ret_message);

/** Writes the bundle at `from` to `to`, whole or not at all. `scratch` is a folder for a signed
 *  bundle before it is sealed. */
enum result seal_file(const struct seal_order *order, const char *from, const char *to,
                      const char *scratch, uint64_t *ret_bytes, char **ret_message);

#endif
