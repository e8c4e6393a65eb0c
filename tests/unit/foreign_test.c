/*
 * Every request of the protocol, with every name that it can carry of a record of another street or
 * another village: nothing is told, and nothing is changed.
 */
#include "alarm_fixture.h"
#include "anyrequest.h"
#include "foreign_texts.h"

#include "base/digest.h"
#include "db/table.h"
#include "server/handlers.h"
#include "server/session.h"
#include "service/cases/proposal.h"
#include "service/ledger/excuse.h"
#include "service/lists/paper.h"
#include "service/memory/state.h"

#define SECRETS                                                                                    \
    .name = "宋玉珍", .phone = "13904270123", .address = "化工里 7 号楼", .drafted = "何守田"
#define OWN .name = "马自明", .phone = "13904270456", .address = "团结里 1 号", .drafted = "于小满"

/** Whose records are asked for. */
struct foreign {
    const char *village, *officer, *name, *phone, *address, *drafted;
    char id_no[19], drafted_id_no[19], number[32], visit[40], record[32], batch[64], sheet[16];
    uint64_t case_id, person, alarm, proposal, version;
};

/** Whose records the fields name: `only` that one (NULL = all of them) the target's, the others
 *  those of `own`, or none. */
static const char *only;
static const struct foreign *target, *own;
static uint64_t numbers;
static unsigned faults; /* all are said, then the test fails */

static const struct {
    const char *message, *field; /* message "" = any */
    size_t offset;
} NAMED_TEXTS[] = {
    {"", "id_no", offsetof(struct foreign, id_no)},
    {"CaseGet", "number", offsetof(struct foreign, number)},
    {"Benefit", "number", offsetof(struct foreign, number)},
    {"", "case_no", offsetof(struct foreign, number)},
    {"", "kept", offsetof(struct foreign, number)},
    {"", "gone", offsetof(struct foreign, number)},
    {"", "visit", offsetof(struct foreign, visit)},
    {"", "replaces", offsetof(struct foreign, visit)},
    {"", "record", offsetof(struct foreign, record)},
    {"", "batch", offsetof(struct foreign, batch)},
    {"", "sheet", offsetof(struct foreign, sheet)},
};

static const struct {
    const char *field;
    size_t offset;
} NAMED_NUMBERS[] = {
    {"case_id", offsetof(struct foreign, case_id)},
    {"person", offsetof(struct foreign, person)},
    {"alarm", offsetof(struct foreign, alarm)},
    {"proposal", offsetof(struct foreign, proposal)},
    {"only", offsetof(struct foreign, case_id)},
};

static const struct foreign NOBODY = {.village = "", .officer = ""};

static const struct foreign *whose(const char *field)
{
    if (only == NULL || strcmp(only, field) == 0)
        return target;
    return own != NULL ? own : &NOBODY;
}

/** Divisions and officers: of the record's place. */
static const char *place_of(const char *field)
{
    if (strcmp(field, "area") == 0 || strcmp(field, "parent") == 0 || strcmp(field, "code") == 0 ||
        strcmp(field, "into") == 0)
        return whose(field)->village;
    if (strcmp(field, "officer") == 0 || strcmp(field, "as_officer") == 0)
        return whose(field)->officer;
    return NULL;
}

/** Whether a field names a record. */
static bool is_name(const char *message, const char *field)
{
    for (size_t i = 0; i < COUNT(NAMED_NUMBERS); i++)
        if (strcmp(NAMED_NUMBERS[i].field, field) == 0)
            return true;
    for (size_t i = 0; i < COUNT(NAMED_TEXTS); i++)
        if (strcmp(NAMED_TEXTS[i].field, field) == 0 &&
            (*NAMED_TEXTS[i].message == '\0' || strcmp(NAMED_TEXTS[i].message, message) == 0))
            return true;
    return place_of(field) != NULL;
}

static const char *text(const char *message, const char *field, void *arg)
{
    const char *place = place_of(field);

    (void)arg;
    if (place != NULL)
        return place;
    for (size_t i = 0; i < COUNT(NAMED_TEXTS); i++)
        if (strcmp(NAMED_TEXTS[i].field, field) == 0 &&
            (*NAMED_TEXTS[i].message == '\0' || strcmp(NAMED_TEXTS[i].message, message) == 0))
            return (const char *)whose(field) + NAMED_TEXTS[i].offset;
    for (size_t i = 0; i < COUNT(PLAIN); i++)
        if (strcmp(PLAIN[i].field, field) == 0 &&
            (*PLAIN[i].message == '\0' || strcmp(PLAIN[i].message, message) == 0))
            return PLAIN[i].value;
    fail_msg("say what %s.%s holds", message, field);
    return NULL;
}

