/**
 * The tour command: the screens on a home of invented people that is thrown away afterwards.
 */
#include "cli/commands.h"

#include "base/mem.h"
#include "base/paths.h"
#include "tui/tui.h"
#include "wire/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_OPEN = 16, WAITS = 500, WAIT_US = 10000, NOT_RUN = 127 };

/* Signals that would end this process before it has removed the home: the program on the screen gets
 * them as well, and ends. */
static const int HELD[] = {SIGHUP, SIGINT, SIGTERM};
enum { HELD_COUNT = sizeof HELD / sizeof HELD[0] };

static void hold(void (*handler)(int))
{
    for (size_t i = 0; i < HELD_COUNT; i++)
        (void)signal(HELD[i], handler);
}

/** Runs this program with the arguments and waits for its end; its exit status. `quiet`: without
 *  what it prints. */
static int run_self(const char *const *arguments, bool quiet)
{
    char *self = paths_self();
    int status = NOT_RUN << 8;
    pid_t child = self == NULL ? -1 : fork();

    if (child == 0) {
        hold(SIG_DFL);
        int null = quiet ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
        if (null >= 0)
            (void)dup2(null, STDOUT_FILENO);
        execv(self, (char *const *)(uintptr_t)arguments);
        _exit(NOT_RUN);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    free(self);
    return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_RUN;
}

/** Ends the server of the home and waits for its end, so that it writes nothing more. */
static void stop_server(const char *home)
{
    struct ucred peer = {0};
    socklen_t length = sizeof peer;
    char *path = socket_path(home);
    int fd = -1;
    enum result result = socket_connect(path, &fd);

    free(path);
    if (result != 0)
        return;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.uid != geteuid())
        peer.pid = 0;
    (void)close(fd);
    if (peer.pid <= 0 || kill(peer.pid, SIGTERM) != 0)
        return;
    for (int i = 0; i < WAITS && kill(peer.pid, 0) == 0; i++)
        (void)usleep(WAIT_US);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

/** The officer whose day it is, an officer of the street (`doudi demo`). */
#define OFFICER "1001"

static enum result walk(const char *home)
{
    const char *make[] = {"doudi",   "--home", (char *)(uintptr_t)home,
                          "demo",    "--area", "211103001",
                          "--cases", "60",     "--months",
                          "1",       NULL};
    const char *go[] = {"doudi", "--home", home, "--as", OFFICER, NULL};

    cli_say("正在准备练习数据……");
    if (run_self(make, true) != 0) {
        cli_say("练习数据没有建成；请看上面的原因，或找系统管理员");
        return RESULT_IO;
    }
    (void)setenv(TUI_TOUR, "1", 1);
    return run_self(go, false) == 0 ? RESULT_OK : RESULT_IO;
}

enum result command_tour(struct cli *cli)
{
    const char *folder = getenv("TMPDIR");
    char *home = NULL;
    enum result result = RESULT_OK;

    (void)cli;
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
        cli_say("导览要在终端里走；请在终端里运行 doudi tour");
        return RESULT_USAGE;
    }
    home = mem_printf("%s/doudi-tour-XXXXXX", folder != NULL && folder[0] == '/' ? folder : "/tmp");
    if (mkdtemp(home) == NULL) {
        cli_say("建不了临时文件夹 %s：%s；请设 TMPDIR 为能写的文件夹", home, strerror(errno));
        free(home);
        return RESULT_CANTCREATE;
    }
    (void)unsetenv("DOUDI_SOCKET"); /* no other server answers for this home */
    (void)unsetenv("DOUDI_HOME");
    hold(SIG_IGN);
    result = walk(home);
    stop_server(home);
    if (nftw(home, remove_one, FILES_OPEN, FTW_DEPTH | FTW_PHYS) != 0)
        cli_say("练习数据没有删干净，请删掉 %s", home);
    hold(SIG_DFL);
    free(home);
    return result;
}
