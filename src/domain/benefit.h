/**
 * The amount of one case in one month (待遇): its lines, their sums, and what is stated.
 *
 * A programme file says how an amount is computed (`benefit:`, HACKING.md); the service evaluates
 * its lines with exact fractions and adds them here. Money is fen. An amount that cannot be known,
 * because a standard or an entry is missing, is unknown and `why` says what is missing: it is never
 * 0, and a sum with an unknown part is unknown.
 *
 * A struct benefit owns its texts; a zeroed one is empty; benefit_free() empties it. Threads: pure
 * functions.
 */
#ifndef DOUDI_DOMAIN_BENEFIT_H
#define DOUDI_DOMAIN_BENEFIT_H

#include "base/date.h"
#include "base/month.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum benefit_part {
    BENEFIT_NOTE,  /**< a figure of the calculation; not money that is paid */
    BENEFIT_BASE,  /**< 保障金, 基本生活费 */
    BENEFIT_ADD,   /**< 分类救助 */
    BENEFIT_CARE,  /**< 照料护理费 */
    BENEFIT_TOPUP, /**< 差额补足: what a child gets beside the household's 低保 */
    BENEFIT_TOTAL, /**< all of them; only of stated amounts and sums */
    BENEFIT_PART_COUNT
};

struct benefit_line {
    enum benefit_part part;
    const char *id; /**< of the programme file, "" if none; borrowed from the catalogue */
    char *label;    /**< 保障金, 分类救助（王桂兰：75岁以上） */
    char *how;   /**< 低保标准 776 × 保障人数 3 − …, "" if there is nothing to say */
    char *value; /**< 1428.00, or a note's number or text; "" = unknown */
    bool known;  /**< always true for notes */
    int64_t fen; /**< valid if known and not a note */
    uint64_t person; /**< the member it is for; 0 = the whole case */
};

/** A sum of a part's lines. */
struct benefit_sum {
    bool present; /**< the part has a line */
    bool known;
    int64_t fen;
};

struct benefit {
    month_t month;
    bool paid;   /**< paid in that month; else nothing is computed and `why` says the reason */
    int persons; /**< for how many it is paid: covered members, or 1; -1 = unknown */
    size_t line_count, line_capacity;
    struct benefit_line *lines;
    struct benefit_sum sums[BENEFIT_PART_COUNT];
    bool known;         /**< `total` is known */
    int64_t total;      /**< of all parts */
    struct str missing; /**< 标准未录入：低保标准；… "" if nothing is missing */

    struct benefit_sum entered[BENEFIT_PART_COUNT]; /**< what somebody entered, by part */
    bool has_stated;                                /**< somebody entered an amount */
    int64_t stated;                                 /**< the sum of what was entered */
    char *stated_why;   /**< the officer's reason, "" if none; NULL as "" */
    bool differs;       /**< it is not the computed one; false if that is unknown */
    struct str remarks; /**< why not paid, or what a stated amount differs in */
};

void benefit_free(struct benefit *benefit);

/** True if a case that begins in `from` is paid in `month`: until `until` (末领月, 0 = open) or the
 *  month in which it ended (`closed_on`, 0 = on the books), the earlier of both, both included. */
bool benefit_is_due(month_t from, month_t until, day_t closed_on, month_t month);

/** Adds a line; its texts become the benefit's. */
void benefit_add_line(struct benefit *benefit, const struct benefit_line *line);
/** Adds something that is missing, once: "标准未录入：低保标准". */
void benefit_add_missing(struct benefit *benefit, const char *what);
/** Sums the lines. Call once, after the last line. */
void benefit_sum_up(struct benefit *benefit);
/** Sets the stated amount of a part or of the total (fen). */
void benefit_state(struct benefit *benefit, enum benefit_part part, int64_t fen);
/** Compares what is stated with the sums, part by part: a part that is not stated counts as 0 where
 *  another one is. Call once, after benefit_sum_up(). */
void benefit_compare(struct benefit *benefit);

/** The sum of the lines for one member. False in *ret_known if one of them is unknown. */
int64_t benefit_of_person(const struct benefit *benefit, enum benefit_part part, uint64_t person,
                          bool *ret_known);
/** The line with an id; NULL if there is none. */
const struct benefit_line *benefit_line_find(const struct benefit *benefit, const char *id);

/** What is to be paid: the stated amount if its reason is written down, or if the computed one is
 *  unknown; else the computed one. False if nothing is paid or nothing is known. */
bool benefit_payable(const struct benefit *benefit, int64_t *ret_fen);
/** In words, for `why`: what is missing, then the remarks. New string, "" if there are none. */
char *benefit_words(const struct benefit *benefit);

/** "base" and so on, as in files and columns. */
const char *benefit_part_name(enum benefit_part part);
/** BENEFIT_PART_COUNT for an unknown name. */
enum benefit_part benefit_part_parse(const char *name);

#endif
