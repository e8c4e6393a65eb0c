#include "bundle/sealed.h"

#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "base/str.h"
#include "bundle/pem.h"
#include "bundle/seal.h"
#include "bundle/signature.h"

#include <fcntl.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNSEALED_NAME "unsealed"
#define VERIFIED_NAME "verified"

/** What a file is, by how it begins. */
enum form { FORM_PLAIN, FORM_CMS, FORM_OTHER };

static __attribute__((format(printf, 3, 4))) enum result
refuse(char **ret_message, enum result result, const char *format, ...)
{
    va_list args;
    struct str text = {0};

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    free(*ret_message);
    *ret_message = str_take(&text);
    return result;
}

/** The file's form and size. */
static enum result look_at(const char *path, enum form *ret_form, int64_t *ret_bytes)
{
    static const unsigned char zstd[] = {0x28, 0xb5, 0x2f, 0xfd};
    enum { SEQUENCE = 0x30 };
    unsigned char head[sizeof zstd] = {0};
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool read_it = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
                   read(fd, head, sizeof head) >= 0;

    if (fd >= 0)
        close(fd);
    if (!read_it)
        return RESULT_NOINPUT;
    *ret_form = memcmp(head, zstd, sizeof zstd) == 0 ? FORM_PLAIN
                : head[0] == SEQUENCE                ? FORM_CMS
                                                     : FORM_OTHER;
    *ret_bytes = status.st_size;
    return RESULT_OK;
}

static CMS_ContentInfo *read_cms(const char *path)
{
    BIO *in = BIO_new_file(path, "rb");
    CMS_ContentInfo *cms = signature_read(in);

    BIO_free(in);
    return cms;
}

// ---- unsealing

static bool is_for(CMS_RecipientInfo *recipient, X509 *certificate)
{
    bool found = false;

    if (CMS_RecipientInfo_type(recipient) == CMS_RECIPINFO_TRANS)
        return CMS_RecipientInfo_ktri_cert_cmp(recipient, certificate) == 0;
    if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_AGREE)
        return false;
    STACK_OF(CMS_RecipientEncryptedKey) *keys = CMS_RecipientInfo_kari_get0_reks(recipient);
    for (int i = 0; i < sk_CMS_RecipientEncryptedKey_num(keys) && !found; i++)
        found = CMS_RecipientEncryptedKey_cert_cmp(sk_CMS_RecipientEncryptedKey_value(keys, i),
                                                   certificate) == 0;
    return found;
}

static bool is_for_us(CMS_ContentInfo *cms, X509 *certificate)
{
    STACK_OF(CMS_RecipientInfo) *recipients = CMS_get0_RecipientInfos(cms);

    for (int i = 0; i < sk_CMS_RecipientInfo_num(recipients); i++)
        if (is_for(sk_CMS_RecipientInfo_value(recipients, i), certificate))
            return true;
    return false;
}

/** Copies the content to `out`; the whole, or it fails. */
static enum result unseal_to(CMS_ContentInfo *cms, const struct pem_identity *own, BIO *out,
                             const char *path, char **ret_message)
{
    if (!is_for_us(cms, own->certificate))
        return refuse(ret_message, RESULT_DENIED,
                      "%s 不是用本单位的证书密封的，请报送单位换成本单位现在的证书再送。", path);
    if (CMS_decrypt_set1_pkey(cms, own->key, own->certificate) != 1 ||
        CMS_decrypt(cms, NULL, NULL, NULL, out, CMS_BINARY) != 1) {
        pem_log(path);
        return refuse(ret_message, RESULT_CORRUPT, "%s 拆不开封：内容已损坏，请报送单位重送。",
                      path);
    }
    return RESULT_OK;
}

/** Runs a step that writes into a scratch file; removes it if the step fails. */
struct scratch {
    struct partfile *file;
    BIO *out;
};

static enum result scratch_open(struct scratch *scratch, const char *path, char **ret_message)
{
    enum result result = partfile_open(path, &scratch->file);

