/**
 * The full-screen program.
 *
 * tui_run() takes over the terminal and returns when the officer leaves, the terminal hangs up or
 * the process is told to end; unsaved input is then saved as a draft. The terminal must use UTF-8
 * or GB18030 (base/encoding.h); others are refused in Chinese and English.
 *
 * The environment: NO_COLOR, DOUDI_ASCII (plain frames), DOUDI_LINEAR (for screen readers), ESCDELAY (milliseconds after Esc within
 * which a key sequence must be complete), DOUDI_TUI_MARK (print ESC ] 777 ; n ; r BEL before waiting,
 * n = keys and resizes handled, r = requests sent so far).
 *
 * Threads: one call at a time per process, because the terminal and its signals are one.
 */
#ifndef DOUDI_TUI_TUI_H
#define DOUDI_TUI_TUI_H

#include "base/result.h"

/** Set in the environment: the tour (tui/screens/tour.h). */
#define TUI_TOUR "DOUDI_TOUR"

struct client;
struct forms_folders;

/**
 * Runs the screens over a connected client until the officer leaves; `forms` has the
 * programme files. `own_files`: officers read and write only in their own folders below it
 * (tui/app/ownfiles.h); NULL: anywhere. On failure *ret_message (new string) says why:
 * RESULT_USAGE when there is no usable terminal.
 */
enum result tui_run(struct client *client, const struct forms_folders *forms, const char *own_files,
                    char **ret_message);

#endif
