/**
 * A terminal for tests: the real program on a pseudo terminal, its screen read back as cells.
 *
 * The program prints a mark (ESC ] 777 ; n ; r BEL, n = events handled, r = requests sent) before it blocks; every step
 * here waits until the events it sent have been handled, so that nothing depends on time. A step
 * that gets no mark within the limit fails the test and prints the screen.
 *
 * Threads: none; several screens may be open at once.
 */
#ifndef DOUDI_TESTS_SCREEN_H
#define DOUDI_TESTS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

struct screen;

struct screen_options {
    int rows, columns;              /**< 0 = 24 × 80 */
    const char *term;               /**< NULL = xterm-256color */
    const char *locale;             /**< LC_ALL; NULL = C.UTF-8 */
    const char *encoding;           /**< what the terminal shows and sends; NULL = UTF-8 */
    const char *const *environment; /**< further NAME=VALUE, NULL-terminated; may be NULL */
    const char *const *arguments;   /**< program and arguments, NULL-terminated */
};

/** Starts the program and waits for its first screen. */
struct screen *screen_start(const struct screen_options *options);

/** Presses keys by name, blank-separated: "F2 Down Enter ^R Esc Esc+7 7"; one event
 *  each. */
void screen_press(struct screen *screen, const char *keys);
/** Types text, one event per code point. */
void screen_type(struct screen *screen, const char *text);
/** Text put in by the terminal between its brackets, one event per code point. */
void screen_paste(struct screen *screen, const char *text);
/** Changes the size; one event. */
void screen_resize(struct screen *screen, int rows, int columns);
/** Sends raw bytes without waiting. */
void screen_send(struct screen *screen, const char *bytes, size_t length);
/** Waits until the program has handled one more event than so far (something that came by itself). */
void screen_settle(struct screen *screen);

/** One line's text without trailing blanks; valid until the next call for the same row. */
const char *screen_row(struct screen *screen, int row);
/** Row in which the text stands, -1 if it is nowhere. */
int screen_find(struct screen *screen, const char *text);
/** Fails the test (printing the screen) unless the text is there, or is not. */
void screen_expect(struct screen *screen, const char *text);
void screen_expect_not(struct screen *screen, const char *text);
/** Moves down until the marked row has `text`; `below` rows further. */
void screen_go_to(struct screen *screen, const char *text, int below);
/** Leaves the program by its key, frees the screen. */
void screen_leave(struct screen **screen);
/**
 * Waits until the text appears and what came with it is whole: for what comes without a key (a clock, a
 * reconnection).
 */
void screen_await(struct screen *screen, const char *text);

struct screen_cell {
    char text[32]; /**< UTF-8 of the cell's cluster; "" in the second half of a wide one */
    int width;
    bool bold, reverse;
    unsigned char front[3], back[3]; /**< red, green, blue, as they are before reversing */
};
struct screen_cell screen_cell(struct screen *screen, int row, int column);
/** Fails if any double-width character is cut, at an edge or by its neighbour. */
void screen_expect_whole(struct screen *screen);
/** Cursor position. */
void screen_cursor(struct screen *screen, int *ret_row, int *ret_column);

/** Bytes the program has written since the last call. */
size_t screen_bytes(struct screen *screen);
/** Those bytes, the first 8191 of them, as a text. Borrowed until the next one. */
const char *screen_raw(struct screen *screen);
/** Requests the program has sent to the server since it began. */
unsigned long screen_requests(const struct screen *screen);
/** Times the program has waited for input since it began, each after an update of the screen. */
unsigned long screen_marks(const struct screen *screen);
/** Waits until the program has handled `events` that screen_send() sent. */
void screen_expect_events(struct screen *screen, unsigned long events);
/** Process id of the program. */
int screen_pid(const struct screen *screen);
/** Waits for the program to end by itself and returns its exit status (-signal if killed). */
int screen_wait(struct screen *screen);
/** Closes the line, as a terminal that is switched off, and waits for the program to end. */
int screen_hang_up(struct screen *screen);
void screen_print(struct screen *screen);
/** Kills the program if it still runs. */
void screen_free(struct screen **screen);

#endif
