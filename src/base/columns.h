/**
 * Columns: the names of every sheet's cells, in files, on screens and in print.
 *
 * A column has one id everywhere (the header in CSV) and one Chinese label. Each list below has a
 * sheet's columns in order: first the `contract` columns of the commands, then those that only
 * screens show. Threads: constant tables.
 */
#ifndef DOUDI_BASE_COLUMNS_H
#define DOUDI_BASE_COLUMNS_H

#include "base/sheet.h"

#include <stddef.h>

struct column_list {
    const char *const *ids;
    size_t count;
    size_t contract; /**< how many of them commands write to CSV */
};

extern const struct column_list COLUMNS_DUE;        /**< 应访清单 */
extern const struct column_list COLUMNS_SHEET_MADE; /**< … with the codes of its printed sheets */
extern const struct column_list COLUMNS_SHEET;      /**< a printed sheet that came back */
extern const struct column_list COLUMNS_NEARLY;     /**< … whose last working days run out */
extern const struct column_list COLUMNS_STRIP;      /**< rates of divisions */
extern const struct column_list COLUMNS_BOARD;      /**< 合规看板 */
extern const struct column_list COLUMNS_WHY;        /**< names behind a figure */
extern const struct column_list COLUMNS_SUSPICIOUS; /**< plausibility findings */
extern const struct column_list COLUMNS_UPCOMING;   /**< 到期事项 */
extern const struct column_list COLUMNS_LEADS;      /**< 线索 */
extern const struct column_list COLUMNS_LEAD_COUNTS; /**< 线索 by division */
extern const struct column_list COLUMNS_SUSPECTS;    /**< people with findings, by group */
extern const struct column_list COLUMNS_PACE;        /**< days of one month */
extern const struct column_list COLUMNS_TREND;       /**< months of one area */
extern const struct column_list COLUMNS_MONTHS;      /**< months and their state */
extern const struct column_list COLUMNS_STATEMENT;   /**< a closed month's names */
extern const struct column_list COLUMNS_CASES;       /**< 个案 */
extern const struct column_list COLUMNS_ROSTER;      /**< … with telephone, address and facts */
extern const struct column_list COLUMNS_FIND;        /**< 查找 */
extern const struct column_list COLUMNS_CASE_DUTIES;
extern const struct column_list COLUMNS_VISITS;
extern const struct column_list COLUMNS_REVIEWS;
extern const struct column_list COLUMNS_OFFICERS;
extern const struct column_list COLUMNS_AREAS;
extern const struct column_list COLUMNS_AREA_STEPS;
extern const struct column_list COLUMNS_AREA_CHANGES;
extern const struct column_list COLUMNS_AREA_DIFFERENCES;
extern const struct column_list COLUMNS_STANDARDS;
extern const struct column_list COLUMNS_BENEFIT;        /**< 待遇 of cases */
extern const struct column_list COLUMNS_BENEFIT_LINES;  /**< … line by line */
extern const struct column_list COLUMNS_STANDARD_NAMES; /**< which standards can be set */
extern const struct column_list COLUMNS_STANDARD_TRIAL; /**< what a changed standard would do */
extern const struct column_list COLUMNS_EVENTS;         /**< audit */
extern const struct column_list COLUMNS_STATUS;         /**< name value */
extern const struct column_list COLUMNS_MEASURES;       /**< values of base/measure.h */
extern const struct column_list COLUMNS_REFUSALS;       /**< import: refused rows */
extern const struct column_list COLUMNS_REMARKS;        /**< import: remarks on accepted rows */
extern const struct column_list COLUMNS_DIFFERENCES; /**< import: values that differ from the stored
                                                          person */
extern const struct column_list COLUMNS_HEADINGS;    /**< which field each column of a file is */
extern const struct column_list COLUMNS_FIELDS;      /**< fields that a column may be */
extern const struct column_list COLUMNS_UNRESTORED;  /**< what the undo of an import could not
                                                          restore */
extern const struct column_list COLUMNS_ALARMS;
extern const struct column_list COLUMNS_ROUNDS; /**< 专项走访 */
extern const struct column_list COLUMNS_LEAVES; /**< 请假、接管 */
extern const struct column_list COLUMNS_ROUND;  /**< … whom one is about */
extern const struct column_list COLUMNS_PEOPLE;
extern const struct column_list COLUMNS_HOUSEHOLD; /**< who lives with somebody, and their cases */
extern const struct column_list COLUMNS_DRAFTS;
extern const struct column_list COLUMNS_EXCUSES;
extern const struct column_list COLUMNS_PROPOSALS;        /**< 草拟个案 */
extern const struct column_list COLUMNS_STEPS;            /**< 办理 */
extern const struct column_list COLUMNS_NOTICE;           /**< 告知书, part by part */
extern const struct column_list COLUMNS_REFUSED;          /**< 不予名单 */
extern const struct column_list COLUMNS_PUBLICITY;        /**< 公示名单 */
extern const struct column_list COLUMNS_CASE_STEPS;       /**< … of one case, and what was done */
extern const struct column_list COLUMNS_STEP_LOG;         /**< what was done with an application */
extern const struct column_list COLUMNS_STREETS;          /**< the first screen of a county */
extern const struct column_list COLUMNS_OUTBOX;           /**< bundles on their way */
extern const struct column_list COLUMNS_RECEIPTS;         /**< what receivers said of them */
extern const struct column_list COLUMNS_HISTORY;          /**< 打印、导入、导出 */
extern const struct column_list COLUMNS_OVERLAPS;         /**< 两处都有的人 */
extern const struct column_list COLUMNS_DUPLICATES;       /**< 重复和排斥 */
extern const struct column_list COLUMNS_MERGES;           /**< 合并 */
extern const struct column_list COLUMNS_MERGE_SIDES;      /**< two persons side by side */
extern const struct column_list COLUMNS_SENDERS;          /**< 报送情况 */
extern const struct column_list COLUMNS_SENT_DIFFERENCES; /**< 重算不符 */
extern const struct column_list COLUMNS_PAYROLLS;         /**< 发放花名册 by month */
extern const struct column_list COLUMNS_PAYROLL;          /**< the lines of one */
extern const struct column_list COLUMNS_PAYROLL_CHECK;    /**< … compared with the last one */
extern const struct column_list COLUMNS_RAISES;           /**< 补差 */
extern const struct column_list COLUMNS_OVERPAID;         /**< 多发 */
extern const struct column_list COLUMNS_SPOTCHECKS;       /**< draws */
extern const struct column_list COLUMNS_SPOTCHECK;        /**< who was drawn */
extern const struct column_list COLUMNS_SPOTCHECK_COUNTS; /**< … what was found */
extern const struct column_list COLUMNS_INDICATORS;       /**< 指标 */
extern const struct column_list COLUMNS_INDICATOR_NAMES;  /**< … whom one is about */
extern const struct column_list COLUMNS_DIBAO_FORM;       /**< 城市低保统计表 */
extern const struct column_list COLUMNS_LINES;            /**< one column "line": verify */

/** A column's heading, width and type; NULL for an unknown id. */
const struct sheet_column *column_find(const char *id);
/** True for a column of amounts; screens and prints align them to the right. */
bool column_is_number(const char *id);
/** An empty sheet with the list's columns. */
struct sheet *column_sheet(const struct column_list *list);

#endif
