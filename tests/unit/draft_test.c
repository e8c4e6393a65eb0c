#include "world.h"

#include "base/limits.h"
#include "service/cases/draft.h"

static void a_draft_belongs_to_its_officer(void **state)
{
    struct world world;
    struct caller village = caller_of(ROLE_VILLAGE, VILLAGE), admin = caller_of(ROLE_ADMIN, "");
    struct caller other = caller_of(ROLE_STREET, STREET);
    struct fields values = {0}, got = {0};
    char *at = NULL;

    (void)state;
    world_make(&world, "2026-11-05");
    fields_set(&values, "person.name", "王桂兰");
    assert_ok(draft_put(world.service, &village, "tanfang", "", "新登记", &values, &world.reply));
    fields_set(&values, "tier", "高");
    assert_ok(draft_put(world.service, &village, "tanfang", "", "新登记", &values, &world.reply));
    world_reopen(&world, "2026-11-05");
    assert_ok(draft_get(world.service, &village, "tanfang", "", &got, &at, &world.reply));
    assert_true(fields_equal(&values, &got));
    assert_memory_equal(at, "2026-11-05", 10);
    free(at);
    assert_result(draft_get(world.service, &other, "tanfang", "", &got, &at, &world.reply),
                  RESULT_NOTFOUND);
    assert_ok(draft_drop(world.service, &village, "tanfang", "", &world.reply));
    assert_ok(draft_drop(world.service, &village, "tanfang", "", &world.reply));
    assert_result(draft_get(world.service, &village, "tanfang", "", &got, &at, &world.reply),
                  RESULT_NOTFOUND);
    assert_result(draft_put(world.service, &admin, "tanfang", "", "", &values, &world.reply),
                  RESULT_DENIED);
    fields_free(&values);
    fields_free(&got);
    world_remove(&world);
}

static enum result put_numbered(struct world *world, const struct caller *officer, int number,
                                const char *value)
{
    struct fields values = {0};
    char record[16];

    snprintf(record, sizeof record, "%d", number);
    fields_set(&values, "name", value);
    enum result result =
        draft_put(world->service, officer, "tanfang", record, "", &values, &world->reply);
    fields_free(&values);
    return result;
}

static void an_officer_has_as_many_drafts_as_may_be(void **state)
{
    struct world world;
    struct caller officer, other;
    char *long_value = mem_new(LIMIT_DRAFT_BYTES + 1);

    (void)state;
    world_make(&world, "2026-11-05");
    officer = caller_of(ROLE_VILLAGE, VILLAGE);
    other = caller_of(ROLE_STREET, STREET);
    strcpy(other.officer, "other");
    for (int i = 0; i < LIMIT_DRAFTS; i++)
        assert_ok(put_numbered(&world, &officer, i, "王"));
    assert_result(put_numbered(&world, &officer, LIMIT_DRAFTS, "王"), RESULT_INVALID);
    assert_non_null(strstr(world.reply.message, "草稿已有 100 份"));
    assert_ok(put_numbered(&world, &officer, 7, "李")); /* in place of another */
    assert_ok(put_numbered(&world, &other, LIMIT_DRAFTS, "王"));
    assert_ok(draft_drop(world.service, &officer, "tanfang", "3", &world.reply));
    assert_ok(put_numbered(&world, &officer, LIMIT_DRAFTS, "王"));

    memset(long_value, 'x', LIMIT_DRAFT_BYTES - strlen("name"));
    assert_ok(put_numbered(&world, &other, 1, long_value));
    strcat(long_value, "x");
    assert_result(put_numbered(&world, &other, 1, long_value), RESULT_INVALID);
    assert_non_null(strstr(world.reply.message, "存不成草稿"));
    free(long_value);
    world_remove(&world);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_belongs_to_its_officer),
        cmocka_unit_test(an_officer_has_as_many_drafts_as_may_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
