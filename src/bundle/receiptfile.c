#include "bundle/receiptfile.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "bundle/pem.h"
#include "bundle/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SIGNED_BYTES = RECEIPT_BYTES + 256 * 1024, /**< with the signer's certificates, at most */
    BLOCK_BYTES = 1 << 16,
    SEQUENCE = 0x30 /**< how a CMS structure begins */
};

// ---- the bytes

/** Reads to the end, or until there is more than is allowed. */
static ssize_t read_bytes(int fd, struct str *bytes)
{
    char block[BLOCK_BYTES];
    ssize_t got;

    while ((got = read(fd, block, sizeof block)) > 0 && bytes->length <= SIGNED_BYTES)
        str_add_bytes(bytes, block, (size_t)got);
    return got;
}

enum result receiptfile_read(const char *path, struct receiptfile *ret_file, char **ret_message)
{
    struct receiptfile file = {0};
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would block */
    bool regular = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    bool read_it = regular && read_bytes(fd, &file.bytes) >= 0;
    enum result result = read_it ? RESULT_OK : RESULT_NOINPUT;

    if (!read_it)
        *ret_message = mem_printf("回执 %s 读不出来：%s", path,
                                  fd >= 0 && !regular ? "不是普通文件" : result_reason(errno));
    else if (file.bytes.length > SIGNED_BYTES)
        result = receipt_refuse(ret_message, "太大");
    if (fd >= 0)
        close(fd);
    file.is_signed = file.bytes.length > 0 && file.bytes.text[0] == SEQUENCE;
    if (result == 0)
        *ret_file = file;
    else
        receiptfile_free(&file);
    return result;
}

void receiptfile_free(struct receiptfile *file)
{
    str_free(&file->bytes);
}

// ---- the signature

static enum result refuse_signature(enum signature_fault fault, char **ret_message)
{
    static const char *const words[] = {
        [SIGNATURE_NOT_ONE] = "没有签名，或有几个签名",
        [SIGNATURE_WEAK] = "的签名用了过时的摘要算法",
        [SIGNATURE_STRANGER] = "的签名不是用 receivers.yaml 里写的证书签的，或证书已过期",
        [SIGNATURE_NOBODY] = "里没有签名人的证书",
        [SIGNATURE_BAD] = "的签名不对：签名以后内容被改动过，或已损坏",
    };

    *ret_message =
        mem_printf("这份回执%s，没有记。请向收报送包的单位核对，再要一份。", words[fault]);
    return RESULT_DENIED;
}

/** Writes what was signed to `content`. */
static enum result verify(const struct receiptfile *file, X509_STORE *store, BIO *content,
                          char **ret_message)
{
    BIO *in = BIO_new_mem_buf(file->bytes.text, (int)file->bytes.length);
    CMS_ContentInfo *cms = signature_read(in);
    bool is_signed = cms != NULL && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;
    enum signature_fault fault =
        is_signed ? signature_verify(cms, store, content, "a receipt") : SIGNATURE_BAD;

    CMS_ContentInfo_free(cms);
    BIO_free(in);
    ERR_clear_error();
    return fault == SIGNATURE_GOOD ? RESULT_OK : refuse_signature(fault, ret_message);
}

static enum result open_signed(const struct receiptfile *file, X509_STORE *store,
                               struct receipt **ret_receipt, char **ret_message)
{
    BIO *content = BIO_new(BIO_s_mem());
    enum result result = verify(file, store, content, ret_message);
    char *text = NULL;

    if (result == 0) {
        long length = BIO_get_mem_data(content, &text);
        result = receipt_parse(text, (size_t)length, ret_receipt, ret_message);
    }
    BIO_free(content);
    return result;
}

enum result receiptfile_open(const struct receiptfile *file, const char *certificate,
                             struct receipt **ret_receipt, char **ret_message)
{
    X509_STORE *store = NULL;
    enum result result = RESULT_OK;

    if (!file->is_signed && certificate != NULL)
        return refuse_signature(SIGNATURE_NOT_ONE, ret_message);
    if (!file->is_signed)
        return receipt_parse(str_text(&file->bytes), file->bytes.length, ret_receipt, ret_message);
    if (certificate != NULL)
        result = pem_trusted_read(certificate, &store, ret_message);
    if (result == 0)
        result = open_signed(file, store, ret_receipt, ret_message);
    X509_STORE_free(store);
    return result;
}

// ---- signing

static enum result sign_file(const struct str *text, const struct seal_order *order,
                             const char *scratch, const char *const paths[2], struct str *ret_bytes,
                             char **ret_message)
{
    struct receiptfile file = {0};
    uint64_t size = 0;
    enum result result = outfile_write(paths[0], text);

    if (result == 0)
        result = seal_file(order, paths[0], paths[1], scratch, &size, ret_message);
    if (result == 0)
        result = receiptfile_read(paths[1], &file, ret_message);
    if (result == 0)
        *ret_bytes = file.bytes;
    return result;
}

enum result receiptfile_sign(const char *text, const struct seal_order *order, const char *scratch,
                             struct str *ret_bytes, char **ret_message)
{
    char *plain = paths_join(scratch, "receipt.json"), *sealed = paths_join(scratch, "receipt.cms");
    const char *const paths[] = {plain, sealed};
    const struct str content = {.text = (char *)(uintptr_t)text, .length = strlen(text)};
    enum result result = sign_file(&content, order, scratch, paths, ret_bytes, ret_message);

    if (result != 0 && *ret_message == NULL)
        *ret_message = mem_printf("回执没有签成：%s", result_words(result));
    (void)unlink(plain);
    (void)unlink(sealed);
    free(plain);
    free(sealed);
    return result;
}
