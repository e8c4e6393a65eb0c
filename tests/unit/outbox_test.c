#include "service/frame/outbox.h"
#include "service/frame/receivers.h"

#include "base/mem.h"
#include "base/paths.h"
#include "certs.h"
#include "unit.h"

/* The office's settings, and the queue of bundles: what it keeps, and what it says of a receiver. */

static char *home;

static int begin(void **state)
{
    (void)state;
    home = unit_folder("outbox");
    return 0;
}

static int end(void **state)
{
    (void)state;
    assert_int_equal(certs_shell("rm -rf '%s'", home), 0);
    free(home);
    return 0;
}

// ---- settings

static enum result read_text(const char *text, struct receivers **receivers, char **message)
{
    char *path = paths_join(home, "receivers.yaml");
    FILE *file = fopen(path, "we");

    fputs(text, file);
    fclose(file);
    enum result result = receivers_read(path, receivers, message);
    free(path);
    return result;
}

#define SIGN "sign: {key: /etc/doudi/sign.key, certificate: /etc/doudi/sign.pem}\n"

static void settings_are_read(void **state)
{
    static const char text[] = SIGN "receivers:\n"
                                    "  - name: county\n"
                                    "    title: 双台子区民政局\n"
                                    "    area: 211102000000\n"
                                    "    certificate: /etc/doudi/county.pem\n"
                                    "    cipher: sm4\n"
                                    "    to: in@10.1.2.3:doudi\n"
                                    "  - {name: archive, sign: false}\n";
    struct receivers *receivers = NULL;
    char *message = NULL;

    (void)state;
    assert_result(read_text(text, &receivers, &message), RESULT_OK);
    const struct receiver *county = receivers_at(receivers, 0);
    const struct receiver *archive = receivers_find(receivers, "archive");
    assert_string_equal(county->title, "双台子区民政局");
    assert_string_equal(county->certificate, "/etc/doudi/county.pem");
    assert_string_equal(county->cipher, "sm4");
    assert_string_equal(county->area, "211102000000");
    assert_string_equal(county->to, "in@10.1.2.3:doudi");
    assert_true(county->sign);
    assert_string_equal(archive->title, "archive");
    assert_null(archive->certificate);
    assert_string_equal(archive->area, "");
    assert_false(archive->sign);
    assert_null(receivers_at(receivers, 2));
    assert_null(receivers_find(receivers, "nobody"));
    assert_string_equal(receivers_sign_key(receivers), "/etc/doudi/sign.key");
    assert_string_equal(receivers_sign_certificate(receivers), "/etc/doudi/sign.pem");
    receivers_free(&receivers);
}

static void without_settings_there_is_nobody(void **state)
{
    struct receivers *receivers = NULL;
    char *message = NULL;
    char *path = paths_join(home, "missing.yaml");

    (void)state;
    for (int i = 0; i < 2; i++) { /* missing, then empty */
        assert_result(receivers_read(path, &receivers, &message), RESULT_OK);
        assert_null(receivers_at(receivers, 0));
        assert_null(receivers_sign_key(receivers));
        receivers_free(&receivers);
        assert_int_equal(certs_shell(": >'%s'", path), 0);
    }
    assert_null(receivers_at(NULL, 0));
    free(path);
}

static void mistakes_are_told(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"receivers: [{title: 无名}]\n", "读不懂"},
        {"receivers: [{name: a, colour: red}]\n", "读不懂"},
        {"receivers: [\n", "读不懂"},
        {"receivers: [{name: ../up}]\n", "name 只能用"},
        {"receivers: [{name: -a}]\n", "name 只能用"},
        {"receivers: [{name: \"\"}]\n", "name 只能用"},
        {"receivers: [{name: a123456789012345678901234567890123}]\n", "name 只能用"},
        {"receivers: [{name: a}, {name: a}]\n", "写了两次"},
        {"receivers: [{name: a, certificate: county.pem}]\n", "完整路径"},
        {"receivers: [{name: a, area: 2111}]\n", "12 位"},
        {"receivers: [{name: a, cipher: sm4}]\n", "要写 certificate"},
        {"receivers: [{name: a, sign: true}]\n", "sign 的 key"},
        {"sign: {key: sign.key}\n", "完整路径"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct receivers *receivers = NULL;
        char *message = NULL;

        if (read_text(cases[i].text, &receivers, &message) != RESULT_INVALID ||
            strstr(message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, message != NULL ? message : "taken");
        assert_null(receivers);
        free(message);
    }
}

