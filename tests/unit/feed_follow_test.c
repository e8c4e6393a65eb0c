/* Which bundle may follow on which. */
#include "unit.h"

#include "feed/follow.h"

static const struct {
    struct follow_known known;
    struct manifest manifest;
    bool after_gap;
    enum follow_verdict verdict;
    const char *words;
} ROWS[] = {
    {{0}, {.area = "211103000000", .number = 1, .sha256 = "a"}, false, FOLLOW_TAKE, NULL},
    {{0},
     {.area = "211103000000", .number = 9, .previous = "x", .sha256 = "a"},
     false,
     FOLLOW_TAKE,
     NULL},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 4, .previous = "c", .sha256 = "d"},
     false,
     FOLLOW_TAKE,
     NULL},
    {{3, "c", "c", ""},
     {.area = "211103000000", .number = 3, .previous = "b", .sha256 = "c"},
     false,
     FOLLOW_KNOWN,
     NULL},
    {{3, "c", "b", ""},
     {.area = "211103000000", .number = 2, .previous = "a", .sha256 = "b"},
     false,
     FOLLOW_KNOWN,
     NULL},
    {{3, "c", "b", ""},
     {.area = "211103000000", .number = 2, .previous = "a", .sha256 = "z"},
     true,
     FOLLOW_REFUSE,
     "内容与这一个不同"},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 2, .sha256 = "z"},
     true,
     FOLLOW_OLDER,
     "比已收的旧"},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 5, .previous = "d", .sha256 = "e"},
     false,
     FOLLOW_REFUSE,
     "缺第 4 包"},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 7, .previous = "d", .sha256 = "e"},
     false,
     FOLLOW_REFUSE,
     "缺第 4 至第 6 包"},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 4, .previous = "b", .sha256 = "d"},
     false,
     FOLLOW_REFUSE,
     "接的不是已收的第 3 包"},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 7, .previous = "d", .sha256 = "e"},
     true,
     FOLLOW_TAKE,
     NULL},
    {{3, "c", "", ""},
     {.area = "211103000000", .number = 4, .previous = "b", .sha256 = "d"},
     true,
     FOLLOW_TAKE,
     NULL},
    {{0, "", "", "211100000000"},
     {.area = "211103000000", .number = 1, .sha256 = "a"},
     true,
     FOLLOW_REFUSE,
     "算两次"},
    {{0}, {.area = "", .number = 1, .sha256 = "a"}, true, FOLLOW_REFUSE, "哪个区划"},
    {{0}, {.area = "211103000000", .sha256 = "a"}, true, FOLLOW_REFUSE, "没有编号"},
    {{0},
     {.area = "211103000000",
      .number = 4,
      .delta = true,
      .base = 3,
      .previous = "c",
      .sha256 = "d"},
     true,
     FOLLOW_REFUSE,
     "请先收它接着的全量包"},
    {{3, "c", "", ""},
     {.area = "211103000000",
      .number = 4,
      .delta = true,
      .base = 3,
      .previous = "c",
      .sha256 = "d"},
     false,
     FOLLOW_TAKE,
     NULL},
    {{3, "c", "", ""},
     {.area = "211103000000",
      .number = 4,
      .delta = true,
      .base = 3,
      .previous = "b",
      .sha256 = "d"},
     true,
     FOLLOW_REFUSE,
     "接的不是已收的第 3 包"},
    {{3, "c", "", ""},
     {.area = "211103000000",
      .number = 6,
      .delta = true,
      .base = 5,
      .previous = "e",
      .sha256 = "f"},
     true,
     FOLLOW_REFUSE,
     "缺第 4 至第 5 包"},
};

static void bundles_follow_one_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        char *message = NULL;
        assert_int_equal(
            follow_judge(&ROWS[i].known, &ROWS[i].manifest, ROWS[i].after_gap, &message),
            ROWS[i].verdict);
        assert_int_equal(message != NULL, ROWS[i].verdict >= FOLLOW_OLDER);
        if (message != NULL && strstr(message, ROWS[i].words) == NULL)
            fail_msg("%s: %s", ROWS[i].words, message);
        free(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bundles_follow_one_another)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
