#include "base/digest.h"

#include "base/mem.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

/* SHA-256 fails only without memory, or if a policy forbids it: the program cannot go on. */
static void digest_check(int success)
{
    if (success != 1)
        abort();
}

struct digest *digest_new(void)
{
    struct digest *digest = mem_new(sizeof *digest);
    digest->context = EVP_MD_CTX_new();
    digest_check(digest->context != NULL);
    digest_check(EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL));
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    digest_check(EVP_DigestUpdate(digest->context, bytes, length));
}

void digest_free(struct digest **digest)
{
    if (*digest == NULL)
        return;
    EVP_MD_CTX_free((*digest)->context);
    free(*digest);
    *digest = NULL;
}

void digest_end(struct digest **digest, uint8_t sum[DIGEST_SIZE])
{
    digest_check(EVP_DigestFinal_ex((*digest)->context, sum, NULL));
    digest_free(digest);
}

void digest_next(struct digest *digest, uint8_t sum[DIGEST_SIZE])
{
    digest_check(EVP_DigestFinal_ex(digest->context, sum, NULL));
    digest_check(EVP_DigestInit_ex(digest->context, NULL, NULL));
}

void digest_bytes(const void *bytes, size_t length, uint8_t sum[DIGEST_SIZE])
{
    digest_check(EVP_Digest(bytes, length, sum, NULL, EVP_sha256(), NULL));
}

const char *digest_format(const uint8_t sum[DIGEST_SIZE], char text[DIGEST_TEXT])
{
    static const char hexadecimal[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        text[2 * i] = hexadecimal[sum[i] >> 4];
        text[2 * i + 1] = hexadecimal[sum[i] & 15];
    }
    text[DIGEST_TEXT - 1] = '\0';
    return text;
}
