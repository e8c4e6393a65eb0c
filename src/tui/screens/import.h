/**
 * 导入: a ledger into the books, in two screens.
 *
 * The first (import.c) names the file and the programme and shows the table found in it: its columns,
 * a sample of each, and which item it goes to, which can be changed. The second (importrun.c) shows
 * what would come of it (a dry run) row by row: what stays out and why, what differs from what is
 * known, what there is to remark; there differences are decided, and there it goes in. The file is read
 * here, at the terminal; the server is asked as the command asks it (exchange/upload.h).
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_IMPORT_H
#define DOUDI_TUI_SCREENS_IMPORT_H

#include "exchange/upload.h"
#include "tui/app/listscreen.h"

struct import_screen {
    struct list_screen list;
    char *kind, *title; /**< of the programme: "visit", 探访记录 */
    char *path, *sheet; /**< "" = the likeliest sheet */
    char *map_name;     /**< under which the map is kept, "" = it is not */
    struct upload upload;
    bool ready; /**< the server understood the columns */
};

/** File name without its folder. Borrowed. */
const char *import_file_name(const struct import_screen *import);

/** Shows what would come of it; the screen below is `import`. */
void importrun_open(struct app *app, struct import_screen *import);

/* Places of the menu (tui/screens/screens.c). */
void import_open_screen(struct app *app);

extern const struct screen_ops IMPORT_OPS;

extern const struct screen_ops IMPORT_RUN_OPS;
extern const struct screen_ops IMPORT_DONE_OPS;

#endif
