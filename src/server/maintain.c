#include "server/maintain.h"

#include "base/mem.h"
#include "base/paths.h"
#include "exchange/bundle.h"
#include "service/admin.h"
#include "service/homedir.h"
#include "service/session.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/** Says what went wrong, once, and frees the words. */
static enum result complain(enum result result, char *message)
{
    if (result != 0)
        fprintf(stderr, "%s\n", message != NULL ? message : result_words(result));
    free(message);
    return result;
}

static void print_line(const char *line, void *stream)
{
    fprintf(stream, "%s\n", line);
}

static enum result open_copy(const char *home, struct service **ret_service, char **ret_message)
{
    char *forms = paths_data("forms");
    struct service_options options = {
        .home = home,
        .forms = forms,
        .read_only = true,
        .today = getenv("DOUDI_TODAY"),
    };
    enum result result = service_open(&options, ret_service, ret_message);

    free(forms);
    return result;
}

/** What only the service can compare: totals, chains, statements; says what differs. */
static enum result verify_contents(struct service *service, FILE *findings)
{
    struct caller caller = {.role = ROLE_SYSTEM, .officer = "system"};
    struct reply reply = {0};
    struct sheet *lines = NULL;
    enum result result = admin_verify(service, &caller, &lines, &reply);

    for (size_t row = 0; result != 0 && lines != NULL && row < lines->row_count; row++)
        print_line(sheet_get(lines, row, "line"), findings);
    if (result != 0 && result != RESULT_CORRUPT)
        fprintf(stderr, "%s\n", reply.message != NULL ? reply.message : result_words(result));
    sheet_free(&lines);
    reply_free(&reply);
    return result;
}

/** Pages first: what cannot be read cannot be compared. */
static enum result verify_home(const char *home)
{
    struct service *service = NULL;
    char *message = NULL;
    enum result result = home_check_pages(home, print_line, stdout);

    if (result != 0)
        return complain(result, NULL);
    result = open_copy(home, &service, &message);
    if (result != 0)
        return complain(result, message);
    result = verify_contents(service, stdout);
    service_close(&service);
    return result;
}

enum result maintain_verify(const char *home)
{
    char *message = NULL;
    int lock = -1;
    enum result result = home_lock(home, false, &lock, &message);

    if (result != 0)
        return complain(result, message);
    result = verify_home(home);
    close(lock);
    if (result == 0)
        puts("verify ok");
    return result;
}

enum result maintain_restore(const char *backup, const char *home)
{
    char *message = NULL;
    int lock = -1;
    enum result result = home_lock(home, true, &lock, &message);

    if (result == 0)
        result = home_restore(backup, home, &message);
    complain(result, message);
    if (result == 0)
        result = verify_home(home);
    if (lock >= 0)
        close(lock);
    if (result == 0)
        fprintf(stderr, "已从 %s 恢复到 %s，核对无误\n", backup, home);
    return result;
}

static enum result write_bundle(const char *home, const char *directory, const char *date)
{
    struct bundle_written written = {0};
    struct service *service = NULL;
    char *message = NULL;
    enum result result = open_copy(home, &service, &message);

    if (result == 0)
        result = verify_contents(service, stderr);
    if (result == 0)
        result = bundle_write(service, directory, date, &written, &message);
    if (result == 0)
        printf("%s\n%" PRIu64 "\n%" PRIu64 "\n", written.path, written.rows, written.bytes);
    bundle_written_free(&written);
    service_close(&service);
    return complain(result, message);
}

/**
 * Ends with the server that asked. The next one clears this home away, and its own export must not
 * meet another one that still writes the same bundle.
 */
static void follow_parent(void)
{
    struct pollfd listener = {.fd = STDOUT_FILENO};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* It may be gone already; then nobody reads what is said here. */
    if (poll(&listener, 1, 0) > 0 && (listener.revents & POLLERR) != 0)
        raise(SIGKILL);
}

enum result maintain_extract(const char *backup, const char *home, const char *directory,
                             const char *date)
{
    char *message = NULL;
    int lock = -1;
    enum result result;

    follow_parent();
    result = home_lock(home, true, &lock, &message);

    if (result == 0)
        result = home_restore(backup, home, &message);
    if (result != 0) {
        complain(result, message);
    } else {
        result = home_check_pages(home, print_line, stderr);
        result = result == 0 ? write_bundle(home, directory, date) : complain(result, NULL);
    }
    if (lock >= 0)
        close(lock);
    return result;
}
