/* Sensitive values, by every way on which values leave the service (service/cases/mask.h). */
#include "service_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "bundle/extract.h"
#include "service/cases/draft.h"
#include "service/cases/mask.h"
#include "service/frame/event.h"
#include "service/frame/usecase.h"
#include "service/lists/audit.h"
#include "service/lists/case_log.h"

#include <locale.h>

/** Values that only an opening may show. */
#define CHRONIC "糖尿病胰岛素"
#define DISEASE "尿毒症透析"
#define CERTIFICATE "32100019450101001X42"
#define ACCOUNT "6217000010001234567"

static const char *const SECRETS[] = {CHRONIC, DISEASE, CERTIFICATE, ACCOUNT};

struct scene {
    struct fixture *fixture;
    uint64_t id;
    char number[32], record[32], id_no[19];
    struct case_view opened;
};

// ---- the ways: each adds to `text` all that it shows

static void add_sheet(const struct sheet *sheet, struct str *text)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < sheet->column_count; i++)
            str_printf(text, "%s\n", sheet_cell(sheet, row, i));
}

static void add_values(const struct fields *values, struct str *text)
{
    for (size_t i = 0; i < values->count; i++)
        str_printf(text, "%s=%s\n", values->items[i].name, values->items[i].value);
}

static void way_view(struct scene *scene, struct str *text)
{
    struct case_view view = case_open(scene->fixture, &scene->fixture->village, scene->id, false);

    add_values(&view.values, text);
    case_view_free(&view);
}

static void way_log(struct scene *scene, struct str *text)
{
    struct sheet *sheet = NULL;
    struct fixture *fixture = scene->fixture;

    assert_result(case_log_list(fixture->service, &fixture->street, scene->id, &sheet,
                                fixture_clear(fixture)),
                  RESULT_OK);
    add_sheet(sheet, text);
    sheet_free(&sheet);
}

static void way_audit(struct scene *scene, struct str *text)
{
    const struct audit_query queries[] = {{.record = scene->record}, {.limit = 1000}};
    struct fixture *fixture = scene->fixture;

    for (size_t i = 0; i < COUNT(queries); i++) {
        struct sheet *sheet = NULL;
        fixture->auditor.number++;
        assert_result(audit_list(fixture->service, &fixture->auditor, &queries[i], &sheet,
                                 fixture_clear(fixture)),
                      RESULT_OK);
        add_sheet(sheet, text);
        sheet_free(&sheet);
    }
}

static size_t event_cells;

static enum result add_cells(const char *const *cells, void *arg)
{
    for (size_t i = 0; i < event_cells; i++)
        str_printf(arg, "%s\n", cells[i]);
    return RESULT_OK;
}

static void way_events_file(struct scene *scene, struct str *text)
{
    const struct extract_file *file = extract_at(0);

    for (size_t i = 0; strcmp(file->name, "events.csv") != 0; i++)
        file = extract_at(i);
    event_cells = file->column_count;
    assert_result(file->rows(scene->fixture->service, file, add_cells, text), RESULT_OK);
}

/** Of a case that has been handed over to another street since. */
static void way_draft(struct scene *scene, struct str *text)
{
    struct fixture *fixture = scene->fixture;
    struct caller moved = fixture->street;
    char by_id[24];
    const char *const records[] = {scene->number, by_id};

    snprintf(by_id, sizeof by_id, "%llu", (unsigned long long)scene->id);
    strcpy(moved.area, fixture->other_street.area);
    for (size_t i = 0; i < COUNT(records); i++) {
        struct fields values = {0};
        char *at = NULL;
        assert_result(draft_put(fixture->service, &fixture->street, "tanfang", records[i], "",
                                &scene->opened.values, fixture_clear(fixture)),
                      RESULT_OK);
        assert_result(draft_get(fixture->service, &moved, "tanfang", records[i], &values, &at,
                                fixture_clear(fixture)),
                      RESULT_OK);
        add_values(&values, text);
        fields_free(&values);
        free(at);
    }
}

static enum result enter_again(struct scene *scene, const struct caller *caller, uint64_t case_id)
{
    struct fixture *fixture = scene->fixture;
    struct fields values = {0}, base = {0};
    struct case_input input = {
        .case_id = case_id,
        .kind = "tanfang",
        .version = 1,
        .person_version = 1,
        .values = &values,
        .base = &base,
        .confirm = true,
        .batch = "",
    };

