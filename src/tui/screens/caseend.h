/**
 * 退出, and taking an exit back (撤销退出). Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEEND_H
#define DOUDI_TUI_SCREENS_CASEEND_H

#include "form/form.h"
#include "wire/doudi.pb-c.h"

#include <stdint.h>

struct app;

/** The case as it was seen. Borrowed for the call. */
struct caseend_of {
    uint64_t case_id;
    uint32_t version;
    const struct form *form;
    const char *name, *exit_reason;
    bool active;               /**< not ended */
    const Wire__Sheet *people; /**< of a household: its members */
    uint64_t person;           /**< the person for whom the case was opened, 0 = none */
};

void caseend_close(struct app *app, const struct caseend_of *of);
void caseend_reopen(struct app *app, const struct caseend_of *of);

#endif
