#include "config.h"

#include "server/systemd.h"

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
