/*
 * From the night's export to the receiver and back: queued for several receivers, handed over by the
 * office's programs, by sftp to a real sshd, tried again, and told by the receipts.
 */
#include "bundle_files.h"
#include "certs.h"
#include "sshd.h"
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "bundle/receipt.h"
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AREA "211100000000"
#define COUNTY "210000000000"

struct desk {
    struct world *world;
    char *etc; /**< as /etc/doudi */
    char *out;
};

static void put(const struct desk *desk, const char *name, const char *text)
{
    char *path = paths_join(desk->etc, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static void put_hook(const struct desk *desk, const char *name, const char *text)
{
    char *in = mem_printf("send.d/%s", name);

    put(desk, in, text);
    assert_int_equal(certs_shell("chmod +x '%s/%s'", desk->etc, in), 0);
    free(in);
}

static void put_receivers(const struct desk *desk, const char *to)
{
    char *text = mem_printf("sign: {key: %s/street.key, certificate: %s/street.pem}\n"
                            "receivers:\n"
                            "  - {name: county, title: 省民政厅, area: " COUNTY ", to: '%s',\n"
                            "     certificate: %s/county.pem, cipher: sm4}\n"
                            "  - {name: archive, title: 档案室, sign: false}\n",
                            desk->etc, desk->etc, to, desk->etc);

    put(desk, "receivers.yaml", text);
    free(text);
}

static void set_day(const struct desk *desk, const char *day)
{
    world_stop_server(desk->world, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
}

static struct desk desk_new(void)
{
    struct desk desk = {.world = world_new("2026-11-26"), .etc = unit_folder("etc")};

    desk.out = mem_printf("%s-out", desk.world->home);
    setenv("DOUDI_CONFDIR", desk.etc, 1);
    world_expect(desk.world, 0, "demo --area 211103001 --cases 60 --months 1 --seed 7");
    certs_make(desk.etc, "street", "ec", "");
    certs_make(desk.etc, "county", "rsa:2048", "");
    assert_int_equal(certs_shell("mkdir '%s/send.d'", desk.etc), 0);
    put_receivers(&desk, "");
    return desk;
}

static void desk_free(struct desk *desk)
{
    world_free(&desk->world);
    assert_int_equal(certs_shell("rm -rf '%s' '%s'", desk->etc, desk->out), 0);
    unsetenv("DOUDI_CONFDIR");
    free(desk->etc);
    free(desk->out);
}

static void export(struct desk *desk)
{
    world_expect(desk->world, 0, "export --out '%s'", desk->out);
}

static void expect_not(const struct desk *desk, const char *text)
{
    if (strstr(desk->world->output, text) != NULL)
        fail_msg("%s in: %s", text, desk->world->output);
}

static void what_is_not_sent_waits(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "2026-11-26,county,省民政厅,1,全量,没有送出,0");
    world_expect_output(world, "2026-11-26,archive,档案室,1,全量,没有送出,0");
    world_expect(world, 75, "send");
    world_expect_output(world, "没有可以运行的发送程序");
    /* Today's is no alarm yet, tomorrow it is. */
    world_expect(world, 0, "status");
    world_expect_output(world, "报送 省民政厅,没有送出 1 个包，没有收到 0 天");
    expect_not(&desk, "起没有送出");
    set_day(&desk, "2026-11-27");
    put_hook(&desk, "50-fails", "#!/bin/sh\necho 'line one'\necho \"线路不通 $2\" >&2\nexit 3\n");
    put_hook(&desk, "README.txt", "not run: its name has a dot\n");
    export(&desk);
    world_expect(world, 75, "send");
    world_expect_output(world, "线路不通 county");
    world_expect_output(world, "线路不通 archive");
    expect_not(&desk, "第 2 个"); /* the earlier one first, or none */
    world_expect(world, 0, "status");
    world_expect_output(world, "省民政厅的包从 2026-11-26 起没有送出，共 2 个");
    world_expect_output(world, "50-fails 退出状态 3：线路不通 county");
    world_expect(world, 1, "status --json");
    world_expect_output(world, "\"id\":\"bundle_unsent\"");
    world_expect(world, 0, "status --metrics");
    world_expect_output(world, "doudi_bundles_unsent{receiver=\"county\"} 2");
    world_expect_output(world, "doudi_days_unreceived{receiver=\"county\"} 1");
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "给省民政厅的数据从 2026-11-26 起没有送出");
    screen_expect(screen, "省民政厅没有收到 2026-11-26 起 1 天的数据");
    screen_leave(&screen);
    desk_free(&desk);
}

/** What the program is called with, and that the next one is asked when it cannot. */
static void the_first_that_can_hands_it_over(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    put_hook(&desk, "10-county",
             "#!/bin/sh\n[ \"$2\" = county ] || exit 1\n"
             "printf '%s\\n' \"$@\" >\"${0%/*}/../told\"\n"
             "cp \"$1\" \"${0%/*}/..\"\n");
    put_hook(&desk, "20-others", "#!/bin/sh\ncp \"$1\" \"${0%/*}/..\"\n");
    put_receivers(&desk, "someone; rm -rf /");
    export(&desk);
    export(&desk);
    world_expect(world, 0, "send");
    world_expect(world, 0, "send --list");
    expect_not(&desk, "没有送出");
    assert_int_equal(
        certs_shell("cd '%s' && printf '%%s\\n' '%s/outbox/county/doudi-" AREA
                    "-20261126-2.tar.zst.cms' county 'someone; rm -rf /' 2026-11-26 2 delta | "
                    "cmp - told && openssl cms -decrypt -inform DER -binary -in doudi-" AREA
                    "-20261126.tar.zst.cms -recip county.pem -inkey county.key -out signed && "
                    "openssl cms -verify -inform DER -binary -in signed -CAfile street.pem "
                    "-purpose any -out plain 2>said && cmp plain '%s/doudi-" AREA
                    "-20261126.tar.zst' && cmp plain doudi-" AREA "-20261126.tar.zst",
                    desk.etc, world->home, desk.out),
        0);
    world_expect(world, 0, "send"); /* nothing is left */
    desk_free(&desk);
}

/** A second run beside the first hands nothing over twice. */
static void two_runs_do_not_meet(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    put_hook(&desk, "10-slow",
             "#!/bin/sh\nset -e\ncd \"${0%/*}/..\"\necho x >>times\n"
             "for i in $(seq 300); do [ ! -e go ] || exit 0; sleep 0.1; done\nexit 1\n");
    export(&desk);
    assert_int_equal(
        certs_shell("(\"$DOUDI\" --home '%s' send >'%s/said' 2>&1; echo $? >'%s/ended') & "
                    "for i in $(seq 300); do [ ! -e '%s/times' ] || exit 0; sleep 0.1; "
                    "done; exit 1",
                    world->home, desk.etc, desk.etc, desk.etc),
        0);
    world_expect(world, 75, "send");
    world_expect_output(world, "另一个 doudi send 正在送");
    world_expect(world, 0, "send --list"); /* looking is free */
    world_expect_output(world, "county,省民政厅,1,全量,没有送出");
    assert_int_equal(
        certs_shell("cd '%s' && touch go && for i in $(seq 300); do [ ! -e ended ] || "
                    "break; sleep 0.1; done; grep -qx 0 ended && test $(wc -l <times) = 2",
                    desk.etc),
        0);
    world_expect(world, 0, "send");
    assert_int_equal(certs_shell("test $(wc -l <'%s/times') = 2", desk.etc), 0);
    desk_free(&desk);
}

/** A bundle carried away by hand is marked by its receiver and number, and no other is. */
static void what_is_carried_away_is_marked(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    export(&desk);
    export(&desk);
    world_expect(world, 64, "send --handed archive");
    world_expect_output(world, "要一起写");
    world_expect(world, 65, "send --handed nobody --number 2");
    world_expect_output(world, "nobody 没有到第 2 个为止还没有送出的包");
    world_expect(world, 0, "send --handed archive --number 1");
    world_expect_output(world, "记为已送出");
    world_expect(world, 0, "send --list");
    world_expect_output(world, "archive,档案室,1,全量,已送出");
    world_expect_output(world, "archive,档案室,2,变动,没有送出");
    world_expect_output(world, "county,省民政厅,1,全量,没有送出");
    world_expect(world, 65, "send --handed archive --number 1");
    desk_free(&desk);
}

/** A receiver's certificate that is not usable stops neither the backup nor the others. */
static void a_bad_setting_stops_no_backup(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    assert_int_equal(certs_shell("mv '%s/county.pem' '%s/away'", desk.etc, desk.etc), 0);
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "county,省民政厅,1,全量,没有做成");
    world_expect_output(world, "county.pem：没有这个文件");
    world_expect_output(world, "archive,档案室,1,全量,没有送出");
    /* Mended: the next one is a full one, since county has none. */
    assert_int_equal(certs_shell("mv '%s/away' '%s/county.pem'", desk.etc, desk.etc), 0);
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "county,省民政厅,2,全量,没有送出");
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "county,省民政厅,3,变动,没有送出");
    put(&desk, "receivers.yaml", "receivers: [{name: 县}]\n");
    export(&desk);
    world_expect(world, 0, "status");
    world_expect_output(world, "name 只能用字母");
    world_expect(world, 65, "send");
    desk_free(&desk);
}

