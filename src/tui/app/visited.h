/**
 * The visits recorded since the login, from whatever screen, for 多头填报; and the visit that a question
 * is about. What may be taken back the server knows, over all logins. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_VISITED_H
#define DOUDI_TUI_APP_VISITED_H

#include <stdint.h>

struct app;

/** A recorded visit. */
struct visited_one {
    uint64_t case_id;
    const char *name;  /**< of the person */
    const char *visit; /**< "DATE:SEQ" */
};

/** Notes a visit; texts are copied. One that corrects `replaces` ("DATE:SEQ", NULL = none) of the same
 *  case takes its place. */
void visited_note(struct app *app, const struct visited_one *one, const char *replaces);
/** The last one, NULL if there is none. Borrowed until the next call. */
const struct visited_one *visited_last(const struct app *app);
/** The visit no longer counts: forgets it, if it is known. */
void visited_drop(struct app *app, uint64_t case_id, const char *visit);
/** Keeps the visit that a question is about until the next question; texts are copied. */
void visited_ask(struct app *app, const struct visited_one *one);
/** That one, NULL if none was asked about. Borrowed until the next question. */
const struct visited_one *visited_asked(const struct app *app);
/** Forgets all of them: another officer comes, or the program ends. */
void visited_free(struct app *app);

#endif