    fields_copy(&values, &scene->opened.values);
    fields_set(&values, "chronic", "哮喘");
    fields_set(&values, "person.disease", "肺癌");
    fields_set(&values, "person.dis_no", "");
    fields_copy(&base, &values);
    fields_set(&base, "chronic", "高血压");
    fields_set(&base, "person.disease", "");
    fields_set(&base, "person.dis_no", "1");
    enum result result = case_save(fixture->service, caller, &input, fixture_clear(fixture));
    fields_free(&values);
    fields_free(&base);
    return result;
}

/** Another street enters the person anew; what it may not open, a conflict does not tell. */
static void way_conflict(struct scene *scene, struct str *text)
{
    assert_result(enter_again(scene, &scene->fixture->other_street, 0), RESULT_CONFLICT);
    assert_string_not_equal(fields_get(&scene->fixture->reply.values, "theirs.person.disease"), "");
    add_values(&scene->fixture->reply.values, text);
}

/** The same without what is known: that is filled in, and remarked upon. */
static void way_remarks(struct scene *scene, struct str *text)
{
    struct fixture *fixture = scene->fixture;
    struct fields values = {0};
    struct case_input input = {.kind = "tanfang", .values = &values, .batch = ""};

    elder_values(&(struct elder){.id_no = scene->id_no}, &values);
    assert_result(
        case_save(fixture->service, &fixture->other_street, &input, fixture_clear(fixture)),
        RESULT_INVALID);
    for (size_t i = 0; i < fixture->reply.problems.count; i++)
        str_printf(text, "%s %s %s\n", fixture->reply.problems.items[i].field,
                   fixture->reply.problems.items[i].value, fixture->reply.problems.items[i].text);
    fields_free(&values);
}

static const struct {
    const char *name;
    void (*show)(struct scene *scene, struct str *text);
} WAYS[] = {
    {"view", way_view},       {"log", way_log},
    {"audit", way_audit},     {"events.csv", way_events_file},
    {"draft", way_draft},     {"conflict", way_conflict},
    {"remarks", way_remarks},
};

// ---- one case by all of them

/** As an older version, and an import, wrote events: with the values, under several names. */
static enum result write_old_event(struct usecase *usecase, void *arg)
{
    const struct scene *scene = arg;

    event_name_record(usecase, VILLAGE, "%s", scene->record);
    event_add_change(usecase, "chronic", "", CHRONIC);
    event_add_change(usecase, "acct", ACCOUNT, "");
    event_add_change(usecase, "members.3.disease", DISEASE, "无");
    event_add_change(usecase, "person:7:dis_no", CERTIFICATE, "");
    return RESULT_OK;
}

static void begin_scene(struct scene *scene, struct fixture *fixture)
{
    struct fields values = {0};

    scene->fixture = fixture;
    elder_values(&(struct elder){.id_no = fixture_id_no(fixture, scene->id_no)}, &values);
    fields_set(&values, "chronic", CHRONIC);
    fields_set(&values, "person.disease", DISEASE);
    fields_set(&values, "person.dis_no", CERTIFICATE);
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    fields_free(&values);
    scene->id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    snprintf(scene->number, sizeof scene->number, "%s",
             fields_get(&fixture->reply.values, "number"));
    snprintf(scene->record, sizeof scene->record, "case:%llu", (unsigned long long)scene->id);
    scene->opened = case_open(fixture, &fixture->street, scene->id, true);
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_CASE_SAVE, NULL,
                                write_old_event, scene, fixture_clear(fixture)),
                  RESULT_OK);
}

static void no_way_shows_a_sensitive_value(void **state)
{
    struct scene scene = {0};

    begin_scene(&scene, *state);
    for (size_t i = 0; i < COUNT(WAYS); i++) {
        struct str text = {0};
        WAYS[i].show(&scene, &text);
        assert_non_null(strstr(str_text(&text), MASK));
        if (WAYS[i].show != way_remarks) /* which say what was typed */
            assert_null(strstr(str_text(&text), scene.id_no));
        for (size_t k = 0; k < COUNT(SECRETS); k++)
            if (strstr(str_text(&text), SECRETS[k]) != NULL)
                fail_msg("%s shows %s", WAYS[i].name, SECRETS[k]);
        str_free(&text);
    }
    case_view_free(&scene.opened);
}

