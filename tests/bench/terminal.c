/**
 * The full screen on a pseudo terminal: how long until its first screen, beside a program that only
 * starts curses and fills the screen; what twenty at once need of memory; the bytes of a first paint,
 * of a cursor key and of a page. The screen says by its mark (tui/tui.h) when it is complete.
 */
#include "visitors.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "wire/pages.h"

#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STARTS = 50, AT_ONCE = 20, CURSOR_KEYS = 10 };

#define MARK "\033]777;"

struct terminal {
    pid_t pid;
    int line;
};

/** Reads until the program has waited once more; the bytes before its mark. */
static enum result read_screen(const struct terminal *terminal, size_t *ret_bytes)
{
    struct str seen = {0};
    const char *mark = NULL;
    char block[8192];
    ssize_t got = 0;

    while (mark == NULL || strchr(mark, '\a') == NULL) {
        got = read(terminal->line, block, sizeof block);
        if (got <= 0 && errno != EINTR)
            break;
        str_add_bytes(&seen, block, got > 0 ? (size_t)got : 0);
        mark = strstr(str_text(&seen), MARK);
    }
    *ret_bytes = mark != NULL ? (size_t)(mark - str_text(&seen)) : 0;
    str_free(&seen);
    return mark != NULL ? RESULT_OK : bench_say(RESULT_IO, "the screen did not start");
}

static enum result terminal_open(struct terminal *terminal, const char *const arguments[],
                                 size_t *ret_bytes)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};

    terminal->pid = forkpty(&terminal->line, NULL, NULL, &size);
    if (terminal->pid < 0)
        return RESULT_IO;
    if (terminal->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        setenv("DOUDI_TUI_MARK", "1", 1);
        execv(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    return read_screen(terminal, ret_bytes);
}

static void terminal_close(struct terminal *terminal)
{
    if (terminal->pid > 0) {
        kill(terminal->pid, SIGKILL);
        waitpid(terminal->pid, NULL, 0);
        close(terminal->line);
    }
    terminal->pid = 0;
}

static enum result press(const struct terminal *terminal, const char *key, size_t *ret_bytes)
{
    if (write(terminal->line, key, strlen(key)) != (ssize_t)strlen(key))
        return RESULT_IO;
    return read_screen(terminal, ret_bytes);
}

/** Starts and ends it once; adds the milliseconds to its first screen. */
static enum result time_start(const char *const arguments[], struct series *took)
{
    struct terminal terminal = {0};
    size_t bytes = 0;
    int64_t begun = now_ns();
    enum result result = terminal_open(&terminal, arguments, &bytes);

    if (result == 0)
        series_add(took, seconds_since(begun) * 1000);
    terminal_close(&terminal);
    return result;
}

static enum result measure_start(const struct bench *bench, const char *const arguments[])
{
    char *peer = paths_program("tests/bench/curses");
    const char *const peers[] = {peer, NULL};
    struct series ours = {0};
    struct series theirs = {0};
    struct str line = {0};
    enum result result = RESULT_OK;

    for (unsigned run = 0; run < STARTS && result == 0; run++) {
        result = time_start(arguments, &ours);
        if (result == 0)
            result = time_start(peers, &theirs);
    }
    if (result == 0) {
        line_begin(&line, bench, "terminal-start", "ms");
        line_series(&line, &ours);
        line_peer(&line, "curses", &ours, &theirs);
        line_end(&line);
    }
    series_free(&ours);
    series_free(&theirs);
    free(peer);
    return result;
}

/** Rows of the officer's due list, all of its pages. */
static enum result count_due(const struct bench *bench, const char *officer, double *ret_rows)
{
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = NULL;
    char month[MONTH_TEXT];
    struct pages pages = {0};
    bool more = false;
    enum result result = server_open(bench, officer, &client);

    month_format(month_of(bench->today), month);
    due.month = month;
    due.open = true;
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &due;
    *ret_rows = 0;
    do {
        pages_ask(&pages, &request, NULL);
        if (result == 0)
            result = server_ask(client, &request, &response);
        if (result != 0)
            break;
        *ret_rows += (double)(response->sheet->n_cells / response->sheet->n_columns);
        more = pages_take(&pages, response);
        client_response_free(&response);
    } while (more);
    client_close(&client);
    pages_free(&pages, &request, NULL);
    return result;
}

/** A key for each of the terminals, and what each needs then. */
static enum result press_all(const struct terminal terminals[AT_ONCE], const char *key,
                             struct series *memory)
{
    size_t bytes = 0;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < AT_ONCE && result == 0; i++)
        result = press(&terminals[i], key, &bytes);
    for (size_t i = 0; i < AT_ONCE && result == 0; i++)
        series_add(memory, process_memory(terminals[i].pid, "Pss") / (1 << 20));
    return result;
}

