/*
 * Makes the dates that matter of a programme.
 */
#include "form/dates.h"
#include "form/form_lookup.h"
#include "form/loader.h"

static enum result check_date(struct forms *forms, const struct form_builder *builder,
                              const struct date_origin *origin)
{
    const struct raw_date *raw = origin->raw;
    const struct form_field *list = form_field(builder->form, origin->list);

    if (*raw->what == '\0')
        return loader_refuse(forms, origin->source, origin->where, "日期没有名称（what）");
    if (*origin->list != '\0' && (list == NULL || list->column_count == 0))
        return loader_refuse(forms, origin->source, origin->where, "%s 不是明细字段", origin->list);
    if (raw->years < 0 || raw->years > 150 || raw->months < 0 || raw->months > 1200 ||
        (raw->years > 0 && raw->months > 0))
        return loader_refuse(forms, origin->source, origin->where,
                             "%s：years 是满多少周岁，months 是过多少个月，只能写一个", raw->what);
    return RESULT_OK;
}

static enum result make_date(struct forms *forms, struct form_builder *builder,
                             const struct date_origin *origin, struct form_date *date)
{
    const struct raw_date *raw = origin->raw;
    enum result result = check_date(forms, builder, origin);

    *date = (struct form_date){
        .what = raw->what,
        .list = origin->list,
        .years = raw->years,
        .months = raw->months,
        .stays = raw->stays,
        .say = loader_text_or_empty(raw->say),
        .undated = loader_text_or_empty(raw->undated),
    };
    if (result == 0)
        result = loader_compile_checked(forms, builder, origin->source, origin->where, origin->list,
                                        raw->on, &date->on);
    if (result == 0)
        result = loader_compile_checked(forms, builder, origin->source, origin->where, origin->list,
                                        raw->when, &date->when);
    return result;
}

enum result loader_make_dates(struct forms *forms, struct form_builder *builder)
{
    struct form *form = builder->form;
    enum result result = RESULT_OK;

    /* A block's conditions may use fields of the forms that use it. */
    if (form->subject == FORM_BLOCK)
        return RESULT_OK;
    struct form_date *dates = loader_array(forms, builder->date_count, sizeof *dates);
    for (size_t i = 0; i < builder->date_count && result == 0; i++)
        result = make_date(forms, builder, &builder->dates[i], &dates[i]);
    form->dates = dates;
    form->date_count = builder->date_count;
    return result;
}
