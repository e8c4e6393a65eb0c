#include "bundle/pem.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"

#include <dirent.h>
#include <errno.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FILE_BYTES = 256 * 1024, /**< at most */
    FOLDER_FILES = 4096,     /**< at most */
    TRUST_LEVEL = 2          /**< OpenSSL's: RSA from 2048 bits, SHA-1 counts for nothing */
};

void pem_log(const char *path)
{
    unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;

    log_warn("bundle: %s: %s", path, reason != NULL ? reason : "no reason given");
    ERR_clear_error();
}

bool pem_failed_with(int library, int reason)
{
    unsigned long code = ERR_peek_last_error();

    return ERR_GET_LIB(code) == library && ERR_GET_REASON(code) == reason;
}

/** Keys without a passphrase only: never asks at a terminal. */
static int no_passphrase(char *buffer, int size, int writing, void *arg)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)arg;
    return -1;
}

/** Opens a PEM file of an ordinary size. */
static enum result open_file(const char *path, BIO **ret_bio, char **ret_message)
{
    struct stat status;
    BIO *bio = NULL;
    int error = stat(path, &status) == 0 ? 0 : errno;

    if (error == 0 && (!S_ISREG(status.st_mode) || status.st_size > FILE_BYTES)) {
        *ret_message = mem_printf("%s 不是证书或密钥文件，请核对路径。", path);
        return RESULT_INVALID;
    }
    errno = 0;
    if (error == 0) {
        bio = BIO_new_file(path, "r");
        error = errno;
    }
    if (bio == NULL) {
        *ret_message =
            mem_printf("打不开 %s：%s。请核对路径，并让服务账号能读。", path, result_reason(error));
        ERR_clear_error();
        return RESULT_NOINPUT;
    }
    *ret_bio = bio;
    return RESULT_OK;
}

static enum result refuse(const char *path, const char *what, char **ret_message)
{
    pem_log(path);
    *ret_message = mem_printf("%s %s。", path, what);
    return RESULT_INVALID;
}

enum result pem_certificate_read(const char *path, X509 **ret_certificate, char **ret_message)
{
    BIO *bio = NULL;
    enum result result = open_file(path, &bio, ret_message);
    X509 *certificate = result == 0 ? PEM_read_bio_X509(bio, NULL, no_passphrase, NULL) : NULL;

    if (result == 0 && certificate == NULL)
        result = refuse(path, "里没有证书（PEM），请换成接收单位给的证书文件", ret_message);
    if (result == 0)
        *ret_certificate = certificate;
    BIO_free(bio);
    ERR_clear_error();
    return result;
}

/** All certificates of a file; there must be one at least. */
static enum result read_all(const char *path, STACK_OF(X509) * certificates, char **ret_message)
{
    BIO *bio = NULL;
    X509 *certificate;
    int before = sk_X509_num(certificates);
    enum result result = open_file(path, &bio, ret_message);

    while (result == 0 && (certificate = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL)) != NULL)
        sk_X509_push(certificates, certificate);
    bool ended = pem_failed_with(ERR_LIB_PEM, PEM_R_NO_START_LINE);
    if (result == 0 && (!ended || sk_X509_num(certificates) == before))
        result = refuse(path, "不是完整的证书文件（PEM），请换一个", ret_message);
    BIO_free(bio);
    ERR_clear_error();
    return result;
}

static enum result read_key(const char *path, EVP_PKEY **ret_key, char **ret_message)
{
    BIO *bio = NULL;
    enum result result = open_file(path, &bio, ret_message);
    EVP_PKEY *key = result == 0 ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;

    if (result == 0 && key == NULL)
        result = refuse(path, "里没有能用的私钥：要 PEM 的 RSA 或 EC 私钥，不带口令", ret_message);
    else if (result == 0)
        *ret_key = key;
    BIO_free(bio);
    ERR_clear_error();
    return result;
}

enum result pem_identity_read(const char *key, const char *certificate,
                              struct pem_identity *ret_identity, char **ret_message)
{
    struct pem_identity identity = {.others = sk_X509_new_null()};
    const char *path = certificate != NULL ? certificate : key;
    enum result result = read_key(key, &identity.key, ret_message);