/** Twenty at their first screen, each with its officer's due list, then with a visit's form open,
 *  for which it has read the programmes. */
static enum result measure_memory(const struct bench *bench, const char *const arguments[],
                                  double rows)
{
    struct terminal terminals[AT_ONCE] = {{0}};
    struct series first = {0};
    struct series list = {0};
    struct series form = {0};
    struct str line = {0};
    size_t bytes = 0;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < AT_ONCE && result == 0; i++)
        result = terminal_open(&terminals[i], arguments, &bytes);
    for (size_t i = 0; i < AT_ONCE; i++)
        series_add(&first, process_memory(terminals[i].pid, "Pss") / (1 << 20));
    if (result == 0)
        result = press_all(terminals, "\033OQ", &list);
    if (result == 0)
        result = press_all(terminals, "\033OQ", &form);
    if (result == 0) {
        line_begin(&line, bench, "terminal-pss", "MiB");
        line_series(&line, &first);
        line_add(&line, "with_list", series_median(&list));
        line_add(&line, "with_form", series_median(&form));
        line_add(&line, "rows", rows);
        line_end(&line);
    }
    for (size_t i = 0; i < AT_ONCE; i++)
        terminal_close(&terminals[i]);
    series_free(&first);
    series_free(&list);
    series_free(&form);
    return result;
}

static enum result measure_bytes(const struct bench *bench, const char *const arguments[])
{
    struct terminal terminal = {0};
    struct series keys = {0};
    struct str line = {0};
    size_t first = 0;
    size_t list = 0;
    size_t page = 0;
    enum result result = terminal_open(&terminal, arguments, &first);

    if (result == 0)
        result = press(&terminal, "\033OQ", &list);
    for (size_t i = 0; i < CURSOR_KEYS && result == 0; i++) {
        size_t bytes = 0;
        result = press(&terminal, "\033OB", &bytes);
        series_add(&keys, (double)bytes);
    }
    if (result == 0)
        result = press(&terminal, "\033[6~", &page);
    if (result == 0) {
        line_begin(&line, bench, "terminal-bytes", "bytes");
        line_series(&line, &keys);
        line_add(&line, "first", (double)first);
        line_add(&line, "list", (double)list);
        line_add(&line, "page", (double)page);
        line_end(&line);
    }
    terminal_close(&terminal);
    series_free(&keys);
    return result;
}

enum result bench_terminal(const struct bench *bench)
{
    struct visitors people = {0};
    struct client *client = NULL;
    char *program = paths_program("doudi");
    double rows = 0;
    enum result result = server_open(bench, NULL, &client); /* it stays up as long */

    if (result == 0)
        result = visitors_load(bench, &people);
    if (result == 0) {
        const char *officer = people.visitors[0].officer;
        const char *const arguments[] = {program, "--home", bench->home, "--as", officer, NULL};
        result = count_due(bench, officer, &rows);
        if (result == 0)
            result = measure_start(bench, arguments);
        if (result == 0)
            result = measure_memory(bench, arguments, rows);
        if (result == 0)
            result = measure_bytes(bench, arguments);
    }
    visitors_free(&people);
    client_close(&client);
    server_end(bench, SIGTERM);
    free(program);
    return result;
}
