/**
 * 复核: recording that a case was reviewed. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_REVIEW_H
#define DOUDI_TUI_SCREENS_REVIEW_H

#include <stdint.h>

struct app;

void review_open(struct app *app, uint64_t case_id, const char *name);

/** How a review stands: "待复核" where a visit would be "待访". */
const char *review_words(const char *duty_words);

#endif
