#include "form/amounts.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/loader.h"
#include "form/overlay.h"

#include <stdio.h>
#include <stdlib.h>

/** The amounts of the file; owned by the catalogue. */
struct amounts {
    const char *path;
    size_t count;
    struct form_amount *items;
};

static enum result make_amount(struct forms *forms, const struct source *source, size_t index,
                               struct form_amount *amount)
{
    const struct raw_amount *raw = &source->amounts->items[index];
    char where[WHERE_TEXT];

    (void)snprintf(where, sizeof where, "amounts.%zu", index);
    *amount = (struct form_amount){.name = raw->name, .area = raw->area, .source = raw->source};
    if (*raw->name == '\0' || text_has_control(raw->name))
        return loader_refuse(forms, source, where, "没有标准名称，请在 name 写明");
    if (*raw->source == '\0' || text_has_control(raw->source))
        return loader_refuse(forms, source, where, "没有来源，请在 source 写明文件或公告");
    if (date_parse(raw->from, &amount->from) != 0)
        return loader_refuse(forms, source, where, "起始日期 %s 不对，应如 2026-07-01", raw->from);
    if (text_to_fen(raw->yuan, &amount->fen) != 0)
        return loader_refuse(forms, source, where,
                             "金额 %s 不对，请以元为单位填写，如 792 或 792.50", raw->yuan);
    if (amount->fen <= 0)
        return loader_refuse(forms, source, where, "金额 %s 应大于 0；没有核实的金额请删去这一行",
                             raw->yuan);
    return RESULT_OK;
}

enum result amounts_load(struct forms *forms, const struct overlay *overlay)
{
    struct amounts *amounts = loader_array(forms, 1, sizeof *amounts);
    struct source *source = NULL;
    char *path = overlay_path(overlay, AMOUNTS_FILE);
    enum result result =
        source_read(path, SOURCE_AMOUNTS, &forms->memory, &forms->scaffold, &source, &forms->error);

    forms->amounts = amounts;
    amounts->path = loader_text(forms, "%s", path);
    free(path);
    if (result != 0)
        return result;
    amounts->count = source->amounts->item_count;
    amounts->items = loader_array(forms, amounts->count, sizeof *amounts->items);
    for (size_t i = 0; i < amounts->count && result == 0; i++)
        result = make_amount(forms, source, i, &amounts->items[i]);
    source_free(&source);
    return result;
}

const struct form_amount *forms_amount(const struct forms *forms, size_t index)
{
    return index < forms->amounts->count ? &forms->amounts->items[index] : NULL;
}

char *forms_amount_place(const struct forms *forms, size_t index)
{
    char where[WHERE_TEXT];

    (void)snprintf(where, sizeof where, "amounts.%zu", index);
    return source_place(forms->amounts->path, SOURCE_AMOUNTS, where);
}