static uint64_t number(const char *message, const char *field, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(NAMED_NUMBERS); i++)
        if (strcmp(NAMED_NUMBERS[i].field, field) == 0)
            return *(const uint64_t *)((const char *)whose(field) + NAMED_NUMBERS[i].offset);
    if (strcmp(field, "version") == 0)
        return target->version;
    if (strcmp(field, "type") == 0 || strcmp(field, "state") == 0)
        return 0;                         /* visits, and cases of any state */
    if (strcmp(message, "DuePlace") == 0) /* before all rows of its village */
        return strcmp(field, "overdue_days") == 0 ? INT32_MAX : 0;
    return 1; /* small limits, and yes to every question */
}

static size_t rows(const char *message, const char *field, void *arg)
{
    (void)message;
    (void)field;
    (void)arg;
    return 1;
}

// ---- what is there

static bool is_at(const ProtobufCMessage *record, const char *field, uint64_t wanted)
{
    const ProtobufCFieldDescriptor *found =
        protobuf_c_message_descriptor_get_field_by_name(record->descriptor, field);

    return found != NULL && found->type == PROTOBUF_C_TYPE_UINT64 &&
           *(const uint64_t *)((const char *)record + found->offset) == wanted;
}

static bool is_targets(const ProtobufCMessage *record)
{
    static const struct {
        const char *message;
        size_t offset;
    } ids[] = {
        {"Person", offsetof(struct foreign, person)},
        {"Case", offsetof(struct foreign, case_id)},
        {"Proposal", offsetof(struct foreign, proposal)},
        {"Alarm", offsetof(struct foreign, alarm)},
    };

    for (size_t i = 0; i < COUNT(ids); i++)
        if (strcmp(ids[i].message, record->descriptor->short_name) == 0 &&
            is_at(record, "id", *(const uint64_t *)((const char *)target + ids[i].offset)))
            return true;
    return is_at(record, "person", target->person) || is_at(record, "case_id", target->case_id);
}

static enum result add_record(const void *record, void *arg)
{
    size_t length = protobuf_c_message_get_packed_size(record);
    uint8_t *bytes = mem_new(length + 1);

    if (own == NULL || is_targets(record))
        digest_add(arg, bytes, protobuf_c_message_pack(record, bytes));
    free(bytes);
    return RESULT_OK;
}

/** What nobody may touch; events, and drafts of one's own, may be written. */
static enum result add_records(struct txn *txn, void *arg)
{
    enum result result = RESULT_OK;

    for (int i = 0; i < TABLE_COUNT && result == 0; i++)
        if (i != TABLE_EVENT && i != TABLE_DRAFT && i != TABLE_HOME)
            result = scan_table(txn, tables[i], &(struct range){0}, add_record, arg);
    return result;
}

static void take_digest(struct fixture *fixture, uint8_t sum[DIGEST_SIZE])
{
    struct digest *digest = digest_new();

    assert_result(store_run(fixture->service->store, STORE_READ, add_records, digest), RESULT_OK);
    digest_end(&digest, sum);
}

// ---- asking

