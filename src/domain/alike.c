#include "domain/alike.h"

#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void alike_person_free(struct alike_person *person)
{
    free(person->name);
    free(person->id_no);
    free(person->phone);
    free(person->address);
    pinyin_keys_free(&person->keys);
    *person = (struct alike_person){0};
}

// ---- names

enum names { NAMES_OTHER, NAMES_SAME, NAMES_READ_SAME, NAMES_ONE_APART };

static const char *const NAME_WORDS[] = {
    [NAMES_OTHER] = "姓名不同",
    [NAMES_SAME] = "姓名相同",
    [NAMES_READ_SAME] = "姓名同音",
    [NAMES_ONE_APART] = "姓名差一字",
};

/** True if one character was exchanged, added or left out. */
static bool one_apart(const char *a, const char *b)
{
    size_t longer = text_length(a), shorter = text_length(b);
    uint32_t code = 0;

    if (longer < shorter)
        return one_apart(b, a);
    if (shorter < 2 || longer - shorter > 1)
        return false;
    while (*b != '\0' && *a == *b)
        a++, b++;
    /* Back to where the character began in which they differ. */
    while (((unsigned char)*a & 0xC0) == 0x80)
        a--, b--;
    a += text_next(a, &code);
    if (longer == shorter)
        b += text_next(b, &code);
    return strcmp(a, b) == 0;
}

static bool read_same(const struct alike_person *a, const struct alike_person *b)
{
    for (size_t i = 0; i < a->keys.count; i++)
        for (size_t k = 0; k < b->keys.count; k++)
            if (strcmp(a->keys.keys[i], b->keys.keys[k]) == 0 &&
                strchr(a->keys.keys[i], '?') == NULL)
                return true;
    return false;
}

static enum names compare_names(const struct alike_person *a, const struct alike_person *b)
{
    if (*a->name == '\0' || *b->name == '\0')
        return NAMES_OTHER;
    if (strcmp(a->name, b->name) == 0)
        return NAMES_SAME;
    if (read_same(a, b))
        return NAMES_READ_SAME;
    return one_apart(a->name, b->name) ? NAMES_ONE_APART : NAMES_OTHER;
}

// ---- facts

static int by_id_no(const struct alike_person *a, const struct alike_person *b)
{
    return strcmp(a->id_no, b->id_no);
}

static int by_birth(const struct alike_person *a, const struct alike_person *b)
{
    return (a->birth > b->birth) - (a->birth < b->birth);
}

static int by_phone(const struct alike_person *a, const struct alike_person *b)
{
    return strcmp(a->phone, b->phone);
}

static int by_address(const struct alike_person *a, const struct alike_person *b)
{
    return strcmp(a->address, b->address);
}

static const struct {
    const char *words;
    int (*compare)(const struct alike_person *a, const struct alike_person *b);
} FACTS[ALIKE_FACT_COUNT_] = {
    [ALIKE_ID_NO] = {"身份证号", by_id_no},
    [ALIKE_BIRTH] = {"出生日期", by_birth},
    [ALIKE_PHONE] = {"电话", by_phone},
    [ALIKE_ADDRESS] = {"住址", by_address},
};

static bool is_known(const struct alike_person *person, enum alike_fact fact)
{
    static char none[] = "";
    const struct alike_person nobody = {
        .name = none, .id_no = none, .phone = none, .address = none};

    return FACTS[fact].compare(person, &nobody) != 0;
}

bool alike_is_same(const struct alike_person *a, const struct alike_person *b, enum alike_fact fact)
{
    return is_known(a, fact) && FACTS[fact].compare(a, b) == 0;
}

static void tell(const struct alike_person *a, const struct alike_person *b, enum alike_fact fact,
                 alike_fn each, void *arg)
{
    for (enum alike_fact before = 0; before < fact; before++)
        if (alike_is_same(a, b, before))
            return;
    if (fact != ALIKE_ID_NO && compare_names(a, b) == NAMES_OTHER)
        return;
    if (a->id < b->id)
        each(a, b, arg);
    else
        each(b, a, arg);
}

static int compare_by(const void *a, const void *b, void *arg)
{
    const struct alike_person *left = a, *right = b;
    int order = FACTS[*(const enum alike_fact *)arg].compare(left, right);

    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

void alike_pairs(struct alike_person *persons, size_t count, alike_fn each, void *arg)
{
    if (count < 2)
        return;
    for (enum alike_fact fact = 0; fact < ALIKE_FACT_COUNT_; fact++) {
        qsort_r(persons, count, sizeof *persons, compare_by, &fact);
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count && alike_is_same(&persons[i], &persons[k], fact); k++)
                tell(&persons[i], &persons[k], fact, each, arg);
    }
}

char *alike_words(const struct alike_person *a, const struct alike_person *b)
{
    struct str words = {0};
    const char *between = "；";

    str_add(&words, NAME_WORDS[compare_names(a, b)]);
    for (enum alike_fact fact = 0; fact < ALIKE_FACT_COUNT_; fact++) {
        if (!alike_is_same(a, b, fact))
            continue;
        str_add(&words, between);
        str_add(&words, FACTS[fact].words);
        between = "、";
    }
    str_add(&words, "相同");
    return str_take(&words);
}