    if (result != 0)
        return refuse(ret_message, result, "写不进 %s：%s", path, result_words(result));
    scratch->out = BIO_new_fd(partfile_fd(scratch->file), BIO_NOCLOSE);
    return RESULT_OK;
}

static enum result scratch_close(struct scratch *scratch, enum result result)
{
    uint64_t bytes = 0;

    BIO_free(scratch->out);
    if (result == 0)
        result = partfile_finish(&scratch->file, &bytes);
    partfile_abandon(&scratch->file);
    return result;
}

static enum result unseal(const struct sealed_ask *ask, CMS_ContentInfo *cms, const char *to,
                          char **ret_message)
{
    struct pem_identity own = {0};
    struct scratch scratch = {0};
    enum result result;

    if (ask->key == NULL)
        return refuse(
            ret_message, RESULT_DENIED,
            "%s 是密封的：收的时候加 --unseal-with，写拆封的私钥和证书所在的文件（PEM）。",
            ask->path);
    result = pem_identity_read(ask->key, ask->certificate, &own, ret_message);
    if (result != 0)
        return result == RESULT_NOINPUT ? result : RESULT_INVALID;
    result = scratch_open(&scratch, to, ret_message);
    if (result == 0)
        result = unseal_to(cms, &own, scratch.out, ask->path, ret_message);
    result = scratch_close(&scratch, result);
    pem_identity_free(&own);
    return result;
}

// ---- the signature

static enum result refuse_signature(enum signature_fault fault, const char *path,
                                    char **ret_message)
{
    static const char *const words[] = {
        [SIGNATURE_NOT_ONE] = "应当有一个签名，请报送单位重新签名。",
        [SIGNATURE_WEAK] = "的签名用了过时的摘要算法，请报送单位用 SHA-256 重新签名。",
        [SIGNATURE_STRANGER] = "的签名证书不在受信任的证书之列，或已过期，请与报送单位核对证书。",
        [SIGNATURE_NOBODY] = "里没有签名人的证书，请报送单位重新签名。",
        [SIGNATURE_BAD] = "的签名不对：签名以后内容被改动过，或已损坏，请报送单位重送。",
    };

    return refuse(ret_message, RESULT_DENIED, "%s %s", path, words[fault]);
}

static void take_signer(CMS_ContentInfo *cms, struct sealed_bundle *bundle)
{
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    const X509 *certificate = sk_X509_value(signers, 0);

    bundle->was_signed = true;
    pem_fingerprint(certificate, bundle->fingerprint);
    bundle->subject = pem_subject(certificate);
    sk_X509_free(signers);
}

static enum result verify_to(const struct sealed_ask *ask, CMS_ContentInfo *cms, X509_STORE *store,
                             BIO *out, struct sealed_bundle *bundle, char **ret_message)
{
    enum signature_fault fault = signature_verify(cms, store, out, ask->path);

    if (fault != SIGNATURE_GOOD)
        return refuse_signature(fault, ask->path, ret_message);
    take_signer(cms, bundle);
    return RESULT_OK;
}

static enum result verify(const struct sealed_ask *ask, CMS_ContentInfo *cms, const char *to,
                          struct sealed_bundle *bundle, char **ret_message)
{
    X509_STORE *store = NULL;
    struct scratch scratch = {0};
    enum result result;

    if (ask->trusted == NULL)
        return refuse(ret_message, RESULT_DENIED,
                      "%s 有签名：收的时候加 --trust，写放报送单位签名证书（区划代码.pem）的目录。",
                      ask->path);
    result = pem_trusted_read(ask->trusted, &store, ret_message);
    if (result != 0)
        return result;
    result = scratch_open(&scratch, to, ret_message);
    if (result == 0)
        result = verify_to(ask, cms, store, scratch.out, bundle, ret_message);
    result = scratch_close(&scratch, result);
    X509_STORE_free(store);
    return result;
}

// ---- the whole

