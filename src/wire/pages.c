#include "wire/pages.h"

#include "base/mem.h"

#include <stdlib.h>

static void forget(struct pages *pages)
{
    free(pages->after);
    if (pages->behind != NULL)
        wire__due_place__free_unpacked(pages->behind, NULL);
    *pages = (struct pages){0};
}

void pages_ask(const struct pages *pages, Wire__Request *request, char **after)
{
    if (after != NULL)
        *after = pages->after != NULL ? pages->after : (char *)protobuf_c_empty_string;
    if (request->what_case == WIRE__REQUEST__WHAT_DUE)
        request->due->behind = pages->behind;
    if (request->what_case == WIRE__REQUEST__WHAT_SHEET_MAKE && request->sheet_make->list != NULL)
        request->sheet_make->list->behind = pages->behind;
}

bool pages_take(struct pages *pages, Wire__Response *response)
{
    forget(pages);
    pages->behind = response->due_next;
    response->due_next = NULL;
    if (response->what_case == WIRE__RESPONSE__WHAT_SHEET && response->sheet->next[0] != '\0')
        pages->after = mem_copy(response->sheet->next);
    return pages->behind != NULL || pages->after != NULL;
}

void pages_free(struct pages *pages, Wire__Request *request, char **after)
{
    forget(pages);
    pages_ask(pages, request, after);
}
