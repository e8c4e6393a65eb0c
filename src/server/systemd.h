/**
 * Talks to systemd if systemd started the server; does nothing otherwise.
 */
#ifndef DOUDI_SERVER_SYSTEMD_H
#define DOUDI_SERVER_SYSTEMD_H

/** The listening socket that systemd opened (socket activation), or -1. */
int systemd_take_socket(void);
/** State lines as of sd_notify(3): "READY=1", "STOPPING=1". */
void systemd_tell(const char *state);
/** What the service does, in Chinese, for `systemctl status`; one line is made of the text. */
void systemd_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
