/**
 * One case: 基本, 成员, 待遇, 应访, 探访, 复核, 业务, 日志. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASE_H
#define DOUDI_TUI_SCREENS_CASE_H

#include <stdint.h>

struct app;

void case_open(struct app *app, uint64_t case_id);
/** Opens a household for one of its members. */
void case_open_for(struct app *app, uint64_t case_id, uint64_t person);
/** Handler: opens the case of the row that the top screen's table aims at (column case_id). */
void case_open_aimed(struct app *app);
/** 在册, 已退出; for drafted cases 待受理, 已退回. */
const char *case_state_words(const char *state);

extern const struct screen_ops CASE_OPS;

#endif