// ---- by sftp

static void sftp_hands_it_over(void **state)
{
    struct desk desk = {0};

    (void)state;
    if (!sshd_is_there() || (geteuid() == 0 && certs_shell("mkdir -p /run/sshd") != 0)) {
        print_message("no sshd that can be tried here\n");
        skip();
    }
    desk = desk_new();
    int port = sshd_free_port();
    char *config =
        mem_printf("ListenAddress 127.0.0.1:%d\nHostKey %s/host\nPidFile none\nUsePAM no\n"
                   "StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\n"
                   "AuthorizedKeysFile %s/id.pub\nSubsystem sftp internal-sftp\n",
                   port, desk.etc, desk.etc);
    char *to =
        mem_printf("%s@127.0.0.1:%d:%s/in box",
                   certs_shell("test $(id -u) = 0") == 0 ? "root" : getenv("USER"), port, desk.etc);
    char *key = paths_join(desk.etc, "id"), *hosts = paths_join(desk.etc, "hosts");
    put(&desk, "config", config);
    put_receivers(&desk, to);
    assert_int_equal(certs_shell("cd '%s' && ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen "
                                 "-q -t ed25519 -N '' -f id && mkdir 'in box' && "
                                 "cp \"$srcdir/share/examples/send-sftp\" send.d/sftp",
                                 desk.etc),
                     0);
    setenv("DOUDI_SSH_KEY", key, 1);
    setenv("DOUDI_SSH_HOSTS", hosts, 1);
    export(&desk);
    /* Nobody there, then an unknown host: it stays in the queue. */
    world_expect(desk.world, 75, "send");
    pid_t sshd = sshd_start(desk.etc, port);
    world_expect(desk.world, 75, "send");
    assert_int_equal(
        certs_shell("cd '%s' && (printf '[127.0.0.1]:%d '; cat host.pub) >hosts", desk.etc, port),
        0);
    world_expect(desk.world, 75, "send"); /* archive has no address */
    world_expect_output(desk.world, "接收单位 archive 没有写 to：自己拿去，再执行");
    world_expect(desk.world, 0, "send --list");
    world_expect_output(desk.world, "county,省民政厅,1,全量,已送出,3");
    assert_int_equal(certs_shell("cmp '%s/in box/doudi-" AREA "-20261126.tar.zst.cms' "
                                 "'%s/outbox/county/doudi-" AREA "-20261126.tar.zst.cms' && "
                                 "test $(ls '%s/in box' | wc -l) = 1",
                                 desk.etc, desk.world->home, desk.etc),
                     0);
    kill(sshd, SIGTERM);
    waitpid(sshd, NULL, 0);
    unsetenv("DOUDI_SSH_KEY");
    unsetenv("DOUDI_SSH_HOSTS");
    free(hosts);
    free(key);
    free(to);
    free(config);
    desk_free(&desk);
}

