#include "bundle/seal.h"
#include "bundle/sealed.h"

#include "base/mem.h"
#include "base/paths.h"
#include "certs.h"
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

/*
 * Bundles are sealed by the program and opened by the openssl command, and the other way round; then
 * every kind of bad file is shown to sealed_open(). The bundle here is some bytes that begin as zstd.
 */

static char *folder;

static char *in_folder(const char *name)
{
    return paths_join(folder, name);
}

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("seal");
    certs_make(folder, "rsa", "rsa:2048", "");
    certs_make(folder, "ec", "ec", "-addext extendedKeyUsage=clientAuth");
    certs_make(folder, "other", "ec", "");
    certs_make(folder, "old", "ec", "");
    assert_int_equal(certs_shell("cd '%s' && mkdir trusted scratch && cp rsa.pem ec.pem trusted && "
                                 "(printf '\\050\\265\\057\\375'; head -c 300000 /dev/urandom) "
                                 ">bundle && : >empty && openssl x509 -x509toreq -in old.pem "
                                 "-signkey old.key -out old.req 2>/dev/null && openssl x509 -req "
                                 "-in old.req -signkey old.key -days -1 -out expired.pem "
                                 "2>/dev/null",
                                 folder),
                     0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    assert_int_equal(certs_shell("rm -rf '%s'", folder), 0);
    free(folder);
    return 0;
}

/** What a case seals with: names in the folder, NULL = none. */
struct trial {
    const char *sign, *sign_certificate, *to, *to_too, *cipher;
};

/** Seals "bundle" as NAME. */
static void seal_as(const struct trial *trial, const char *name)
{
    char *paths[] = {in_folder("bundle"),
                     in_folder(name),
                     in_folder("scratch"),
                     trial->sign != NULL ? in_folder(trial->sign) : NULL,
                     trial->sign_certificate != NULL ? in_folder(trial->sign_certificate) : NULL,
                     trial->to != NULL ? in_folder(trial->to) : NULL,
                     trial->to_too != NULL ? in_folder(trial->to_too) : NULL};
    struct seal_order order = {.sign_key = paths[3],
                               .sign_certificate = paths[4],
                               .receivers = {paths[5], paths[6]},
                               .receiver_count = (paths[5] != NULL) + (size_t)(paths[6] != NULL),
                               .cipher = trial->cipher};
    char *message = NULL;
    uint64_t bytes = 0;

    assert_true(SEAL_IS_ASKED(&order));
    if (seal_check(&order, &message) != 0 ||
        seal_file(&order, paths[0], paths[1], paths[2], &bytes, &message) != 0)
        fail_msg("%s", message);
    assert_true(bytes > 300000);
    for (size_t i = 0; i < COUNT(paths); i++)
        free(paths[i]);
    assert_int_equal(certs_shell("test -z \"$(ls '%s/scratch')\"", folder), 0);
}

static const struct trial TRIALS[] = {
    {"rsa.both", NULL, "rsa.pem", NULL, NULL},
    {"rsa.key", "rsa.pem", "ec.pem", NULL, "sm4"},
    {"ec.both", NULL, "ec.pem", "rsa.pem", "aes256"},
    {"ec.both", NULL, "rsa.pem", NULL, "sm4"},
};

/** The county may have nothing but openssl. */
static void openssl_opens_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TRIALS); i++) {
        const char *to = TRIALS[i].to;
        int length = (int)strcspn(to, ".");

        seal_as(&TRIALS[i], "sealed");
        assert_int_equal(
            certs_shell("cd '%s' && openssl cms -decrypt -inform DER -binary -in sealed -recip %s "
                        "-inkey %.*s.key -out signed && openssl cms -verify -inform DER -binary "
                        "-in signed -CAfile %.*s.pem -purpose any -out opened 2>verify.log && "
                        "cmp bundle opened && openssl cms -cmsout -print -inform DER -in sealed | "
                        "grep -q %s",
                        folder, to, length, to, (int)strcspn(TRIALS[i].sign, "."), TRIALS[i].sign,
                        TRIALS[i].cipher != NULL && strcmp(TRIALS[i].cipher, "sm4") == 0
                            ? "sm4-cbc"
                            : "aes-256-gcm"),
            0);
    }
}

