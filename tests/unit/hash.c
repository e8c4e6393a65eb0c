/*
 * Passwords that tests may set often: hash.so is loaded into every test and what it starts
 * (LD_PRELOAD). A hash costs tens of milliseconds by design, and three quarters of the time of all
 * tests of the service went there. With it a new one has the least cost of its method; whether a
 * password fits is answered as ever, since a hash says itself what it cost.
 */
#include <crypt.h>
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

enum { LEAST = 1 };

typedef char *gensalt(const char *prefix, unsigned long count, const char *bytes, int length,
                      char *output, int size);

char *crypt_gensalt_rn(const char *prefix, unsigned long count, const char *bytes, int length,
                       char *output, int size)
{
    void *found = dlsym(RTLD_NEXT, "crypt_gensalt_rn");
    gensalt *next = NULL;

    memcpy(&next, &found, sizeof next);
    return next == NULL ? NULL
                        : next(prefix, count == 0 ? LEAST : count, bytes, length, output, size);
}
