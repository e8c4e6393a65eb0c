/*
 * Receipts from a county's own home back to its street: signed with the county's key, checked with its
 * certificate; what is not signed by it leaves the day red.
 */
#include "certs.h"
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <unistd.h>

#define STREET "211103001000"
#define COUNTY "211103000000"
#define RED "双台子区没有收到 2026-11-26 起 1 天的数据"

struct desk {
    struct world *street, *county;
    char *etc; /**< as /etc/doudi of the street, with everybody's keys */
};

static void put_receivers(const struct desk *desk, const char *certificate)
{
    assert_int_equal(certs_shell("cd '%s' && { printf 'sign: {key: %%s/street.key, certificate: "
                                 "%%s/street.pem}\\nreceivers:\\n  - {name: county, title: "
                                 "双台子区, area: " COUNTY "' \"$PWD\" \"$PWD\"; %s%s%s echo '}'; "
                                 "} >receivers.yaml",
                                 desk->etc,
                                 *certificate != '\0' ? "printf ', receipt_certificate: %s/%s' "
                                                        "\"$PWD\" "
                                                      : "",
                                 certificate, *certificate != '\0' ? ".pem;" : ""),
                     0);
}

static struct desk desk_new(void)
{
    struct desk desk = {.street = world_new("2026-11-26"),
                        .county = world_new("2026-11-26"),
                        .etc = unit_folder("etc")};
    char *divisions = world_divisions();

    setenv("DOUDI_CONFDIR", desk.etc, 1);
    certs_make(desk.etc, "street", "ec", "");
    certs_make(desk.etc, "county", "rsa:2048", "");
    certs_make(desk.etc, "other", "ec", "");
    assert_int_equal(
        certs_shell("cd '%s' && mkdir senders && cp street.pem senders/" STREET ".pem", desk.etc),
        0);
    world_expect(desk.street, 0, "init --area 211103001 --divisions '%s' --first-month 2026-11",
                 divisions);
    world_expect(desk.street, 0, "demo --area 211103001 --cases 30 --months 1 --seed 7");
    world_expect(desk.county, 0, "init --area 211103 --level county --divisions '%s'", divisions);
    put_receivers(&desk, "county");
    free(divisions);
    return desk;
}

static void desk_free(struct desk *desk)
{
    world_free(&desk->street);
    world_free(&desk->county);
    assert_int_equal(certs_shell("rm -rf '%s'", desk->etc), 0);
    unsetenv("DOUDI_CONFDIR");
    free(desk->etc);
}

/** The street's next day; its bundle lies in ETC/out, and its queue. */
static void export(struct desk *desk)
{
    world_expect(desk->street, 0, "export --out '%s/out'", desk->etc);
}

/** The county takes all bundles; its receipts are in ETC/receipts. `more`: options. */
static void ingest(struct desk *desk, int status, const char *more)
{
    assert_int_equal(certs_shell("rm -rf '%s/receipts'", desk->etc), 0);
    world_expect(desk->county, status,
                 "ingest '%s/outbox/county'/*.cms --trust '%s/senders' --receipt-dir '%s/receipts' "
                 "%s",
                 desk->street->home, desk->etc, desk->etc, more);
}

static char *sign_with(const struct desk *desk, const char *name)
{
    return mem_printf("--sign-with '%s/%s.key' --sign-cert '%s/%s.pem'", desk->etc, name, desk->etc,
                      name);
}

/** Red on the first screen, or not. */
static void expect_red(struct desk *desk, bool red)
{
    struct screen *screen = NULL;

    world_expect(desk->street, 0, "send --list");
    world_expect_output(desk->street, red ? "没有回执" : "已收下");
    screen = world_screen(desk->street, "2001", 24, 80);
    screen_expect(screen, "首页");
    if (red)
        screen_expect(screen, RED);
    else
        screen_expect_not(screen, RED);
    screen_leave(&screen);
}

static void refused(struct desk *desk, const char *state, const char *words)
{
    world_expect(desk->street, 1, "receipts '%s/receipts'", desk->etc);
    world_expect_output(desk->street, state);
    world_expect_output(desk->street, words);
    world_expect_output(desk->street, "份回执没有记上");
    expect_red(desk, true);
}

