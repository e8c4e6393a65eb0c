/**
 * Where prints go: to a queue of this machine's CUPS, as PDF, or to the printer at the terminal, as
 * text.
 *
 * A queue is chosen once and then kept for the officer on this machine: its name means something
 * only here, and an account of the machine may be many officers'. It is kept in a file, in the
 * officer's own folder (tui/app/ownfiles.h) or else in the account's configuration. The printer at
 * the terminal is kept for the session: the next may come from another terminal.
 *
 * doudi-report makes the PDF, doudi-print (report/printing.h) knows CUPS. Every print is an event of
 * the server's. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PRINTER_H
#define DOUDI_TUI_APP_PRINTER_H

#include "report/document.h"
#include "report/printing.h"
#include "tui/app/ask.h"

/** What is printed or written. Borrowed. */
struct printer_page {
    const char *title, *month, *area;
    const char *what; /**< for the log: "due" */
    size_t rows;
    const struct document *document;
    const char *text; /**< the same as pages of text */
};

/** Where prints go now, as an officer calls it; "" while nothing is chosen. */
const char *printer_name(struct app *app);
/** Shows what can be chosen, the default first; `then` gets the name of what was. A single queue is
 *  taken without a question while nothing is chosen. */
void printer_choose(struct app *app, ask_answer then, void *arg);
/** Prints to what is chosen, and watches over the job. The message line says what came of it. */
void printer_print(struct app *app, const struct printer_page *page);
/** Makes a file in a format of doudi-report: "pdf", "xlsx". False with the message line said;
 *  `instead` is what else can be done. */
bool printer_make_file(struct app *app, const struct document *document, const char *format,
                       const char *instead, struct str *ret_bytes);
/** Tells the server of a print, a file, or a job's end. False with the message line said. */
bool printer_log(struct app *app, const struct printer_page *page, Wire__Printed *printed);

/** Asks CUPS for jobs, at most PRINTER_JOBS; *ret_text is for printing_read_job(). False with the
 *  message line said. */
enum { PRINTER_JOBS = 50 };
bool printer_ask_jobs(struct app *app, const char *const *ids, size_t count, char **ret_text);
/** Takes a job out of its queue; the message line says what came of it. */
bool printer_cancel(struct app *app, const char *id);

void printer_free(struct app *app);

#endif
