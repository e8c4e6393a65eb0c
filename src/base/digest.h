/**
 * SHA-256 (OpenSSL), for event chains, statements and bundles.
 */
#ifndef DOUDI_BASE_DIGEST_H
#define DOUDI_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SIZE = 32, DIGEST_TEXT = 65 };

struct digest; /**< a running sum */

struct digest *digest_new(void);
void digest_add(struct digest *digest, const void *bytes, size_t length);
/** Ends the sum: writes it and frees *digest. */
void digest_end(struct digest **digest, uint8_t sum[DIGEST_SIZE]);

/** Writes the sum and begins the next one: cheaper than a new digest. */
void digest_next(struct digest *digest, uint8_t sum[DIGEST_SIZE]);
/** Frees *digest without a sum. */
void digest_free(struct digest **digest);

void digest_bytes(const void *bytes, size_t length, uint8_t sum[DIGEST_SIZE]);
/** Lower-case hexadecimal; returns `text`. */
const char *digest_format(const uint8_t sum[DIGEST_SIZE], char text[DIGEST_TEXT]);

#endif
