/**
 * doudi behind a real sshd on the loopback: ForceCommand with a shell of the account's own, and, as
 * doc/运维手册.md says it, doudi as the login shell with a second port for files.
 *
 * Each sshd has a port and keys of its own in a temporary folder. The second part needs root and a
 * mount namespace, where /etc/passwd is a copy; what cannot be tried here is said and left out.
 */
#include "sshd.h"
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { USAGE = 64 };

static const char PASSWORD[] = "Doudi-2026";
static const char CLIENT[] =
    "-F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
    "-o LogLevel=ERROR -o SendEnv='LC_ALL DOUDI_HOME DOUDI_DATADIR BASH_ENV'";

struct rig {
    struct world *world;
    char *folder; /**< keys and configuration */
    char *files;  /**< the officers' folders */
    char *user;   /**< "root@127.0.0.1" */
    int screen_port, file_port;
    pid_t sshd;
};

// ---- the server

__attribute__((format(printf, 1, 2))) static int shell(const char *format, ...)
{
    struct str command = {0};
    va_list args;
    int status;

    va_start(args, format);
    str_vprintf(&command, format, args);
    va_end(args);
    status = system(str_text(&command));
    str_free(&command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** Starts sshd; `match` is the part of its configuration that is tried. */
static void start_sshd(struct rig *rig, const char *match)
{
    char *path = mem_printf("%s/config", rig->folder);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fprintf(file,
            "ListenAddress 127.0.0.1:%d\nListenAddress 127.0.0.1:%d\nHostKey %s/host\n"
            "PidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"
            "PasswordAuthentication no\nAuthorizedKeysFile %s/key.pub\nPrintLastLog no\n"
            "PrintMotd no\nAcceptEnv *\nSetEnv DOUDI_TUI_MARK=1 ASAN_OPTIONS=detect_leaks=0\n"
            "Subsystem sftp /usr/lib/openssh/sftp-server\n%s",
            rig->screen_port, rig->file_port, rig->folder, rig->folder, match);
    fclose(file);
    rig->sshd = sshd_start(rig->folder, rig->screen_port);
    free(path);
}

static struct rig *rig_new(const char *files)
{
    struct rig *rig = mem_new(sizeof *rig);

    rig->world = world_new("2026-11-27");
    world_expect(rig->world, 0, "demo --area 211103001 --cases 60 --months 1");
    rig->folder = unit_folder("sshd");
    rig->files = files != NULL ? mem_copy(files) : mem_printf("%s/files", rig->folder);
    (void)mkdir(rig->files, 0755);
    assert_int_equal(shell("ssh-keygen -q -t ed25519 -N '' -f %s/host && "
                           "ssh-keygen -q -t ed25519 -N '' -f %s/key",
                           rig->folder, rig->folder),
                     0);
    rig->screen_port = sshd_free_port();
    rig->file_port = sshd_free_port();
    return rig;
}

static void rig_free(struct rig **rig)
{
    kill((*rig)->sshd, SIGTERM);
    waitpid((*rig)->sshd, NULL, 0);
    (void)shell("rm -rf %s", (*rig)->folder);
    free((*rig)->folder);
    free((*rig)->files);
    free((*rig)->user);
    world_free(&(*rig)->world);
    free(*rig);
    *rig = NULL;
}

// ---- the client

/** Runs ssh with `arguments` and returns its exit status; what it printed is in FOLDER/out. */
static int run_ssh(const struct rig *rig, const char *arguments)
{
    return shell("ssh %s -p %d -i %s/key %s %s >%s/out 2>&1 </dev/null", CLIENT, rig->screen_port,
                 rig->folder, rig->user, arguments, rig->folder);
}

static int run_sftp(const struct rig *rig, int port, const char *commands)
{
    return shell("cd %s && printf '%s' | sftp -q -b - %s -P %d -i key %s >out 2>&1", rig->folder,
                 commands, CLIENT, port, rig->user);
}

static void expect_out(const struct rig *rig, const char *text)
{
    if (shell("grep -q -- '%s' %s/out", text, rig->folder) != 0) {
        (void)shell("cat %s/out >&2", rig->folder);
        fail_msg("ssh did not say: %s", text);
    }
}

static struct screen *open_screen(const struct rig *rig, const char *const environment[])
{
    char *line = mem_printf("exec ssh %s -tt -p %d -i %s/key %s", CLIENT, rig->screen_port,
                            rig->folder, rig->user);
    const char *arguments[] = {"/bin/sh", "-c", line, NULL};
    struct screen_options options = {
        .locale = "qq_QQ.UTF-8", .environment = environment, .arguments = arguments};
    struct screen *screen = NULL;

    world_expect(rig->world, 0, "officer list"); /* the server runs */
    (void)shell("chmod 711 %s; chmod 666 %s/doudi.sock", rig->world->home, rig->world->home);
    screen = screen_start(&options);
    free(line);
    screen_expect(screen, "请输入工号和密码");
    screen_type(screen, "1001");
    screen_press(screen, "Enter");
    screen_type(screen, PASSWORD);
    screen_press(screen, "Enter");
    screen_expect(screen, "首页");
    return screen;
}

/** Saves the list of visits as "list.txt", and nowhere else. */
static void save_list(struct screen *screen)
{
    screen_press(screen, "d F5 F2 2 ^U");
    screen_type(screen, "/tmp/list.txt");
    screen_press(screen, "Enter");
    screen_expect(screen, "只能用您自己的文件夹");
    screen_press(screen, "F2 2 ^U");
    screen_type(screen, "list.txt");
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为");
}

static const char *const HOSTILE[] = {"DOUDI_HOME=/nonexistent", "DOUDI_DATADIR=/nonexistent",
                                      "BASH_ENV=/nonexistent", NULL};

/** True if sshd can give out terminals: without root only where they have the group tty already. */
static bool has_terminals(void)
{
    const struct group *group = getgrnam("tty");
    struct stat status = {0};
    int master = -1;
    int slave = -1;

    if (geteuid() == 0)
        return true;
    if (group == NULL || openpty(&master, &slave, NULL, NULL, NULL) != 0)
        return false;
    (void)fstat(slave, &status);
    close(master);
    close(slave);
    return status.st_gid == group->gr_gid;
}

/** True if sshd can be started here and its sessions get a shell. */
static bool has_ssh(void)
{
    const struct passwd *account = getpwuid(geteuid());
    size_t length = account != NULL ? strlen(account->pw_shell) : 0;

    if (strchr(getenv("builddir"), ' ') != NULL) /* neither sshd nor passwd takes a blank */
        return false;
    return length > 2 && strcmp(account->pw_shell + length - 2, "sh") == 0 && has_terminals() &&
           sshd_is_there() &&
           (geteuid() != 0 || mkdir("/run/sshd", 0755) == 0 || access("/run/sshd", F_OK) == 0);
}

static void a_forced_command_is_the_full_screen(void **state)
{
    struct rig *rig = NULL;
    struct screen *screen = NULL;
    char *match = NULL;

    (void)state;
    if (!has_ssh()) {
        print_message(
            "no sshd that can be tried here (openssh-server, terminals of the group tty)\n");
        skip();
    }
    rig = rig_new(NULL);
    rig->user = mem_copy("127.0.0.1");
    match = mem_printf("Match LocalPort %d\n    ForceCommand %s --restricted --home %s --files %s\n"
                       "    DisableForwarding yes\n    PermitUserRC no\n"
                       "Match LocalPort %d\n    ForceCommand internal-sftp -d %s/1001\n",
                       rig->screen_port, getenv("DOUDI"), rig->world->home, rig->files,
                       rig->file_port, rig->files);
    start_sshd(rig, match);
    screen = open_screen(rig, HOSTILE);
    save_list(screen);
    screen_leave(&screen);
    assert_int_equal(run_ssh(rig, "ls /"), USAGE);
    expect_out(rig, "no commands");
    assert_int_equal(run_ssh(rig, ""), USAGE);
    expect_out(rig, "connect with ssh -t");
    assert_int_not_equal(run_sftp(rig, rig->screen_port, "ls /\\n"), 0);
    assert_int_equal(run_sftp(rig, rig->file_port, "get list.txt\\n"), 0);
    assert_int_equal(shell("cmp %s/list.txt %s/1001/list.txt", rig->folder, rig->files), 0);
    free(match);
    rig_free(&rig);
}

// ---- as the manual says

/** Own mounts: /mnt, /run and /var/lib are empty, /etc/passwd has one account more. False where that
 *  is not allowed. */
static bool add_account(const char *name, const char *passwd)
{
    static const char *const empty[] = {"/mnt", "/run", "/var/lib"};

    if (geteuid() != 0 || unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return false;
    for (size_t i = 0; i < COUNT(empty); i++)
        if (mount("tmpfs", empty[i], "tmpfs", 0, "mode=0755") != 0)
            return false;
    /* The copies are on /mnt: files that are mounted must not be removed. */
    return shell("mkdir /run/sshd /var/lib/doudi /mnt/etc && cd /mnt/etc && "
                 "for f in passwd shadow group; do cp -p /etc/$f $f; done && "
                 "echo '%s' >>passwd && echo '%s:*:20000::::::' >>shadow && "
                 "echo '%s:x:64123:' >>group && "
                 "for f in passwd shadow group; do mount --bind $f /etc/$f; done",
                 passwd, name, name) == 0;
}

static struct rig *make_account(void)
{
    char *account = mem_printf("wangfang:x:64123:64123::/mnt/wangfang:%s", getenv("DOUDI"));
    struct rig *rig = NULL;

    if (has_ssh() && add_account("wangfang", account)) {
        rig = rig_new("/mnt/wangfang");
        rig->user = mem_copy("wangfang@127.0.0.1");
        assert_int_equal(shell("mount --bind %s /var/lib/doudi && cd /mnt/wangfang && "
                               "install -d -o 64123 -g 64123 -m 0700 1001 && "
                               "chmod 755 %s && mkdir .ssh && echo 'touch /mnt/1001/ran' >.ssh/rc",
                               rig->world->home, rig->folder),
                         0);
    } else {
        print_message("not root, or no mount namespace, or no sshd here\n");
    }
    free(account);
    return rig;
}

/** The port of the full screen: nothing else comes of it. */
static void walk_screen_port(struct rig *rig)
{
    struct screen *screen = open_screen(rig, HOSTILE);

    save_list(screen);
    screen_leave(&screen);
    assert_int_equal(run_ssh(rig, "sh -c id"), USAGE);
    expect_out(rig, "no commands");
    assert_int_not_equal(run_sftp(rig, rig->screen_port, "ls /\\n"), 0);
    assert_int_equal(shell("test -f /mnt/wangfang/1001/list.txt && test ! -e /tmp/list.txt && "
                           "test ! -e /mnt/wangfang/1001/ran && rm /mnt/wangfang/1001/list.txt"),
                     0);
}

static void a_login_shell_is_the_full_screen(void **state)
{
    struct rig *rig = make_account();

    (void)state;
    if (rig == NULL)
        skip();
    start_sshd(rig, "");
    walk_screen_port(rig);
    rig_free(&rig);
}

static void files_have_a_port_of_their_own(void **state)
{
    static const char *const refused[] = {
        "get /etc/passwd\\n", "put key.pub /.ssh/authorized_keys\\n", "symlink /etc 1001/etc\\n",
        "mkdir /new\\n", "ls /var\\n"};
    struct rig *rig = make_account();
    char *match = NULL;

    (void)state;
    if (rig == NULL)
        skip();
    match = mem_printf("Match Group wangfang LocalPort %d\n"
                       "    ForceCommand internal-sftp -P symlink,hardlink\n"
                       "    ChrootDirectory %%h\n    DisableForwarding yes\n    PermitTTY no\n"
                       "    PermitUserRC no\n"
                       "Match Group wangfang\n    ForceCommand %s --restricted\n"
                       "    DisableForwarding yes\n    PermitUserRC no\n",
                       rig->file_port, getenv("DOUDI"));
    start_sshd(rig, match);
    walk_screen_port(rig);
    assert_int_equal(run_sftp(rig, rig->file_port, "put key.pub 1001/a.csv\\nget 1001/a.csv\\n"),
                     0);
    assert_int_equal(shell("cmp %s/key.pub %s/a.csv", rig->folder, rig->folder), 0);
    for (size_t i = 0; i < COUNT(refused); i++)
        if (run_sftp(rig, rig->file_port, refused[i]) == 0)
            fail_msg("done: %s", refused[i]);
    free(match);
    rig_free(&rig);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forced_command_is_the_full_screen),
        cmocka_unit_test(a_login_shell_is_the_full_screen),
        cmocka_unit_test(files_have_a_port_of_their_own),
    };
    setenv("TMPDIR", "/tmp", 1); /* sshd's configuration takes no blanks in paths */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
