/**
 * Rights: role × action × area, one table.
 *
 * Every use case names its action; usecase_write() and usecase_read() check the right before they
 * do anything else. An officer's right holds in the officer's own area only; admin and auditor have
 * no area.
 *
 * Threads: any; the tables are constant.
 */
#ifndef DOUDI_SERVICE_ACCESS_H
#define DOUDI_SERVICE_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

enum role {
    ROLE_NONE,    /**< not logged in */
    ROLE_VILLAGE, /**< 村级协理员 */
    ROLE_STREET,  /**< 镇街经办 */
    ROLE_CHIEF,   /**< 镇街负责人 */
    ROLE_COUNTY,  /**< 县区 */
    ROLE_ADMIN,   /**< 系统管理员: no case data */
    ROLE_AUDITOR, /**< 审计员: events and statements, read only */
    ROLE_SYSTEM,  /**< the account that owns the home: timers and maintenance */
    ROLE_COUNT_
};

enum action {
    ACTION_LOGIN,
    ACTION_LOGOUT,
    ACTION_PASSWORD,
    ACTION_HOME,
    ACTION_DUE,
    ACTION_SHEET_MAKE,
    ACTION_SHEET_READ,
    ACTION_BOARD,
    ACTION_WHY,
    ACTION_SUSPICIOUS,
    ACTION_STATEMENT,
    ACTION_MONTH_OPEN,
    ACTION_MONTH_CLOSE,
    ACTION_MONTH_REOPEN,
    ACTION_EXCUSE_ASK,
    ACTION_EXCUSE_DECIDE,
    ACTION_VISIT_ADD,
    ACTION_VISIT_VOID,
    ACTION_REVIEW_ADD,
    ACTION_ALARM_LIST,
    ACTION_ALARM_TAKE,
    ACTION_ALARM_DONE,
    ACTION_FIND,
    ACTION_CASE_LIST,
    ACTION_CASE_OPEN,
    ACTION_CASE_SAVE,
    ACTION_CASE_DRAFT,
    ACTION_CASE_CLOSE,
    ACTION_CASE_REOPEN,
    ACTION_CASE_LOG,
    ACTION_STEP_LIST,
    ACTION_STEP_DO,
    ACTION_IMPORT,
    ACTION_PRINT,
    ACTION_HISTORY,
    ACTION_DRAFT,
    ACTION_AREAS,
    ACTION_AREA_CHANGE,
    ACTION_OFFICER_LIST,
    ACTION_OFFICER_EDIT,
    ACTION_STANDARD_LIST,
    ACTION_STANDARD_SET,
    ACTION_AUDIT,
    ACTION_STATUS,
    ACTION_WORKDAY,
    ACTION_MONITOR,
    ACTION_EXPORT,
    ACTION_BACKUP,
    ACTION_VERIFY,
    ACTION_CLOCK,
    ACTION_INIT,
    ACTION_DEMO,
    ACTION_INGEST,
    ACTION_OVERLAP,
    ACTION_SENDERS,
    ACTION_COUNT_
};

struct access_action {
    enum action action;
    const char *id;    /**< "visit.add"; in events and in Account.actions */
    const char *label; /**< 登记探访 */
    unsigned roles;    /**< bit (1u << role) */
    bool logged; /**< leaves an event even if nothing is written (openings, prints, exports) */
    /** its write may use the store's reserve (db/store.h, STORE_EVENT): logins, and the results of
     *  nightly work */
    bool reserve;
    bool at_source; /**< changes case data: not in a home that takes them in (service_collects()) */
    bool collecting; /**< only in a home that takes in others' data */
    bool alone;      /**< no other write runs meanwhile (closing a month, changing a rule) */
};

const struct access_action *access_find(enum action action);
const struct access_action *access_find_id(const char *id);

/** True if the role may do the action; with an area (not NULL or ""), if it may do it there. `home`
 *  is the officer's own area. */
bool access_allowed(enum role role, const char *home, enum action action, const char *area);

const char *access_role_name(enum role role);  /**< "street" */
const char *access_role_label(enum role role); /**< 镇街经办 */
enum role access_role_parse(const char *name); /**< ROLE_NONE if unknown */

#endif
