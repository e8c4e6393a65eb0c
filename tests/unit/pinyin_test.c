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

/* Surnames of more than one reading: the surname's, and the one the characters have elsewhere. */
static const struct {
    const char *name, *surname, *common;
} surname_cases[] = {
    {"单", "shan", "dan"},
    {"曾", "zeng", "ceng"},
    {"区", "ou", "qu"},
    {"仇", "qiu", "chou"},
    {"解", "xie", "jie"},
    {"查", "zha", "cha"},
    {"朴", "piao", "pu"},
    {"盖", "ge", "gai"},
    {"任", "ren", "ren"},
    {"华", "hua", "hua"},
    {"尉迟", "yuchi", "weichi"},
    {"万俟", "moqi", "wanqi"},
    {"长孙", "zhangsun", "changsun"},
    {"澹台", "tantai", "dantai"},
    {"单于", "chanyu", "danyu"},
    {"乐正", "yuezheng", "lezheng"},
    {"句龙", "goulong", "julong"},
    {"拓跋", "tuoba", "taba"},
    {"令狐", "linghu", "linghu"},
    {"夏侯", "xiahou", "xiahou"},
    {"皇甫", "huangfu", "huangfu"},
    {"亓官", "qiguan", "qiguan"},
    {"鲜于", "xianyu", "xianyu"},
    {"夹谷", "jiagu", "jiagu"},
    {"濮阳", "puyang", "puyang"},
    {"乐", "yue", "le"},
    {"乜", "nie", "mie"},
    {"么", "yao", "me"},
    {"员", "yun", "yuan"},
    {"秘", "bi", "mi"},
    {"折", "she", "zhe"},
    {"种", "chong", "zhong"},
    {"缪", "miao", "mou"},
    {"翟", "zhai", "di"},
    {"覃", "qin", "tan"},
    {"谌", "chen", "shen"},
    {"郗", "xi", "chi"},
    {"郄", "qie", "xi"},
    {"贠", "yun", "yuan"},
    {"隗", "wei", "kui"},
    {"黑", "he", "hei"},
    {"繁", "po", "fan"},
    {"祭", "zhai", "ji"},
    {"召", "shao", "zhao"},
    {"句", "gou", "ju"},
    {"都", "du", "dou"},
    {"藏", "zang", "cang"},
    {"薄", "bo", "bao"},
    {"角", "jue", "jiao"},
    {"能", "nai", "neng"},
    {"牟", "mu", "mou"},
    {"粘", "nian", "zhan"},
    {"洗", "xian", "xi"},
    {"卜", "bu", "bo"},
    {"宓", "mi", "fu"},
    {"贾", "jia", "gu"},
    {"莘", "shen", "xin"},
    {"车", "che", "ju"},
    {"石", "shi", "dan"},
    {"沈", "shen", "chen"},
    {"葛", "ge", "ge"},
    {"宁", "ning", "ning"},
    {"燕", "yan", "yan"},
    {"应", "ying", "ying"},
    {"盛", "sheng", "cheng"},
    {"柏", "bai", "bo"},
    {"尉", "wei", "yu"},
    {"哈", "ha", "ha"},
    {"宿", "su", "xiu"},
    {"纪", "ji", "ji"},
    {"佴", "nai", "er"},
    {"会", "gui", "hui"},
    {"参", "shen", "can"},
    {"泷", "shuang", "long"},
    {"炅", "gui", "jiong"},
    {"长", "chang", "zhang"},
    {"阚", "kan", "han"},
    {"郇", "xun", "huan"},
    {"幺", "yao", "yao"},
    {"阙", "que", "que"},
    {"过", "guo", "guo"},
    {"相", "xiang", "xiang"},
    {"行", "xing", "hang"},
    {"重", "chong", "zhong"},
    {"适", "kuo", "shi"},
    {"降", "jiang", "xiang"},
    {"隽", "juan", "jun"},
    {"乘", "sheng", "cheng"},
    {"颉", "xie", "jie"},
    {"纥", "he", "ge"},
    {"圈", "juan", "quan"},
    {"番", "pan", "fan"},
    {"祢", "mi", "ni"},
    {"仡", "ge", "yi"},
    {"曲", "qu", "qu"},
    {"咸", "xian", "xian"},
    {"费", "bi", "fei"},
    {"逢", "pang", "feng"},
    {"蕃", "pi", "fan"},
    {"褶", "xi", "zhe"},
    {"那", "nuo", "na"},
    {"余", "xu", "yu"},
    {"不", "fou", "bu"},
};

/** Each is found by either reading and its initials, alone and before a given name. */
static void test_surnames(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(surname_cases); i++) {
        char whole[64], typed[64];
        const char *readings[] = {surname_cases[i].surname, surname_cases[i].common};

        (void)snprintf(whole, sizeof whole, "%s福", surname_cases[i].name);
        for (size_t k = 0; k < COUNT(readings); k++) {
            (void)snprintf(typed, sizeof typed, "%sfu", readings[k]);
            if (!pinyin_spells(whole, typed, true))
                fail_msg("%s is not found by %s", whole, typed);
            if (!pinyin_spells(surname_cases[i].name, readings[k], true))
                fail_msg("%s is not found by %s", surname_cases[i].name, readings[k]);
            (void)snprintf(typed, sizeof typed, "%c", readings[k][0]);
            if (!pinyin_spells(whole, typed, false))
                fail_msg("%s is not found by %s", whole, typed);
        }
    }
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
        cmocka_unit_test(test_keys),       cmocka_unit_test(test_surnames),
        cmocka_unit_test(test_exact_keys), cmocka_unit_test(test_many_readings),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
