/**
 * The steps of bytes_test through the screens, officer by officer. A row's keys are pressed, or typed
 * if they begin with "=", and then `seen` must be on the screen.
 */
#ifndef DOUDI_TESTS_E2E_WALKS_H
#define DOUDI_TESTS_E2E_WALKS_H

#include <stddef.h>

/* What a step is, and so what it may cost (bytes_test.c). GO: gets there, uncounted. */
enum step { GO, OPEN, FIRST, CURSOR, PAGE, TYPE, LOOKUP, SEARCH, WINDOW, PRINT, BACK, SAME, STEPS };

/* Typed in its place: the code of a sheet that was printed. */
#define WALK_SHEET "=SHEET"

struct walk {
    const char *screen; /* NULL: as the row above */
    enum step step;
    const char *keys;
    const char *seen; /* NULL = nothing new */
};

struct walker {
    const char *id, *title;
    const struct walk *walk;
    size_t count;
};

enum { WALK_CHIEF = 2, WALKER_COUNT = 6 };
extern const struct walker WALKERS[WALKER_COUNT];
/** Of a street with doubles (doubles.h). */
extern const struct walker WALK_DOUBLES;
/** Of a county that takes in bundles. */
extern const struct walker WALK_COLLECTOR;

/** Of a home with an application, and with money that is owed or came back (walks_casework.c). */
enum { WALK_CASEWORK_COUNT = 4 };
extern const struct walker WALK_CASEWORK[WALK_CASEWORK_COUNT];

#endif