/** Opens NAME with the key `own` (NULL = none), trusting `trusted` (NULL = nobody). */
static enum result open_as(const char *name, const char *own, const char *trusted, bool want,
                           struct sealed_bundle *bundle, char **message)
{
    char *path = in_folder(name);
    char *key = own != NULL ? in_folder(own) : NULL;
    char *trust = trusted != NULL ? in_folder(trusted) : NULL;
    char *scratch = in_folder("scratch");
    struct sealed_ask ask = {
        .path = path, .key = key, .trusted = trust, .want_signature = want, .scratch = scratch};
    enum result result = sealed_open(&ask, bundle, message);

    free(path);
    free(key);
    free(trust);
    free(scratch);
    return result;
}

static void expect_opened(const char *name, const char *own, const char *signer)
{
    struct sealed_bundle bundle = {0};
    char *message = NULL;
    char *subject = mem_printf("CN=%s", signer);

    if (open_as(name, own, "trusted", true, &bundle, &message) != 0)
        fail_msg("%s", message);
    assert_int_equal(certs_shell("cmp '%s/bundle' '%s'", folder, bundle.path), 0);
    assert_true(bundle.was_signed);
    assert_string_equal(bundle.subject, subject);
    assert_int_equal(
        certs_shell("test \"$(openssl x509 -in '%s/%s.pem' -noout -fingerprint -sha256 | "
                    "sed 's/.*=//;s/://g' | tr A-F a-f)\" = %s",
                    folder, signer, bundle.fingerprint),
        0);
    sealed_bundle_free(&bundle);
    /* Nothing of it is left behind. */
    assert_int_equal(certs_shell("test -z \"$(ls '%s/scratch')\"", folder), 0);
    free(subject);
}

static void it_opens_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TRIALS); i++) {
        char *signer = mem_copy_bytes(TRIALS[i].sign, strcspn(TRIALS[i].sign, "."));
        char *own = mem_printf("%.*s.both", (int)strcspn(TRIALS[i].to, "."), TRIALS[i].to);

        seal_as(&TRIALS[i], "sealed");
        expect_opened("sealed", own, signer);
        free(signer);
        free(own);
    }
    seal_as(&(struct trial){"rsa.both"}, "signed");
    expect_opened("signed", NULL, "rsa");
}

static void it_opens_what_openssl_made(void **state)
{
    (void)state;
    assert_int_equal(certs_shell("cd '%s' && openssl cms -sign -binary -nodetach -outform DER -in "
                                 "bundle -signer ec.pem -inkey ec.key -out signed && openssl cms "
                                 "-encrypt -binary -outform DER -aes256 -in signed -out sealed "
                                 "rsa.pem",
                                 folder),
                     0);
    expect_opened("sealed", "rsa.both", "ec");
}

/** A bundle as bundle_write() makes it, and one that is sealed and not signed. */
static void unsigned_ones_are_taken_where_that_is_allowed(void **state)
{
    struct sealed_bundle bundle = {0};
    char *message = NULL;

    (void)state;
    assert_result(open_as("bundle", NULL, NULL, false, &bundle, &message), RESULT_OK);
    assert_false(bundle.was_sealed || bundle.was_signed || bundle.scratch);
    sealed_bundle_free(&bundle);
    assert_int_equal(certs_shell("test -f '%s/bundle'", folder), 0);
    seal_as(&(struct trial){.to = "ec.pem"}, "unsigned");
    assert_result(open_as("unsigned", "ec.both", NULL, false, &bundle, &message), RESULT_OK);
    assert_true(bundle.was_sealed && !bundle.was_signed && bundle.scratch);
    assert_string_equal(bundle.fingerprint, "");
    sealed_bundle_free(&bundle);
}

