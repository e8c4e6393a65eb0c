/**
 * The visits recorded since the login, from whatever screen: the last one can be taken back or corrected
 * by one key from every list of people (tui/screens/visitundo.h). Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_VISITED_H
#define DOUDI_TUI_APP_VISITED_H

#include <stdint.h>

struct app;

/** A recorded visit. */
struct visited_one {
    uint64_t case_id;
    const char *name, *kind; /**< of the case; kind "" = not known */
    const char *visit;       /**< "DATE:SEQ" */
};

/** Notes a visit; texts are copied. The oldest is forgotten when there are too many. One that corrects
 *  `replaces` ("DATE:SEQ", NULL = none) of the same case takes its place. */
void visited_note(struct app *app, const struct visited_one *one, const char *replaces);
/** The last one, NULL if there is none. Borrowed until the next call. */
const struct visited_one *visited_last(const struct app *app);
/** The visit no longer counts: forgets it, if it is known. */
void visited_drop(struct app *app, uint64_t case_id, const char *visit);
/** Forgets all of them: another officer comes, or the program ends. */
void visited_free(struct app *app);

#endif
