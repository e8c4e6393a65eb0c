#include "alarm_fixture.h"

#include "base/str.h"
#include "service/keeping/verify.h"
#include "service/lists/home.h"

const char *visit(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                  const char *date, const struct finding *findings, const char *replaces)
{
    static char reference[40];
    struct fields values = {0};
    struct visit_input input = {
        .case_id = elder,
        .date = date,
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
        .values = &values,
        .confirm = true,
        .replaces = replaces,
    };

    for (; findings != NULL && findings->id != NULL; findings++)
        fields_set(&values, findings->id, findings->value);
    enum result result = visit_add(fixture->service, caller, &input, fixture_clear(fixture));
    if (result != 0)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, RESULT_OK);
    snprintf(reference, sizeof reference, "%s",
             strchr(fields_get(&fixture->reply.values, "visit"), ':') + 1);
    fields_free(&values);
    return reference;
}

const struct finding ILL[] = {{"health", "异常"}, {"em_done", "已联系家属"}, {NULL, NULL}};
const struct finding GAS[] = {{"s_gas", "异常"}, {NULL, NULL}};
const struct finding FINE[] = {{"health", "正常"}, {"safety", "关注"}, {NULL, NULL}};

char *home_text(struct fixture *fixture, const struct caller *caller)
{
    struct home_view view = {0};
    struct str text = {0};

    assert_result(home_view_read(fixture->service, caller, "", &view, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < view.alarms->row_count; row++)
        str_printf(&text, "%s %s\n", sheet_get(view.alarms, row, "what"),
                   sheet_get(view.alarms, row, "text"));
    home_view_free(&view);
    return str_take(&text);
}

void expect_home(struct fixture *fixture, const struct caller *caller, const char *expected)
{
    char *text = home_text(fixture, caller);

    assert_string_equal(text, expected);
    free(text);
}

uint64_t alarm_at(struct fixture *fixture, size_t row)
{
    struct sheet *sheet = NULL;

    assert_result(alarm_list(fixture->service, &fixture->chief, "", &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    assert_true(row < sheet->row_count);
    uint64_t id = strtoull(sheet_get(sheet, row, "alarm"), NULL, 10);
    sheet_free(&sheet);
    return id;
}

void expect_verified(struct fixture *fixture, const char *fault)
{
    struct sheet *lines = NULL;
    enum result result =
        verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture));
    bool found = fault == NULL;

    for (size_t row = 0; row < lines->row_count; row++) {
        const char *line = sheet_get(lines, row, "line");
        found = found || strstr(line, fault) != NULL;
        if (fault == NULL && result != 0)
            print_error("%s\n", line);
    }
    assert_result(result, fault == NULL ? RESULT_OK : RESULT_CORRUPT);
    assert_true(found);
    sheet_free(&lines);
}