static void bad_files_are_refused(void **state)
{
    static const struct {
        const char *name, *own, *trusted;
        bool want;
        enum result result;
        const char *says;
    } cases[] = {
        {"missing", "ec.both", "trusted", false, RESULT_NOINPUT, "打不开"},
        {"trusted", "ec.both", "trusted", false, RESULT_NOINPUT, "打不开"},
        {"empty", "ec.both", "trusted", false, RESULT_CORRUPT, "不是报送包"},
        {"ec.pem", "ec.both", "trusted", false, RESULT_CORRUPT, "不是报送包"},
        {"sealed", NULL, "trusted", false, RESULT_DENIED, "是密封的：收的时候加 --unseal-with"},
        {"sealed", "other.both", "trusted", false, RESULT_DENIED, "不是用本单位的证书"},
        {"sealed", "ec.key", "trusted", false, RESULT_INVALID, "里没有证书"},
        {"sealed", "ec.pem", "trusted", false, RESULT_INVALID, "没有能用的私钥"},
        {"sealed", "mixed.both", "trusted", false, RESULT_INVALID, "不是这把私钥的"},
        {"sealed", "missing", "trusted", false, RESULT_NOINPUT, "打不开"},
        {"sealed", "ec.both", NULL, false, RESULT_DENIED, "有签名：收的时候加 --trust"},
        {"sealed", "ec.both", "scratch", false, RESULT_INVALID, "里没有证书"},
        {"sealed", "ec.both", "missing", false, RESULT_NOINPUT, "打不开"},
        {"sealed", "ec.both", "bundle", false, RESULT_INVALID, "不是"},
        {"sealed", "ec.both", "other.pem", false, RESULT_DENIED, "不在受信任"},
        {"unsigned", "ec.both", "trusted", true, RESULT_DENIED, "没有签名"},
        {"bundle", NULL, "trusted", true, RESULT_DENIED, "没有签名"},
        {"stranger", "ec.both", "trusted", false, RESULT_DENIED, "不在受信任"},
        {"weak", NULL, "trusted", false, RESULT_DENIED, "过时的摘要"},
        {"twice", "ec.both", "trusted", false, RESULT_CORRUPT, "已损坏"},
        {"trailing", "ec.both", "trusted", false, RESULT_CORRUPT, "已损坏"},
        {"detached", NULL, "trusted", false, RESULT_DENIED, "签名不对"},
        {"huge", "ec.both", "trusted", false, RESULT_INVALID, "太大"},
        {"pipe", "ec.both", "trusted", false, RESULT_NOINPUT, "打不开"},
    };

    (void)state;
    seal_as(&(struct trial){"rsa.both", NULL, "ec.pem"}, "sealed");
    seal_as(&(struct trial){.to = "ec.pem"}, "unsigned");
    seal_as(&(struct trial){"other.both", NULL, "ec.pem"}, "stranger");
    assert_int_equal(
        certs_shell(
            "cd '%s' && cat ec.key rsa.pem >mixed.both && openssl cms -sign -binary -nodetach "
            "-outform DER -md sha1 -in bundle -signer rsa.pem -inkey rsa.key -out weak && "
            "openssl cms -encrypt -binary -outform DER -aes256 -in unsigned -out twice "
            "ec.pem && cat sealed req.log sealed >trailing && openssl cms -sign -binary "
            "-outform DER -in bundle -signer rsa.pem -inkey rsa.key -out detached && "
            "cp sealed huge && truncate -s 3G huge && mkfifo pipe",
            folder),
        0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sealed_bundle bundle = {0};
        char *message = NULL;
        enum result result = open_as(cases[i].name, cases[i].own, cases[i].trusted, cases[i].want,
                                     &bundle, &message);

        if (result != cases[i].result || strstr(message, cases[i].says) == NULL)
            fail_msg("%zu %s: %s, %s", i, cases[i].name, result_name(result), message);
        assert_int_equal(certs_shell("test -z \"$(ls '%s/scratch')\"", folder), 0);
        free(message);
    }
}

