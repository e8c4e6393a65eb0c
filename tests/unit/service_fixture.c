#include "service_fixture.h"

#include "census_unit.h"
#include "limit_unit.h"

#include "base/idno.h"
#include "db/store.h"
#include "form/form.h"
#include "service/cases/application.h"
#include "service/cases/proposal.h"
#include "service/keeping/init.h"
#include "service/lists/board.h"
#include "service/lists/why.h"
#include "service/memory/state.h"
#include "service/officers/officer.h"
#include "service/officers/session.h"

#include <inttypes.h>
#include <unistd.h>

static const char *const divisions[][4] = {
    {"210000000000", "辽宁省", "", "province"},
    {"211100000000", "盘锦市", "210000000000", "city"},
    {COUNTY, "双台子区", "211100000000", "county"},
    {STREET, "胜利街道", COUNTY, "street"},
    {VILLAGE, "团结社区", STREET, "village"},
    {VILLAGE2, "旌旗社区", STREET, "village"},
    {OTHER_STREET, "建设街道", COUNTY, "street"},
    {OTHER_VILLAGE, "化工社区", OTHER_STREET, "village"},
    {THIRD_STREET, "红旗街道", COUNTY, "street"},
    {THIRD_VILLAGE, "铁西社区", THIRD_STREET, "village"},
};

static struct caller make_caller(enum role role, const char *officer, const char *name,
                                 const char *area)
{
    struct caller caller = {.role = role};

    snprintf(caller.officer, sizeof caller.officer, "%s", officer);
    snprintf(caller.name, sizeof caller.name, "%s", name);
    snprintf(caller.area, sizeof caller.area, "%s", area);
    return caller;
}

static void open_service(struct fixture *fixture, const char *today)
{
    char *message = NULL;
    const char *source = getenv("srcdir");
    char *forms = mem_printf("%s/forms", source == NULL ? TESTS_SOURCE : source);
    struct service_options options = {
        .home = fixture->home,
        .forms = forms,
        .office_forms = fixture->office_forms,
        .create = true,
        .background = fixture->background,
        .today = today,
    };
    struct census_figures unused;
    enum result result = service_open(&options, &fixture->service, &message);

    if (result != 0)
        print_error("%s\n", message);
    assert_result(result, RESULT_OK);
    assert_result(census_get(fixture->service, &unused), RESULT_OK);
    free(message);
    free(forms);
}

static void init_home(struct fixture *fixture, const char *first_month)
{
    static const char *const columns[] = {"code", "name", "parent", "level"};
    struct sheet *sheet = sheet_new_ids(columns, COUNT(columns));
    struct init_input input = {
        .area = "211102",
        .first_month = first_month,
        .admin_password = "Fixture-2026-x",
        .divisions = sheet,
    };

    for (size_t i = 0; i < COUNT(divisions); i++) {
        size_t row = sheet_add_row(sheet);
        for (size_t k = 0; k < COUNT(columns); k++)
            sheet_set(sheet, row, columns[k], divisions[i][k]);
    }
    enum result result = init_new_home(fixture->service, &fixture->system, &input, &fixture->reply);
    if (result != 0)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, RESULT_OK);
    sheet_free(&sheet);
}

static void add_officer(struct fixture *fixture, const struct caller *caller)
{
    struct officer_input input = {
        .id = caller->officer,
        .name = caller->name,
        .role = access_role_name(caller->role),
        .area = caller->area,
        .phone = "",
        .password = "",
    };
    enum result result =
        officer_add(fixture->service, &fixture->system, &input, fixture_clear(fixture));

    if (result != 0)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, RESULT_OK);
}