/** An officer who may open the case sees both values of a conflict; this is a recorded opening. */
static void a_conflict_is_an_opening(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = {0};
    struct sheet *sheet = NULL;

    begin_scene(&scene, fixture);
    assert_result(enter_again(&scene, &fixture->chief, scene.id), RESULT_CONFLICT);
    assert_string_equal(fields_get(&fixture->reply.values, "theirs.chronic"), CHRONIC);
    assert_string_equal(fields_get(&fixture->reply.values, "theirs.person.disease"), DISEASE);
    fixture->auditor.number++;
    assert_result(audit_list(fixture->service, &fixture->auditor,
                             &(struct audit_query){.record = scene.record,
                                                   .officer = fixture->chief.officer,
                                                   .action = "case.open"},
                             &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
    case_view_free(&scene.opened);
}

/** The officer's own draft of a case that is still the officer's is whole. */
static void a_draft_of_ones_own_is_whole(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene = {0};
    struct fields values = {0};
    char *at = NULL;

    begin_scene(&scene, fixture);
    assert_result(draft_put(fixture->service, &fixture->street, "tanfang", scene.number, "",
                            &scene.opened.values, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(draft_get(fixture->service, &fixture->street, "tanfang", scene.number, &values,
                            &at, fixture_clear(fixture)),
                  RESULT_OK);
    assert_true(fields_equal(&values, &scene.opened.values));
    fields_free(&values);
    free(at);
    case_view_free(&scene.opened);
}

static void a_mask_is_never_stored(void **state)
{
    static const char *const names[] = {"chronic", "person.disease", "person.dis_no"};
    struct fixture *fixture = *state;
    struct scene scene = {0};

    begin_scene(&scene, fixture);
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_result(case_change(fixture, &fixture->street, scene.id, names[i], MASK),
                      RESULT_INVALID);
        assert_non_null(strstr(fixture->reply.message, "遮住的写法"));
    }
    struct case_view view = case_open(fixture, &fixture->street, scene.id, true);
    assert_true(fields_equal(&view.values, &scene.opened.values));
    case_view_free(&view);
    case_view_free(&scene.opened);
}

// ---- every field of every form

static void check_field(const struct forms *forms, const struct form *form, const char *name,
                        const struct form_field *field)
{
    const struct form *const places[] = {form, NULL}; /* of a known programme, or of any */

    for (size_t i = 0; i < COUNT(places); i++) {
        const struct form_field *found = mask_field(forms, places[i], name);
        char *shown = mask_value(found, "一二三四五六七八九十");
        if (found == NULL)
            fail_msg("%s: no field %s", form->kind, name);
        if (field->sensitive && strstr(shown, "五六") != NULL)
            fail_msg("%s: %s is shown", form->kind, name);
        if (!field->sensitive && i == 0)
            assert_string_equal(shown, "一二三四五六七八九十");
        free(shown);
    }
}

static void every_sensitive_field_is_known(void **state)
{
    struct fixture *fixture = *state;
    const struct forms *forms = service_forms(fixture->service);
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        for (size_t k = 0; k < form->field_count; k++) {
            const struct form_field *field = &form->fields[k];
            check_field(forms, form, field->id, field);
            for (size_t c = 0; c < field->column_count; c++) {
                char *name = mem_printf("%s.2.%s", field->id, field->columns[c].id);
                check_field(forms, form, name, &field->columns[c]);
                free(name);
            }
        }
    }
}

static void values_are_masked_by_their_field(void **state)
{
    static const struct {
        const char *name, *value, *shown;
    } cases[] = {
        {"acct", ACCOUNT, MASK},
        {"acct", "", ""},
        {"person.health", "重病", MASK},
        {"person.id_no", "21110219440302002X", "2111**********002X"},
        {"g_id", "21110219440302002X", "2111**********002X"},
        {"g_id", "2111", "****"}, /* no number, in a field for one */
        {"person.phone", "13900000000", "13900000000"},
        {"no_field", "21110219440302002X", "2111**********002X"},
        {"no_field", "3", "3"},
        {"known:9:disease", DISEASE, MASK},
    };
    struct fixture *fixture = *state;
    const struct forms *forms = service_forms(fixture->service);

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *shown = mask_value(mask_field(forms, NULL, cases[i].name), cases[i].value);
        assert_string_equal(shown, cases[i].shown);
        free(shown);
    }
}

#define MASK_TEST(function)                                                                        \
    cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MASK_TEST(no_way_shows_a_sensitive_value), MASK_TEST(a_conflict_is_an_opening),
        MASK_TEST(a_draft_of_ones_own_is_whole),   MASK_TEST(a_mask_is_never_stored),
        MASK_TEST(every_sensitive_field_is_known), MASK_TEST(values_are_masked_by_their_field),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
