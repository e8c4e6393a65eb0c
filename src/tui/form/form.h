/**
 * The form screen: a programme's form, a visit, or a small dialog.
 *
 * Nothing is filed before F2. The server's errors are shown under their fields; remarks are shown
 * once and must be confirmed. Input is saved as a draft after a pause in typing and before the
 * program ends.
 */
#ifndef DOUDI_TUI_FORM_FORM_H
#define DOUDI_TUI_FORM_FORM_H

#include "tui/app/app.h"
#include "tui/form/dialog.h"
#include "tui/form/formmodel.h"
#include "tui/kit/canvas.h"

struct form_screen;

enum { FORM_MEMO_MOST = 1024 /* lines of a memo: more than its characters make at 80 columns */ };

struct form_spec {
    const char *title;
    const struct form *form;
    struct dialog *dialog; /**< instead of `form`; owned by the screen */
    bool modal, login;     /**< in a window; the login window */
    bool partial;          /**< fields may stay empty, but not wrong */
    bool later;            /**< the same once it has shown what is missing: F2 again sends it */
    struct fields values;  /**< taken */
    /** Sends the form. On success closes it (form_close()); otherwise shows the answer's problems
     *  (form_problems()). */
    void (*submit)(struct form_screen *form, bool confirm);
    /** Called after a field's value has changed; NULL = nothing to do. */
    void (*changed)(struct form_screen *form, const char *name);
    /** The level of divisions that a field takes: "village" …, "" = all; NULL = as the programme
     *  says. */
    const char *(*place_level)(const struct form_screen *form);
    /** Puts in what is known from the last time, of people; NULL = nothing is. */
    void (*last)(struct form_screen *form);
    void (*known)(struct form_screen *form);
    /** Called for Esc; NULL = closes the form, and asks first if something was typed. */
    void (*cancel)(struct form_screen *form);
    void *arg; /**< for the above */
    void (*free_arg)(void *arg);
    const char *draft_form;   /**< NULL = no drafts */
    const char *draft_record; /**< "new" or the record's number */
    bool resume;              /**< take the draft without a question */
    bool no_draft;            /**< no draft exists yet: do not ask for one */
};

struct form_screen {
    struct screen screen;
    struct form_spec spec; /**< texts owned */
    struct fields own;
    struct fields *values; /**< own, or those of the form whose row this is */
    struct fields base;    /**< as opened */
    struct fields draft;   /**< as last saved */
    struct problems own_problems;
    struct formmodel model;
    struct lineedit edit; /**< of the current field */
    char *editing;        /**< name of the field in `edit`, NULL = none */
    bool begins_anew;     /**< the first character replaces the present day */
    int memo_width;       /**< columns of a field of several lines, as last drawn */
    size_t top;           /**< first item on the screen */
    bool draft_asked, draft_kept;
    struct fields shown; /**< with `later`: the values when it showed what is missing */
    bool added;          /**< a new row: removed again if nothing is typed */
};

struct form_screen *form_open(struct app *app, struct form_spec *spec);
/** Closes the form and drops its draft; other screens ask again. */
void form_close(struct form_screen *form);
/** Sends the form's request. On success closes the form and shows the answer's words; otherwise the
 *  form stays with the problems. */
void form_send(struct form_screen *form, Wire__Request *request);
/** Shows the server's problems; asks about remarks and then submits again with `confirm`. True if
 *  the answer had a problem. */
bool form_problems(struct form_screen *form, const Wire__Response *response);
/** Sets a value that the server or another field gave, and shows it. */
void form_set(struct form_screen *form, const char *name, const char *value);

#define FORM_DIALOG_VISITOR "visitor"       /**< the name of a window's field for an officer */
#define FORM_DIALOG_SUBSTITUTE "substitute" /**< … for who stands in */
/** True if the item is a field for an officer. */
bool form_is_visitor(const struct form_screen *form, const struct formitem *item);

/** Which divisions a field takes; "" = all. */
const char *form_place_level(const struct form_screen *form, const struct form_field *field);
/** The typed text, with a division's name turned into its code; takes and returns a new string. */
char *form_place_read(const struct form_screen *form, const struct formitem *item, char *text);
/** Shows an error at once if a field does not take its place: of one field, of all. */
void form_place_check(struct form_screen *form, const char *name);
void form_places_check(struct form_screen *form);

/** Puts the chosen value into the current field; `arg` is the form (ask_answer). */
void form_take(struct app *app, void *arg, const char *answer);

void form_changed(struct form_screen *form, const char *name); /**< tells the form's owner */
void form_begin_edit(struct form_screen *form);                /**< of the current field */

void form_next(struct app *app); /**< handler of a key, for other files */

/** Saves the values as a draft, also half-typed ones. */
void form_save(struct screen *screen);
void form_drop_draft(struct form_screen *form);
void form_offer_draft(struct screen *screen); /**< at opening, if there is a draft */
/** True if something was typed since it was opened. */
bool form_touched(const struct form_screen *form);

/** Draws the items; keeps the current one visible from `top` on. Returns the items below. */
size_t formview_paint(struct form_screen *form, struct canvas *canvas);
/** Columns that its widest line needs, at most `most`; lines of the whole form in a window. */
int formview_columns(const struct form_screen *form, int most);
int formview_lines(const struct form_screen *form, int columns);

extern const struct screen_ops FORM_OPS;
extern const struct screen_ops FORM_ENTRY_OPS;
extern const struct screen_ops FORM_ROW_OPS;
extern const struct screen_ops FORM_DIALOG_OPS;
extern const struct screen_ops FORM_LOGIN_OPS;

#endif
