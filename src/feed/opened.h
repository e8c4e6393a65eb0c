/**
 * A bundle that was opened for reading: sealed, signed or plain (bundle/sealed.h).
 *
 * What was sealed lies in a scratch file without a name, which is gone when this process ends. While
 * it is being opened it has a name, in a folder doudi-feed-… of TMPDIR; if the process is killed in
 * that moment, the next one removes it. Threads: any.
 */
#ifndef DOUDI_FEED_OPENED_H
#define DOUDI_FEED_OPENED_H

#include "base/result.h"

/** What bundles are opened with; `{0}`: only plain, unsigned ones. */
struct opened_keys {
    const char *key;     /**< private key (PEM, with its certificate), NULL = none */
    const char *trusted; /**< folder with each sender's certificate, AREA.pem; NULL = signed ones
                              are refused, otherwise only signed ones are taken */
};

struct opened {
    char *path; /**< of the plain bundle, as long as this is open */
    int fd;     /**< of the scratch file, -1 = none */
};

/** RESULT_NOINPUT, with words (new string) if a key or folder cannot be read. */
enum result opened_check_keys(const struct opened_keys *keys, char **ret_message);
/** Removes what killed processes of this account left in TMPDIR. */
void opened_clear(void);
/** `area` NULL: whoever of the trusted ones has signed; otherwise this sender alone. On failure
 *  *ret_message (new string). */
enum result opened_open(const char *path, const struct opened_keys *keys, const char *area,
                        struct opened *ret_opened, char **ret_message);
/** Puts the file that came in the place of the scratch file in *message. */
void opened_name(const struct opened *opened, const char *path, char **message);
void opened_close(struct opened *opened);

#endif
