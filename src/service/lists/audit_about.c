/*
 * The record of an event in words that officers know: the store names it "case:228".
 */
#include "db/round.h"
#include "service/lists/audit_private.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/lists/audit.h"
#include "service/lists/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *about_officer(struct usecase *usecase, const char *id)
{
    char *name = strcmp(id, "system") == 0 ? mem_copy("系统") : NULL;
    Rec__Officer *officer = NULL;

    if (name == NULL && store_officer_get(usecase->txn, id, &officer) == 0) {
        name = mem_printf("%s %s", id, officer->name);
        rec__officer__free_unpacked(officer, NULL);
    }
    return name != NULL ? name : mem_copy(id);
}

static char *person_name(struct usecase *usecase, uint64_t id)
{
    Rec__Person *person = NULL;
    char *name = NULL;

    if (store_person_get(usecase->txn, id, &person) == 0) {
        name = mem_copy(person->name);
        rec__person__free_unpacked(person, NULL);
    }
    return name != NULL ? name : mem_copy("（已删去的人员）");
}

static char *about_person(struct usecase *usecase, const char *id)
{
    return person_name(usecase, strtoull(id, NULL, 10));
}

static char *about_case(struct usecase *usecase, const char *id)
{
    Rec__Case *casefile = NULL;
    char *name;
    char *text;

    if (store_case_get(usecase->txn, strtoull(id, NULL, 10), &casefile) != 0)
        return mem_copy("（已删去的个案）");
    name = person_name(usecase, casefile->person);
    text = mem_printf("%s %s", casefile->number, name);
    rec__case__free_unpacked(casefile, NULL);
    free(name);
    return text;
}

/** "PERSON:2026-11-20:1" */
static char *about_visit(struct usecase *usecase, const char *visit)
{
    const char *date = strchr(visit, ':');
    char *name = person_name(usecase, strtoull(visit, NULL, 10));
    char *text = mem_printf("%s %.10s", name, date != NULL ? date + 1 : "");

    free(name);
    return text;
}

/** "2026-11:211102002000" or a month alone. */
static char *about_month(struct usecase *usecase, const char *month)
{
    const char *area = strchr(month, ':');

    return mem_printf("%.7s %s", month,
                      area != NULL ? service_area_name(usecase->service, area + 1) : "");
}

/** "2026-11:211102002000:2" */
static char *about_spotcheck(struct usecase *usecase, const char *spotcheck)
{
    const char *number = strrchr(spotcheck, ':');
    char code[AREA_TEXT] = "";

    if (strlen(spotcheck) > MONTH_TEXT)
        (void)snprintf(code, sizeof code, "%.12s", spotcheck + MONTH_TEXT);
    return mem_printf("%.7s %s 第 %s 次抽查", spotcheck, service_area_name(usecase->service, code),
                      number != NULL ? number + 1 : "");
}

static char *about_area(struct usecase *usecase, const char *code)
{
    return mem_printf("区划 %s %s", code, service_area_name(usecase->service, code));
}

static char *about_print(struct usecase *usecase, const char *what)
{
    (void)usecase;
    return mem_copy(history_print_label(what));
}

static char *about_itself(struct usecase *usecase, const char *name)
{
    (void)usecase;
    return mem_copy(name);
}

static char *about_proposal(struct usecase *usecase, const char *id)
{
    (void)usecase;
    return mem_printf("草拟的个案 %s", id);
}

static char *about_round(struct usecase *usecase, const char *id)
{
    Rec__Round *round = NULL;

    if (store_round_get(usecase->txn, strtoull(id, NULL, 10), &round) != 0)
        return mem_printf("专项走访 %s", id);
    char *text = mem_printf("专项走访 %s", round->name);
    rec__round__free_unpacked(round, NULL);
    return text;
}

static const struct {
    const char *prefix;
    char *(*words)(struct usecase *usecase, const char *rest);
} KINDS[] = {
    {"officer:", about_officer}, {"case:", about_case},           {"person:", about_person},
    {"visit:", about_visit},     {"month:", about_month},         {"print:", about_print},
    {"standard:", about_itself}, {"import:", about_itself},       {"proposal:", about_proposal},
    {"area:", about_area},       {"spotcheck:", about_spotcheck}, {"round:", about_round},
};

static const struct {
    const char *record, *words;
} WHOLES[] = {{"home", "整个数据目录"}, {"demo", "演示数据"}};

char *audit_about(struct usecase *usecase, const char *record)
{
    for (size_t i = 0; i < sizeof WHOLES / sizeof WHOLES[0]; i++)
        if (strcmp(WHOLES[i].record, record) == 0)
            return mem_copy(WHOLES[i].words);
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (text_starts(record, KINDS[i].prefix))
            return KINDS[i].words(usecase, record + strlen(KINDS[i].prefix));
    return mem_copy(record);
}

char *audit_who(struct usecase *usecase, const char *officer)
{
    return about_officer(usecase, officer);
}
