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

#include "service/action_list.h"

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

struct access_action {
    enum action action;
    const char *id;    /**< "visit.add"; in events and in Account.actions */
    const char *label; /**< 登记探访 */
    unsigned roles;    /**< bit (1u << role) */
    unsigned own;      /**< those of them that see only what they did themselves */
    bool logged; /**< leaves an event even if nothing is written (openings, prints, exports) */
    /** its write may use the store's reserve (db/store.h, STORE_EVENT): logins, and the results of
     *  nightly work */
    bool reserve;
    bool at_source; /**< changes case data: not in a home that takes them in (service_collects()) */
    bool collecting; /**< only in a home that takes in others' data */
    bool lent;  /**< a substitute has it where the officer on leave is (service/memory/lent.h) */
    bool alone; /**< no other write runs meanwhile (closing a month, changing a rule) */
};

const struct access_action *access_find(enum action action);
const struct access_action *access_find_id(const char *id);

/** True if the role may do the action; with an area (not NULL or ""), if it may do it there. `home`
 *  is the officer's own area. */
bool access_allowed(enum role role, const char *home, enum action action, const char *area);

/** True if the role may do the action only with what the officer did. */
bool access_own_only(enum role role, enum action action);

const char *access_role_name(enum role role);  /**< "street" */
const char *access_role_label(enum role role); /**< 镇街经办 */
enum role access_role_parse(const char *name); /**< ROLE_NONE if unknown */

#endif
