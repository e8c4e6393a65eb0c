#include "server/maintain.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/plain.h"
#include "bundle/bundle.h"
#include "server/scratch.h"
#include "server/takeover.h"
#include "service/keeping/homedir.h"
#include "service/keeping/homekey.h"
#include "service/keeping/verify.h"
#include "service/officers/session.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Sets the date for tests. */
static const char TODAY[] = "DOUDI_TODAY";

/** Prints what went wrong, once, and frees the words. */
static enum result complain(const struct maintain *ask, enum result result, char *message)
{
    if (result != 0) {
        char *plain = plain_copy(message != NULL ? message : result_words(result), PLAIN_LINES);
        fprintf(stderr, "%s%s%s\n", ask->speaker != NULL ? ask->speaker : "",
                ask->speaker != NULL ? ": " : "", plain);
        free(plain);
    }
    free(message);
    return result;
}

static void print_line(const char *line, void *stream)
{
    char *plain = plain_copy(line, PLAIN_LINE);

    fprintf(stream, "%s\n", plain);
    free(plain);
}

/** `key_file`: NULL = not encrypted. `today`: NULL = the clock's. */
static enum result open_copy(const char *home, const char *key_file, const char *today,
                             struct service **ret_service, char **ret_message)
{
    char *forms = paths_data("forms");
    char *office = paths_office("forms");
    struct service_options options = {
        .home = home,
        .forms = forms,
        .office_forms = office,
        .read_only = true,
        .key_file = key_file,
        .today = today,
    };
    enum result result = service_open(&options, ret_service, ret_message);

    free(office);
    free(forms);
    return result;
}

/** Compares what only the service can: totals, chains, statements. Prints what differs. */
static enum result verify_contents(const struct maintain *ask, struct service *service,
                                   FILE *findings)
{
    struct caller caller = {.role = ROLE_SYSTEM, .officer = "system"};
    struct reply reply = {0};
    struct sheet *lines = NULL;
    enum result result = verify_all(service, &caller, &lines, &reply);

    for (size_t row = 0; result != 0 && lines != NULL && row < lines->row_count; row++)
        print_line(sheet_get(lines, row, "line"), findings);
    if (result != RESULT_CORRUPT) {
        complain(ask, result, reply.message);
        reply.message = NULL;
    }
    sheet_free(&lines);
    reply_free(&reply);
    return result;
}

/** The key of the home's database. New string, NULL = not encrypted. */
static enum result find_key(const struct maintain *ask, char **ret_key, char **ret_message)
{
    char *database = homedir_database(ask->home);
    enum result result = homekey_find(ask->home, database, ask->key_file, ret_key, ret_message);

    free(database);
    return result;
}

/** Checks the pages first, because unreadable rows cannot be compared. Prints what is wrong. */
static enum result verify_home(const struct maintain *ask, const char *home, const char *key_file)
{
    struct service *service = NULL;
    char *message = NULL;
    enum result result = homedir_check_pages(home, key_file, print_line, stdout);

    if (result != 0)
        return complain(ask, result, NULL);
    result = open_copy(home, key_file, getenv(TODAY), &service, &message);
    if (result != 0)
        return complain(ask, result, message);
    result = verify_contents(ask, service, stdout);
    service_close(&service);
    return result;
}

enum result maintain_verify(const struct maintain *ask)
{
    char *message = NULL;
    char *key = NULL;
    int lock = -1;
    enum result result = homedir_lock(ask->home, false, &lock, &message);

    if (result == 0)
        result = find_key(ask, &key, &message);
    complain(ask, result, message);
    if (result == 0)
        result = verify_home(ask, ask->home, key);
    free(key);
    if (lock >= 0)
        close(lock);
    if (result == 0)
        puts("verify ok");
    return result;
}

// ---- another key

/** Writes the database anew beside the old one, verifies it and puts it in the old one's place. */
static enum result rekey_beside(const struct maintain *ask, const char *scratch, const char *old,
                                const char *new)
{
    const char *home = ask->home;
    char *message = NULL;
    enum result result = homedir_rekey(home, old, scratch, new, &message);

    complain(ask, result, message);
    if (result == 0)
        result = verify_home(ask, scratch, new);
    /* Remember both keys: whichever database a killed program leaves, its key is known. */
    if (result == 0 && homekey_remember(home, new, old) != 0)
        result = complain(ask, RESULT_CANTCREATE, NULL);
    if (result != 0)
        return result;
    message = NULL;
    result = homedir_exchange(home, scratch, &message);
    complain(ask, result, message);
    if (result == 0 && homekey_remember(home, new, NULL) != 0)
        complain(ask, RESULT_CANTCREATE, mem_printf("%s/key-file 没有写成，请检查磁盘", home));
    return result;
}

static enum result check_new_key(const struct maintain *ask, char **ret_new, char **ret_message)
{
    char *database = homedir_database(ask->home);
    char *new = NULL;
    enum result result = homekey_take(ask->new_key_file, &new, ret_message);

    if (result == 0 && homekey_is(database, new)) {
        *ret_message = mem_copy("新密钥和现在的是同一个，请另生成一个");
        free(new);
        result = RESULT_INVALID;
    } else if (result == 0) {
        *ret_new = new;
    }
    free(database);
    return result;
}

/** Needs the home's lock. Prints what is wrong. */
static enum result rekey_home(const struct maintain *ask)
{
    char *message = NULL, *old = NULL, *new = NULL, *scratch = NULL;
    enum result result = find_key(ask, &old, &message);

