/**
 * Handler of the export request.
 */
#include "server/answer.h"
#include "server/backup_days.h"
#include "server/handlers.h"
#include "server/scratch.h"
#include "service/keeping/backup.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "bundle/seal.h"
#include "service/frame/night.h"
#include "service/keeping/homedir.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A child process makes the bundle from a restored backup: every export proves that the backup can
 * be restored, and the server spends no memory on it.
 */

enum { POLL_MS = 500, ARGUMENTS = 32 + 2 * SEAL_RECEIVERS };

/** What is to be made; texts of the request. */
struct export_order {
    const char *directory;
    struct seal_order seal;
    bool full;
};

/** The child and what it has said so far; stdout and stderr come through one pipe. */
struct child {
    pid_t pid;
    int fd;
    struct str said;
};

static enum result start_child(const char *const arguments[], struct child *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    int ends[2];
    int error;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return RESULT_AGAIN;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    error = posix_spawn(&child->pid, arguments[0], &actions, &attributes, (char *const *)arguments,
                        environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        return RESULT_AGAIN;
    }
    child->fd = ends[0];
    return RESULT_OK;
}

/** Reads what the child says until it ends; meanwhile tells the client that the work goes on. */
static enum result follow_child(struct session *session, struct child *child)
{
    struct caller *caller = &session->caller;
    enum result result = RESULT_OK;
    char part[1024];
    ssize_t got = 1;

    while (got != 0 && result == 0) {
        struct pollfd wait = {.fd = child->fd, .events = POLLIN};

        if (poll(&wait, 1, POLL_MS) > 0) {
            got = read(child->fd, part, sizeof part);
            if (got > 0)
                str_add_bytes(&child->said, part, (size_t)got);
            else if (got < 0 && errno != EINTR)
                break;
        }
        result = caller->progress(0, 0, "正在恢复备份、核对并写出报送包", caller->arg);
    }
    return result;
}

/** Waits for the child; kills it first if nobody wants its work any more. */
static enum result end_child(struct child *child, enum result result)
{
    static const enum result outcomes[] = {RESULT_OK, RESULT_CORRUPT, RESULT_CANTCREATE};
    int status = 0;

    if (result != 0)
        kill(child->pid, SIGTERM);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close(child->fd);
    if (result != 0)
        return result;
    for (size_t i = 0; WIFEXITED(status) && i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (WEXITSTATUS(status) == result_exit(outcomes[i]))
            return outcomes[i];
    return RESULT_IO;
}

/** Takes a number from the beginning of the rest; false if there is none. */
static bool take_number(char **rest, int64_t max, int64_t *ret_number)
{
    const char *line = strsep(rest, "\n");

    return line != NULL && text_to_int(line, 0, max, ret_number) == 0;
}

/** The last `count` lines; what the child logged stands before them. */
static char *last_lines(char *said, size_t count)
{
    char *at = said + strlen(said);

    while (at > said && (at[-1] != '\n' || count-- > 0))
        at--;
    return at;
}

/** Reads the lines of a successful child (server/maintain.h). */
static enum result parse_written(char *said, Wire__Written *written, struct backup_bundle *bundle)
{
    enum { LINES = 7 };
    char *rest = last_lines(said, LINES);
    const char *path = strsep(&rest, "\n");
    int64_t rows, bytes, number, date, of_day;
    bool read = take_number(&rest, INT64_MAX, &rows) && take_number(&rest, INT64_MAX, &bytes) &&
                take_number(&rest, INT64_MAX, &number);
    const char *manifest = read ? strsep(&rest, "\n") : NULL;

    if (manifest == NULL || strlen(manifest) != DIGEST_TEXT - 1 ||
        !take_number(&rest, INT32_MAX, &date) || !take_number(&rest, UINT32_MAX, &of_day))
        return RESULT_IO;
    written->path = mem_copy(path);
    written->rows = (uint64_t)rows;
    written->bytes = (uint64_t)bytes;
    bundle->number = (uint64_t)number;
    memcpy(bundle->manifest, manifest, DIGEST_TEXT);
    bundle->date = (day_t)date;
    bundle->of_day = (uint32_t)of_day;
    return RESULT_OK;
}

/** The last line of what the child said; its findings and its log stand before it. Cuts the
 *  text. */
static const char *last_line(struct str *said)
{
    size_t length = said->length;
    char *newline;

    while (length > 0 && said->text[length - 1] == '\n')
        said->text[--length] = '\0';
    newline = length > 0 ? strrchr(said->text, '\n') : NULL;
    return newline != NULL ? newline + 1 : str_text(said);
}

/** The child's arguments; the texts are borrowed. */
struct line {
    const char *arguments[ARGUMENTS];
    size_t count;
};

/** NULL and "" = not given. */
static void add_option(struct line *line, const char *option, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    line->arguments[line->count++] = option;
    line->arguments[line->count++] = value;
}

static void add_seal(struct line *line, const struct seal_order *seal)
{
    add_option(line, "--sign-with", seal->sign_key);
    add_option(line, "--sign-cert", seal->sign_certificate);
    for (size_t i = 0; i < seal->receiver_count; i++)
        add_option(line, "--seal-to", seal->receivers[i]);
    add_option(line, "--cipher", seal->cipher);
}

static enum result run_extract(struct session *session, const struct export_order *order,
                               const char *backup, const char *home, Wire__Written *written,
                               struct backup_bundle *bundle, struct reply *reply)
{
    char *program = paths_program("doudid");
    struct line line = {.arguments = {program}, .count = 1};
    struct child child = {0};
    enum result result;

