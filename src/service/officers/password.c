#include "service/officers/password.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"

#include <crypt.h>
#include <ctype.h>
#include <openssl/crypto.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METHOD "$y$"

enum { CLASSES = 3, LONGEST = 128 };

enum result password_hash(const char *password, char **ret_hash)
{
    struct crypt_data *data = mem_new(sizeof *data);
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    enum result result = RESULT_IO;

    if (crypt_gensalt_rn(METHOD, 0, NULL, 0, setting, sizeof setting) != NULL) {
        const char *hash = crypt_r(password, setting, data);
        if (hash != NULL && hash[0] != '*') {
            *ret_hash = mem_copy(hash);
            result = RESULT_OK;
        }
    }
    explicit_bzero(data, sizeof *data);
    free(data);
    return result;
}

/** Compares in constant time: the time must not show how many characters agree. */
static bool equal(const char *a, const char *b)
{
    size_t length = strlen(a);

    return strlen(b) == length && CRYPTO_memcmp(a, b, length) == 0;
}

bool password_matches(const char *password, const char *hash)
{
    /* The default setting of crypt_gensalt() with an unused salt: an unknown officer costs the same
     * work. */
    static const char nobody[] = METHOD "j9T$......................";
    struct crypt_data *data = mem_new(sizeof *data);
    const char *made = crypt_r(password, *hash != '\0' ? hash : nobody, data);
    bool matches = made != NULL && made[0] != '*' && *hash != '\0' && equal(hash, made);

    explicit_bzero(data, sizeof *data);
    free(data);
    return matches;
}

static int count_classes(const char *password)
{
    bool lower = false, upper = false, digit = false, other = false;

    for (const char *c = password; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        lower |= byte >= 'a' && byte <= 'z';
        upper |= byte >= 'A' && byte <= 'Z';
        digit |= byte >= '0' && byte <= '9';
        other |= !isalnum(byte);
    }
    return lower + upper + digit + other;
}

const char *password_fault(const char *password, const char *officer, size_t least,
                           char buffer[PASSWORD_FAULT])
{
    if (!text_valid(password) || text_has_control(password) || strlen(password) > LONGEST)
        return "密码含有不能用的字符，或者太长，请换一个。";
    if (text_length(password) < least) {
        (void)snprintf(buffer, PASSWORD_FAULT, "密码太短，至少%zu位，请加长。", least);
        return buffer;
    }
    if (count_classes(password) < CLASSES)
        return "密码太简单：大写字母、小写字母、数字、符号中至少用三种。";
    if (*officer != '\0' && strcasestr(password, officer) != NULL)
        return "密码里不能含有工号，请换一个。";
    return NULL;
}

enum result password_make(char text[PASSWORD_TEXT])
{
    static const char *const sets[] = {
        "ABCDEFGHJKLMNPQRSTUVWXYZ", /* without I O l o 0 1: they look alike */
        "abcdefghijkmnpqrstuvwxyz",
        "23456789",
        "abcdefghijkmnpqrstuvwxyz",
    };
    uint64_t seed;
    enum result result = random_secret(&seed, sizeof seed);
    struct random random = {.state = seed};
    size_t length = 0;

    for (size_t group = 0; group < 3; group++) {
        if (group > 0)
            text[length++] = '-';
        for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
            text[length++] = sets[i][random_below(&random, (uint32_t)strlen(sets[i]))];
    }
    text[length] = '\0';
    return result;
}
