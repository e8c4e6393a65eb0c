/**
 * Six people and the sheets (应访表) of the two villages of their street: what the tests of printed
 * sheets begin with.
 */
#ifndef DOUDI_TESTS_UNIT_PAPER_SCENE_H
#define DOUDI_TESTS_UNIT_PAPER_SCENE_H

#include "service_fixture.h"

#include "base/sheetcode.h"
#include "service/ledger/visit_entry.h"
#include "service/lists/paper.h"

#define MONTH "2026-11"

extern const struct due_query SCENE_ALL;

enum { WANG, OUYANG, LI, ZHAO, SUN, ZHOU, PEOPLE_COUNT };

extern const struct scene_person {
    const char *name, *area, *tier;
} SCENE_PEOPLE[PEOPLE_COUNT];

struct scene {
    struct fixture *fixture;
    uint64_t cases[PEOPLE_COUNT];
    struct sheet *made; /* of the street's officer */
    char codes[2][SHEETCODE_TEXT];
};

struct sheet *scene_make(struct fixture *fixture, const struct caller *caller,
                         const struct due_query *query);
struct scene scene_begin(struct fixture *fixture);
/** The home must verify. */
void scene_end(struct scene *scene);
struct sheet *scene_read(struct scene *scene, const struct caller *caller, const char *code,
                         enum result expected);
/** The row of a person on their sheet, from 1. */
uint32_t scene_row(const struct sheet *sheet, uint64_t case_id);
/** The cell of a person of the first village; new string. */
char *scene_cell(struct scene *scene, int person, const char *column);
void scene_expect_cell(struct scene *scene, int person, const char *column, const char *words);
enum result scene_enter_row(struct scene *scene, const struct caller *caller, int person,
                            uint32_t row, const char *date, const char *result);
enum result scene_enter(struct scene *scene, int person, const char *date);
void scene_expect_words(struct scene *scene, const char *words);

#endif
