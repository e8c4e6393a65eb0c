#include "tui/app/run.h"

#include "base/child.h"
#include "base/mem.h"
#include "base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    STEP = 50,      /* milliseconds between looks at the keyboard */
    SOON = 300,     /* until it is said that something is being done */
    ARGUMENTS = 64, /* at most */
    SECOND = 1000
};

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec / 1000000;
}

struct child *run_start(const struct run *run)
{
    char *program = paths_program(run->program);
    const char *arguments[ARGUMENTS] = {program};
    struct child_order order = {.arguments = arguments, .most = run->most};

    for (size_t i = 0; run->arguments[i] != NULL && i + 2 < ARGUMENTS; i++)
        arguments[i + 1] = run->arguments[i];
    if (run->input != NULL) {
        order.input = run->input->text;
        order.length = run->input->length;
    }
    struct child *child = child_start(&order);
    free(program);
    return child;
}

static void say_seconds(struct app *app, const struct run *run, int64_t passed)
{
    str_clear(&app->message);
    app_say(app, "%s… %d 秒（Esc 不等了）", run->doing, (int)(passed / SECOND));
    app_show_message(app);
}

/** Waits for its end; false if there is none: the officer or the time gave it up. */
static bool wait_for(struct app *app, const struct run *run, struct child *child)
{
    int64_t begin = now_ms();
    int64_t said = begin + SOON - SECOND;

    while (!child_step(child, STEP)) {
        int64_t now = now_ms();
        if (term_gives_up(app->term)) {
            app_warn(app, "%s：没有等完，已停下%s", run->doing, run->instead);
            return false;
        }
        if (now - begin > (int64_t)run->seconds * SECOND) {
            app_warn(app, "%s：等了 %d 秒没有结果，已停下%s", run->doing, run->seconds,
                     run->instead);
            return false;
        }
        if (now - said >= SECOND) {
            say_seconds(app, run, now - begin);
            said = now;
        }
    }
    str_clear(&app->message);
    return true;
}

bool run_program(struct app *app, const struct run *run, struct str *ret_output, char **ret_words)
{
    struct child *child = run_start(run);
    char *words = NULL;
    bool done = false;

    if (child == NULL) {
        app_warn(app, "找不到程序 %s，请找系统管理员安装%s", run->program, run->instead);
        return false;
    }
    if (wait_for(app, run, child)) {
        int status = child_status(child);
        words = child_words(child);
        done = status == 0 || status == result_exit(RESULT_PARTIAL);
        if (!done && words[0] != '\0')
            app_warn(app, "%s%s", words, run->instead);
        else if (!done)
            app_warn(app, "%s没有办成（%s %d）%s", run->doing, run->program, status, run->instead);
    }
    if (done) {
        *ret_output = *child_output(child);
        *child_output(child) = (struct str){0};
        *ret_words = words;
    } else {
        free(words);
    }
    child_free(&child);
    return done;
}
