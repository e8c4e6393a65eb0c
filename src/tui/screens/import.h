/**
 * 导入: imports a ledger, in two screens.
 *
 * The first (import.c) asks for file and programme and shows the table found in the file: its
 * columns, a sample of each, and the field each goes to, which the officer can change. The second
 * (importrun.c) shows a dry run row by row: refused rows and why, differences from known values,
 * remarks. There the officer decides differences and imports. The terminal reads the file and sends
 * it like the command (exchange/upload.h). Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_IMPORT_H
#define DOUDI_TUI_SCREENS_IMPORT_H

#include "exchange/upload.h"
#include "tui/app/listscreen.h"

struct import_screen {
    struct list_screen list;
    char *kind, *title; /**< of the programme: "visit", 探访记录 */
    char *path, *sheet; /**< "" = the likeliest sheet */
    char *map_name;     /**< the name to keep the map under, "" = not kept */
    struct upload upload;
    bool ready; /**< the server understood the columns */
};

/** File name without its folder. Borrowed. */
const char *import_file_name(const struct import_screen *import);

/** Opens the dry run over the screen `import`. */
void importrun_open(struct app *app, struct import_screen *import);

/* Places of the menu (tui/screens/screens.c). */
void import_open_screen(struct app *app);

extern const struct screen_ops IMPORT_OPS;

extern const struct screen_ops IMPORT_RUN_OPS;
extern const struct screen_ops IMPORT_DONE_OPS;

#endif