void fixture_begin(struct fixture *fixture, const char *first_month, const char *today)
{
    char *folder = unit_folder("service");

    *fixture = (struct fixture){
        .system = make_caller(ROLE_SYSTEM, "system", "系统", ""),
        .chief = make_caller(ROLE_CHIEF, "c01", "赵主任", STREET),
        .street = make_caller(ROLE_STREET, "s01", "张敏", STREET),
        .village = make_caller(ROLE_VILLAGE, "v01", "刘洋", VILLAGE),
        .county = make_caller(ROLE_COUNTY, "x01", "孙科长", COUNTY),
        .other_chief = make_caller(ROLE_CHIEF, "c02", "钱主任", OTHER_STREET),
        .other_street = make_caller(ROLE_STREET, "s02", "周静", OTHER_STREET),
        .auditor = make_caller(ROLE_AUDITOR, "a01", "吴审计", ""),
    };
    snprintf(fixture->root, sizeof fixture->root, "%s", folder);
    free(folder);
    fixture->home = mem_printf("%s/home", fixture->root);
    assert_result(store_lock_home(fixture->home, true, &fixture->lock), RESULT_OK);
    open_service(fixture, today);
    init_home(fixture, first_month);
    const struct caller *officers[] = {
        &fixture->chief,   &fixture->street,      &fixture->village,      &fixture->county,
        &fixture->auditor, &fixture->other_chief, &fixture->other_street,
    };
    for (size_t i = 0; i < COUNT(officers); i++)
        add_officer(fixture, officers[i]);
    fixture_today(fixture, today);
}

void fixture_today(struct fixture *fixture, const char *today)
{
    census_unit_check(fixture->service);
    service_close(&fixture->service);
    open_service(fixture, today);
}

void fixture_end(struct fixture *fixture)
{
    char *command = mem_printf("rm -rf '%s'", fixture->root);

    limit_unit_begin();
    fixture_clear(fixture);
    census_unit_check(fixture->service);
    service_close(&fixture->service);
    close(fixture->lock);
    assert_int_equal(system(command), 0);
    free(command);
    free(fixture->home);
    limit_unit_end();
}

int fixture_setup(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture_begin(fixture, "2026-10", "2026-11-23");
    *state = fixture;
    return 0;
}

int fixture_teardown(void **state)
{
    fixture_end(*state);
    free(*state);
    return 0;
}

struct reply *fixture_clear(struct fixture *fixture)
{
    reply_free(&fixture->reply);
    return &fixture->reply;
}

const char *fixture_id_no(struct fixture *fixture, char number[19])
{
    unsigned n = ++fixture->people;

    snprintf(number, 19, "2111021945%02u%02u%03u", n / 28 % 12 + 1, n % 28 + 1, n % 1000);
    number[17] = idno_check(number);
    number[18] = '\0';
    return number;
}

// ---- cases and visits

void elder_values(const struct elder *elder, struct fields *values)
{
    fields_set(values, "person.name", elder->name != NULL ? elder->name : "王桂兰");
    fields_set(values, "person.id_no", elder->id_no);
    fields_set(values, "person.area", elder->area != NULL ? elder->area : VILLAGE);
    fields_set(values, "person.address", "团结社区18号楼2单元374");
    fields_set(values, "categories", "独居；空巢");
    fields_set(values, "tier", elder->tier != NULL ? elder->tier : "低");
    fields_set(values, "in_on", elder->since != NULL ? elder->since : "2026-01-05");
    fields_set(values, "visitor", elder->officer != NULL ? elder->officer : "v01");
}

uint64_t elder_add(struct fixture *fixture, const struct elder *elder)
{
    struct fields values = {0};
    struct elder copy = *elder;
    char number[19];
    struct case_input input = {
        .kind = "tanfang",
        .values = &values,
        .confirm = true,
        .batch = "",
    };

    if (copy.id_no == NULL)
        copy.id_no = fixture_id_no(fixture, number);
    elder_values(&copy, &values);
    enum result result =
        case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture));
    if (result != 0)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

enum result case_change(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                        const char *name, const char *value)
{
    struct case_view view = case_open(fixture, caller, case_id, true);
    struct fields values = {0};

