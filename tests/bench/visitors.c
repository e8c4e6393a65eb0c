#include "visitors.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/sheet.h"
#include "service/officers/officer.h"
#include "wire/convert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STREET_DIGITS = 9 };

/** A street: its people stand together. */
struct street {
    char code[STREET_DIGITS + 1];
    char officer[32];
    size_t first, count;
    size_t clients;
};

// ---- reading

static enum result read_people(const struct bench *bench, struct visitors *people)
{
    char *path = mem_printf("%s/rows/people.tsv", bench->scratch);
    FILE *file = fopen(path, "re");
    struct visitee one;

    if (file == NULL) {
        bench_say(RESULT_NOINPUT, "%s is missing: run the theme dump first", path);
        free(path);
        return RESULT_NOINPUT;
    }
    while (fscanf(file, "%18s %12s %" SCNu64, one.id_no, one.area, &one.case_id) == 3) {
        mem_grow((void **)&people->items, people->count, &people->capacity, sizeof one);
        people->items[people->count++] = one;
    }
    fclose(file);
    free(path);
    return people->count > 0 ? RESULT_OK : bench_say(RESULT_INVALID, "nobody is owed a visit");
}

static size_t find_streets(const struct visitors *people, struct street **ret_streets)
{
    struct street *streets = NULL;
    size_t count = 0;
    size_t capacity = 0;

    for (size_t i = 0; i < people->count; i++) {
        const char *area = people->items[i].area;
        if (count == 0 || strncmp(streets[count - 1].code, area, STREET_DIGITS) != 0) {
            mem_grow((void **)&streets, count, &capacity, sizeof *streets);
            streets[count] = (struct street){.first = i};
            memcpy(streets[count++].code, area, STREET_DIGITS);
        }
        streets[count - 1].count++;
    }
    *ret_streets = streets;
    return count;
}

static enum result find_officers(const struct bench *bench, struct street *streets, size_t count)
{
    Wire__OfficerList list = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct client *client = NULL;
    struct sheet *sheet;
    enum result result = server_open(bench, NULL, &client);

    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &list;
    if (result == 0)
        result = server_ask(client, &request, &response);
    client_close(&client);
    if (result != 0)
        return result;
    sheet = wire_sheet_read(response->sheet);
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *area = sheet_get(sheet, row, "area");
        for (size_t i = 0; i < count && strcmp(sheet_get(sheet, row, "role"), "镇街经办") == 0; i++)
            if (strncmp(streets[i].code, area, STREET_DIGITS) == 0)
                snprintf(streets[i].officer, sizeof streets[i].officer, "%s",
                         sheet_get(sheet, row, "id"));
    }
    sheet_free(&sheet);
    client_response_free(&response);
    return RESULT_OK;
}

// ---- sharing out

/** Each further client goes where most people are left for one. */
static void place_clients(struct street *streets, size_t count, size_t clients)
{
    for (; clients > 0; clients--) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++)
            if (streets[i].count / (streets[i].clients + 1) >
                streets[best].count / (streets[best].clients + 1))
                best = i;
        streets[best].clients++;
    }
}

static void share_out(struct visitors *people, const struct street *streets, size_t count,
                      size_t clients)
{
    people->visitors = mem_array(clients, sizeof *people->visitors);
    for (size_t i = 0; i < count; i++) {
        for (size_t nth = 0; nth < streets[i].clients; nth++) {
            struct visitor *visitor = &people->visitors[people->visitor_count++];
            memcpy(visitor->officer, streets[i].officer, sizeof visitor->officer);
            memcpy(visitor->street, streets[i].code, sizeof visitor->street);
            visitor->first = streets[i].first + streets[i].count * nth / streets[i].clients;
            visitor->count = streets[i].first + streets[i].count * (nth + 1) / streets[i].clients -
                             visitor->first;
        }
    }
}

enum result visitors_load(const struct bench *bench, struct visitors *people)
{
    struct street *streets = NULL;
    enum result result = read_people(bench, people);

    if (result == 0) {
        size_t count = find_streets(people, &streets);
        result = find_officers(bench, streets, count);
        place_clients(streets, count, bench->clients);
        share_out(people, streets, count, bench->clients);
        if (visitors_least(people) == 0)
            result = bench_say(RESULT_INVALID, "too few people for %zu clients", bench->clients);
    }
    free(streets);
    return result;
}

const struct visitee *visitors_of(const struct visitors *people, size_t visitor, size_t nth)
{
    const struct visitor *who = &people->visitors[visitor];

    return &people->items[who->first + nth % who->count];
}

size_t visitors_least(const struct visitors *people)
{
    size_t least = SIZE_MAX;

    for (size_t i = 0; i < people->visitor_count; i++)
        if (people->visitors[i].count < least)
            least = people->visitors[i].count;
    return least;
}

void visitors_free(struct visitors *people)
{
    free(people->items);
    free(people->visitors);
    *people = (struct visitors){0};
}

// ---- visits

struct visit visitors_visit(const struct visitors *people, const struct bench *bench,
                            size_t visitor, size_t nth, unsigned run)
{
    static const char *const MODES[] = {"上门", "电话", "视频", "上门"};
    static const char *const BY[] = {"刘洋", "王桂兰", "陈静静"};
    int days = bench->today - month_first(month_of(bench->today)) + 1;

    return (struct visit){
        .of = visitors_of(people, visitor, nth),
        .officer = people->visitors[visitor].officer,
        .date = bench->today - (day_t)((nth + run) % (size_t)days),
        .mode = MODES[(nth + visitor) % COUNT(MODES)],
        .result = "成功",
        .by = BY[nth % COUNT(BY)],
        .names = {"health", "safety", "needs", "note"},
        .values = {"正常", "正常", "就医", "老人身体尚可，家中用电安全，已嘱咐按时服药。"},
    };
}