// ---- receipts

/** The manifest's hash of the bundle in the export folder. New string. */
static char *hash_of(const struct desk *desk, const char *name)
{
    char *path = paths_join(desk->out, name);
    char *folder = bundle_files_unpack(path);
    char *hash = bundle_manifest_hash(folder);

    bundle_files_remove(&folder);
    free(path);
    return hash;
}

/** Writes what the county says of a bundle into ETC/receipts. */
static void say(const struct desk *desk, const char *manifest, enum receipt_outcome outcome,
                enum receipt_reason reason, const char *words, int later)
{
    static const struct receipt_difference differs = {.figure = "state",
                                                      .area = "211103001001",
                                                      .month = 2026 * 12 + 10,
                                                      .kind = "tanfang",
                                                      .sent = "reached+",
                                                      .computed = "pending",
                                                      .case_no = "2111030012026LR00001"};
    struct receipt *receipt = receipt_new();
    char *folder = paths_join(desk->etc, "receipts");
    char *path = NULL;

    memcpy(receipt->receiver, COUNTY, sizeof receipt->receiver);
    memcpy(receipt->sender, AREA, sizeof receipt->sender);
    memcpy(receipt->manifest, manifest, DIGEST_TEXT);
    receipt->number = 1;
    receipt->date = date_make(2026, 11, 26);
    (void)snprintf(receipt->file, sizeof receipt->file, "x.tar.zst");
    receipt->outcome = outcome;
    receipt->reason = reason;
    mem_replace(&receipt->words, words);
    if (outcome == RECEIPT_TAKEN)
        receipt_add_difference(receipt, &differs);
    receipt->at = time(NULL) + later;
    assert_int_equal(certs_shell("mkdir -p '%s'", folder), 0);
    assert_result(receipt_write(receipt, folder, &path), RESULT_OK);
    receipt_free(&receipt);
    free(path);
    free(folder);
}

