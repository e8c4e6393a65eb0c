#include "base/idno.h"

#include "tests/unit/unit.h"

static day_t today(void)
{
    return date_make(2026, 11, 23);
}

/** The forms in which the ledgers hold good numbers. */
static void cleans_what_offices_paste(void **state)
{
    static const struct {
        const char *text;
        const char *number;
    } cases[] = {
        {"11010519491231002X", "11010519491231002X"},
        {"11010519491231002x", "11010519491231002X"},
        {"'211122195506247171", "211122195506247171"},
        {" 211104193204215199 ", "211104193204215199"},
        {"　211104193204215199\t", "211104193204215199"},
        {"211104 19320421 5199", "211104193204215199"},
        {"２１１１０４１９５１１１１６１８１３", "211104195111161813"},
        {"２１１１０４１９４８０４１３０３７Ｘ", "21110419480413037X"},
        {"２１１１０４１９４８０４１３０３７ｘ", "21110419480413037X"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char number[IDNO_TEXT] = "";
        print_message("%s\n", cases[i].text);
        assert_int_equal(idno_parse(cases[i].text, today(), number), IDNO_FINE);
        assert_string_equal(number, cases[i].number);
    }
}

static void finds_each_fault(void **state)
{
    static const struct {
        const char *text;
        enum idno_fault fault;
    } cases[] = {
        {"", IDNO_EMPTY},
        {" 　 ", IDNO_EMPTY},
        {"'", IDNO_EMPTY},
        {"2.11103E+17", IDNO_SCIENTIFIC},
        {"2.11103e+17", IDNO_SCIENTIFIC},
        {"2111041958090659", IDNO_LENGTH},
        {"21110419580906591", IDNO_LENGTH},
        {"2111041958090659112", IDNO_LENGTH},
        {"110105491231002", IDNO_LENGTH}, /* the 15 digits of before 1999 */
        {"21110O195304094987", IDNO_CHARACTER},
        {"X11010519491231002", IDNO_CHARACTER},
        {"11010519491231002Y", IDNO_CHARACTER},
        {"1101051949-1231002", IDNO_CHARACTER},
        {"身11010519491231002", IDNO_CHARACTER},
        {"11010519491231002\xff", IDNO_CHARACTER}, /* not UTF-8 */
        {"11010519491231002X\xff", IDNO_LENGTH},
        {"11010519491231002é", IDNO_CHARACTER},
        {"11010519491331002X", IDNO_BIRTH},
        {"11010519490229002X", IDNO_BIRTH},
        {"110105000000000020", IDNO_BIRTH},
        {"440524188001010014", IDNO_BIRTH}, /* the standard's example; nobody of 1880 is alive */
        {"211104195403133619", IDNO_CHECK},
        {"211103195904045924", IDNO_CHECK},
        {"110105194912310021", IDNO_CHECK},
        {"11010519491231020X", IDNO_CHECK}, /* two digits changed places */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char number[IDNO_TEXT] = "untouched";
        print_message("%s\n", cases[i].text);
        assert_int_equal(idno_parse(cases[i].text, today(), number), cases[i].fault);
        assert_string_equal(number, "untouched");
    }
}

static void takes_nobody_born_tomorrow(void **state)
{
    char number[IDNO_TEXT];
    char text[IDNO_TEXT] = "21110420261124001";

    (void)state;
    text[17] = idno_check(text);
    text[18] = '\0';
    assert_int_equal(idno_parse(text, date_make(2026, 11, 23), number), IDNO_BIRTH);
    assert_int_equal(idno_parse(text, date_make(2026, 11, 24), number), IDNO_FINE);
}

static void computes_the_check_character(void **state)
{
    (void)state;
    assert_int_equal(idno_check("11010519491231002"), 'X');
    assert_int_equal(idno_check("44052418800101001"), '4');
    assert_int_equal(idno_check("21112219550624717"), '1');
}

/** Whatever single digit is mistyped, it shows: that is what the check character is for. */
static void notices_every_single_mistake(void **state)
{
    static const char good[] = "211104193204215199";

    (void)state;
    for (size_t i = 0; i < 18; i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[IDNO_TEXT], number[IDNO_TEXT];
            memcpy(text, good, sizeof good);
            text[i] = digit;
            bool same = digit == good[i];
            assert_int_equal(idno_parse(text, today(), number) == IDNO_FINE, same);
        }
    }
}

static void tells_birth_and_sex(void **state)
{
    (void)state;
    assert_int_equal(idno_birth("11010519491231002X"), date_make(1949, 12, 31));
    assert_int_equal(idno_sex("11010519491231002X"), 2);
    assert_int_equal(idno_birth("440524188001010014"), 0);
    assert_int_equal(idno_sex("440524188001010014"), 1);
    assert_int_equal(idno_birth(""), 0);
    assert_int_equal(idno_sex(""), 0);
    assert_int_equal(idno_birth("1101051949"), 0);
    assert_int_equal(idno_sex("1101051949"), 0);
}

static void says_what_is_wrong_and_what_to_do(void **state)
{
    static const struct {
        enum idno_fault fault;
        const char *cause;
    } cases[] = {
        {IDNO_EMPTY, "身份证号为空"},      {IDNO_SCIENTIFIC, "身份证号成了科学计数"},
        {IDNO_LENGTH, "身份证号长度不对"}, {IDNO_CHARACTER, "身份证号含非法字符"},
        {IDNO_BIRTH, "出生日期"},          {IDNO_CHECK, "身份证号校验码错误"},
    };

    (void)state;
    assert_string_equal(idno_words(IDNO_FINE), "");
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *words = idno_words(cases[i].fault);
        assert_non_null(strstr(words, cases[i].cause));
        assert_non_null(strstr(words, "，请")); /* what to do */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleans_what_offices_paste),
        cmocka_unit_test(finds_each_fault),
        cmocka_unit_test(takes_nobody_born_tomorrow),
        cmocka_unit_test(computes_the_check_character),
        cmocka_unit_test(notices_every_single_mistake),
        cmocka_unit_test(tells_birth_and_sex),
        cmocka_unit_test(says_what_is_wrong_and_what_to_do),
    };

    return cmocka_run_group_tests_name("idno", tests, NULL, NULL);
}
