#include "tui/app/printwatch.h"

#include "base/mem.h"
#include "tui/app/printer_private.h"
#include "tui/app/run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    STEP = 50,           /* milliseconds between looks at a program that runs */
    SLOW = 20 * SECOND,  /* an answer that takes longer is none */
    WATCH = 60 * MINUTE, /* a job is watched */
    FAILURES = 3,        /* in a row, then CUPS is gone */
    LINES_MOST = 256 * 1024
};

/** How often a job is asked for: soon after it was sent, later seldom. */
static const struct {
    int64_t age, pause;
} PACE[] = {{20 * SECOND, SECOND}, {2 * MINUTE, 3 * SECOND}, {WATCH, 15 * SECOND}};

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000000;
}

static void forget(struct printer *printer, size_t at)
{
    free(printer->jobs[at].id);
    free(printer->jobs[at].what);
    free(printer->jobs[at].area);
    free(printer->jobs[at].said);
    printer->count--;
    memmove(&printer->jobs[at], &printer->jobs[at + 1],
            (printer->count - at) * sizeof printer->jobs[0]);
}

void printwatch_add(struct app *app, const char *id, const struct printer_page *page)
{
    struct printer *printer = printer_of(app);
    int64_t now = now_ms();

    if (printer->count == WATCHED_MAX)
        forget(printer, 0);
    printer->jobs[printer->count++] = (struct watched){.id = mem_copy(id),
                                                       .what = mem_copy(page->what),
                                                       .area = mem_copy(page->area),
                                                       .state = PRINT_SENT,
                                                       .since = now,
                                                       .next = now + SECOND / 2};
}

/** Puts words into the message line. An error that stands there stays in front of them, unless it
 *  was about the same job. */
static void say(struct app *app, struct watched *job, const char *words)
{
    bool well = job->state == PRINT_DONE || job->state == PRINT_SENT || job->state == PRINT_GOING;
    const char *there = str_text(&app->message);
    bool own = job->said != NULL && strcmp(there, job->said) == 0;
    char *before = mem_copy(app->bad && !own ? there : "");

    mem_replace(&job->said, words);
    if (before[0] != '\0')
        app_warn(app, "%s；%s", before, words);
    else if (!well)
        app_warn(app, "%s", words);
    else
        app_say(app, "%s", words);
    free(before);
}

/** Without a word if it fails: the officer is doing something else. */
static void tell_server(struct app *app, const struct watched *job)
{
    Wire__Printed printed = WIRE__PRINTED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    printed.what = job->what;
    printed.area = job->area;
    printed.job = job->id;
    printed.state = (char *)(uintptr_t)prints_state_id(job->state);
    request.what_case = WIRE__REQUEST__WHAT_PRINTED;
    request.printed = &printed;
    (void)client_call(app->client, &request, &response);
    client_response_free(&response);
}

/** What is not an end is believed when it is seen twice: a printer that is being connected, or one
 *  without paper for a moment, is no news. */
static void see(struct app *app, struct watched *job, const struct printing_job *seen)
{
    bool settled = prints_state_is_final(seen->state) || seen->state == job->old;

    job->old = seen->state;
    if (!settled || seen->state == job->state)
        return;
    job->state = seen->state;
    say(app, job, seen->words);
    tell_server(app, job);
}

static int64_t pause_of(const struct watched *job, int64_t now)
{
    size_t at = 0;

    while (at + 1 < sizeof PACE / sizeof PACE[0] && now - job->since > PACE[at].age)
        at++;
    return PACE[at].pause;
}

static void take_answer(struct app *app, struct printer *printer, const char *text)
{
    int64_t now = now_ms();

    for (size_t i = printer->count; i > 0; i--) {
        struct watched *job = &printer->jobs[i - 1];
        struct printing_job seen = {0};
        if (!printing_read_job(text, job->id, &seen))
            continue;
        see(app, job, &seen);
        job->next = now + pause_of(job, now);
        printing_job_free(&seen);
        if (prints_state_is_final(job->state) || now - job->since > WATCH)
            forget(printer, i - 1);
    }
}

/** CUPS does not answer: tried again some times, then the officer has to look. */
static void take_failure(struct app *app, struct printer *printer)
{
    int64_t now = now_ms();

    for (size_t i = 0; i < printer->count; i++)
        printer->jobs[i].next = now + 2 * SECOND;
    if (++printer->failures < FAILURES)
        return;
    app_warn(app, "打印服务没有回应，不知道打没打完：请到打印机看，不急着再打一次");
    printer->failures = 0;
    while (printer->count > 0)
        forget(printer, printer->count - 1);
}

static void start(struct printer *printer, int64_t now)
{
    const char *arguments[WATCHED_MAX + 2] = {"jobs"};
    struct run run = {.program = "doudi-print", .arguments = arguments, .most = LINES_MOST};

    for (size_t i = 0; i < printer->count; i++)
        arguments[i + 1] = printer->jobs[i].id;
    printer->child = run_start(&run);
    printer->child_since = now;
}

static int64_t next_of(const struct printer *printer)
{
    int64_t next = INT64_MAX;

    for (size_t i = 0; i < printer->count; i++)
        next = printer->jobs[i].next < next ? printer->jobs[i].next : next;
    return next;
}

void printwatch_look(struct app *app)
{
    struct printer *printer = app->printer;
    int64_t now = now_ms();

    if (printer == NULL)
        return;
    if (printer->child == NULL && now >= next_of(printer)) {
        start(printer, now);
        if (printer->child == NULL)
            take_failure(app, printer);
        return;
    }
    if (printer->child == NULL)
        return;
    bool ended = child_step(printer->child, 0);
    if (!ended && now - printer->child_since < SLOW)
        return;
    if (ended && child_status(printer->child) == 0) {
        printer->failures = 0;
        take_answer(app, printer, str_text(child_output(printer->child)));
    } else {
        take_failure(app, printer);
    }
    child_free(&printer->child);
}

int printwatch_patience(struct app *app, int wait)
{
    const struct printer *printer = app->printer;

    if (printer == NULL || (printer->child == NULL && printer->count == 0))
        return wait;
    int64_t left = printer->child != NULL ? STEP : next_of(printer) - now_ms();

    left = left < 1 ? 1 : left;
    return left < wait ? (int)left : wait;
}

void printwatch_clear(struct app *app)
{
    struct printer *printer = app->printer;

    while (printer->count > 0)
        forget(printer, printer->count - 1);
    child_free(&printer->child);
}
