#include "service/keeping/areas.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
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
    bool all, gone;
    struct sheet *sheet;
};

static bool is_listed(const struct area_listing *listing, const Rec__Area *area)
{
    if (!listing->gone && !cache_area_lives(area))
        return false;
    if (listing->all)
        return area_contains(listing->parent, area->code);
    return strcmp(area->parent, listing->parent) == 0;
}

/** "团结社区（到 2026-11-30 为止）" for each earlier name. */
static char *say_former(const Rec__Area *area)
{
    struct str text = {0};
    char day[DATE_TEXT];

    for (size_t i = 0; i < area->n_former; i++)
        str_printf(&text, "%s%s（到 %s 为止）", i > 0 ? "、" : "", area->former[i]->name,
                   date_format(area->former[i]->until - 1, day));
    return str_take(&text);
}

static void list_area(const struct service *service, const Rec__Area *area, struct sheet *sheet)
{
    size_t row = sheet_add_row(sheet);
    char *former = say_former(area);
    char day[DATE_TEXT];

    sheet_set(sheet, row, "code", area->code);
    sheet_set(sheet, row, "name", area->name);
    sheet_set(sheet, row, "parent", area->parent);
    sheet_set(sheet, row, "level", area->level);
    sheet_set(sheet, row, "from", date_format(area->from, day));
    sheet_set(sheet, row, "until", date_format(area->until, day));
    sheet_set(sheet, row, "successor", area->successor);
    sheet_set(sheet, row, "successor_name", service_area_name(service, area->successor));
    sheet_set(sheet, row, "former", former);
    free(former);
}

static enum result list_areas(struct usecase *usecase, void *arg)
{
    struct area_listing *listing = arg;
    const Rec__Area *area;

    sheet_free(&listing->sheet);
    listing->sheet = column_sheet(&COLUMNS_AREAS);
    for (size_t i = 0; (area = cache_area_at(usecase->service->cache, i)) != NULL; i++)
        if (is_listed(listing, area))
            list_area(usecase->service, area, listing->sheet);
    return RESULT_OK;
}

enum result areas_list(struct service *service, const struct caller *caller, const char *parent,
                       bool all, bool gone, struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct area_listing listing = {.parent = service_area(service), .all = all, .gone = gone};

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
