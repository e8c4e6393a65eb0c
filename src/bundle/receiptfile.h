/**
 * A receipt as a file: JSON (bundle/receipt.h), or the same signed, as CMS, with .cms behind its name.
 *
 * A receiver signs with its own key; its senders know the certificate (service/frame/receivers.h).
 * `openssl cms -verify` opens one. A signed receipt whose signer is not known is read, too: its
 * content then proves no more than that of an unsigned one. The file is read once, so what was
 * checked is what is used. Threads: any.
 */
#ifndef DOUDI_BUNDLE_RECEIPTFILE_H
#define DOUDI_BUNDLE_RECEIPTFILE_H

#include "base/str.h"
#include "bundle/receipt.h"
#include "bundle/seal.h"

/** The bytes of a file that came. */
struct receiptfile {
    struct str bytes;
    bool is_signed;
};

/** RESULT_NOINPUT, RESULT_INVALID (too large); *ret_message (new string) says why. */
enum result receiptfile_read(const char *path, struct receiptfile *ret_file, char **ret_message);
/**
 * What it says. `certificate` is a file with its receiver's certificate: RESULT_DENIED unless that
 * one has signed it; NULL = whoever has, or nobody. RESULT_NOINPUT if the certificate cannot be read,
 * RESULT_INVALID if it is no receipt.
 */
enum result receiptfile_open(const struct receiptfile *file, const char *certificate,
                             struct receipt **ret_receipt, char **ret_message);
void receiptfile_free(struct receiptfile *file);

/** Signs a receipt's text with the key of the order, which has no receivers. `scratch` is an existing
 *  folder of ours. */
enum result receiptfile_sign(const char *text, const struct seal_order *order, const char *scratch,
                             struct str *ret_bytes, char **ret_message);

#endif
