/**
 * Runs a companion program while the screen waits: the message line counts the seconds, Esc or F10
 * gives up, and a program that takes too long is ended. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_RUN_H
#define DOUDI_TUI_APP_RUN_H

#include "tui/app/app.h"

struct run {
    const char *program;          /**< its name: "doudi-print" (base/paths.h) */
    const char *const *arguments; /**< behind the name, NULL-terminated */
    const struct str *input;      /**< NULL = none */
    size_t most;                  /**< bytes of output */
    int seconds;                  /**< it may take */
    const char *doing;            /**< said while it runs: 正在排版 */
    const char *instead;          /**< said after a failure: what else can be done */
};

/**
 * True if it has done its work: *ret_output is what it wrote, *ret_words what it said of it, "" if
 * nothing (new strings). Otherwise the message line says why, and what to do.
 */
bool run_program(struct app *app, const struct run *run, struct str *ret_output, char **ret_words);
/** Only starts it, with `run`'s program and arguments; NULL if it cannot be started. */
struct child *run_start(const struct run *run);

#endif
