/*
 * Records that may be one person: each fact alone, at its edge and just beside it.
 */
#include "domain/alike.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

static struct alike_person person(uint64_t id, const char *name, const char *id_no, day_t birth,
                                  const char *phone, const char *address)
{
    return (struct alike_person){
        .id = id,
        .name = mem_copy(name),
        .id_no = mem_copy(id_no),
        .phone = mem_copy(phone),
        .address = mem_copy(address),
        .birth = birth,
        .keys = pinyin_full(name),
    };
}

/** Pairs as "1-2 姓名同音；电话相同|". */
static void note(const struct alike_person *a, const struct alike_person *b, void *arg)
{
    char *words = alike_words(a, b);
    char *line = mem_printf("%d-%d %s|", (int)a->id, (int)b->id, words);

    str_add(arg, line);
    free(line);
    free(words);
}

static void expect(struct alike_person *persons, size_t count, const char *expected)
{
    struct str text = {0};

    alike_pairs(persons, count, note, &text);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
    for (size_t i = 0; i < count; i++)
        alike_person_free(&persons[i]);
}

static void names(void **state)
{
    static const struct {
        const char *a, *b, *expected;
    } rows[] = {
        {"李晓红", "李晓红", "1-2 姓名相同；出生日期相同|"},
        {"李晓红", "李小红", "1-2 姓名同音；出生日期相同|"},
        {"李晓红", "李晓芳", "1-2 姓名差一字；出生日期相同|"},
        {"王芳", "王晓芳", "1-2 姓名差一字；出生日期相同|"},
        {"王晓芳", "王芳", "1-2 姓名差一字；出生日期相同|"},
        {"王晓", "王晓芳", "1-2 姓名差一字；出生日期相同|"},
        /* 一 and 丁 share their first bytes. */
        {"王一", "王丁", "1-2 姓名差一字；出生日期相同|"},
        {"李晓红", "张晓芳", ""},
        {"王芳", "李梅", ""},
        {"王", "李", ""},
        {"", "", ""},
    };
    day_t birth = date_make(1950, 1, 1);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect((struct alike_person[]){person(1, rows[i].a, "", birth, "", ""),
                                       person(2, rows[i].b, "", birth, "", "")},
               2, rows[i].expected);
}

static void facts(void **state)
{
    day_t day = date_make(1950, 1, 1);

    (void)state;
    /* An alike name alone is nothing, and what is not known is not the same. */
    expect((struct alike_person[]){person(1, "李晓红", "", 0, "", ""),
                                   person(2, "李晓红", "", 0, "", "")},
           2, "");
    expect((struct alike_person[]){person(1, "李晓红", "a", day, "1", "甲"),
                                   person(2, "李晓红", "b", day + 1, "2", "乙")},
           2, "");
    /* One ID number is enough, whatever the names. */
    expect((struct alike_person[]){person(2, "李晓红", "a", 0, "", ""),
                                   person(1, "张伟", "a", 0, "", "")},
           2, "1-2 姓名不同；身份证号相同|");
    expect((struct alike_person[]){person(1, "李晓红", "", 0, "1", ""),
                                   person(2, "李小红", "", 0, "1", "")},
           2, "1-2 姓名同音；电话相同|");
    expect((struct alike_person[]){person(1, "李晓红", "", 0, "", "甲"),
                                   person(2, "李小红", "", 0, "", "甲")},
           2, "1-2 姓名同音；住址相同|");
    /* A pair with several facts comes once. */
    expect((struct alike_person[]){person(1, "李晓红", "", day, "1", "甲"),
                                   person(2, "李小红", "", day, "1", "甲")},
           2, "1-2 姓名同音；出生日期、电话、住址相同|");
    /* Each pair of three. */
    expect((struct alike_person[]){person(1, "李晓红", "", day, "", ""),
                                   person(2, "李小红", "", day, "1", ""),
                                   person(3, "李晓红", "", 0, "1", "")},
           3, "1-2 姓名同音；出生日期相同|2-3 姓名同音；电话相同|");
    expect(NULL, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
