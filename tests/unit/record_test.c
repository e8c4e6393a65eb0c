#include "service/frame/record.h"

#include "tests/unit/unit.h"

#include "base/mem.h"

static Rec__Credit *new_credit(int32_t date)
{
    Rec__Credit *credit = mem_new(sizeof *credit);

    rec__credit__init(credit);
    credit->date = date;
    return credit;
}

static Rec__Duty *new_duty(void)
{
    Rec__Duty *duty = mem_new(sizeof *duty);

    rec__duty__init(duty);
    duty->month = 24322;
    duty->case_id = 7;
    record_set(&duty->area, "211102002001");
    record_set(&duty->type, "visit");
    duty->n_credits = 2;
    duty->credits = mem_array(2, sizeof *duty->credits);
    duty->credits[0] = new_credit(20780);
    duty->credits[1] = new_credit(20781);
    duty->n_attempts = 3;
    duty->attempts = mem_array(3, sizeof *duty->attempts);
    duty->attempts[2] = 20779;
    duty->excuse = mem_new(sizeof *duty->excuse);
    rec__excuse__init(duty->excuse);
    record_set(&duty->excuse->reason, "住院");
    return duty;
}

static void a_copy_is_equal_and_its_own(void **state)
{
    Rec__Duty *duty = new_duty();
    Rec__Duty *copy = record_copy(duty);

    (void)state;
    assert_true(record_equal(duty, copy));
    copy->credits[1]->date++;
    assert_false(record_equal(duty, copy));
    copy->credits[1]->date--;
    copy->attempts[2]++;
    assert_false(record_equal(duty, copy));
    copy->attempts[2]--;
    record_set(&copy->excuse->reason, "外出");
    assert_string_equal(duty->excuse->reason, "住院");
    assert_ptr_not_equal(duty->area, copy->area);
    /* What was never set stays what protobuf-c does not free. */
    assert_ptr_equal(copy->tier, protobuf_c_empty_string);
    rec__duty__free_unpacked(duty, NULL);
    assert_string_equal(copy->area, "211102002001");
    rec__duty__free_unpacked(copy, NULL);
}

static void bytes_are_copied(void **state)
{
    Rec__Event event = REC__EVENT__INIT;
    uint8_t session[16] = {1, 0, 3};
    Rec__Event *copy;

    (void)state;
    event.session = (ProtobufCBinaryData){sizeof session, session};
    copy = record_copy(&event);
    memset(session, 9, sizeof session);
    assert_int_equal(copy->session.len, sizeof session);
    assert_memory_equal(copy->session.data, ((uint8_t[]){1, 0, 3, 0}), 4);
    assert_null(copy->hash.data);
    rec__event__free_unpacked(copy, NULL);
}

/** A record of a later program: what this one does not know is kept and written back. */
static void what_is_unknown_is_copied(void **state)
{
    static const uint8_t later[] = {0x08, 0x05, 0xfa, 0x3f, 0x03, 'n', 'e', 'w'}; /* field 1023 */
    Rec__Case *record = rec__case__unpack(NULL, sizeof later, later);
    uint8_t bytes[sizeof later];
    Rec__Case *copy;

    (void)state;
    assert_non_null(record);
    copy = record_copy(record);
    rec__case__free_unpacked(record, NULL);
    assert_int_equal(rec__case__get_packed_size(copy), sizeof later);
    rec__case__pack(copy, bytes);
    assert_memory_equal(bytes, later, sizeof later);
    rec__case__free_unpacked(copy, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_equal_and_its_own),
        cmocka_unit_test(bytes_are_copied),
        cmocka_unit_test(what_is_unknown_is_copied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
