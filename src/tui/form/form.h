/**
 * The form screen: fills in a programme's form, a visit, or a small dialog.
 *
 * Nothing is filed before F2. What the server finds wrong is shown under its field; remarks are
 * shown once and asked about. Input is a draft at a pause in typing and before the program ends.
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
    bool modal, login;     /**< in a window; one in which somebody logs in */
    bool partial;          /**< what is missing may stay so; what is wrong may not */
    struct fields values;  /**< taken over */
    /**
     * Sends it. On success it has closed the form (form_close()); otherwise the form stays, with
     * the answer's problems (form_problems()).
     */
    void (*submit)(struct form_screen *form, bool confirm);
    /** A field's value was changed; NULL = nothing to do. */
    void (*changed)(struct form_screen *form, const char *name);
    /** Which divisions a field takes: "village" …, "" = all; NULL = as the programme says. */
    const char *(*place_level)(const struct form_screen *form);
    /** Esc was pressed; NULL = closes, asking first when something was typed. */
    void (*cancel)(struct form_screen *form);
    void *arg; /**< for the above */
    void (*free_arg)(void *arg);
    const char *draft_form;   /**< NULL = no drafts */
    const char *draft_record; /**< "new" or the record's number */
    bool resume;              /**< takes the draft without asking */
    bool no_draft;            /**< there is none yet: it need not be asked for */
};

struct form_screen {
    struct screen screen;
    struct form_spec spec; /**< texts owned */
    struct fields own;
    struct fields *values; /**< own, or those of the form whose row this is */
    struct fields base;    /**< as opened */
    struct fields draft;   /**< as last put away */
    struct problems own_problems;
    struct formmodel model;
    struct lineedit edit; /**< of the current field */
    char *editing;        /**< name of the field in `edit`, NULL = none */
    bool begins_anew;     /**< the first digit replaces the day that stands there */
    int memo_width;       /**< columns of a field of several lines, as last drawn */
    size_t top;           /**< first item on the screen */
    bool draft_asked, draft_kept;
    bool added; /**< a row that was just added: taken out again if nothing is typed */
};

struct form_screen *form_open(struct app *app, struct form_spec *spec);
/** Closes the form and drops its draft; other screens ask again. */
void form_close(struct form_screen *form);
/** Sends what the form asked for: on success it is closed and the answer said, otherwise it stays with
 *  the problems. */
void form_send(struct form_screen *form, Wire__Request *request);
/** Shows what the server found; asks about remarks and then submits again with `confirm`. True if
 *  the answer had any problem. */
bool form_problems(struct form_screen *form, const Wire__Response *response);
/** Values the server or another field gave: shown at once. */
void form_set(struct form_screen *form, const char *name, const char *value);

/** In a window: the field in which an officer is named (F4 lists them). */
#define FORM_DIALOG_VISITOR "visitor"
/** True if the item is a field in which an officer is named. */
bool form_is_visitor(const struct form_screen *form, const struct formitem *item);

/** Which divisions a field takes; "" = all. */
const char *form_place_level(const struct form_screen *form, const struct form_field *field);
/** What was typed into an item, a division's name turned into its code; takes and gives a new string. */
char *form_place_read(const struct form_screen *form, const struct formitem *item, char *text);
/** Says at once that a place is none that the field takes: of one field, of all. */
void form_place_check(struct form_screen *form, const char *name);
void form_places_check(struct form_screen *form);

/** Takes what was chosen for the current field; `arg` is the form (ask_answer). */
void form_take(struct app *app, void *arg, const char *answer);

void form_changed(struct form_screen *form, const char *name); /**< tells the form's owner */
void form_begin_edit(struct form_screen *form);                /**< of the current field */

/** Puts the values away as a draft, half-typed ones too. */
void form_save(struct screen *screen);
void form_drop_draft(struct form_screen *form);
void form_offer_draft(struct screen *screen); /**< on opening, if something is unfinished */
/** True if something was typed since it was opened. */
bool form_touched(const struct form_screen *form);

/** Draws the items; keeps the current one visible from `top` on. Returns the items below the last
 *  line. */
size_t formview_paint(struct form_screen *form, struct canvas *canvas);
/** Lines the whole form needs in a window of that width. */
int formview_lines(const struct form_screen *form, int columns);

/* Handlers of keys, for the other files of the form. */
void form_submit(struct app *app);
void form_next(struct app *app);
void form_choose(struct app *app);
void form_explain(struct app *app);

extern const struct screen_ops FORM_OPS;
extern const struct screen_ops FORM_ENTRY_OPS;
extern const struct screen_ops FORM_ROW_OPS;
extern const struct screen_ops FORM_DIALOG_OPS;
extern const struct screen_ops FORM_LOGIN_OPS;

#endif
