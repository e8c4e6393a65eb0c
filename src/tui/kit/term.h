/**
 * The terminal: starts it, waits for events, stops it.
 *
 * term_wait() gives one event at a time. It blocks in poll() on the keyboard and on a pipe that the
 * signal handlers write to, so that no signal is missed between a test and the wait. A hang-up
 * (SIGHUP, a closed line) and SIGTERM or SIGINT come as EVENT_END; output to a line that hangs or
 * is gone goes to /dev/null, so that the program can always end in order.
 *
 * Threads: one terminal per process, used by one thread.
 */
#ifndef DOUDI_TUI_KIT_TERM_H
#define DOUDI_TUI_KIT_TERM_H

#include "base/result.h"

#include <stdbool.h>

struct term;

enum event_type { EVENT_TIMEOUT, EVENT_KEY, EVENT_MOUSE, EVENT_RESIZE, EVENT_END };

struct event {
    enum event_type type;
    int key;     /**< tui/kit/keys.h */
    bool pasted; /**< part of a pasted text, not a key press */
    int y, x;    /**< cell of the mouse */
    int wheel; /**< lines the mouse's wheel asks for, up is negative; 0 = the button was pressed */
};

/** How this terminal draws. */
struct term_look {
    bool ascii;    /**< plain frames: + - | # > */
    bool colour;   /**< colours besides bold and reverse */
    bool contrast; /**< reverse and bold where others have colour */
    bool slow; /**< few bytes: no clock, no place in the list, no refreshing by itself, no colours,
                    frames and bars */
    bool
        linear; /**< for screen readers: no frames and bars, whole rows, messages on the last line */
};

/**
 * Takes over the terminal: RESULT_USAGE with *ret_message (in Chinese and English, new string) when
 * standard input or output is none, its type is unknown or its encoding cannot show Chinese.
 */
enum result term_start(struct term **ret_term, char **ret_message);
struct term_look term_look(const struct term *term);
/** Sets how long an Esc waits for the rest of a key's bytes, longer over a network; the
 *  milliseconds in force. term_start() calls it. */
int term_set_escape(void);
/** Writes what was drawn since the last call. */
void term_show(struct term *term);
/** Repaints everything: for a screen that something else has written on. */
void term_redraw(struct term *term);
/** True if a key waits for term_wait(): the present drawing need not be shown. */
bool term_has_key(struct term *term);
/** Takes presses of the mouse's first button and its wheel, or leaves them to the terminal, where
 *  they mark text to copy. False if this terminal has no mouse. */
bool term_take_mouse(struct term *term, bool wanted);
/** Requests sent so far, for the mark that test programs read. */
void term_note(struct term *term, unsigned long requests);
/** The next event; EVENT_TIMEOUT after `milliseconds` (-1: waits for ever). */
struct event term_wait(struct term *term, int milliseconds);
/** A text in the terminal's encoding, without anything the terminal would obey; new string. */
char *term_encode(const char *text);
/** True if a terminal of this type can have a printer of its own (terminfo mc5 and mc4). */
bool term_can_print(const struct term *term);
/** Sends text to the printer attached to the terminal; RESULT_NOTFOUND if it can have none. */
enum result term_print(struct term *term, const char *text);
/** For work that lasts, without a wait: true if Esc or F10 was pressed since, which is used up, or
 *  the terminal is gone. Other keys stay for term_wait(). */
bool term_gives_up(struct term *term);
/** Gives the terminal back. */
void term_stop(struct term **term);

#endif
