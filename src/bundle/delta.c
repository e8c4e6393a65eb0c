#include "bundle/delta.h"

#include "base/mem.h"
#include "base/paths.h"
#include "bundle/seal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FULL_DAYS = 7 };

void delta_add_key(struct str *key, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            str_add_char(key, '|');
        for (const char *at = cells[i]; *at != '\0'; at++) {
            if (*at == '\\' || *at == '|' || *at == '\n')
                str_add_char(key, '\\');
            str_add_char(key, *at == '\n' ? 'n' : *at);
        }
    }
}

void delta_add_columns(struct str *text, const struct extract_file *file)
{
    for (size_t i = 0; i < file->column_count; i++) {
        str_add(text, i > 0 ? "," : "");
        str_add(text, file->columns[i]);
    }
}

/** True if the state has all files of the bundle, with these columns. */
static bool knows_all(const struct rowstate *state)
{
    const struct extract_file *file;
    bool known = true;

    for (size_t i = 0; known && (file = extract_at(i)) != NULL; i++) {
        struct str columns = {0};
        delta_add_columns(&columns, file);
        known = rowstate_knows(state, file->name, str_text(&columns));
        str_free(&columns);
    }
    return known;
}

/** True if the bundle lies in the folder, plain or sealed. */
static bool lies_in(const char *directory, const char *name)
{
    char *plain = paths_join(directory, name);
    char *sealed = mem_printf("%s" SEAL_ENDING, plain);
    bool found = access(plain, F_OK) == 0 || access(sealed, F_OK) == 0;

    free(sealed);
    free(plain);
    return found;
}

bool delta_will_do(const struct rowstate *state, const struct delta_ask *ask)
{
    const struct rowstate_bundle *last = rowstate_last(state);

    return last != NULL && last->number + 1 == ask->number &&
           strcmp(last->manifest, ask->previous) == 0 && ask->date >= last->full_on &&
           ask->date - last->full_on < FULL_DAYS && lies_in(ask->directory, last->name) &&
           knows_all(state);
}