/** Names of officers and divisions, passwords that fail: not about a record. */
static bool is_about_oneself(const char *kind)
{
    static const char *const kinds[] = {"hello", "login", "password", "logout", "today"};

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static void fault(const char *kind, const char *who, const char *what)
{
    print_error("%s with %s: %s %s\n", kind, only == NULL ? "everything" : only, who, what);
    faults++;
}

static bool holds(const uint8_t *bytes, size_t length, const char *word)
{
    return *word != '\0' && memmem(bytes, length, word, strlen(word)) != NULL;
}

/** What was typed may come back in the answer. */
static void expect_silence(const char *who, const char *kind, const uint8_t *frame, size_t length,
                           const uint8_t *answer, size_t answered)
{
    const char *const secrets[] = {target->name,    target->phone, target->address,
                                   target->drafted, target->id_no, target->drafted_id_no,
                                   target->number};

    for (size_t i = 0; i < COUNT(secrets); i++)
        if (holds(answer, answered, secrets[i]) && !holds(frame, length, secrets[i]))
            fault(kind, who, secrets[i]);
}

static enum result ask(struct fixture *fixture, const struct caller *caller,
                       const ProtobufCFieldDescriptor *kind)
{
    const struct filling filling = {text, number, rows, NULL};
    struct session session = {
        .service = fixture->service, .home = fixture->home, .caller = *caller, .greeted = true};
    Wire__Request *request = anyrequest_make(kind, &filling);
    uint8_t *answer = NULL;
    size_t answered = 0;

    request->number = ++numbers;
    size_t length = wire__request__get_packed_size(request);
    uint8_t *frame = mem_new(length);
    wire__request__pack(request, frame);
    dispatch_frame(&session, &HANDLERS, frame, length, &answer, &answered);
    Wire__Response *response = wire__response__unpack(NULL, answered, answer);
    assert_non_null(response);
    enum result result = (enum result)response->result;
    if (getenv("SHOW") != NULL)
        print_message("%s %s %s: %s %s\n", caller->officer, kind->name,
                      only == NULL ? "everything" : only, result_name(result), response->message);
    if (own != target)
        expect_silence(caller->officer, kind->name, frame, length, answer, answered);
    wire__response__free_unpacked(response, NULL);
    wire__request__free_unpacked(request, NULL);
    session_end(&session);
    free(answer);
    free(frame);
    return result;
}

/** One request; what is in the home stays as it is. */
static void expect_nothing(struct fixture *fixture, const struct caller *caller,
                           const ProtobufCFieldDescriptor *kind)
{
    uint8_t before[DIGEST_SIZE], after[DIGEST_SIZE];

    take_digest(fixture, before);
    (void)ask(fixture, caller, kind);
    take_digest(fixture, after);
    if (memcmp(before, after, sizeof before) != 0)
        fault(kind->name, caller->officer, "changes something");
}

/** With all names at once, and with each of them alone. */
static void ask_everything(struct fixture *fixture, const struct caller *caller)
{
    own = NULL;
    for (size_t i = 0; i < anyrequest_count(); i++) {
        const ProtobufCFieldDescriptor *kind = anyrequest_kind(i);
        const ProtobufCMessageDescriptor *type = kind->descriptor;
        if (is_about_oneself(kind->name))
            continue;
        only = NULL;
        expect_nothing(fixture, caller, kind);
        for (unsigned k = 0; k < type->n_fields; k++) {
            only = type->fields[k].name;
            if (is_name(type->short_name, only))
                expect_nothing(fixture, caller, kind);
        }
    }
}

// ---- the records

static void propose(struct fixture *fixture, const struct caller *caller, struct foreign *foreign)
{
    struct fields values = {0};
    struct proposal_input input = {.kind = "tanfang", .values = &values};

    fixture_id_no(fixture, foreign->drafted_id_no);
    fields_set(&values, "person.name", foreign->drafted);
    fields_set(&values, "person.area", foreign->village);
    fields_set(&values, "person.id_no", foreign->drafted_id_no);
    assert_result(proposal_put(fixture->service, caller, &input, fixture_clear(fixture)),
                  RESULT_OK);
    foreign->proposal = strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
    fields_free(&values);
}

static void find_alarm(struct fixture *fixture, const struct caller *caller,
                       struct foreign *foreign)
{
    struct sheet *sheet = NULL;

    assert_result(alarm_list(fixture->service, caller, "", &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    assert_true(sheet->row_count > 0);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strtoull(sheet_get(sheet, row, "case_id"), NULL, 10) == foreign->case_id)
            foreign->alarm = strtoull(sheet_get(sheet, row, "alarm"), NULL, 10);
    assert_true(foreign->alarm != 0);
    sheet_free(&sheet);
}

static enum result read_person(struct txn *txn, void *arg)
{
    struct foreign *foreign = arg;
    Rec__Case *record;
    enum result result = store_case_get(txn, foreign->case_id, &record);

    if (result == 0) {
        foreign->person = record->person;
        foreign->version = record->version;
        rec__case__free_unpacked(record, NULL);
    }
    return result;
}

/** Takes the code of the elder's village, printed now. */
static void print_sheet(struct fixture *fixture, struct foreign *foreign)
{
    struct due_query query = {.month = "2026-11",
                              .area = foreign->village,
                              .officer = "",
                              .kind = "",
                              .type = DUTY_TYPE_VISIT,
                              .all = true};
    struct due_place *next = NULL;
    struct sheet *sheet = NULL;

    assert_result(paper_make_sheets(fixture->service, &fixture->system, &query, &sheet, &next,
                                    fixture_clear(fixture)),
                  RESULT_OK);
    assert_null(next);
    snprintf(foreign->sheet, sizeof foreign->sheet, "%s", sheet_get(sheet, 0, "sheet_code"));
    sheet_free(&sheet);
}

/** An elder with a visit that found something, an excuse that is asked for, and a drafted case. */
static void make_elder(struct fixture *fixture, const struct caller *caller,
                       struct foreign *foreign)
{
    struct elder elder = {.name = foreign->name, .area = foreign->village, .id_no = foreign->id_no};
    struct excuse_input excuse = {.month = "2026-11",
                                  .reason = "住院",
                                  .from = "2026-11-11",
                                  .to = "2026-11-30",
                                  .note = "市医院"};

    fixture_id_no(fixture, foreign->id_no);
    foreign->case_id = elder_add(fixture, &elder);
    assert_result(
        case_change(fixture, &fixture->system, foreign->case_id, "person.phone", foreign->phone),
        RESULT_OK);
    assert_result(case_change(fixture, &fixture->system, foreign->case_id, "person.address",
                              foreign->address),
                  RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->system, foreign->case_id, true);
    snprintf(foreign->number, sizeof foreign->number, "%s", view.number);
    case_view_free(&view);
    assert_result(store_run(fixture->service->store, STORE_READ, read_person, foreign), RESULT_OK);
    snprintf(foreign->record, sizeof foreign->record, "case:%ju", (uintmax_t)foreign->case_id);
    snprintf(foreign->visit, sizeof foreign->visit, "%s",
             visit(fixture, &fixture->system, foreign->case_id, "2026-11-20", GAS, ""));
    excuse.case_id = foreign->case_id;
    assert_result(excuse_ask(fixture->service, &fixture->system, &excuse, fixture_clear(fixture)),
                  RESULT_OK);
    propose(fixture, caller, foreign);
    print_sheet(fixture, foreign);
}

/** With everything of one's own, but for one name. */
static void slip_in(struct fixture *fixture, const struct caller *caller)
{
    for (size_t i = 0; i < anyrequest_count(); i++) {
        const ProtobufCFieldDescriptor *kind = anyrequest_kind(i);
        const ProtobufCMessageDescriptor *type = kind->descriptor;
        for (unsigned k = 0; k < type->n_fields && !is_about_oneself(kind->name); k++) {
            struct foreign mine = {.village = VILLAGE, .officer = "s01", .batch = "2", OWN};
            only = type->fields[k].name;
            if (!is_name(type->short_name, only))
                continue;
            make_elder(fixture, &fixture->village, &mine);
            own = &mine;
            expect_nothing(fixture, caller, kind);
            own = NULL;
        }
    }
}

static void try_all(struct fixture *fixture, const struct caller *const callers[],
                    const struct foreign *foreign)
{
    target = foreign;
    faults = 0;
    for (size_t i = 0; callers[i] != NULL; i++) {
        ask_everything(fixture, callers[i]);
        slip_in(fixture, callers[i]);
    }
    assert_int_equal(faults, 0);
}

static void nobody_reaches_another_street(void **state)
{
    struct fixture *fixture = *state;
    struct foreign foreign = {.village = OTHER_VILLAGE, .officer = "s02", .batch = "1", SECRETS};
    struct caller villager = fixture->other_street;

    villager.role = ROLE_VILLAGE;
    snprintf(villager.area, sizeof villager.area, OTHER_VILLAGE);
    make_elder(fixture, &villager, &foreign);
    find_alarm(fixture, &villager, &foreign);
    try_all(fixture,
            (const struct caller *[]){&fixture->village, &fixture->street, &fixture->chief, NULL},
            &foreign);
}

static void no_village_reaches_its_neighbour(void **state)
{
    struct fixture *fixture = *state;
    struct foreign foreign = {.village = VILLAGE2, .officer = "v01", .batch = "1", SECRETS};
    struct caller neighbour = fixture->village;

    snprintf(neighbour.area, sizeof neighbour.area, VILLAGE2);
    make_elder(fixture, &neighbour, &foreign);
    find_alarm(fixture, &neighbour, &foreign);
    try_all(fixture, (const struct caller *[]){&fixture->village, NULL}, &foreign);
}

/* Or the tests above would only show requests that nobody can make. */
static void the_own_are_reached(void **state)
{
    static const char *const kinds[] = {
        "visit_add",     "visit_void",      "review_add",        "alarm_take", "alarm_finish",
        "excuse_decide", "proposal_return", "proposal_withdraw", "case_close",
    };
    struct fixture *fixture = *state;
    uint8_t before[DIGEST_SIZE], after[DIGEST_SIZE];

    only = NULL;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct foreign mine = {.village = VILLAGE, .officer = "s01", .batch = "2", OWN};
        make_elder(fixture, &fixture->village, &mine);
        find_alarm(fixture, &fixture->village, &mine);
        target = own = &mine;
        take_digest(fixture, before);
        enum result result = ask(
            fixture, &fixture->chief,
            protobuf_c_message_descriptor_get_field_by_name(&wire__request__descriptor, kinds[i]));
        take_digest(fixture, after);
        own = NULL;
        if (memcmp(before, after, sizeof before) == 0)
            fail_msg("%s changes nothing: %s", kinds[i], result_name(result));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_reaches_another_street, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(no_village_reaches_its_neighbour, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(the_own_are_reached, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
