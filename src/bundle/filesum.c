#include "bundle/filesum.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 16 };

enum result filesum_read(const char *path, char text[DIGEST_TEXT])
{
    /* A pipe would block. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct digest *digest = digest_new();
    uint8_t sum[DIGEST_SIZE];
    char block[BLOCK];
    struct stat status;
    ssize_t got = -1;

    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        while ((got = read(fd, block, sizeof block)) > 0)
            digest_add(digest, block, (size_t)got);
    if (fd >= 0)
        close(fd);
    digest_end(&digest, sum);
    digest_format(sum, text);
    return got == 0 ? RESULT_OK : RESULT_NOINPUT;
}
