/*
 * Each kind of date ahead (到期事项) at its edges: not before the 90th day, on the day before, the day itself and
 * the day after, and gone or still there a month later; births on a leap day.
 */
#include "service_fixture.h"

#include "domain/upcoming.h"
#include "service/lists/upcoming.h"

enum { TEXT = 16384 };

/** A case with one date of each kind. Pairs that every case of the kind needs are in BASES. */
static const struct {
    const char *kind, *name;
    const char *values; /**< name=value;… */
    const char *what, *date;
    bool stays;
} DATES[] = {
    {"dibao", "甲年", "members.0.birth=1980-01-01;cls=A;from_m=2026-03", "定期复核", "2027-03-31",
     true},
    {"dibao", "乙年", "members.0.birth=1980-01-01;cls=B;from_m=2026-09", "定期复核", "2027-03-31",
     true},
    {"dibao", "丙年", "members.0.birth=1980-01-01;cls=C;from_m=2026-12", "定期复核", "2027-03-31",
     true},
    {"dibao", "丁渐", "members.0.birth=1980-01-01;fade_from=2026-03;fade_to=2027-02", "渐退到期",
     "2027-02-28", true},
    {"dibao", "戊学", "members.0.birth=2005-01-01;members.0.graduate=2027-02", "毕业", "2027-02-28",
     true},
    {"dibao", "己期", "members.0.birth=1980-01-01;to_m=2027-02", "保障到期", "2027-02-28", true},
    {"dibao", "庚五", "members.0.birth=1952-02-29", "年满75周岁", "2027-03-01", false},
    {"dibao", "辛六", "members.0.birth=2011-03-01", "年满16周岁", "2027-03-01", false},
    {"dibao", "壬八", "members.0.birth=2009-03-01", "年满18周岁", "2027-03-01", false},
    {"dibao", "癸证", "members.0.birth=1980-01-01;members.0.dis_until=2027-03-01", "残疾证到期",
     "2027-03-01", true},
    {"dibao", "子六", "members.0.birth=1967-03-01", "年满60周岁", "2027-03-01", false},
    {"tekun", "丑照", "person.birth=1948-01-01;agr_to=2027-03-01", "照料协议到期", "2027-03-01",
     true},
    {"tekun", "寅评", "person.birth=1948-01-01;as_due=2027-03-01", "评估到期", "2027-03-01", true},
    {"tekun", "卯八", "person.birth=1947-03-01", "年满80周岁", "2027-03-01", false},
    {"tekun", "辰九", "person.birth=1937-03-01", "年满90周岁", "2027-03-01", false},
    {"tekun", "巳百", "person.birth=1927-03-01", "年满100周岁", "2027-03-01", false},
    {"ertong", "午续", "person.birth=2007-01-01;ext_why=本科;ext_to=2027-02", "续发到期",
     "2027-02-28", true},
    {"ertong", "未成", "person.birth=2009-03-01", "年满18周岁", "2027-03-01", true},
    {"ertong", "申养", "person.birth=2015-01-01;agr_to=2027-03-01", "养育协议到期", "2027-03-01",
     true},
    {"ertong", "酉学", "person.birth=2012-01-01;graduate=2027-02", "毕业", "2027-02-28", true},
    {"kunjing", "戌成", "person.birth=2009-03-01", "年满18周岁", "2027-03-01", true},
    {"liushou", "亥大", "person.birth=2011-03-01", "年满16周岁", "2027-03-01", true},
    {"gangxing", "角期", "members.0.birth=1980-01-01;from_m=2026-03", "有效期满", "2027-03-01",
     true},
};

static const struct {
    const char *kind, *values;
} BASES[] = {
    {"dibao", "from_m=2026-03;income=0;members.0.m_rel=户主;members.0.m_cov=是;"
              "members.0.id_type=户口簿无证;members.0.sex=女;area=" VILLAGE},
    {"gangxing", "income=3000;spent=30000;members.0.m_rel=户主;members.0.m_cov=是;"
                 "members.0.id_type=户口簿无证;members.0.sex=女;area=" VILLAGE},
    {"tekun", "from_m=2026-03;tk_kind=老年人;mode=分散;wish=否"},
    {"ertong", "from_m=2026-03;ch_kind=孤儿;rear=散居;fa_state=死亡;mo_state=死亡"},
    {"kunjing", "from_m=2026-03;kj_kind=重病、残疾"},
    {"liushou", "in_on=2026-03-01;fa_away=外出;mo_away=外出"},
};

