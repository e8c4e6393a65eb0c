#include "form/example.h"

#include "base/text.h"

#include <string.h>

bool form_example_standard(const char *name, int64_t *ret_value, void *arg)
{
    const struct form_example *example = arg;
    const struct form_pairs *standards = &example->standards;

    for (size_t i = 0; i < standards->count; i++)
        if (strcmp(standards->items[i].name, name) == 0)
            return text_to_fen(standards->items[i].value, ret_value) == 0;
    return false;
}
