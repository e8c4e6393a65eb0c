/**
 * Headings of spreadsheets: what is left of one when blanks, stars and notes are gone.
 *
 * Offices write "*姓名", "身份证\n号码（必填）", "1.联系电话", "姓 名：", or "联系人" over "姓名" and
 * "电话". Whoever knows headings is asked for each way one can be meant, the most literal first.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BASE_HEADING_H
#define DOUDI_BASE_HEADING_H

#include <stdbool.h>

/** Without blanks, line breaks and invisible characters, half-width, letters in capitals: as headings
 *  are compared. New string. */
char *heading_clean(const char *heading);

/** Whether this is a known heading; `text` is as by heading_clean(). */
typedef bool (*heading_fn)(const char *text, void *arg);

/**
 * Asks for each reading of a heading until one is known: as it stands; without marks and notes;
 * with what stands in brackets before or behind it (身份证号（户主） as 户主身份证号); each side of a slash.
 * `group` is the heading above it that spans several columns, "" if there is none: with it first
 * (紧急联系人 over 电话 as 紧急联系人电话), then alone. False if none is known.
 */
bool heading_read(const char *group, const char *heading, heading_fn known, void *arg);

/** True if the text can be a heading at all: not empty, short, no digits but one at its end, no colon
 *  inside. */
bool heading_looks(const char *text);

#endif
