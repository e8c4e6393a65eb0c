/**
 * A record of an elder and one of a household that their forms accept, and today.
 */
#ifndef DOUDI_TESTS_FORMS_VALUES_H
#define DOUDI_TESTS_FORMS_VALUES_H

#include "base/date.h"
#include "base/fields.h"

static const char ID_NO[] = "211122194512156810";

static inline day_t today(void)
{
    return date_make(2026, 11, 23);
}

struct pair {
    const char *name, *value;
};

static inline void put(struct fields *values, const struct pair *pairs)
{
    for (; pairs->name != NULL; pairs++)
        fields_set(values, pairs->name, pairs->value);
}

/* An elder who is accepted as she is. */
static const struct pair elder[] = {
    {"person.name", "王桂兰"},
    {"person.id_no", ID_NO},
    {"person.area", "211122001003"},
    {"categories", "独居"},
    {"tier", "高"},
    {"in_on", "2025-08-25"},
    {NULL, NULL},
};

/* A household that is accepted as it is. */
static const struct pair household[] = {
    {"area", "211104101007"},
    {"income", "1,250.00"},
    {"from_m", "2024-10"},
    {"cls", "B"},
    {"members.0.name", "谭怡晓"},
    {"members.0.id_no", "211104195103052828"},
    {"members.0.m_rel", "父亲"},
    {"members.0.m_cov", "否"},
    {"members.1.name", "曹俊贵"},
    {"members.1.id_no", "211104196008071419"},
    {"members.1.m_rel", "户主"},
    {"members.1.m_cov", "是"},
    {NULL, NULL},
};

#endif