    fields_copy(&values, &view.values);
    fields_set(&values, name, value);
    struct case_input input = {
        .case_id = case_id,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    enum result result = case_save(fixture->service, caller, &input, fixture_clear(fixture));
    fields_free(&values);
    case_view_free(&view);
    return result;
}

enum result case_new(struct fixture *fixture, const struct caller *caller, const char *kind,
                     const struct fields *values)
{
    const struct form *form = forms_get(service_forms(fixture->service), kind);
    struct case_input input = {.kind = kind, .values = values, .confirm = true};

    if (form->steps.life.count == 0)
        return case_save(fixture->service, caller, &input, fixture_clear(fixture));
    struct fields decided = {0};
    struct proposal_input prior = {.kind = kind, .values = &decided, .prior = true};
    fields_copy(&decided, values);
    fields_set(&decided, "decision_no", "民救〔2026〕1号");
    fields_set(&decided, "decided", "2026-01-05");
    enum result result = proposal_put(fixture->service, caller, &prior, fixture_clear(fixture));
    fields_free(&decided);
    if (result != 0) {
        print_message("%s\n", fixture->reply.message);
        return result;
    }
    struct application_input confirm = {
        .id = strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10),
        .act = "done",
        .opinion = "",
        .to = "",
    };
    result = application_act(fixture->service, &fixture->county, &confirm, fixture_clear(fixture));
    if (result != 0)
        print_message("%s\n", fixture->reply.message);
    return result;
}

struct case_view case_open(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                           bool open)
{
    struct case_view view = {0};

    assert_result(
        case_get(fixture->service, caller, case_id, NULL, open, &view, fixture_clear(fixture)),
        RESULT_OK);
    return view;
}

void visit_expect(struct fixture *fixture, uint64_t case_id, const char *date, const char *mode,
                  const char *result, enum result expected)
{
    struct visit_input input = {
        .case_id = case_id,
        .date = date,
        .mode = mode,
        .result = result,
        .by = "刘洋",
        .confirm = true,
        .change = &fixture->change,
    };

    fixture->change = (struct visit_change){0};
    enum result got = visit_add(fixture->service, &fixture->system, &input, fixture_clear(fixture));

    if (got != expected)
        print_error("%s\n", fixture->reply.message);
    assert_result(got, expected);
}

void fixture_expect_move(const struct fixture *fixture, uint64_t owed, uint64_t before,
                         uint64_t after)
{
    const struct visit_change *change = &fixture->change;

    assert_true(change->known);
    assert_true(change->counted);
    assert_int_equal(change->before.owed, owed);
    assert_int_equal(change->before.reached, before);
    assert_int_equal(change->after.owed, owed);
    assert_int_equal(change->after.reached, after);
}

void visit_ok(struct fixture *fixture, uint64_t case_id, const char *date)
{
    visit_expect(fixture, case_id, date, "上门", "成功", RESULT_OK);
}

// ---- reading

const char *board_line(struct fixture *fixture, const char *month, const char *by, const char *key,
                       bool as_reported)
{
    static char line[160];
    struct board_query query = {
        .month = month,
        .area = COUNTY,
        .by = by,
        .as_reported = as_reported,
    };
    struct sheet *sheet = NULL;

    assert_result(
        board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    line[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "key"), key) != 0)
            continue;
        snprintf(line, sizeof line, "%s %s %s %s %s %s %s %s %s %s", sheet_get(sheet, row, "owed"),
                 sheet_get(sheet, row, "reached"), sheet_get(sheet, row, "fulfilled"),
                 sheet_get(sheet, row, "pending"), sheet_get(sheet, row, "missed"),
                 sheet_get(sheet, row, "excused"), sheet_get(sheet, row, "not_counted"),
                 sheet_get(sheet, row, "attempted"), sheet_get(sheet, row, "late"),
                 sheet_get(sheet, row, "rate"));
    }
    sheet_free(&sheet);
    return line;
}

const char *why_line(struct fixture *fixture, const char *month, uint64_t case_id, bool as_reported)
{
    static char line[512];
    char id[24];
    struct why_query query = {
        .month = month,
        .area = COUNTY,
        .as_reported = as_reported,
    };
    struct sheet *sheet = NULL;

    snprintf(id, sizeof id, "%" PRIu64, case_id);
    assert_result(
        why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    line[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "case_id"), id) == 0)
            snprintf(line, sizeof line, "%s %s", sheet_get(sheet, row, "state"),
                     sheet_get(sheet, row, "reason"));
    sheet_free(&sheet);
    return line;
}