static void set_pairs(struct fields *values, const char *pairs)
{
    char *copy = mem_copy(pairs);
    char *next = NULL;

    for (char *pair = strtok_r(copy, ";", &next); pair != NULL; pair = strtok_r(NULL, ";", &next)) {
        char *sign = strchr(pair, '=');
        *sign = '\0';
        fields_set(values, pair, sign + 1);
    }
    free(copy);
}

static void add_case(struct fixture *fixture, size_t at)
{
    struct fields values = {0};
    bool household = strstr(DATES[at].values, "members.") != NULL;

    for (size_t i = 0; i < COUNT(BASES); i++)
        if (strcmp(BASES[i].kind, DATES[at].kind) == 0)
            set_pairs(&values, BASES[i].values);
    if (!household)
        set_pairs(&values, "person.id_type=户口簿无证;person.sex=女;person.area=" VILLAGE);
    fields_set(&values, household ? "members.0.name" : "person.name", DATES[at].name);
    set_pairs(&values, DATES[at].values);
    if (case_new(fixture, &fixture->street, DATES[at].kind, &values) != 0)
        fail_msg("%s %s: %s", DATES[at].kind, DATES[at].name, fixture->reply.message);
    fields_free(&values);
}

/** The list of the next 90 days, "date what name" a line. */
static void read_list(struct fixture *fixture, char text[TEXT])
{
    struct upcoming_query query = {.area = "", .until = ""};
    struct sheet *sheet = NULL;

    assert_result(
        upcoming_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), TEXT - strlen(text), "%s %s %s\n",
                 sheet_get(sheet, row, "date"), sheet_get(sheet, row, "what"),
                 sheet_get(sheet, row, "name"));
    assert_true(strlen(text) < TEXT - 1);
    sheet_free(&sheet);
}

static day_t day_of(const char *text)
{
    day_t day = 0;

    assert_int_equal(date_parse(text, &day), RESULT_OK);
    return day;
}

static void check_day(struct fixture *fixture, day_t today)
{
    enum { AHEAD = 90, BEHIND = 31 }; /* days shown before, and after unless it stays */
    char text[TEXT], line[128], date[DATE_TEXT];

    date_format(today, date);
    fixture_today(fixture, date);
    read_list(fixture, text);
    for (size_t i = 0; i < COUNT(DATES); i++) {
        day_t until = day_of(DATES[i].date);
        bool shown = until <= today + AHEAD && (DATES[i].stays || until >= today - BEHIND);
        snprintf(line, sizeof line, "%s %s %s\n", DATES[i].date, DATES[i].what, DATES[i].name);
        const char *found = strstr(text, line);
        if ((found != NULL) != shown)
            fail_msg("on %s %s is %s: %s", date, shown ? "missing" : "too much", line, text);
        if (found != NULL && strstr(found + 1, line) != NULL)
            fail_msg("on %s twice: %s", date, line);
    }
}

static void each_date_is_shown_at_its_edges(void **state)
{
    static const char *const days[] = {"2027-02-28", "2027-03-01", "2027-03-31"};
    static const int edges[] = {-91, -90, -1, 0, 1, 31, 32};
    struct fixture *fixture = *state;
    day_t last = day_of("2026-11-24");

    for (size_t i = 0; i < COUNT(DATES); i++)
        add_case(fixture, i);
    for (day_t today = last; today <= day_of(days[COUNT(days) - 1]) + 32; today++)
        for (size_t i = 0; i < COUNT(days); i++)
            for (size_t k = 0; k < COUNT(edges); k++)
                if (day_of(days[i]) + edges[k] == today && today != last) {
                    check_day(fixture, today);
                    last = today;
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_date_is_shown_at_its_edges, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
