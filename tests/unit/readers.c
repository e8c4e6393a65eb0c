#include "tests/unit/readers.h"

#include "service/access.h"

bool readers_may(const char *right)
{
    const struct access_action *action = access_find_id(right);

    return action != NULL && (action->roles & (1u << ROLE_AUDITOR)) != 0;
}
