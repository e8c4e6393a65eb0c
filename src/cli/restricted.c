#include "cli/restricted.h"

#include "base/mem.h"
#include "base/paths.h"
#include "cli/cli.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SHELL[] = "doudi";

/* How the terminal draws, in which encoding. Not HOME, PATH and the like: libraries and lp find
 * files by them. */
static const char *const KEPT[] = {
    "TERM",     "LANG",        "LC_ALL",   "LC_CTYPE",       "SSH_CONNECTION",
    "NO_COLOR", "DOUDI_ASCII", "ESCDELAY", "DOUDI_TUI_MARK", "DOUDI_LINEAR",
};

enum { KEPT_COUNT = sizeof KEPT / sizeof KEPT[0] };

bool restricted_is_login(const char *name)
{
    const struct passwd *account = NULL;
    const char *slash = NULL;

    if (name != NULL && name[0] == '-')
        return true;
    /* cppcheck-suppress getpwuidCalled ; the terminal has one thread */
    account = getpwuid(getuid());
    if (account == NULL || account->pw_shell == NULL)
        return false;
    slash = strrchr(account->pw_shell, '/');
    return slash != NULL && strcmp(slash + 1, SHELL) == 0;
}

static void clean_environment(void)
{
    char *values[KEPT_COUNT] = {NULL};

    for (size_t i = 0; i < KEPT_COUNT; i++)
        if (getenv(KEPT[i]) != NULL)
            values[i] = mem_copy(getenv(KEPT[i]));
    (void)clearenv();
    (void)setenv("PATH", "/usr/bin:/bin", 1);
    for (size_t i = 0; i < KEPT_COUNT; i++) {
        if (values[i] != NULL)
            (void)setenv(KEPT[i], values[i], 1);
        free(values[i]);
    }
}

/** True if sshd's command is this program, as ForceCommand may name it. */
static bool is_self(const char *command)
{
    static const char option[] = " --restricted";
    size_t length = strlen(command);
    size_t tail = sizeof option - 1;
    char *self = paths_self();
    char *name = mem_copy(command);
    bool same = false;

    if (length > tail && strcmp(command + length - tail, option) == 0)
        name[length - tail] = '\0';
    same = strcmp(name, SHELL) == 0 || (self != NULL && strcmp(name, self) == 0);
    free(name);
    free(self);
    return same;
}

/** What ForceCommand replaced: "ssh host ls", or sftp and scp. */
static bool is_forced(void)
{
    const char *original = getenv("SSH_ORIGINAL_COMMAND");

    return original != NULL && original[0] != '\0';
}

enum result restricted_begin(const char *command, const char *files, char **ret_files)
{
    /* cppcheck-suppress getpwuidCalled ; the terminal has one thread */
    const struct passwd *account = getpwuid(getuid());
    bool foreign = (command != NULL && !is_self(command)) || is_forced();

    clean_environment();
    if (foreign) {
        cli_say("这个账户只能全屏办理业务，不能执行命令，也不能在这里传文件。\n"
                "This account has the full screen only: no commands and no file transfer here.");
        return RESULT_USAGE;
    }
    if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
        cli_say("全屏操作需要终端，用 ssh -t 连接。\n"
                "The full screen needs a terminal: connect with ssh -t.");
        return RESULT_USAGE;
    }
    /* Other programs of this account must not read passwords in this one's memory. */
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    (void)umask(S_IRWXG | S_IRWXO);
    *ret_files = mem_copy(files != NULL                                ? files
                          : account != NULL && account->pw_dir != NULL ? account->pw_dir
                                                                       : "");
    return RESULT_OK;
}
