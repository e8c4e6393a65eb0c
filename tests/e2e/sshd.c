#include "sshd.h"

#include "base/mem.h"
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { START_TRIES = 200 };

static const char SSHD[] = "/usr/sbin/sshd";

int sshd_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    close(fd);
    return ntohs(address.sin_port);
}

static bool answers(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;

    close(fd);
    return connected;
}

static void become(char *config, char *log)
{
    char *arguments[] = {
        (char *)(uintptr_t)SSHD, (char *)"-D", (char *)"-f", config, (char *)"-E", log, NULL};

    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* a failed test leaves none behind */
    execv(SSHD, arguments);
    _exit(127);
}

pid_t sshd_start(const char *folder, int port)
{
    char *config = mem_printf("%s/config", folder);
    char *log = mem_printf("%s/log", folder);
    pid_t pid = fork();

    if (pid == 0)
        become(config, log);
    for (int i = 0; i < START_TRIES && !answers(port); i++)
        usleep(50000);
    if (!answers(port)) {
        char *command = mem_printf("cat '%s' >&2", log);
        if (system(command) != 0)
            print_error("no log of sshd\n");
        free(command);
        fail_msg("sshd does not start");
    }
    free(config);
    free(log);
    return pid;
}

bool sshd_is_there(void)
{
    return access(SSHD, X_OK) == 0 && system("command -v ssh sftp ssh-keygen >/dev/null") == 0;
}
