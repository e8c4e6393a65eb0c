#include "base/pinyin.h"

#include "base/str.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "dxx sxx ": every key with a blank behind it. */
static void join(struct pinyin_keys keys, struct str *text)
{
    str_clear(text);
    str_add(text, " ");
    for (size_t i = 0; i < keys.count; i++)
        str_printf(text, "%s ", keys.keys[i]);
    pinyin_keys_free(&keys);
}

static void expect_key(const char *name, const struct str *keys, const char *key)
{
    char wanted[80];
    snprintf(wanted, sizeof wanted, " %s ", key);
    if (strstr(str_text(keys), wanted) == NULL)
        fail_msg("%s: %s is not in%s", name, key, str_text(keys));
}

static const struct {
    const char *name, *initials, *full;
} key_cases[] = {
    {"张三丰", "zsf", "zhangsanfeng"},
    {"单雄信", "sxx", "shanxiongxin"},
    {"单雄信", "dxx", "danxiongxin"},
    {"曾国强", "zgq", "zengguoqiang"},
    {"曾国强", "cgq", "cengguoqiang"},
    {"尉迟恭", "ycg", "yuchigong"},
    {"尉迟恭", "wcg", "weichigong"},
    {"尉氏", "ws", "weishi"},
    {"欧阳秀英", "oyxy", "ouyangxiuying"},
    {"万俟雪", "mqx", "moqixue"},
    {"朴正", "pz", "piaozheng"},
    {"缪荃", "mq", "miaoquan"},
    {"黑白", "hb", "hebai"},
    {"洗英", "xy", "xianying"},
    {"祭遵", "zz", "zhaizun"},
    {"么红", "yh", "yaohong"},
    {"都兴", "dx", "duxing"},
    {"覃辉", "qh", "qinhui"},
    {"覃辉", "th", "tanhui"},
    {"宓妃", "mf", "mifei"},
    {"宓妃", "ff", "fufei"},
    {"仇英", "qy", "qiuying"},
    {"解缙", "xj", "xiejin"},
    {"查慎", "zs", "zhashen"},
    {"区寄", "oj", "ouji"},
    {"盖英", "gy", "geying"},
    {"盖英", "gy", "gaiying"},
    {"翟让", "zr", "zhairang"},
    {"乐毅", "yy", "yueyi"},
    {"员半", "yb", "yunban"},
    {"种师道", "csd", "chongshidao"},
    {"秘密", "bm", "bimi"},
    {"折可", "sk", "sheke"},
    {"繁星", "px", "poxing"},
    {"长孙", "zs", "zhangsun"},
    {"长青", "cq", "changqing"},
    {"牟尼", "mn", "muni"},
    {"牟尼", "mn", "mouni"},
    {"隗嚣", "wx", "weixiao"},
    {"召平", "sp", "shaoping"},
    {"单于", "cy", "chanyu"},
    {"单于", "sy", "shanyu"},
    {"吕布", "lb", "lvbu"},
    {"吕布", "lb", "lubu"},
    {"吕布", "lb", "lyubu"},
    {"女娃", "nw", "nuwa"},
    {"略", "l", "lve"},
    {"虐", "n", "nue"},
    {"阿依古丽·买买提", "ayglmmt", "ayigulimaimaiti"},
    {"𠮷野", "jy", "jiye"},
    {"李㛃", "lj", "lijie"},
    {"李Amy2", "lamy2", "liamy2"},
    {"李♥", "l?", "li?"},
    {"Ａbc 张", "abcz", "abczhang"},
};

static void test_keys(void **state)
{
    (void)state;
    struct str keys = {0};
    for (size_t i = 0; i < COUNT(key_cases); i++) {
        join(pinyin_initials(key_cases[i].name), &keys);
        expect_key(key_cases[i].name, &keys, key_cases[i].initials);
        join(pinyin_full(key_cases[i].name), &keys);
        expect_key(key_cases[i].name, &keys, key_cases[i].full);
    }
    str_free(&keys);
}

static void test_exact_keys(void **state)
{
    (void)state;
    struct str keys = {0};
    join(pinyin_initials("张三"), &keys);
    assert_string_equal(str_text(&keys), " zs ");
    join(pinyin_full("张三"), &keys);
    assert_string_equal(str_text(&keys), " zhangsan ");
    join(pinyin_initials(""), &keys);
    assert_string_equal(str_text(&keys), " ");
    join(pinyin_initials(" · "), &keys);
    assert_string_equal(str_text(&keys), " ");
    join(pinyin_full("\xff张"), &keys);
    assert_string_equal(str_text(&keys), " ?zhang ");
    str_free(&keys);
}

/* More combinations than fit: distinct ones, and all readings of the surname. */
static void test_many_readings(void **state)
{
    (void)state;
    struct pinyin_keys keys = pinyin_full("单和着行重长乐单");
    assert_int_equal(keys.count, PINYIN_KEYS_MAX);
    int shan = 0;
    int dan = 0;
    int chan = 0;
    for (size_t i = 0; i < keys.count; i++) {
        shan += strncmp(keys.keys[i], "shan", 4) == 0;
        dan += strncmp(keys.keys[i], "dan", 3) == 0;
        chan += strncmp(keys.keys[i], "chan", 4) == 0;
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(keys.keys[i], keys.keys[j]);
    }
    assert_true(shan > 0 && dan > 0 && chan > 0);
    assert_int_equal(strncmp(keys.keys[0], "shan", 4), 0);
    pinyin_keys_free(&keys);
    assert_int_equal(keys.count, 0);
}

static void test_order(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "阿依古丽", "安康",   "陈一", "区小平", "欧阳秀英", "单雄信",
        "尉文",     "曾国强", "占山", "张三",   "张四",     "章一",
    };
    for (size_t i = 1; i < COUNT(wanted); i++) {
        char *before = pinyin_sort_key(wanted[i - 1]);
        char *after = pinyin_sort_key(wanted[i]);
        if (strcmp(before, after) >= 0)
            fail_msg("%s is not before %s", before, after);
        free(before);
        free(after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_exact_keys),
        cmocka_unit_test(test_many_readings),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