    add_option(&line, "--restore", backup);
    add_option(&line, "--home", home);
    add_option(&line, "--extract", order->directory);
    add_option(&line, "--key-file", service_key_file(session->service));
    add_seal(&line, &order->seal);
    add_option(&line, "--served", session->home);
    if (order->full)
        line.arguments[line.count++] = "--full";
    result = start_child(line.arguments, &child);

    if (result == 0) {
        result = follow_child(session, &child);
        result = end_child(&child, result);
    }
    if (result == RESULT_CORRUPT || result == RESULT_IO || result == RESULT_CANTCREATE)
        reply_say(reply, result, "报送包没有写成：%s；请照此改正再导出", last_line(&child.said));
    if (result == 0)
        result = parse_written(child.said.text, written, bundle);
    str_free(&child.said);
    free(program);
    return result;
}

static enum result export_through(struct session *session, const struct export_order *order,
                                  const char *scratch, Wire__Written *written, struct reply *reply)
{
    char *backup = paths_join(scratch, "backup");
    char *home = paths_join(scratch, "home");
    struct backup_bundle bundle = {0};
    char *kept = NULL;
    int64_t at = 0;
    enum result result = backup_check_folder(session->service, order->directory, &reply->message);

    if (result == 0)
        result = backup_copy(session->service, &session->caller, backup, &at, reply);
    if (result == 0)
        result = run_extract(session, order, backup, home, written, &bundle, reply);
    if (result == 0) {
        result = backup_days_keep(session->home, backup, service_today(session->service),
                                  backup_kept_days(session->service), &kept);
        if (result == RESULT_CANTCREATE)
            reply_say(reply, result,
                      "写不进 %s/backup，每夜的备份要放在那里；请检查它的属主和权限。",
                      session->home);
    }
    if (result == 0) {
        struct backup_night night = {
            .bundle = written->path, .order = &bundle, .backup = kept, .at = at};
        result = backup_note_night(session->service, &session->caller, &night, reply);
    }
    free(kept);
    free(home);
    free(backup);
    return result;
}

static enum result export_in_scratch(struct session *session, const struct export_order *order,
                                     Wire__Response *response, struct reply *reply)
{
    char *scratch = NULL;
    Wire__Written *written;
    enum result result = scratch_make(session->home, &scratch);

    if (result != 0) {
        reply->message = homedir_scratch_words(session->home, result);
        return result;
    }
    written = mem_new(sizeof *written);
    wire__written__init(written);
    response->what_case = WIRE__RESPONSE__WHAT_WRITTEN;
    response->written = written;
    result = export_through(session, order, scratch, written, reply);
    scratch_remove(scratch);
    free(scratch);
    return result;
}

/** A bundle holds the data of the moment at which it is made, so it can have no other day. */
static enum result check_date(const struct session *session, const char *date, struct reply *reply)
{
    day_t day = 0;

    if (*date == '\0')
        return RESULT_OK;
    if (date_parse(date, &day) != 0)
        return reply_say(reply, RESULT_USAGE, "日期 %s 不对，请写成 2026-11-23 的样子。", date);
    if (day != service_today(session->service))
        return reply_say(reply, RESULT_USAGE,
                         "报送包装的是此刻的数据，不能标成 %s 的。请去掉 --date 再导出；"
                         "要那一天的数据，请找那一天的报送包，或用那一天的备份恢复后再看。",
                         date);
    return RESULT_OK;
}

/** NULL for "", as bundle/seal.h has it. */
static const char *given(const char *text)
{
    return *text != '\0' ? text : NULL;
}

static enum result take_seal(const Wire__Export *export, struct seal_order *seal,
                             struct reply *reply)
{
    seal->sign_key = given(export->sign_with);
    seal->sign_certificate = given(export->sign_cert);
    seal->cipher = given(export->cipher);
    if (export->n_seal_to > SEAL_RECEIVERS)
        return reply_say(reply, RESULT_USAGE, "一个包最多密封给 %d 个单位，请分几次导出。",
                         SEAL_RECEIVERS);
    for (size_t i = 0; i < export->n_seal_to; i++)
        seal->receivers[seal->receiver_count++] = export->seal_to[i];
    if (seal->cipher != NULL && seal->receiver_count == 0)
        return reply_say(reply, RESULT_USAGE,
                         "--cipher 是密封用的，请同时用 --seal-to 给出接收单位的证书。");
    return seal_check(seal, &reply->message);
}

enum result handle_export(struct session *session, const Wire__Request *request,
                          Wire__Response *response, struct reply *reply)
{
    struct export_order order = {.directory = request->export->directory,
                                 .full = request->export->full};
    enum result result = RESULT_OK;

    if (order.directory[0] != '/')
        result = reply_say(reply, RESULT_USAGE, "请给出输出目录的完整路径");
    if (result == 0)
        result = check_date(session, request->export->date, reply);
    if (result == 0)
        result = take_seal(request->export, &order.seal, reply);
    if (result != 0)
        return result;
    result = night_export_begin(session->service, &session->caller, reply);
    if (result != 0)
        return result;
    result = export_in_scratch(session, &order, response, reply);
    night_export_end(session->service, &session->caller, result,
                     reply->message != NULL ? reply->message : result_words(result));
    return result;
}