    if (result == 0)
        result = check_new_key(ask, &new, &message);
    if (result == 0) {
        scratch_clear(ask->home);
        result = scratch_make(ask->home, &scratch);
        if (result != 0)
            message = homedir_scratch_words(ask->home, result);
    }
    complain(ask, result, message);
    if (result == 0)
        result = rekey_beside(ask, scratch, old, new);
    if (scratch != NULL)
        scratch_remove(scratch);
    if (result == 0)
        fprintf(stderr, "已用 %s 重新加密并核对无误，请再备份一次。以前的备份和归档日志%s\n", new,
                old != NULL ? "仍要用旧密钥" : "没有加密，不再需要时请删掉");
    free(scratch);
    free(new);
    free(old);
    return result;
}

enum result maintain_rekey(const struct maintain *ask)
{
    char *message = NULL;
    int lock = -1;
    struct takeover home = {.home = ask->home, .stop_fd = -1};
    enum result result = takeover_lock(&home, &lock, &message);

    complain(ask, result, message);
    if (result == 0)
        result = rekey_home(ask);
    if (lock >= 0)
        close(lock);
    return result;
}

// ---- out of a backup

/** Needs the home's lock. *ret_key: the key of backup and home, new string, NULL = none. */
static enum result restore_home(const struct maintain *ask, char **ret_key)
{
    struct homedir_restore restore = {
        .backup = ask->backup, .home = ask->home, .logs = ask->logs, .until = ask->until};
    char *message = NULL;
    enum result result = homekey_find(ask->home, ask->backup, ask->key_file, ret_key, &message);

    restore.key_file = *ret_key;
    if (result == 0)
        result = homedir_restore(&restore, &message);
    return complain(ask, result, message);
}

/** Verifies the home, remembers its key and, if asked, encrypts it with another key. */
static enum result finish_restore(const struct maintain *ask, const char *key)
{
    enum result result = verify_home(ask, ask->home, key);

    if (result == 0 && key != NULL && homekey_remember(ask->home, key, NULL) != 0)
        result = complain(ask, RESULT_CANTCREATE, NULL);
    if (result == 0 && ask->new_key_file != NULL)
        result = rekey_home(ask);
    if (result == 0 && homedir_restore_done(ask->home) != 0)
        result = complain(ask, RESULT_CANTCREATE, NULL);
    return result;
}

enum result maintain_restore(const struct maintain *ask)
{
    char *message = NULL;
    char *key = NULL;
    int lock = -1;
    struct takeover home = {.home = ask->home, .create = true, .stop_fd = -1};
    enum result result = takeover_lock(&home, &lock, &message);

    complain(ask, result, message);
    if (result == 0)
        result = restore_home(ask, &key);
    if (result == 0)
        result = finish_restore(ask, key);
    free(key);
    if (lock >= 0)
        close(lock);
    if (result == 0)
        fprintf(stderr, "已从 %s 恢复到 %s%s%s，核对无误\n", ask->backup, ask->home,
                ask->until != NULL ? "，到 " : "", ask->until != NULL ? ask->until : "");
    return result;
}

// ---- the bundle

static void print_written(const struct bundle_written *written)
{
    const struct backup_bundle *bundle = &written->bundle;

    printf("%s\n%" PRIu64 "\n%" PRIu64 "\n", written->path, written->rows, written->bytes);
    printf("%" PRIu64 "\n%s\n%" PRId32 "\n%" PRIu32 "\n", bundle->number, bundle->manifest,
           bundle->date, bundle->of_day);
}

/** The bundle is of the day on which its data was copied, also when midnight passes meanwhile. */
static enum result write_bundle(const struct maintain *ask, const char *key_file)
{
    char day[DATE_TEXT];
    struct bundle_order order = {.directory = ask->extract,
                                 .seal = &ask->seal,
                                 .served = ask->served,
                                 .full = ask->full,
                                 .test_date = getenv(TODAY) != NULL};
    struct bundle_written written = {0};
    struct service *service = NULL;
    char *message = NULL;
    enum result result = homedir_backup_time(ask->backup, &order.data_at);
    const char *today = date_format(date_of_time(order.data_at), day);

    if (result == 0)
        result = open_copy(ask->home, key_file, order.test_date ? getenv(TODAY) : today, &service,
                           &message);
    if (result == 0)
        result = verify_contents(ask, service, stderr);
    if (result == 0)
        result = bundle_write(service, &order, &written, &message);
    if (result == 0)
        print_written(&written);
    bundle_written_free(&written);
    service_close(&service);
    return complain(ask, result, message);
}

/**
 * Ends this process together with its server. The next server removes this copy of the home, and
 * its own export must not meet a process that still writes the same bundle.
 */
static void follow_parent(void)
{
    struct pollfd listener = {.fd = STDOUT_FILENO};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The server may be gone already; then nobody reads this process's output. */
    if (poll(&listener, 1, 0) > 0 && (listener.revents & POLLERR) != 0)
        raise(SIGKILL);
}

enum result maintain_extract(const struct maintain *ask)
{
    char *message = NULL;
    char *key = NULL;
    int lock = -1;
    enum result result;

    follow_parent();
    result = homedir_lock(ask->home, true, &lock, &message);
    complain(ask, result, message);
    if (result == 0)
        result = restore_home(ask, &key);
    if (result == 0) {
        result = homedir_check_pages(ask->home, key, print_line, stderr);
        result = result == 0 ? write_bundle(ask, key) : complain(ask, result, NULL);
    }
    free(key);
    if (lock >= 0)
        close(lock);
    return result;
}
