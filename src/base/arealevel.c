#include "base/arealevel.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *id, *label;
} LEVELS[] = {
    {"province", "省"}, {"city", "市"},          {"county", "县区"},
    {"street", "镇街"}, {"village", "村(社区)"},
};

const char *arealevel_label(const char *level)
{
    for (size_t i = 0; i < sizeof LEVELS / sizeof LEVELS[0]; i++)
        if (strcmp(LEVELS[i].id, level) == 0)
            return LEVELS[i].label;
    return level;
}
