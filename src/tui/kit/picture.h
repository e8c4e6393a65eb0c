/**
 * Sends the picture that curses has drawn, in fewer bytes (tui/kit/shorten.h).
 *
 * While curses writes an update, standard output is a file in memory; what stands there then goes to
 * the terminal, shortened, in one write. On terminals that are not known to understand it, or
 * without such a file, curses writes as it does.
 */
#ifndef DOUDI_TUI_KIT_PICTURE_H
#define DOUDI_TUI_KIT_PICTURE_H

struct picture;

/** Once curses has started. `null` is open on /dev/null. */
struct picture *picture_new(int null);
/** Writes what was drawn since the last call. */
void picture_show(struct picture *picture);
/** For a signal handler: from now on output goes nowhere. `picture` may be NULL. */
void picture_cut(struct picture *picture, int null);
void picture_free(struct picture **picture);

#endif
