/**
 * A home for end-to-end tests: a folder of its own, a fixed date, the real programs.
 *
 * Commands run as their users run them, through the shell; the server starts by itself. Everything
 * is gone after world_free().
 */
#ifndef DOUDI_TESTS_WORLD_H
#define DOUDI_TESTS_WORLD_H

#include "screen.h"

#include <sys/types.h>

struct world {
    char home[64];
    char *output; /**< what the last command printed, both streams */
};

/** An empty world on the day `today`; nothing is initialised. */
struct world *world_new(const char *today);
/** The same with a home of Panjin from `first_month`, and three officers of 胜利街道
 *  (211102002): 1001 street, 2001 chief, 3001 village (211102002005); 4001 county (211102). */
struct world *world_new_home(const char *today, const char *first_month);
/** The same on 2026-11-23 from 2026-11, with four elders of 旌旗社区 (211102002005) who are visited by
 *  刘洋: 王桂兰 21110219440302002X (tier 高), 欧阳秀英, 阿依古丽·买买提, 𠮷永福. */
struct world *world_new_elders(void);
/** Imports a ledger of `kind` as the street's officer; every row must go in. */
void world_import(struct world *world, const char *kind, const char *text);
/** Runs `doudi ARGUMENTS` and returns its exit status; the output is kept. */
int world_run(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** The same, failing the test unless it ends with `status`. */
void world_expect(struct world *world, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Fails the test unless the last command printed `text`. */
void world_expect_output(const struct world *world, const char *text);
/** Repeats a command until it ends with 0 and prints `text`, at most 20 seconds: for what the server's
 *  timer does after a start, while commands are already answered. */
void world_await_output(struct world *world, const char *text, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The last line of the last output. New string. */
char *world_last_line(const struct world *world);
/** Opens the full screen as an officer. */
struct screen *world_screen(struct world *world, const char *officer, int rows, int columns);
/** The same on a clock (tests/e2e/clock.c) that `ret_clock` puts forward, to be closed; `officer` NULL:
 *  nobody is logged in. */
struct screen *world_screen_clock(struct world *world, const char *officer, int *ret_clock);
void world_put_forward(int clock, int minutes, int seconds);
/** Puts the clock forward until a draft is on the officer's 首页: what puts it away shows nothing. The
 *  terminal may have begun to wait after its clock was put forward, so that is done again. */
void world_await_draft(struct world *world, const char *officer, int clock);
/** The server's process, 0 if none runs. */
pid_t world_server(const struct world *world);
/** Ends the server with a signal and waits until it is gone. */
void world_stop_server(const struct world *world, int signal);
void world_free(struct world **world);

/** "LOCPATH=…", where `make` has built the locale zh_CN.gb18030. New string; NULL if it could not. */
char *world_gb18030(void);
/** Path of a file in tests/data. New string. */
char *world_data(const char *name);
/** Path of Panjin's divisions, as installed with the program. New string. */
char *world_divisions(void);

#endif
