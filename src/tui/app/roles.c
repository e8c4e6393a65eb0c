#include "tui/app/roles.h"

#include "base/role.h"

#include <stddef.h>
#include <string.h>

#define ID(name, id, label) id,
#define LABEL(name, id, label) label,

/* Ids and labels of the roles, in the same order. */
static const char *const ROLE_IDS[] = {ROLE_TABLE(ID)};
static const char *const ROLE_LABELS[] = {ROLE_TABLE(LABEL) NULL};

#undef ID
#undef LABEL

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
