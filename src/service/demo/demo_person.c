/*
 * Invented people: chance, names, ID numbers, addresses.
 */
#include "service/demo/demo_person.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- chance

uint32_t demo_below(struct demo_making *making, uint32_t bound)
{
    return random_below(&making->state.random, bound);
}

bool demo_chance(struct demo_making *making, unsigned per_mille)
{
    return demo_below(making, 1000) < per_mille;
}

day_t demo_day(struct demo_making *making, day_t from, day_t to)
{
    return to <= from ? from : from + (day_t)demo_below(making, (uint32_t)(to - from) + 1);
}

int64_t demo_moment(struct demo_making *making, day_t day)
{
    enum { MINUTE = 60, HOUR = 3600, DAY = 86400, CHINA = 8 * HOUR };
    int minutes = day == making->demo->today ? 20 : 8 * 60; /* today has just begun */
    int64_t morning = (int64_t)(day - date_make(1970, 1, 1)) * DAY - CHINA + 8 * HOUR;

    return morning + (int64_t)demo_below(making, (uint32_t)minutes) * MINUTE;
}

// ---- names

struct weighted {
    const char *text;
    unsigned weight;
};

static const struct weighted surnames[] = {
    {"王", 95},  {"李", 92},  {"张", 90},  {"刘", 72}, {"陈", 40}, {"杨", 38}, {"赵", 36},
    {"孙", 28},  {"周", 22},  {"吴", 20},  {"徐", 19}, {"马", 18}, {"高", 17}, {"朱", 15},
    {"郭", 15},  {"于", 14},  {"宋", 13},  {"韩", 12}, {"冯", 11}, {"董", 10}, {"程", 9},
    {"曹", 9},   {"袁", 8},   {"邓", 8},   {"许", 8},  {"傅", 7},  {"沈", 7},  {"曾", 6},
    {"彭", 6},   {"吕", 6},   {"苏", 6},   {"卢", 6},  {"蒋", 6},  {"蔡", 5},  {"贾", 5},
    {"丁", 5},   {"魏", 5},   {"薛", 5},   {"叶", 5},  {"阎", 4},  {"佟", 4},  {"关", 4},
    {"富", 3},   {"那", 2},   {"单", 2},   {"仇", 1},  {"盖", 2},  {"区", 1},  {"欧阳", 2},
    {"司马", 1}, {"诸葛", 1}, {"上官", 1},
};

/** First and second characters of given names, by sex and time of birth. */
static const char *const given[2][2][2] = {
    /* men: born before 1970, later */
    {{"德永长国志文占宝洪振庆万连广景学玉福殿春", "福贵顺山良刚祥海生东臣余田才义林和发有库"},
     {"建志海晓永春俊子浩宇思明立伟家博天泽一鹏", "军强磊伟洋波轩涵航然杰宁辉超鑫睿豪成阳峰"}},
    /* women */
    {{"桂秀玉淑凤素金丽春彩亚月翠美玲艳雅冬香云", "兰英珍芬华芝琴荣云梅芳霞清艳贤杰珠敏娥菊"},
     {"丽海晓春梓欣雨思佳诗一艺雪静婷晨梦语若可", "娟燕敏静艳涵怡桐琪诺颖萱雯瑶彤洁妍宁溪欣"}},
};

static const char *const rare_given[] = {"𠮷", "㛃", "䶮", "㭎", "堃", "玥翾"};

/** Unusual names that lists and prints must show correctly. */
static const struct special {
    uint32_t elder; /**< number of the elder who gets this name */
    const char *name;
    int sex;
    const char *ethnic;
} specials[] = {
    {2, "欧阳秀英", 2, "汉族"}, {5, "阿依古丽·买买提", 2, "维吾尔族"},  {9, "李𠮷", 1, "汉族"},
    {14, "诸葛㛃", 2, "汉族"},  {20, "买买提·艾合买提", 1, "维吾尔族"}, {31, "朴顺姬", 2, "朝鲜族"},
};

static const char *pick_surname(struct demo_making *making)
{
    unsigned total = 0;
    size_t at = 0;

    for (size_t i = 0; i < sizeof surnames / sizeof surnames[0]; i++)
        total += surnames[i].weight;
    unsigned left = demo_below(making, total);
    while (left >= surnames[at].weight)
        left -= surnames[at++].weight;
    return surnames[at].text;
}

/** Appends a random character of `set`; each has three bytes. */
static void add_character(struct demo_making *making, const char *set, char *name)
{
    enum { BYTES = 3 };
    size_t at = demo_below(making, (uint32_t)(strlen(set) / BYTES)) * BYTES;

    strncat(name, set + at, BYTES);
}

static void make_given(struct demo_making *making, bool young, int sex, char *name)
{
    const char *const *sets = given[sex == 2][young];

    if (demo_chance(making, 5)) {
        const char *rare = rare_given[demo_below(making, sizeof rare_given / sizeof rare_given[0])];

        memcpy(name + strlen(name), rare, strlen(rare) + 1);
        return;
    }
    if (!young || demo_chance(making, 700))
        add_character(making, sets[0], name);
    add_character(making, sets[1], name);
}

