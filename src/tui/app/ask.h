/**
 * Small windows: choose, confirm, type one line, read a text.
 *
 * Each calls back when the officer has answered, never after Esc. The window is closed before, so
 * the callback may open the next. `arg` is borrowed: usually the screen below, which outlives its
 * windows. Texts are copied. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_ASK_H
#define DOUDI_TUI_APP_ASK_H

#include "tui/app/app.h"
#include "tui/kit/canvas.h"

typedef void (*ask_answer)(struct app *app, void *arg, const char *answer);

struct ask_choice {
    const char *title;
    const char *const *labels;
    const char *const *values; /**< the answer for each label; NULL = the label */
    size_t count;
    const char *current; /**< value chosen at the start; with `many` several joined by ';' */
    bool many;           /**< Space marks; the answer is joined by ';' in the order of labels */
    bool numbers;        /**< numbered even if entries begin with digits */
    bool nine; /**< only nine lines are numbered, so that each number takes its line at once */
};

/** A list to choose from; typing filters it (text or pinyin initials). Lines are numbered, and
 *  their number takes or marks them, unless the entries have digits themselves. */
void ask_choice(struct app *app, const struct ask_choice *choice, ask_answer answer, void *arg);
/** Yes or no; answers "" for yes. */
void ask_confirm(struct app *app, const char *text, ask_answer yes, void *arg);
/** The same if yes removes something for good: Enter answers no. */
void ask_sure(struct app *app, const char *text, ask_answer yes, void *arg);
/**
 * Asks what to do with unfiled input: go on (Enter), keep it as a draft if there are drafts, or
 * drop it. The callback tests its answer with ask_leave_keeps() and ask_leave_drops(); neither = go
 * on.
 */
void ask_leave(struct app *app, bool drafts, ask_answer answer, void *arg);
bool ask_leave_keeps(const char *answer);
bool ask_leave_drops(const char *answer);
#define ASK_LEAVE_DROP "放弃所填内容"
/** One line of text. */
void ask_text(struct app *app, const char *title, const char *initial, ask_answer answer,
              void *arg);
/** What is wrong with the text, NULL = nothing. The window stays open while something is. */
typedef const char *(*ask_fault)(struct app *app, const char *text);
void ask_checked(struct app *app, const char *title, const char *initial, ask_fault check,
                 ask_answer answer, void *arg);
/** A reason: not empty, not too long. */
void ask_reason(struct app *app, const char *title, ask_answer answer, void *arg);
/** Paints a window's title and, below it, the text input. */
void ask_paint_line(struct canvas *canvas, const char *title, struct lineedit *edit);
/** A text to read, scrolled when it is long. */
void ask_show(struct app *app, const char *title, const char *text);

/* Handler of common keys. */
void ask_close(struct app *app);

extern const struct screen_ops ASK_CHOICE_OPS;
extern const struct screen_ops ASK_CONFIRM_OPS;
extern const struct screen_ops ASK_TEXT_OPS;
extern const struct screen_ops ASK_PROMPT_OPS;

#endif