    if (result == 0)
        result = read_all(path, identity.others, ret_message);
    if (result == RESULT_INVALID && certificate == NULL && identity.key != NULL) {
        free(*ret_message);
        *ret_message = mem_printf("%s 里没有证书：请把证书接在私钥后面（cat 证书 >>这个文件）；"
                                  "签名的也可以用 --sign-cert 另外写。",
                                  key);
    }
    if (result == 0)
        identity.certificate = sk_X509_shift(identity.others);
    if (result == 0 && X509_check_private_key(identity.certificate, identity.key) != 1)
        result = refuse(path, "的证书不是这把私钥的，请换成一对的", ret_message);
    if (result == 0)
        *ret_identity = identity;
    else
        pem_identity_free(&identity);
    ERR_clear_error();
    return result;
}

void pem_identity_free(struct pem_identity *identity)
{
    EVP_PKEY_free(identity->key);
    X509_free(identity->certificate);
    sk_X509_pop_free(identity->others, X509_free);
    *identity = (struct pem_identity){0};
}

// ---- whom to trust

static bool is_certificate_name(const char *name)
{
    const char *ending = strrchr(name, '.');

    return *name != '.' && ending != NULL &&
           (strcmp(ending, ".pem") == 0 || strcmp(ending, ".crt") == 0);
}

static enum result read_folder(const char *path, STACK_OF(X509) * certificates, char **ret_message)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    size_t files = 0;
    enum result result = RESULT_OK;

    if (dir == NULL) {
        *ret_message = mem_printf("打不开目录 %s：%s。", path, result_reason(errno));
        return RESULT_NOINPUT;
    }
    while (result == 0 && (entry = readdir(dir)) != NULL) {
        if (!is_certificate_name(entry->d_name))
            continue;
        char *file = paths_join(path, entry->d_name);
        result = files++ < FOLDER_FILES ? read_all(file, certificates, ret_message)
                                        : refuse(path, "里的证书太多，请清理", ret_message);
        free(file);
    }
    closedir(dir);
    if (result == 0 && sk_X509_num(certificates) == 0)
        result = refuse(path, "里没有证书（*.pem、*.crt），请放入报送单位的签名证书", ret_message);
    return result;
}

static X509_STORE *make_store(const STACK_OF(X509) * certificates)
{
    X509_STORE *store = X509_STORE_new();

    for (int i = 0; i < sk_X509_num(certificates); i++)
        X509_STORE_add_cert(store, sk_X509_value(certificates, i));
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_auth_level(X509_STORE_get0_param(store), TRUST_LEVEL);
    return store;
}

enum result pem_trusted_read(const char *path, X509_STORE **ret_store, char **ret_message)
{
    STACK_OF(X509) *certificates = sk_X509_new_null();
    struct stat status;
    enum result result = stat(path, &status) == 0 && S_ISDIR(status.st_mode)
                             ? read_folder(path, certificates, ret_message)
                             : read_all(path, certificates, ret_message);

    if (result == 0)
        *ret_store = make_store(certificates);
    sk_X509_pop_free(certificates, X509_free);
    return result;
}

// ---- about a certificate

enum result pem_check_dates(const X509 *certificate, const char *path, char **ret_message)
{
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        *ret_message = mem_printf("证书 %s 还没有生效，请核对系统时间和证书。", path);
    else if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        *ret_message = mem_printf("证书 %s 已经过期，请换成新的证书。", path);
    else
        return RESULT_OK;
    return RESULT_INVALID;
}

void pem_fingerprint(const X509 *certificate, char fingerprint[DIGEST_TEXT])
{
    uint8_t sum[EVP_MAX_MD_SIZE] = {0};

    (void)X509_digest(certificate, EVP_sha256(), sum, NULL);
    digest_format(sum, fingerprint);
}

char *pem_subject(const X509 *certificate)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes = NULL;

    (void)X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0,
                             XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
    long length = BIO_get_mem_data(bio, &bytes);
    char *subject = mem_copy_bytes(bytes != NULL ? bytes : "", length > 0 ? (size_t)length : 0);
    BIO_free(bio);
    return subject;
}
