#include "payroll_steps.h"

#include "db/tables.h"
#include "service/frame/record.h"
#include "service/keeping/verify.h"
#include "service/memory/state.h"

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