static void take_path(struct sealed_bundle *bundle, const char *path, bool scratch)
{
    if (bundle->scratch)
        remove(bundle->path);
    mem_replace(&bundle->path, path);
    bundle->scratch = scratch;
}

/** Takes off one layer of `bundle->path`. */
static enum result open_layer(const struct sealed_ask *ask, struct sealed_bundle *bundle,
                              char **ret_message)
{
    CMS_ContentInfo *cms = read_cms(bundle->path);
    int type = cms != NULL ? OBJ_obj2nid(CMS_get0_type(cms)) : NID_undef;
    bool seals = type == NID_pkcs7_enveloped || type == NID_id_smime_ct_authEnvelopedData;
    char *to = paths_join(ask->scratch, seals ? UNSEALED_NAME : VERIFIED_NAME);
    enum result result;

    if (seals && !bundle->was_sealed) {
        bundle->was_sealed = true;
        result = unseal(ask, cms, to, ret_message);
    } else if (type == NID_pkcs7_signed && !bundle->was_signed) {
        result = verify(ask, cms, to, bundle, ret_message);
    } else {
        pem_log(ask->path);
        result =
            refuse(ret_message, RESULT_CORRUPT, "%s 不完整或已损坏，请报送单位重送。", ask->path);
    }
    if (result == 0)
        take_path(bundle, to, true);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    free(to);
    return result;
}

/** Takes off layers until the plain bundle is there: sealed, signed, plain at most. */
static enum result open_layers(const struct sealed_ask *ask, struct sealed_bundle *bundle,
                               char **ret_message)
{
    enum form form = FORM_OTHER;
    int64_t bytes = 0;
    enum result result = RESULT_OK;

    while (result == 0) {
        result = look_at(bundle->path, &form, &bytes);
        if (result != 0)
            return refuse(ret_message, result, "打不开 %s，请核对路径和权限。", ask->path);
        if (form == FORM_PLAIN)
            break;
        if (form == FORM_OTHER)
            return refuse(ret_message, RESULT_CORRUPT, "%s 不是报送包，或已损坏，请报送单位重送。",
                          ask->path);
        if (bytes > SEAL_BYTES)
            return refuse(ret_message, RESULT_INVALID,
                          "%s 太大，超过 512 MiB，不是一天的报送包，请与报送单位核对。", ask->path);
        result = open_layer(ask, bundle, ret_message);
    }
    if (result == 0 && ask->want_signature && !bundle->was_signed)
        result = refuse(ret_message, RESULT_DENIED,
                        "%s 没有签名，按规定不收，请报送单位签名后再送。", ask->path);
    return result;
}

enum result sealed_open(const struct sealed_ask *ask, struct sealed_bundle *ret_bundle,
                        char **ret_message)
{
    struct sealed_bundle bundle = {.path = mem_copy(ask->path)};
    enum result result = open_layers(ask, &bundle, ret_message);

    if (result == 0)
        *ret_bundle = bundle;
    else
        sealed_bundle_free(&bundle);
    return result;
}

enum result sealed_open_of(const struct sealed_ask *ask, const char *area,
                           struct sealed_bundle *ret_bundle, char **ret_message)
{
    struct sealed_ask own = *ask;
    char *name = mem_printf("%s.pem", area);
    char *certificate = paths_join(ask->trusted, name);
    enum result result = RESULT_OK;

    own.trusted = certificate;
    if (access(certificate, R_OK) == 0)
        result = sealed_open(&own, ret_bundle, ret_message);
    else
        result = refuse(ret_message, RESULT_DENIED,
                        "收件单位没有这个单位的证书 %s，请把证书交给它。", name);
    free(certificate);
    free(name);
    return result;
}

void sealed_bundle_free(struct sealed_bundle *bundle)
{
    if (bundle->scratch)
        remove(bundle->path);
    free(bundle->path);
    free(bundle->subject);
    *bundle = (struct sealed_bundle){0};
}