// ---- the queue

static struct outbox_entry make_entry(char *receiver, uint64_t number, day_t date)
{
    static char file[] = "bundle", none[] = "";
    struct outbox_entry entry = {.receiver = receiver,
                                 .number = number,
                                 .date = date,
                                 .file = file,
                                 .queued_at = 1000,
                                 .words = none,
                                 .receipt_words = none};

    memset(entry.manifest, 'a', DIGEST_TEXT - 1);
    return entry;
}

static enum result add_two(struct outbox *outbox, void *arg)
{
    char receiver[] = "county", words[] = "断了\n线\t路";
    struct outbox_entry entry = make_entry(receiver, 1, date_make(2026, 11, 26));

    (void)arg;
    entry.full = true;
    entry.tries = 3;
    entry.words = words;
    outbox_add(outbox, &entry);
    entry = make_entry(receiver, 2, date_make(2026, 11, 27));
    entry.sent_at = 2000;
    entry.receipt = OUTBOX_REFUSED;
    entry.receipt_at = 3000;
    entry.receipt_words = words;
    outbox_add(outbox, &entry);
    return RESULT_OK;
}

static void what_is_queued_is_kept(void **state)
{
    struct outbox outbox = {0};

    (void)state;
    assert_result(outbox_read(home, &outbox), RESULT_OK);
    assert_int_equal(outbox.count, 0);
    assert_result(outbox_change(home, add_two, NULL), RESULT_OK);
    assert_result(outbox_read(home, &outbox), RESULT_OK);
    assert_int_equal(outbox.count, 2);
    const struct outbox_entry *first = outbox_find(&outbox, "county", 1);
    const struct outbox_entry *second = outbox_find(&outbox, "county", 2);
    assert_true(first->full && first->tries == 3 && first->sent_at == 0);
    assert_null(strpbrk(first->words, "\n\t")); /* a line stays a line */
    assert_int_equal(first->date, date_make(2026, 11, 26));
    assert_int_equal(second->receipt, OUTBOX_REFUSED);
    assert_int_equal(second->receipt_at, 3000);
    assert_int_equal(second->sent_at, 2000);
    assert_null(outbox_find(&outbox, "city", 1));
    assert_null(outbox_find(&outbox, "county", 3));
    outbox_free(&outbox);
}

static void a_damaged_queue_is_set_aside(void **state)
{
    static const char *const damages[] = {"echo x >queue",
                                          ": >queue",
                                          "echo x >>queue",
                                          "sed -i 's/bundle/..\\/x/' queue",
                                          "sed -i 's/county/..\\/x/' queue",
                                          "sed -i 's/2026-11-26/2026-11-36/' queue"};
    struct outbox outbox = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(damages); i++) {
        assert_int_equal(certs_shell("rm -rf '%s/outbox'", home), 0);
        assert_result(outbox_change(home, add_two, NULL), RESULT_OK);
        assert_int_equal(certs_shell("cd '%s/outbox' && %s", home, damages[i]), 0);
        if (outbox_read(home, &outbox) != RESULT_CORRUPT)
            fail_msg("read after: %s", damages[i]);
        assert_result(outbox_change(home, add_two, NULL), RESULT_OK);
        assert_result(outbox_read(home, &outbox), RESULT_OK);
        assert_int_equal(outbox.count, 2);
        outbox_free(&outbox);
        assert_int_equal(certs_shell("test -f '%s/outbox/queue.bad'", home), 0);
    }
}

static void files_go_when_they_are_old(void **state)
{
    struct outbox outbox = {0};
    char receiver[] = "county";
    struct outbox_entry entry = make_entry(receiver, 1, 0);

    (void)state;
    outbox_add(&outbox, &entry);
    entry.number = 2;
    entry.sent_at = 1; /* 1970-01-01 */
    outbox_add(&outbox, &entry);
    assert_int_equal(
        certs_shell("mkdir -p '%s/outbox/county' && : >'%s/outbox/county/bundle'", home, home), 0);
    outbox_prune(&outbox, home, date_make(1970, 1, 7), 7);
    assert_int_equal(outbox.count, 2);
    outbox_prune(&outbox, home, date_make(1970, 1, 8), 7);
    assert_int_equal(outbox.count, 1);
    assert_int_equal(outbox.entries[0].number, 1); /* what was not handed over stays for ever */
    assert_int_equal(certs_shell("test ! -e '%s/outbox/county/bundle'", home), 0);
    outbox_free(&outbox);
}