static void receipts_tell_what_the_county_has(void **state)
{
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    put_hook(&desk, "take", "#!/bin/sh\nexit 0\n");
    export(&desk);
    world_expect(world, 0, "send");
    set_day(&desk, "2026-11-27");
    char *hash = hash_of(&desk, "doudi-" AREA "-20261126.tar.zst");
    /* Sent, and nothing heard. */
    world_expect(world, 0, "status");
    world_expect_output(world, "省民政厅没有收到从 2026-11-26 起的 1 天");
    /* Refused: in red, with the county's words, and the next bundle is a full one. */
    say(&desk, hash, RECEIPT_REFUSED, RECEIPT_ROWS, "有别的区的行，请核对后重报。", 0);
    world_expect(world, 0, "receipts '%s/receipts'", desk.etc);
    world_expect_output(world, "2026-11-26," COUNTY ",1,没有收,有别的区的行");
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "省民政厅没有收到 2026-11-26 起 1 天的数据：有别的区的行");
    screen_press(screen, "Enter"); /* what is cut off there */
    screen_expect(screen, "请联系系统管理员");
    screen_press(screen, "Esc");
    screen_leave(&screen);
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "2026-11-27,county,省民政厅,2,全量");
    /* Taken: nothing more is missing. A refusal that comes late changes nothing. */
    char *second = hash_of(&desk, "doudi-" AREA "-20261127.tar.zst");
    say(&desk, second, RECEIPT_TAKEN, RECEIPT_NONE, "已收下。", 10);
    world_expect(world, 0, "receipts '%s/receipts'", desk.etc);
    world_expect(world, 0, "receipts '%s/receipts'", desk.etc);
    world_expect_output(world, "数不一致,世纪社区 2026-11 探访 ");
    world_expect_output(world,
                        "（2111030012026LR00001） 个案状态：本单位报 已访（达标），对方算出 待访");
    world_expect(world, 0, "status");
    world_expect_output(world, "报送 省民政厅,没有送出 0 个包，没有收到 0 天");
    expect_not(&desk, "没有收到从 2026-11-26");
    free(second);
    free(hash);
    desk_free(&desk);
}

