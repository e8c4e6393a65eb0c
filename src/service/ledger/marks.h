/**
 * Marks: the later changes of a duty, kept on its row.
 *
 * First day, exit, village and way of support decide whether a person is owed a visit. A change of
 * them leaves a mark on every row that it affects: old and new value, officer, time, and whether
 * the month was closed. So suspicious changes are found (service/lists/suspicious.h) without
 * reading the events of every case.
 *
 * Private to src/service. Threads: pure functions.
 */
#ifndef DOUDI_SERVICE_LEDGER_MARKS_H
#define DOUDI_SERVICE_LEDGER_MARKS_H

#include "base/str.h"
#include "service/frame/usecase.h"

#define MARK_SINCE "since"
#define MARK_EXIT "closed_on"
#define MARK_AREA "area"
#define MARK_UNOWED "unowed"

/** Adds a mark to `is` for each of these values that differs from `was`. */
void marks_note(struct usecase *usecase, const Rec__Duty *was, Rec__Duty *is);
/** 纳入日期 退出 村(社区) 探访需要; an unknown name is returned as it is. */
const char *marks_label(const char *what);
/** Adds the newest changes to a reason: "；11-05 张敏将纳入日期由 2026-10-01 改为 2026-11-01". Leaves out an
 *  exit that still holds, because the reason itself says it. */
void marks_say(struct usecase *usecase, const Rec__Duty *duty, struct str *text);
/** Adds one mark, without the leading "；": "11-05 张敏撤销退出（2026-10-05 死亡）". */
void marks_say_one(struct usecase *usecase, const char *area, const Rec__Mark *mark,
                   struct str *text);
/** The newest mark of this kind, NULL if there is none. Borrowed. */
const Rec__Mark *marks_last(const Rec__Duty *duty, const char *what);

#endif
