#include "domain/benefit.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *label;
} PARTS[] = {
    [BENEFIT_NOTE] = {"note", ""},           [BENEFIT_BASE] = {"base", "保障金"},
    [BENEFIT_ADD] = {"add", "分类救助"},     [BENEFIT_CARE] = {"care", "照料护理费"},
    [BENEFIT_TOPUP] = {"topup", "差额补足"}, [BENEFIT_TOTAL] = {"total", "合计"},
};

_Static_assert(sizeof PARTS / sizeof PARTS[0] == BENEFIT_PART_COUNT, "a row per part");

const char *benefit_part_name(enum benefit_part part)
{
    return PARTS[part].name;
}

enum benefit_part benefit_part_parse(const char *name)
{
    for (enum benefit_part part = 0; part < BENEFIT_PART_COUNT; part++)
        if (strcmp(PARTS[part].name, name) == 0)
            return part;
    return BENEFIT_PART_COUNT;
}

void benefit_free(struct benefit *benefit)
{
    for (size_t i = 0; i < benefit->line_count; i++) {
        free(benefit->lines[i].label);
        free(benefit->lines[i].how);
        free(benefit->lines[i].value);
    }
    free(benefit->lines);
    free(benefit->stated_why);
    str_free(&benefit->missing);
    str_free(&benefit->remarks);
    *benefit = (struct benefit){0};
}

bool benefit_is_due(month_t from, month_t until, day_t closed_on, month_t month)
{
    if (from == 0 || month < from || (until != 0 && month > until))
        return false;
    return closed_on == 0 || month <= month_of(closed_on);
}

void benefit_add_line(struct benefit *benefit, const struct benefit_line *line)
{
    mem_grow((void **)&benefit->lines, benefit->line_count, &benefit->line_capacity, sizeof *line);
    benefit->lines[benefit->line_count++] = *line;
}

void benefit_add_missing(struct benefit *benefit, const char *what)
{
    const char *text = str_text(&benefit->missing);
    size_t length = strlen(what);

    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        bool begins = at == text || strncmp(at - strlen("；"), "；", strlen("；")) == 0;
        if (begins && (at[length] == '\0' || text_starts(at + length, "；")))
            return;
    }
    str_printf(&benefit->missing, "%s%s", benefit->missing.length > 0 ? "；" : "", what);
}

void benefit_sum_up(struct benefit *benefit)
{
    benefit->known = benefit->paid;
    for (enum benefit_part part = 0; part < BENEFIT_TOTAL; part++)
        benefit->sums[part] = (struct benefit_sum){.known = true};
    for (size_t i = 0; i < benefit->line_count; i++) {
        const struct benefit_line *line = &benefit->lines[i];
        struct benefit_sum *sum = &benefit->sums[line->part];
        sum->present = true;
        sum->known = sum->known && line->known;
        sum->fen += line->known ? line->fen : 0;
    }
    benefit->total = 0;
    for (enum benefit_part part = BENEFIT_BASE; part < BENEFIT_TOTAL; part++) {
        benefit->known = benefit->known && benefit->sums[part].known;
        benefit->total += benefit->sums[part].fen;
    }
}

void benefit_state(struct benefit *benefit, enum benefit_part part, int64_t fen)
{
    benefit->has_stated = true;
    benefit->entered[part] = (struct benefit_sum){.present = true, .known = true, .fen = fen};
}

static void compare_part(struct benefit *benefit, enum benefit_part part,
                         const struct benefit_sum *computed)
{
    const struct benefit_sum *entered = &benefit->entered[part];

    if (!computed->known || entered->fen == computed->fen)
        return;
    char *yuan = text_from_fen(computed->fen);
    char *stated = text_from_fen(entered->fen);
    benefit->differs = true;
    str_printf(&benefit->remarks, "%s%s%s%s，计算 %s", benefit->remarks.length > 0 ? "；" : "",
               PARTS[part].label, entered->present ? "录入 " : "未录入",
               entered->present ? stated : "", yuan);
    free(yuan);
    free(stated);
}

void benefit_compare(struct benefit *benefit)
{
    const struct benefit_sum total = {.known = benefit->known, .fen = benefit->total};

    if (!benefit->has_stated)
        return;
    benefit->stated = benefit->entered[BENEFIT_TOTAL].fen;
    if (benefit->entered[BENEFIT_TOTAL].present) {
        if (benefit->paid)
            compare_part(benefit, BENEFIT_TOTAL, &total);
        return;
    }
    for (enum benefit_part part = BENEFIT_BASE; part < BENEFIT_TOTAL; part++) {
        benefit->stated += benefit->entered[part].fen;
        if (benefit->paid)
            compare_part(benefit, part, &benefit->sums[part]);
    }
}

int64_t benefit_of_person(const struct benefit *benefit, enum benefit_part part, uint64_t person,
                          bool *ret_known)
{
    int64_t fen = 0;

    *ret_known = true;
    for (size_t i = 0; i < benefit->line_count; i++) {
        const struct benefit_line *line = &benefit->lines[i];
        if (line->part != part || line->person != person)
            continue;
        *ret_known = *ret_known && line->known;
        fen += line->known ? line->fen : 0;
    }
    return fen;
}

const struct benefit_line *benefit_line_find(const struct benefit *benefit, const char *id)
{
    for (size_t i = 0; i < benefit->line_count; i++)
        if (strcmp(benefit->lines[i].id, id) == 0)
            return &benefit->lines[i];
    return NULL;
}

bool benefit_payable(const struct benefit *benefit, int64_t *ret_fen)
{
    bool reasoned = benefit->stated_why != NULL && *benefit->stated_why != '\0';

    if (!benefit->paid || (!benefit->known && !benefit->has_stated))
        return false;
    if (benefit->has_stated && (reasoned || !benefit->known))
        *ret_fen = benefit->stated;
    else
        *ret_fen = benefit->total;
    return true;
}

char *benefit_words(const struct benefit *benefit)
{
    const char *missing = str_text(&benefit->missing);
    const char *remarks = str_text(&benefit->remarks);

    return mem_printf("%s%s%s", missing, *missing != '\0' && *remarks != '\0' ? "；" : "", remarks);
}