static void bad_receipts_change_nothing(void **state)
{
    static const char stranger[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    export(&desk);
    say(&desk, stranger, RECEIPT_TAKEN, RECEIPT_NONE, "已收下。", 0);
    world_expect(world, 1, "receipts '%s/receipts'", desk.etc);
    world_expect_output(world, "对不上");
    assert_int_equal(certs_shell("cd '%s/receipts' && echo x >receipt-x.json && sed "
                                 "'s/" AREA "/211200000000/' receipt-2*.json >receipt-y.json && "
                                 "head -c 100 receipt-2*.json >receipt-z.json && echo y >note.txt",
                                 desk.etc),
                     0);
    world_expect(world, 1, "receipts '%s/receipts'", desk.etc);
    world_expect_output(world, "读不出来");
    world_expect_output(world, "别的单位的");
    world_expect_output(world, "4 份回执没有记上");
    world_expect(world, 66, "receipts '%s/nowhere'", desk.etc);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "没有回执");
    desk_free(&desk);
}

/** A home that was restored must not use a number again that the county has. */
static void a_restored_home_goes_on_behind_what_the_county_has(void **state)
{
    static const char later[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct desk desk = desk_new();
    struct world *world = desk.world;

    (void)state;
    export(&desk);
    say(&desk, later, RECEIPT_REFUSED, RECEIPT_OLDER, "已有更新的包。", 0);
    assert_int_equal(
        certs_shell("cd '%s/receipts' && sed -i 's/\"number\": *1,/\"number\":9,/' *", desk.etc),
        0);
    world_expect(world, 1, "receipts '%s/receipts'", desk.etc);
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "省民政厅,2,变动"); /* a refusal says nothing of numbers */
    say(&desk, later, RECEIPT_TAKEN, RECEIPT_NONE, "已收下。", 10);
    assert_int_equal(
        certs_shell("cd '%s/receipts' && sed -i 's/\"number\": *1,/\"number\":9,/' *", desk.etc),
        0);
    world_expect(world, 1, "receipts '%s/receipts'", desk.etc);
    world_expect_output(world, "以后的包接着它编号");
    export(&desk);
    world_expect(world, 0, "send --list");
    world_expect_output(world, "省民政厅,10,全量");
    char *folder = mem_printf("%s/doudi-" AREA "-20261126-3.tar.zst", desk.out);
    char *unpacked = bundle_files_unpack(folder);
    char *previous = bundle_manifest_get(unpacked, "previous");
    assert_string_equal(previous, later);
    bundle_files_remove(&unpacked);
    free(previous);
    free(folder);
    desk_free(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_sent_waits),
        cmocka_unit_test(the_first_that_can_hands_it_over),
        cmocka_unit_test(two_runs_do_not_meet),
        cmocka_unit_test(what_is_carried_away_is_marked),
        cmocka_unit_test(a_bad_setting_stops_no_backup),
        cmocka_unit_test(sftp_hands_it_over),
        cmocka_unit_test(receipts_tell_what_the_county_has),
        cmocka_unit_test(bad_receipts_change_nothing),
        cmocka_unit_test(a_restored_home_goes_on_behind_what_the_county_has),
    };

    setenv("TMPDIR", "/tmp", 1); /* sshd's configuration takes no blanks in paths */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
