/**
 * Keys and certificates of files: read, with words for whoever has to mend them.
 *
 * Files are PEM. What they hold is never in a message; keys are read without a passphrase, because
 * nobody types at night. Private to src/bundle. Threads: any.
 */
#ifndef DOUDI_BUNDLE_PEM_H
#define DOUDI_BUNDLE_PEM_H

#include "base/digest.h"
#include "base/result.h"

#include <openssl/types.h>
#include <stdbool.h>

/** A key with its certificate, and what else stands in the certificate's file (its issuers). */
struct pem_identity {
    EVP_PKEY *key;
    X509 *certificate;
    STACK_OF(X509) * others;
};

/** The certificate stands in `certificate`, or with NULL in the key's own file; it must be the
 *  key's. RESULT_NOINPUT, RESULT_INVALID with *ret_message (new string). */
enum result pem_identity_read(const char *key, const char *certificate,
                              struct pem_identity *ret_identity, char **ret_message);
void pem_identity_free(struct pem_identity *identity);

/** The first certificate of a file. */
enum result pem_certificate_read(const char *path, X509 **ret_certificate, char **ret_message);

/** Certificates to trust: those of a file, or of all *.pem and *.crt of a folder. Each is trusted
 *  itself and in what it has signed; purposes other than signing do not matter. */
enum result pem_trusted_read(const char *path, X509_STORE **ret_store, char **ret_message);

/** RESULT_INVALID if the certificate is not valid now; `path` names it in the message. */
enum result pem_check_dates(const X509 *certificate, const char *path, char **ret_message);

/** SHA-256 of a certificate, as `openssl x509 -fingerprint -sha256` has it, without colons. */
void pem_fingerprint(const X509 *certificate, char fingerprint[DIGEST_TEXT]);
/** Whom it names: "CN=…,O=…". New string without control characters. */
char *pem_subject(const X509 *certificate);

/** Logs what OpenSSL says, and forgets it. */
void pem_log(const char *path);
/** True if that is OpenSSL's last error (ERR_LIB_… and a reason of it). */
bool pem_failed_with(int library, int reason);

#endif
