/**
 * The parts of the manuals that come from the program's tables.
 *
 * A line in the document says where a part begins; everything from there to the next end line is
 * replaced: commands and options from src/cli/commands.c (for man(1) and for the shell), keys from the screens of src/tui, rights
 * from src/service/access.c, values and alarms from src/base/measure.c. So a manual cannot promise what the program cannot do.
 *
 * Threads: pure functions over constant tables.
 */
#ifndef DOUDI_MANUAL_MANUAL_H
#define DOUDI_MANUAL_MANUAL_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/** Commands with their options and Chinese words, as roff of man(7). */
void manual_commands(struct str *text);
/** The commands' names in the order of the table; NULL behind the last. */
const char *manual_command_at(size_t index);
/** How one command is written, for a page in English; false if there is no such command. */
bool manual_synopsis(struct str *text, const char *name);

/** Commands with what is offered for their arguments and options, as functions of bash. False if a
 *  usage has a word of which it is not known what to offer; prints which. */
bool manual_completion(struct str *text);

/** Sections of keys in the order of the screens, by their Chinese names; NULL behind the last. The
 *  first stands for the keys that mean the same on nearly every screen. */
const char *manual_screen_at(size_t index);
/** A screen's keys as a Markdown table; false if there is no such screen. */
bool manual_keys(struct str *text, const char *screen);
/** What the menu (F9) offers, as a Markdown table. */
void manual_menu(struct str *text);

/** The rights of each role, as a Markdown table. */
void manual_rights(struct str *text);

/** What the status tells monitoring, as a Markdown table: keys, metrics, meaning. */
void manual_measures(struct str *text);
/** What calls for the administrator, with ids, as a Markdown table. */
void manual_alarms(struct str *text);

#endif
