/**
 * What printer.c and printwatch.c share. Private to both.
 */
#ifndef DOUDI_TUI_APP_PRINTER_PRIVATE_H
#define DOUDI_TUI_APP_PRINTER_PRIVATE_H

#include "base/child.h"
#include "tui/app/printer.h"

enum { WATCHED_MAX = 16 };

/** A job that has not ended. */
struct watched {
    char *id, *what, *area;
    char *said; /* of this job, last; NULL = nothing */
    enum print_state state;
    int64_t since, next;  /* milliseconds: sent; to be asked for again */
    enum print_state old; /* seen last, and once only: it may pass */
};

struct printer {
    bool loaded;    /* what was kept has been read */
    char *queue;    /* NULL = none */
    bool terminal;  /* the printer at the terminal is chosen */
    bool confirmed; /* the officer has said that there is one */
    /* While the officer chooses. */
    ask_answer then;
    void *arg;

    size_t count;
    struct watched jobs[WATCHED_MAX];
    struct child *child; /* asks for their states, NULL = none */
    int64_t child_since;
    unsigned failures; /* in a row */
};

/** The app's printer; made at the first call. */
struct printer *printer_of(struct app *app);

#endif
