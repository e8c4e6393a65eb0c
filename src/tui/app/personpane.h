/**
 * The cursor's person, below a list: telephone, address, whom to call, the last visits and what they
 * found. An officer who telephones or sets out sees it without opening the case, at 80 columns too.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PERSONPANE_H
#define DOUDI_TUI_APP_PERSONPANE_H

#include "base/str.h"
#include "tui/kit/canvas.h"

#include <stdint.h>

struct app;

enum { PERSON_PANE_TEXTS = 5 };

struct person_pane {
    char *case_id; /**< whose lines these are, NULL = nobody's yet; owned */
    uint64_t fills;
    struct str lines[PERSON_PANE_TEXTS]; /**< the first is the heading */
};

/** Asks for the person of that case ("" = none) unless the pane shows them as of the same `fills` of
 *  the list. Opening is not logged: ID numbers are not among what is shown. */
void person_pane_ask(struct app *app, struct person_pane *pane, const char *case_id,
                     uint64_t fills);
/** The lines it takes below this canvas' list, `most` at most. */
int person_pane_lines(const struct person_pane *pane, const struct canvas *canvas, int most);
void person_pane_paint(const struct person_pane *pane, struct canvas *canvas);
void person_pane_free(struct person_pane *pane);

#endif
