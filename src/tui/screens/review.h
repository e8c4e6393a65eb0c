/**
 * 复核: records that a case was reviewed. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_REVIEW_H
#define DOUDI_TUI_SCREENS_REVIEW_H

#include <stdint.h>

struct app;

void review_open(struct app *app, uint64_t case_id, const char *name);

/** The state of a review in words: "待复核" in place of a visit's "待访". */
const char *review_words(const char *duty_words);

#endif
