#include "payroll_steps.h"

#include "db/tables.h"
#include "service/frame/record.h"
#include "service/keeping/verify.h"
#include "service/memory/state.h"
#include "service/payroll/payroll_kept.h"

struct payroll_query roster_november(void)
{
    return (struct payroll_query){
        .kind = "dibao", .month = "2026-11", .area = STREET, .format = "csv"};
}

struct payroll_query roster_december(void)
{
    return (struct payroll_query){
        .kind = "dibao", .month = "2026-12", .area = STREET, .format = "csv"};
}

uint64_t roster_household_add(struct fixture *fixture, const char *name, const char *account,
                              const char *base)
{
    struct fields values = {0};
    char id_no[19];

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "100.00");
    fields_set(&values, "from_m", "2026-10");
    fields_set(&values, "base", base);
    fields_set(&values, "amount_why", "审批表");
    fields_set(&values, "members.0.name", name);
    fields_set(&values, "members.0.id_no", fixture_id_no(fixture, id_no));
    fields_set(&values, "members.0.m_rel", "户主");
    fields_set(&values, "members.0.m_cov", "是");
    fields_set(&values, "members.0.bank", "盘锦银行");
    fields_set(&values, "members.0.acct", account);
    fields_set(&values, "members.0.acct_name", name);
    fields_set(&values, "members.0.acct_rel", "本人");
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

struct imported {
    uint64_t id;
    const char *batch;
};

static enum result set_batch(struct txn *txn, void *arg)
{
    const struct imported *imported = arg;
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(txn, imported->id, &casefile);

    if (result != 0)
        return result;
    record_set(&casefile->batch, imported->batch);
    result = store_case_put(txn, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

void roster_household_import(struct fixture *fixture, const char *name, const char *batch)
{
    struct imported imported = {
        .id = roster_household_add(fixture, name, "6217000000000000032", "400.00"),
        .batch = batch,
    };

    assert_result(store_run(fixture->service->store, STORE_WRITE, set_batch, &imported), RESULT_OK);
}

enum result roster_make(struct fixture *fixture, struct payroll_query query)
{
    return payroll_make(fixture->service, &fixture->street, &query, fixture_clear(fixture));
}

enum result roster_confirm(struct fixture *fixture, const struct caller *caller,
                           struct payroll_query query)
{
    return payroll_confirm(fixture->service, caller, &query, fixture_clear(fixture));
}

struct sheet *roster_show(struct fixture *fixture, struct payroll_query query)
{
    struct sheet *sheet = NULL;

    query.full = true;
    assert_result(
        payroll_show(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    return sheet;
}

/** The bank's one file, as text. New string. */
char *roster_export(struct fixture *fixture, struct payroll_query query, enum result expected)
{
    struct str *files = NULL;
    size_t count = 0;
    char *text = NULL;

    assert_result(payroll_export(fixture->service, &fixture->street, &query, &files, &count,
                                 fixture_clear(fixture)),
                  expected);
    if (expected != 0)
        return NULL;
    assert_int_equal(count, 1);
    text = str_take(&files[0]);
    free(files);
    return text;
}

enum result roster_send_back(struct fixture *fixture, struct payroll_query query, const char *name,
                             const char *account, const char *reason)
{
    return roster_send_back_amount(fixture, query, name, account, "", reason);
}

enum result roster_send_back_amount(struct fixture *fixture, struct payroll_query query,
                                    const char *name, const char *account, const char *yuan,
                                    const char *reason)
{
    static const char *const ids[] = {"line",   "name",   "account", "id_no",
                                      "amount", "result", "reason"};
    const char *cells[] = {"2", name, account, "", yuan, "", reason};
    struct sheet *rows = sheet_new_ids(ids, COUNT(ids));
    struct sheet *refusals = NULL;

    (void)sheet_add_cells(rows, cells);
    enum result result = payroll_returns(fixture->service, &fixture->street, &query, rows,
                                         &refusals, fixture_clear(fixture));
    sheet_free(&rows);
    sheet_free(&refusals);
    return result;
}

void roster_expect_verified(struct fixture *fixture)
{
    struct sheet *lines = NULL;

    assert_result(verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture)),
                  RESULT_OK);
    sheet_free(&lines);
}

// ---- lists from memory

enum { LISTS = 3 };

/** A list as it is answered: 0 and 1 raises, those of all kinds; 2 what was overpaid. */
static struct sheet *read_list(struct fixture *fixture, int list)
{
    struct payroll_query query = {.kind = "", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;
    enum result result = list < 2 ? payroll_raises(fixture->service, &fixture->street, &query,
                                                   list == 1, &sheet, fixture_clear(fixture))
                                  : payroll_overpaid(fixture->service, &fixture->street, &query,
                                                     &sheet, fixture_clear(fixture));

    assert_result(result, RESULT_OK);
    return sheet;
}

static void expect_equal(const struct sheet *known, const struct sheet *whole)
{
    assert_int_equal(known->row_count, whole->row_count);
    for (size_t row = 0; row < known->row_count; row++)
        for (size_t column = 0; column < known->column_count; column++)
            assert_string_equal(sheet_cell(known, row, column), sheet_cell(whole, row, column));
}

static size_t expect_list(struct fixture *fixture, int list)
{
    struct service *service = fixture->service;
    struct sheet *known = read_list(fixture, list);
    size_t lines = known->row_count;
    struct settled *settled = service->settled;
    struct payroll_kept *kept = service->payroll_kept;

    service->settled = settled_new();
    service->payroll_kept = payroll_kept_new();
    struct sheet *whole = read_list(fixture, list);
    settled_free(&service->settled);
    payroll_kept_free(&service->payroll_kept);
    service->settled = settled;
    service->payroll_kept = kept;
    expect_equal(known, whole);
    sheet_free(&known);
    sheet_free(&whole);
    return lines;
}

struct roster_lines roster_expect_lists(struct fixture *fixture)
{
    struct roster_lines lines = {.raises = expect_list(fixture, 0)};

    lines.all_raises = expect_list(fixture, 1);
    lines.overpaid = expect_list(fixture, LISTS - 1);
    return lines;
}
