#include "base/name.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

static void one_name_has_one_form(void **state)
{
    static const struct {
        const char *text, *name;
    } cases[] = {
        {"王桂兰", "王桂兰"},
        {"王 兰", "王兰"},
        {"王　兰", "王兰"},
        {" 王\xc2\xa0兰\n", "王兰"},
        {"'王兰", "王兰"},
        {"=\"王兰\"", "王兰"},
        {"王\xe2\x80\x8b兰", "王兰"},
        {"阿依古丽·买买提", "阿依古丽·买买提"},
        {"阿依古丽•买买提", "阿依古丽·买买提"},
        {"阿依古丽・买买提", "阿依古丽·买买提"},
        {"阿依古丽．买买提", "阿依古丽·买买提"},
        {"阿依古丽.买买提", "阿依古丽·买买提"},
        {"阿依古丽∙买买提", "阿依古丽·买买提"},
        {"阿依古丽●买买提", "阿依古丽·买买提"},
        {"阿依古丽 · 买买提", "阿依古丽·买买提"},
        {"阿依古丽··买买提", "阿依古丽·买买提"},
        {"·王兰·", "王兰"},
        {"John  Smith", "John Smith"},
        {"Ｊｏｈｎ Smith", "John Smith"},
        {"J. Smith", "J. Smith"},
        {"Smith J.", "Smith J."},
        {"A. 王", "A·王"},
        {"王 John", "王John"},
        {"𠮷 永 福", "𠮷永福"},
        {"", ""},
        {"　", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *name = name_clean(cases[i].text);
        char *again = name_clean(name);
        assert_string_equal(name, cases[i].name);
        assert_string_equal(again, name);
        free(name);
        free(again);
    }
}

static void several_names_stay_several(void **state)
{
    static const struct {
        const char *text, *names;
    } cases[] = {
        {"刘洋", "刘洋"},
        {"刘　洋", "刘洋"},
        {"刘洋　张敏", "刘洋、张敏"},
        {"刘洋\n张敏", "刘洋、张敏"},
        {"刘 洋、张 敏", "刘洋、张敏"},
        {"刘洋、张敏 李四", "刘洋、张敏、李四"},
        {"阿依古丽 • 买买提", "阿依古丽·买买提"},
        {"1001", "1001"},
        {"John Smith", "John Smith"},
        {" ", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *names = name_list(cases[i].text);
        char *again = name_list(names);
        assert_string_equal(names, cases[i].names);
        assert_string_equal(again, names);
        free(names);
        free(again);
    }
}

static void broken_names_are_told(void **state)
{
    static const struct {
        const char *name;
        enum name_fault fault;
    } cases[] = {
        {"", NAME_FINE},
        {"王桂兰", NAME_FINE},
        {"阿依古丽·买买提", NAME_FINE},
        {"𠮷永福", NAME_FINE},
        {"John Smith", NAME_FINE},
        {"李?", NAME_LOST},
        {"王??", NAME_LOST},
        {"钱\xef\xbf\xbd", NAME_LOST},
        {"李□", NAME_LOST},
        {"孙\xee\x80\x80", NAME_PRIVATE},
        {"王*兰", NAME_HIDDEN},
        {"王兰1", NAME_FINE},
        {"123", NAME_DIGIT},
        {"王兰13800138001", NAME_DIGIT},
        {"211102194102110179", NAME_DIGIT},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(name_check(cases[i].name), cases[i].fault);
        assert_int_equal(*name_words(cases[i].fault) == '\0', cases[i].fault == NAME_FINE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name_has_one_form),
        cmocka_unit_test(several_names_stay_several),
        cmocka_unit_test(broken_names_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
