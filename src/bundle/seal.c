#include "bundle/seal.h"

#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "bundle/pem.h"

#include <errno.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *name;
    const EVP_CIPHER *(*cipher)(void);
} CIPHERS[] = {
    {"aes256", EVP_aes_256_gcm},
    {"sm4", EVP_sm4_cbc},
};

/** What an order needs, read from its files. */
struct sealer {
    struct pem_identity signer; /**< empty = not signed */
    STACK_OF(X509) * receivers;
    const EVP_CIPHER *cipher;
};

static enum result find_cipher(const char *name, const EVP_CIPHER **ret_cipher, char **ret_message)
{
    if (name == NULL || *name == '\0')
        name = CIPHERS[0].name;
    for (size_t i = 0; i < sizeof CIPHERS / sizeof CIPHERS[0]; i++)
        if (strcmp(CIPHERS[i].name, name) == 0) {
            *ret_cipher = CIPHERS[i].cipher();
            return RESULT_OK;
        }
    *ret_message = mem_printf("没有加密算法 %s，请写 aes256 或 sm4。", name);
    return RESULT_USAGE;
}

static enum result add_receiver(struct sealer *sealer, const char *path, char **ret_message)
{
    X509 *certificate = NULL;
    enum result result = pem_certificate_read(path, &certificate, ret_message);

    if (result == 0)
        result = pem_check_dates(certificate, path, ret_message);
    if (result == 0 && EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_RSA &&
        EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_EC) {
        *ret_message = mem_printf("证书 %s 的密钥不能用来加密，请要 RSA 或 EC 的证书。", path);
        result = RESULT_INVALID;
    }
    if (result == 0)
        sk_X509_push(sealer->receivers, certificate);
    else
        X509_free(certificate);
    return result;
}

static enum result read_signer(struct sealer *sealer, const struct seal_order *order,
                               char **ret_message)
{
    const char *path = order->sign_certificate != NULL ? order->sign_certificate : order->sign_key;
    enum result result =
        pem_identity_read(order->sign_key, order->sign_certificate, &sealer->signer, ret_message);

    return result == 0 ? pem_check_dates(sealer->signer.certificate, path, ret_message) : result;
}

static void sealer_close(struct sealer *sealer)
{
    pem_identity_free(&sealer->signer);
    sk_X509_pop_free(sealer->receivers, X509_free);
    ERR_clear_error();
}

static enum result sealer_open(struct sealer *sealer, const struct seal_order *order,
                               char **ret_message)
{
    *sealer = (struct sealer){.receivers = sk_X509_new_null()};
    enum result result = find_cipher(order->cipher, &sealer->cipher, ret_message);

    if (result == 0 && order->sign_key == NULL && order->sign_certificate != NULL) {
        *ret_message = mem_copy("给了签名证书，没有给签名的私钥，请用 --sign-with 给出。");
        result = RESULT_USAGE;
    }
    if (result == 0 && order->sign_key != NULL)
        result = read_signer(sealer, order, ret_message);
    for (size_t i = 0; result == 0 && i < order->receiver_count; i++)
        result = add_receiver(sealer, order->receivers[i], ret_message);
    return result;
}

enum result seal_check(const struct seal_order *order, char **ret_message)
{
    struct sealer sealer;
    enum result result = sealer_open(&sealer, order, ret_message);

    sealer_close(&sealer);
    return result;
}

// ---- writing

/** The flags of everything that is written: in pieces, and no byte of the bundle changed. */
enum { FLAGS = CMS_STREAM | CMS_BINARY | CMS_NOSMIMECAP };

static CMS_ContentInfo *begin_signed(const struct sealer *sealer)
{
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, sealer->signer.others, NULL, FLAGS | CMS_PARTIAL);

    if (cms != NULL && CMS_add1_signer(cms, sealer->signer.certificate, sealer->signer.key,
                                       EVP_sha256(), FLAGS) == NULL) {
        CMS_ContentInfo_free(cms);
        cms = NULL;
    }
    return cms;
}

static CMS_ContentInfo *begin_sealed(const struct sealer *sealer)
{
    return CMS_encrypt(sealer->receivers, NULL, sealer->cipher, FLAGS);
}

/** Writes what `begin` makes of the file `from`. */
static enum result write_cms(const struct sealer *sealer,
                             CMS_ContentInfo *(*begin)(const struct sealer *sealer),
                             const char *from, const char *to, uint64_t *ret_bytes)
{
    struct partfile *file = NULL;
    enum result result = partfile_open(to, &file);
    CMS_ContentInfo *cms = result == 0 ? begin(sealer) : NULL;
    BIO *in = BIO_new_file(from, "rb");
    BIO *out = result == 0 ? BIO_new_fd(partfile_fd(file), BIO_NOCLOSE) : NULL;

    errno = 0;
    if (result == 0 &&
        (cms == NULL || in == NULL || i2d_CMS_bio_stream(out, cms, in, FLAGS) != 1)) {
        result = result_of_write(errno, RESULT_IO);
        pem_log(to);
    }
    BIO_free(in);
    BIO_free(out);
    CMS_ContentInfo_free(cms);
    if (result == 0)
        result = partfile_finish(&file, ret_bytes);
    partfile_abandon(&file);
    return result;
}

/** Signs into the scratch folder, then seals that. */
static enum result sign_and_seal(const struct sealer *sealer, const char *from, const char *to,
                                 const char *scratch, uint64_t *ret_bytes)
{
    char *signed_path = paths_join(scratch, "signed" SEAL_ENDING);
    enum result result = write_cms(sealer, begin_signed, from, signed_path, ret_bytes);

    if (result == 0)
        result = write_cms(sealer, begin_sealed, signed_path, to, ret_bytes);
    remove(signed_path);
    free(signed_path);
    return result;
}

/** The room that certificates, keys and the form itself may take. */
enum { OVERHEAD = 4 * 1024 * 1024 };

static enum result check_size(const char *from, char **ret_message)
{
    struct stat status;

    if (stat(from, &status) != 0 || status.st_size <= SEAL_BYTES - OVERHEAD)
        return RESULT_OK;
    *ret_message =
        mem_printf("%s 超过 500 MiB，签名或密封以后接收单位打不开；请不签名也不密封地导出，"
                   "另用加密的介质送。",
                   from);
    return RESULT_INVALID;
}

enum result seal_file(const struct seal_order *order, const char *from, const char *to,
                      const char *scratch, uint64_t *ret_bytes, char **ret_message)
{
    struct sealer sealer;
    enum result result = sealer_open(&sealer, order, ret_message);

    if (result == 0)
        result = check_size(from, ret_message);
    bool opened = result == 0;
    if (opened && sealer.signer.key == NULL)
        result = write_cms(&sealer, begin_sealed, from, to, ret_bytes);
    else if (opened && order->receiver_count == 0)
        result = write_cms(&sealer, begin_signed, from, to, ret_bytes);
    else if (opened)
        result = sign_and_seal(&sealer, from, to, scratch, ret_bytes);
    if (opened && result != 0)
        *ret_message = mem_printf("%s 没有写成：%s", to, result_words(result));
    sealer_close(&sealer);
    return result;
}
