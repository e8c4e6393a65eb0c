/**
 * Headings of spreadsheets, without blanks, stars and notes.
 *
 * Offices write "*姓名", "身份证\n号码（必填）", "1.联系电话", "姓 名：", or "联系人" over "姓名"
 * and "电话". Each reading of a heading is offered to the caller, the most literal first.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BASE_HEADING_H
#define DOUDI_BASE_HEADING_H

#include <stdbool.h>

/** Removes blanks, line breaks and invisible characters; makes it half-width and upper-case, for
 *  comparison. New string. */
char *heading_clean(const char *heading);

/** Whether this heading is known; `text` is the result of heading_clean(). */
typedef bool (*heading_fn)(const char *text, void *arg);

/**
 * Offers each reading of a heading until one is known: as written; without marks and notes; with
 * the text in brackets before or after it (身份证号（户主） as 户主身份证号); each side of a slash.
 * `group` is the heading above that spans several columns, "" if none: readings with it come first
 * (紧急联系人 over 电话 as 紧急联系人电话), then those without it. False if none is known.
 */
bool heading_read(const char *group, const char *heading, heading_fn known, void *arg);

/** True if the text can be a heading: not empty, short, no digits except one at the end, no colon
 *  inside. */
bool heading_looks(const char *text);

#endif
