#include "db/zeros.h"

#include <db.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_LEAST = 512 }; /* shorter reads are log records */

/* Thread-local: Berkeley DB's callbacks take no argument of ours. */
static _Thread_local bool recovering;
static _Thread_local int refused = -1; /* file whose page was just refused */

bool zeros_only(const void *bytes, size_t length)
{
    const char *text = bytes;
    return length > 0 && text[0] == 0 && memcmp(text, text + 1, length - 1) == 0;
}

static ssize_t read_page(int file, void *bytes, size_t length, off_t at)
{
    ssize_t got = pread(file, bytes, length, at);
    if (got != (ssize_t)length || length < PAGE_LEAST || recovering || !zeros_only(bytes, length))
        return got;
    refused = file;
    errno = EBADMSG;
    return -1;
}

/* After a failed pread() Berkeley DB seeks and reads again; the seek must then fail too. Unlike
 * lseek() it returns an error code or 0. */
static int move(int file, off_t at, int whence)
{
    bool refuse = file == refused;
    refused = -1;
    if (refuse)
        return EBADMSG;
    return lseek(file, at, whence) < 0 ? errno : 0;
}

void zeros_allow(bool allowed)
{
    recovering = allowed;
}

void zeros_refuse(void)
{
    (void)db_env_set_func_pread(read_page);
    (void)db_env_set_func_seek(move);
}
