#include "service/keeping/areas.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/usecase.h"
#include "service/memory/reading.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct area_listing {
    const char *parent;
    bool all;
    struct sheet *sheet;
};

static bool is_listed(const struct area_listing *listing, const Rec__Area *area)
{
    if (listing->all)
        return area_contains(listing->parent, area->code);
    return strcmp(area->parent, listing->parent) == 0;
}

static enum result list_areas(struct usecase *usecase, void *arg)
{
    struct area_listing *listing = arg;
    const Rec__Area *area;

    sheet_free(&listing->sheet);
    listing->sheet = column_sheet(&COLUMNS_AREAS);
    for (size_t i = 0; (area = cache_area_at(usecase->service->cache, i)) != NULL; i++) {
        if (!is_listed(listing, area))
            continue;
        size_t row = sheet_add_row(listing->sheet);
        sheet_set(listing->sheet, row, "code", area->code);
        sheet_set(listing->sheet, row, "name", area->name);
        sheet_set(listing->sheet, row, "parent", area->parent);
        sheet_set(listing->sheet, row, "level", area->level);
    }
    return RESULT_OK;
}

enum result areas_list(struct service *service, const struct caller *caller, const char *parent,
                       bool all, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct area_listing listing = {.parent = service_area(service), .all = all};

    reply_free(reply);
    if (parent != NULL && *parent != '\0') {
        if (area_parse(parent, code) != 0)
            return reply_say(reply, RESULT_INVALID, "区划代码 %s 不对，应为 2 至 12 位数字。",
                             parent);
        listing.parent = code;
    }
    enum result result =
        usecase_read(service, caller, ACTION_AREAS, NULL, list_areas, &listing, reply);
    if (result == 0)
        *ret_sheet = listing.sheet;
    else
        sheet_free(&listing.sheet);
    return result;
}
