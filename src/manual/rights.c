/**
 * The part of the manual about rights.
 */
#include "manual/manual.h"
#include "service/access.h"

static const enum role ROLES[] = {ROLE_VILLAGE, ROLE_STREET, ROLE_CHIEF,
                                  ROLE_COUNTY,  ROLE_ADMIN,  ROLE_AUDITOR};

enum { ROLES_COUNT = sizeof ROLES / sizeof ROLES[0] };

/** False for an action of all roles or of the system alone: it does not distinguish roles. */
static bool tells_apart(enum action action)
{
    size_t may = 0;

    for (size_t i = 0; i < ROLES_COUNT; i++)
        may += access_allowed(ROLES[i], "", action, "") ? 1 : 0;
    return may > 0 && may < ROLES_COUNT;
}

void manual_rights(struct str *text)
{
    str_add(text, "\n| |");
    for (size_t i = 0; i < ROLES_COUNT; i++)
        str_printf(text, " %s |", access_role_label(ROLES[i]));
    str_add(text, "\n|---|");
    for (size_t i = 0; i < ROLES_COUNT; i++)
        str_add(text, ":-:|");
    str_add(text, "\n");
    for (enum action action = 0; action < ACTION_COUNT_; action++) {
        if (!tells_apart(action))
            continue;
        str_printf(text, "| %s |", access_find(action)->label);
        for (size_t i = 0; i < ROLES_COUNT; i++)
            str_add(text, !access_allowed(ROLES[i], "", action, "") ? " |"
                          : access_own_only(ROLES[i], action)       ? " 本人的 |"
                                                                    : " ✓ |");
        str_add(text, "\n");
    }
    str_add(text, "\n");
}
