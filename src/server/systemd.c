#include "config.h"

#include "server/systemd.h"

#include "base/plain.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>

#ifdef HAVE_SYSTEMD

#include <systemd/sd-daemon.h>

int systemd_take_socket(void)
{
    return sd_listen_fds(1) == 1 ? SD_LISTEN_FDS_START : -1;
}

void systemd_tell(const char *state)
{
    sd_notify(0, state);
}

#else

int systemd_take_socket(void)
{
    return -1;
}

void systemd_tell(const char *state)
{
    (void)state;
}

#endif

void systemd_say(const char *format, ...)
{
    struct str words = {0};
    struct str line = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    str_add(&line, "STATUS=");
    plain_add(&line, str_text(&words), PLAIN_LINE);
    systemd_tell(str_text(&line));
    str_free(&line);
    str_free(&words);
}
