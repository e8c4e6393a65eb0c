#include "merge_steps.h"

#include "base/month.h"
#include "base/str.h"
#include "db/figure.h"
#include "db/lead.h"
#include "db/payroll.h"
#include "db/tables.h"
#include "db/unfiled.h"
#include "service/keeping/verify.h"
#include "service/memory/state.h"

// ---- everything that is stored and that a merge may touch, as texts

struct dump {
    struct str text;
};

static void add_record(struct dump *dump, const char *what, const void *record)
{
    const ProtobufCMessage *message = record;
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = mem_array(size + 1, 1);

    protobuf_c_message_pack(message, bytes);
    str_printf(&dump->text, "%s ", what);
    for (size_t i = 0; i < size; i++)
        str_printf(&dump->text, "%02x", bytes[i]);
    str_add(&dump->text, "\n");
    free(bytes);
}

#define ADDER(name, message)                                                                       \
    static enum result add_##name(const message *record, void *arg)                                \
    {                                                                                              \
        add_record(arg, #name, record);                                                            \
        return RESULT_OK;                                                                          \
    }
ADDER(person, Rec__Person)
ADDER(casefile, Rec__Case)
ADDER(visit, Rec__Visit)
ADDER(duty, Rec__Duty)
ADDER(alarm, Rec__Alarm)
ADDER(sheet, Rec__Sheet)
ADDER(statement, Rec__Statement)
ADDER(lead, Rec__Lead)
ADDER(listed_death, Rec__ListedDeath)
ADDER(proposal, Rec__Proposal)
ADDER(draft, Rec__Draft)
ADDER(payroll, Rec__Payroll)
ADDER(spotcheck, Rec__Spotcheck)

/** What officers have begun, answered, paid and drawn. */
static enum result read_work(struct txn *txn, struct dump *dump)
{
    static const char *const states[] = {"waiting", "accepted", "returned"};
    static const char *const officers[] = {"s01", "v01"};
    enum result result = store_lead_scan(txn, add_lead, dump);

    if (result == 0)
        result = store_listed_death_scan(txn, add_listed_death, dump);
    for (size_t i = 0; i < COUNT(states) && result == 0; i++)
        result = store_proposal_scan(txn, states[i], "", add_proposal, dump);
    for (size_t i = 0; i < COUNT(officers) && result == 0; i++)
        result = store_draft_scan(txn, officers[i], add_draft, dump);
    if (result == 0)
        result = store_payroll_scan(txn, "", "", add_payroll, dump);
    return result == 0 ? store_spotcheck_scan(txn, "", add_spotcheck, dump) : result;
}

static enum result read_all(struct txn *txn, void *arg)
{
    struct dump *dump = arg;
    enum result result = store_person_scan(txn, 0, add_person, dump);

    if (result == 0)
        result = store_case_scan(txn, 0, add_casefile, dump);
    if (result == 0)
        result = store_visit_scan_all(txn, add_visit, dump);
    for (month_t month = month_make(2026, 9); month <= month_make(2026, 12) && result == 0; month++)
        result = store_duty_scan(txn, month, "", NULL, add_duty, dump);
    for (month_t month = month_make(2026, 9); month <= month_make(2026, 12) && result == 0; month++)
        result = store_statement_scan(txn, month, "", add_statement, dump);
    if (result == 0)
        result = store_alarm_scan(txn, add_alarm, dump);
    if (result == 0)
        result = store_sheet_scan_all(txn, add_sheet, dump);
    return result == 0 ? read_work(txn, dump) : result;
}

char *merge_dump(struct fixture *fixture)
{
    struct dump dump = {0};

    assert_result(store_run(fixture->service->store, STORE_READ, read_all, &dump), RESULT_OK);
    return str_take(&dump.text);
}

void merge_expect_verified(struct fixture *fixture)
{
    struct sheet *lines = NULL;
    enum result result =
        verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture));

    for (size_t i = 0; result != 0 && lines != NULL && i < lines->row_count; i++)
        print_error("%s\n", sheet_get(lines, i, "line"));
    assert_result(result, RESULT_OK);
    sheet_free(&lines);
}