/** A bundle in a table: how it stands. */
struct fact {
    int day; /**< of November */
    bool sent;
    enum outbox_receipt receipt;
};

static const struct {
    struct fact facts[4]; /**< numbers 1, 2 …; today is the 27th */
    size_t unsent, missing;
    int unsent_since, missing_since;
    bool refused, full; /**< full: the next one must be */
} STANDINGS[] = {
    {{{0}}, 0, 0, 0, 0, false, true},
    {{{27, false, OUTBOX_SILENT}}, 1, 0, 27, 0, false, false},
    {{{26, true, OUTBOX_SILENT}}, 0, 1, 0, 26, false, false},
    {{{26, true, OUTBOX_TAKEN}}, 0, 0, 0, 0, false, false},
    {{{25, true, OUTBOX_TAKEN}, {26, false, OUTBOX_SILENT}}, 1, 1, 26, 26, false, false},
    {{{24, true, OUTBOX_SILENT}, {25, false, OUTBOX_SILENT}, {27, false, OUTBOX_SILENT}},
     2,
     2,
     25,
     24,
     false,
     false},
    /* A day may have several. */
    {{{26, true, OUTBOX_SILENT}, {26, true, OUTBOX_SILENT}}, 0, 1, 0, 26, false, false},
    /* Whoever has a later one has the earlier ones. */
    {{{25, true, OUTBOX_SILENT}, {26, true, OUTBOX_TAKEN}}, 0, 0, 0, 0, false, false},
    /* Waiting is not having. */
    {{{25, true, OUTBOX_WAITING}}, 0, 1, 0, 25, false, false},
    /* Refused today is missing today. */
    {{{27, true, OUTBOX_REFUSED}}, 0, 1, 0, 27, true, true},
    {{{25, true, OUTBOX_REFUSED}, {26, true, OUTBOX_TAKEN}}, 0, 0, 0, 0, false, false},
};

static void it_says_what_the_receiver_lacks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(STANDINGS); i++) {
        struct receiver receiver = {.name = "county", .area = "211102000000"};
        struct outbox outbox = {0};
        struct outbox_standing standing;
        char name[] = "county", other[] = "city";

        for (size_t j = 0; STANDINGS[i].facts[j].day != 0; j++) {
            const struct fact *fact = &STANDINGS[i].facts[j];
            struct outbox_entry entry = make_entry(name, j + 1, date_make(2026, 11, fact->day));
            entry.sent_at = fact->sent;
            entry.receipt = fact->receipt;
            entry.receipt_at = (int64_t)j;
            outbox_add(&outbox, &entry);
            entry.receiver = other; /* nobody else's bundles count */
            entry.sent_at = 0;
            outbox_add(&outbox, &entry);
        }
        outbox_stand(&outbox, &receiver, date_make(2026, 11, 27), &standing);
        int since = STANDINGS[i].unsent_since, missing = STANDINGS[i].missing_since;
        if (standing.unsent != STANDINGS[i].unsent || standing.missing != STANDINGS[i].missing ||
            standing.unsent_since != (since != 0 ? date_make(2026, 11, since) : 0) ||
            standing.missing_since != (missing != 0 ? date_make(2026, 11, missing) : 0) ||
            standing.refused != STANDINGS[i].refused ||
            (outbox_last(&outbox, "county") == 0) != STANDINGS[i].full)
            fail_msg("case %zu: unsent %zu, missing %zu", i, standing.unsent, standing.missing);
        receiver.area = ""; /* no receipts are awaited */
        outbox_stand(&outbox, &receiver, date_make(2026, 11, 27), &standing);
        assert_int_equal(standing.missing, 0);
        outbox_free(&outbox);
    }
}

#define OUTBOX_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OUTBOX_TEST(settings_are_read),
        OUTBOX_TEST(without_settings_there_is_nobody),
        OUTBOX_TEST(mistakes_are_told),
        OUTBOX_TEST(what_is_queued_is_kept),
        OUTBOX_TEST(a_damaged_queue_is_set_aside),
        OUTBOX_TEST(files_go_when_they_are_old),
        OUTBOX_TEST(it_says_what_the_receiver_lacks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
