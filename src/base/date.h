/**
 * Civil dates, China time; months are in base/month.h.
 *
 * A `day_t` counts days as spreadsheets do: 45658 is 2025-01-01, and 0 is "no date". A `month_t`
 * is year * 12 + (month - 1), and 0 is "no month". Both compare and subtract as integers. Valid
 * dates run from 1900-03-01 (earlier serial numbers differ between spreadsheets) to 2199-12-31.
 */
#ifndef DOUDI_BASE_DATE_H
#define DOUDI_BASE_DATE_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

typedef int32_t day_t;
typedef int32_t month_t;

enum { DATE_TEXT = 11, MONTH_TEXT = 8, STAMP_TEXT = 20 };

/** The day of a calendar date; 0 if there is no such date (2025-02-30, month 13, year 1899). */
day_t date_make(int year, int month, int day);
void date_split(day_t day, int *ret_year, int *ret_month, int *ret_day);

/** True for a day between the first and the last valid date. */
bool date_is_valid(day_t day);
/** Days of a month of a year, 28 to 31. */
int date_month_days(int year, int month);

/** The number that `count` digits make, -1 if one of them is no digit. */
int date_digits(const char *text, size_t count);
/** Strict "YYYY-MM-DD". RESULT_INVALID for anything else. */
enum result date_parse(const char *text, day_t *ret_day);

/**
 * Parses what offices type: 2025-01-02, 2025/1/2, 2025.1.2, 20250102, 2025年1月2日, a spreadsheet's
 * serial number (five digits); each also in full-width digits and with blanks around it.
 */
enum result date_parse_loose(const char *text, day_t *ret_day);

/** Reads such a text without checking the date: day 0 if it is only a month (2025/1). False if it
 *  is no date. */
bool date_parse_parts(const char *text, int *ret_year, int *ret_month, int *ret_day);

/**
 * The same, with text beside the day: skips a weekday and reads a clock time (09:30, 9:30:15,
 * T09:30:00Z, 9时30分, 上午9点半, a serial number with a fraction) into *ret_minute, its minute of
 * the day; -1 without one.
 */
enum result date_parse_moment(const char *text, day_t *ret_day, int *ret_minute);

/** "YYYY-MM-DD", or "" for 0. Returns `buffer`. */
const char *date_format(day_t day, char buffer[DATE_TEXT]);

/** The same day `months` later, or the target month's last day if it is shorter. */
day_t date_add_months(day_t day, int months);

day_t date_earlier(day_t a, day_t b);
day_t date_later(day_t a, day_t b);
/** Completed years from `birth` to `on`; someone born on 29 February turns older on 1 March. */
int date_age(day_t birth, day_t on);
/** The first day on which date_age() is `years`; 0 if the calendar ends before. */
day_t date_of_age(day_t birth, int years);

/** 1 = Monday to 7 = Sunday. */
int date_weekday(day_t day);

/** Today in China (UTC+8). With `fixed` (text of DOUDI_TODAY, may be NULL) valid, that day. */
day_t date_today(const char *fixed);

/** The China date of a moment; 0 for a moment centuries from every valid date. */
day_t date_of_time(int64_t seconds);

/** Strict "YYYY-MM-DD HH:MM:SS" or "YYYY-MM-DD HH:MM", China time; RESULT_INVALID otherwise. */
enum result date_parse_stamp(const char *text, int64_t *ret_seconds);
/** "YYYY-MM-DD HH:MM:SS" China time of a moment in seconds since 1970, "" for 0. */
const char *date_format_stamp(int64_t seconds, char buffer[STAMP_TEXT]);

#endif
