#include "tui/app/roles.h"

#include <stddef.h>
#include <string.h>

/* Ids and labels of the roles, in the same order. */
static const char *const ROLE_IDS[] = {"village", "street", "chief", "county", "admin", "auditor"};
static const char *const ROLE_LABELS[] = {"村级协理员", "镇街经办", "镇街负责人", "县区民政",
                                          "系统管理员", "审计员",   NULL};

const char *const *roles_labels(void)
{
    return ROLE_LABELS;
}

const char *roles_label(const char *role)
{
    for (size_t i = 0; ROLE_LABELS[i] != NULL; i++)
        if (strcmp(ROLE_IDS[i], role) == 0)
            return ROLE_LABELS[i];
    return role;
}

const char *roles_id(const char *label)
{
    for (size_t i = 0; ROLE_LABELS[i] != NULL; i++)
        if (strcmp(ROLE_LABELS[i], label) == 0)
            return ROLE_IDS[i];
    return label;
}