static void make_name(struct demo_making *making, struct demo_person *person, const char *surname)
{
    bool young = person->birth > date_make(1969, 12, 31);

    snprintf(person->surname, sizeof person->surname, "%s",
             surname != NULL ? surname : pick_surname(making));
    snprintf(person->name, sizeof person->name, "%s", person->surname);
    make_given(making, young, person->sex, person->name);
    person->ethnic = demo_chance(making, 120) ? "满族" : demo_chance(making, 15) ? "回族" : "汉族";
}

void demo_name_make(struct demo_making *making, char name[DEMO_NAME])
{
    snprintf(name, DEMO_NAME, "%s", pick_surname(making));
    make_given(making, true, demo_chance(making, 600) ? 2 : 1, name);
}

// ---- ID numbers

static const struct {
    int from, to; /**< completed years */
} ages[DEMO_AGES] = {{3, 15}, {32, 58}, {60, 69}, {70, 79}, {80, 97}};

/** Makes the nth ID number of an age group: birthday and sequence number differ for every n. Homes of
 *  different seeds have different people, so that a county can take in several of them. */
static void make_id_no(struct demo_making *making, enum demo_age age, const char *area,
                       struct demo_person *person)
{
    enum { STRIDE = 7919, SEQUENCES = 499, APART = 23 };
    day_t today = making->demo->today;
    day_t youngest = date_add_months(today, -12 * ages[age].from);
    uint32_t days = (uint32_t)(youngest - date_add_months(today, -12 * (ages[age].to + 1)));
    uint32_t nth = making->state.made[age]++;
    uint32_t slot = (uint32_t)((uint64_t)nth * STRIDE % days);
    uint32_t shift = (uint32_t)(making->demo->seed % SEQUENCES) * APART;
    uint32_t sequence = (nth / days + slot * 17 + shift) % SEQUENCES + 1;
    char number[32];
    char date[DATE_TEXT];

    person->birth = youngest - (day_t)slot;
    date_format(person->birth, date);
    snprintf(number, sizeof number, "%.6s%.4s%.2s%.2s%03u", area, date, date + 5, date + 8,
             sequence * 2 + (person->sex == 1));
    memcpy(person->id_no, number, 17);
    person->id_no[17] = idno_check(person->id_no);
    person->id_no[18] = '\0';
}

struct demo_person demo_person_make(struct demo_making *making, enum demo_age age, int sex,
                                    const char *surname, const char *area)
{
    struct demo_person person = {.sex = sex};
    const struct special *special = NULL;

    if (age >= DEMO_SIXTY && surname == NULL) {
        uint32_t elder = making->state.elders++;
        for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++)
            if (specials[i].elder == elder)
                special = &specials[i];
    }
    if (special != NULL)
        person.sex = special->sex;
    else if (sex == 0)
        person.sex = demo_chance(making, age >= DEMO_SIXTY ? 580 : 480) ? 2 : 1;
    make_id_no(making, age, area, &person);
    make_name(making, &person, surname);
    if (special != NULL) {
        snprintf(person.name, sizeof person.name, "%s", special->name);
        person.ethnic = special->ethnic;
    }
    return person;
}

// ---- values

void demo_phone_make(struct demo_making *making, char phone[DEMO_PHONE])
{
    static const char *const networks[] = {"130", "131", "135", "136", "138", "139", "150", "151",
                                           "155", "158", "177", "180", "186", "187", "189", "198"};

    uint32_t number = demo_below(making, 100000000);
    uint32_t network = demo_below(making, sizeof networks / sizeof networks[0]);

    snprintf(phone, 12, "%s%08u", networks[network], number);
}

static void make_address(struct demo_making *making, const struct demo_village *village,
                         char address[DEMO_ADDRESS])
{
    if (strstr(village->name, "村") != NULL) {
        uint32_t house = 1 + demo_below(making, 120);
        uint32_t group = 1 + demo_below(making, 9);
        snprintf(address, 128, "%s%u组%u号", village->name, group, house);
    } else {
        uint32_t room = 1 + demo_below(making, 3);
        uint32_t floor = 1 + demo_below(making, 6);
        uint32_t stairs = 1 + demo_below(making, 6);
        uint32_t house = 1 + demo_below(making, 60);
        snprintf(address, 128, "%s%u号楼%u单元%u0%u", village->name, house, stairs, floor, room);
    }
}

static void set_under(struct fields *values, const char *prefix, const char *id, const char *value)
{
    char *name = mem_printf("%s%s", prefix, id);

    fields_set(values, name, value);
    free(name);
}

void demo_person_values(struct demo_making *making, const struct demo_person *person,
                        const struct demo_village *village, const char *prefix,
                        struct fields *values)
{
    char address[DEMO_ADDRESS];
    char phone[DEMO_PHONE];

    make_address(making, village, address);
    demo_phone_make(making, phone);
    set_under(values, prefix, "name", person->name);
    set_under(values, prefix, "id_no", person->id_no);
    set_under(values, prefix, "ethnic", person->ethnic);
    set_under(values, prefix, "area", village->code);
    set_under(values, prefix, "address", address);
    set_under(values, prefix, "hk_type", strstr(village->name, "村") != NULL ? "农村" : "城镇");
    if (date_age(person->birth, making->demo->today) >= 16 && demo_chance(making, 920))
        set_under(values, prefix, "phone", phone);
}
