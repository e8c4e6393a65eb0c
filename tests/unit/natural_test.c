#include "base/natural.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

/** Each text stands before the next one. */
static void stands_as_people_expect(void **state)
{
    static const char *const ordered[][6] = {
        {"2号楼", "10号楼", "100号楼"},
        {"世纪社区3号楼2单元603", "世纪社区18号楼1单元101", "世纪社区18号楼3单元603"},
        {"三组", "12组", "二十组", "二十一组", "一百零三组"},
        {"９号", "10号", "１１号"},
        {"5-2-301", "5-10-101", "12-1-101"},
        {"", "0", "1"},
        {"007", "8"},
        {"十号楼", "11号楼"},
        {"东三里", "东里5号"}, /* 三 is part of a name: nothing is counted behind it */
        {"9999999999号", "10000000000号"},
        {"12-1-101", "12号楼1单元102室", "12-2-501", "12#2单元502", "十二号楼3单元101"},
        {"2号楼501", "12-2-501", "12号楼2单元601室", "13-1-101"},
        {"甲区2号", "乙区1号", "丙区1号", "丁区1号", "戊区1号"},
        {"2组", "三组5号", "第三村民小组6号", "四组1号"},
        {"A座2", "b座1", "Ｃ座1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++) {
        for (size_t j = 1; j < 6 && ordered[i][j] != NULL; j++) {
            char *a = natural_key(ordered[i][j - 1]), *b = natural_key(ordered[i][j]);
            if (strcmp(a, b) >= 0)
                fail_msg("%s does not stand before %s", ordered[i][j - 1], ordered[i][j]);
            free(a);
            free(b);
        }
    }
}

static void one_number_has_one_key(void **state)
{
    static const char *const same[][2] = {
        {"三组", "3组"},
        {"１２号", "12号"},
        {"十二单元", "12单元"},
        {"二〇三室", "203室"},
        {"03号", "3号"},
        {"两层", "2层"},
        {"二百一十室", "210室"},
        {"12号楼2单元501室", "12-2-501"},
        {"12#楼2单元501", "12－2－501户"},
        {"十二栋 二单元 501", "12幢2门501号"},
        {"第三村民小组", "3组"},
        {"三小组12号", "三组12"},
        {"ａ座3", "A座3"},
        {"12 号楼", "１２号"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        char *a = natural_key(same[i][0]), *b = natural_key(same[i][1]);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
}

/** Texts cut inside a character and long numbers come from files; none may read past its end. */
static void any_bytes_have_a_key(void **state)
{
    static const char *const texts[] = {"\xef",
                                        "\xef\xbc",
                                        "\xef\xbc\x90",
                                        "三",
                                        "三\xe7",
                                        "甲",
                                        "第三",
                                        "\xef\xbd",
                                        "Ａ\xef",
                                        "999999999999999999999999999999号",
                                        "百百百百百百百百号"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *key = natural_key(texts[i]);
        assert_true(key[0] != '\0');
        free(key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_as_people_expect),
        cmocka_unit_test(one_number_has_one_key),
        cmocka_unit_test(any_bytes_have_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