static void next_day(struct desk *desk, const char *day)
{
    world_stop_server(desk->street, SIGTERM);
    world_stop_server(desk->county, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
}

static void only_the_county_s_own_signature_counts(void **state)
{
    struct desk desk = desk_new();
    char *right = sign_with(&desk, "county"), *wrong = sign_with(&desk, "other");

    (void)state;
    export(&desk);
    next_day(&desk, "2026-11-27");
    /* Not signed, signed by somebody else, changed after it was signed, signed by two files' parts. */
    ingest(&desk, 0, "");
    refused(&desk, "签名不对", "没有签名");
    ingest(&desk, 0, wrong);
    refused(&desk, "签名不对", "不是用 receivers.yaml 里写的证书签的");
    ingest(&desk, 0, right);
    assert_int_equal(certs_shell("cd '%s/receipts' && cp receipt-*.json.cms ../good && "
                                 "sed -i 's/\"taken\"/\"takeN\"/' receipt-*.json.cms",
                                 desk.etc),
                     0);
    refused(&desk, "签名不对", "签名以后内容被改动过");
    assert_int_equal(
        certs_shell("cd '%s/receipts' && head -c 900 ../good >$(ls receipt-*)", desk.etc), 0);
    refused(&desk, "签名不对", "已损坏");
    /* The receiver's openssl command opens it, and it is the receipt. */
    assert_int_equal(certs_shell("cd '%s' && openssl cms -verify -inform DER -binary -in good "
                                 "-CAfile county.pem -purpose any -out plain.json 2>said && "
                                 "grep -q '\"outcome\": *\"taken\"' plain.json && "
                                 "! openssl cms -verify -inform DER -binary -in good -CAfile "
                                 "other.pem -purpose any -out none 2>said",
                                 desk.etc),
                     0);
    /* What openssl signed with the county's key is as good. */
    assert_int_equal(certs_shell("cd '%s' && rm receipts/* && openssl cms -sign -binary -nodetach "
                                 "-outform DER -in plain.json -signer county.pem -inkey county.key "
                                 "-out receipts/receipt-x.json.cms",
                                 desk.etc),
                     0);
    world_expect(desk.street, 0, "receipts '%s/receipts'", desk.etc);
    world_expect_output(desk.street, "已收下");
    expect_red(&desk, false);
    free(right);
    free(wrong);
    desk_free(&desk);
}

static void without_a_certificate_it_is_said(void **state)
{
    struct desk desk = desk_new();
    char *right = sign_with(&desk, "county");

    (void)state;
    export(&desk);
    next_day(&desk, "2026-11-27");
    ingest(&desk, 0, right);
    /* The certificate is not there: nothing is noted. */
    put_receivers(&desk, "nowhere");
    refused(&desk, "没有核对", "nowhere.pem");
    put_receivers(&desk, "");
    world_expect(desk.street, 0, "receipts '%s/receipts'", desk.etc);
    world_expect_output(desk.street, "签名没有核对");
    expect_red(&desk, false);
    free(right);
    desk_free(&desk);
}

/** 首页 stands open while receipts come: each day's red goes with its receipt, and no other's. */
static void red_goes_from_an_open_screen(void **state)
{
    struct desk desk = desk_new();
    char *right = sign_with(&desk, "county");
    struct screen *screen = NULL;
    int clock = -1;

    (void)state;
    export(&desk);
    next_day(&desk, "2026-11-27");
    ingest(&desk, 0, right);
    export(&desk);
    next_day(&desk, "2026-11-28");
    world_expect(desk.street, 0, "status");
    screen = world_screen_clock(desk.street, "2001", &clock);
    screen_expect(screen, "双台子区没有收到 2026-11-26 起 2 天的数据");
    world_expect(desk.street, 0, "receipts '%s/receipts'", desk.etc);
    world_put_forward(clock, 1, 1);
    screen_await(screen, "双台子区没有收到 2026-11-27 起 1 天的数据");
    ingest(&desk, 0, right);
    world_expect(desk.street, 0, "receipts '%s/receipts'", desk.etc);
    world_put_forward(clock, 1, 1);
    screen_await(screen, "光标所在的一行已经办了，不在这里了；↑↓ 选一行");
    screen_expect_not(screen, "没有收到");
    screen_expect_whole(screen);
    close(clock);
    screen_free(&screen);
    free(right);
    desk_free(&desk);
}

static void a_wrong_key_stops_before_anything_is_taken(void **state)
{
    struct desk desk = desk_new();
    char *nowhere = sign_with(&desk, "nowhere");

    (void)state;
    export(&desk);
    ingest(&desk, 66, nowhere);
    world_expect_output(desk.county, "nowhere.key");
    world_expect(desk.county, 64, "ingest '%s/outbox/county'/*.cms --sign-with '%s/county.both'",
                 desk.street->home, desk.etc);
    world_expect_output(desk.county, "--receipt-dir");
    world_expect(desk.county, 0, "senders");
    world_expect_output(desk.county, STREET);
    assert_null(strstr(desk.county->output, "2026-11-26"));
    /* Refused bundles have signed receipts, too; and a pipe in the folder stops nobody. */
    assert_int_equal(certs_shell("echo x >'%s/doudi-x.tar.zst'", desk.etc), 0);
    world_expect(desk.county, 1,
                 "ingest '%s/doudi-x.tar.zst' --receipt-dir '%s/receipts' --sign-with "
                 "'%s/county.both'",
                 desk.etc, desk.etc, desk.etc);
    assert_int_equal(certs_shell("cd '%s/receipts' && ls receipt-unknown-*.json.cms && mkfifo "
                                 "receipt-pipe.json && ln -s /dev/zero receipt-zero.json",
                                 desk.etc),
                     0);
    world_expect(desk.street, 1, "receipts '%s/receipts'", desk.etc);
    world_expect_output(desk.street, "不是普通文件");
    world_expect_output(desk.street, "3 份回执没有记上");
    free(nowhere);
    desk_free(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_county_s_own_signature_counts),
        cmocka_unit_test(without_a_certificate_it_is_said),
        cmocka_unit_test(red_goes_from_an_open_screen),
        cmocka_unit_test(a_wrong_key_stops_before_anything_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
