/**
 * The manual's source as lines for the screen: marks removed, tables in columns, long lines broken.
 * Pure. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_HANDBOOKTEXT_H
#define DOUDI_TUI_APP_HANDBOOKTEXT_H

#include <stdbool.h>
#include <stddef.h>

struct handbook_line {
    char *text;
    bool heading;
    size_t source; /**< byte of the source where its line begins */
};

struct handbook_lines {
    struct handbook_line *rows;
    size_t count, capacity;
};

/** Lays the source out for a width; handbooktext_free(). */
void handbooktext_lay(const char *source, int columns, struct handbook_lines *ret_lines);
void handbooktext_free(struct handbook_lines *lines);
/** Byte of the heading above the keys of a screen (its section, tui/app/screen.h); 0 = none. */
size_t handbooktext_section(const char *source, const char *section);

#endif