/** Changes one byte of NAME at `part` of its length, or cuts it there, and opens it. */
static void expect_refused(const char *name, const char *own, unsigned part, bool cut)
{
    struct sealed_bundle bundle = {0};
    char *message = NULL;
    char *path = in_folder(name);
    char *bad = in_folder("bad");
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    off_t at = status.st_size * part / 1000;
    assert_int_equal(certs_shell("cp '%s' '%s'", path, bad), 0);
    FILE *file = fopen(bad, "r+e");
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int byte = getc(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    (void)putc(byte ^ 0x21, file);
    fclose(file);
    if (cut)
        assert_int_equal(truncate(bad, at), 0);
    enum result result = open_as("bad", own, "trusted", true, &bundle, &message);
    if (result == 0 && (cut || certs_shell("cmp -s '%s/bundle' '%s'", folder, bundle.path) != 0))
        fail_msg("%s %s at %u: taken", name, cut ? "cut" : "changed", part);
    sealed_bundle_free(&bundle);
    assert_int_equal(certs_shell("test -z \"$(ls '%s/scratch')\"", folder), 0);
    free(message);
    free(bad);
    free(path);
}

/** What a changed byte does not make wrong, such as a name in the structure, changes no bundle. */
static void damaged_files_are_refused(void **state)
{
    static const struct trial trials[] = {{"rsa.both", NULL, "ec.pem", NULL, "sm4"},
                                          {"ec.both", NULL, "rsa.pem", NULL, "aes256"},
                                          {"ec.both"}};
    enum { STEP = 49 };

    (void)state;
    for (size_t i = 0; i < COUNT(trials); i++) {
        char *own = trials[i].to != NULL
                        ? mem_printf("%.*s.both", (int)strcspn(trials[i].to, "."), trials[i].to)
                        : NULL;
        seal_as(&trials[i], "sealed");
        for (unsigned part = 0; part < 1000; part += STEP) {
            expect_refused("sealed", own, part, false);
            expect_refused("sealed", own, part, true);
        }
        expect_refused("sealed", own, 999, true);
        free(own);
    }
}

static void bad_orders_are_refused(void **state)
{
    static const struct {
        struct trial trial;
        enum result result;
        const char *says;
    } cases[] = {
        {{.sign = "rsa.key"}, RESULT_INVALID, "里没有证书"},
        {{"rsa.key", "ec.pem"}, RESULT_INVALID, "不是这把私钥的"},
        {{"old.key", "expired.pem"}, RESULT_INVALID, "已经过期"},
        {{.sign_certificate = "ec.pem"}, RESULT_USAGE, "没有给签名的私钥"},
        {{.to = "expired.pem"}, RESULT_INVALID, "已经过期"},
        {{.to = "ec.key"}, RESULT_INVALID, "里没有证书"},
        {{.to = "nowhere.pem"}, RESULT_NOINPUT, "打不开"},
        {{.to = "trusted"}, RESULT_INVALID, "不是证书"},
        {{.to = "ec.pem", .cipher = "des"}, RESULT_USAGE, "没有加密算法 des"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct trial *trial = &cases[i].trial;
        char *sign = trial->sign != NULL ? in_folder(trial->sign) : NULL;
        char *certificate =
            trial->sign_certificate != NULL ? in_folder(trial->sign_certificate) : NULL;
        char *to = trial->to != NULL ? in_folder(trial->to) : NULL;
        struct seal_order order = {.sign_key = sign,
                                   .sign_certificate = certificate,
                                   .receivers = {to},
                                   .receiver_count = to != NULL,
                                   .cipher = trial->cipher};
        char *message = NULL;
        enum result result = seal_check(&order, &message);

        if (result != cases[i].result || strstr(message, cases[i].says) == NULL)
            fail_msg("%zu: %s, %s", i, result_name(result), message);
        free(message);
        free(sign);
        free(certificate);
        free(to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(openssl_opens_it),
        cmocka_unit_test(it_opens_its_own),
        cmocka_unit_test(it_opens_what_openssl_made),
        cmocka_unit_test(unsigned_ones_are_taken_where_that_is_allowed),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(bad_orders_are_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
