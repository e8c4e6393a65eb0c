#include "bundle/signature.h"

#include "bundle/pem.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>

CMS_ContentInfo *signature_read(BIO *in)
{
    CMS_ContentInfo *cms = in != NULL ? d2i_CMS_bio(in, NULL) : NULL;
    char more;

    if (cms != NULL && BIO_read(in, &more, 1) > 0) {
        CMS_ContentInfo_free(cms);
        cms = NULL;
    }
    return cms;
}

/** Digests that still prove something. */
static bool is_strong(CMS_SignerInfo *signer)
{
    static const int strong[] = {NID_sha256, NID_sha384, NID_sha512, NID_sm3};
    X509_ALGOR *algorithm = NULL;
    const ASN1_OBJECT *object = NULL;

    CMS_SignerInfo_get0_algs(signer, NULL, NULL, &algorithm, NULL);
    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    for (size_t i = 0; i < sizeof strong / sizeof strong[0]; i++)
        if (OBJ_obj2nid(object) == strong[i])
            return true;
    return false;
}

enum signature_fault signature_verify(CMS_ContentInfo *cms, X509_STORE *trusted, BIO *out,
                                      const char *path)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
    unsigned flags = CMS_BINARY | (trusted == NULL ? CMS_NO_SIGNER_CERT_VERIFY : 0);

    if (sk_CMS_SignerInfo_num(signers) != 1)
        return SIGNATURE_NOT_ONE;
    if (!is_strong(sk_CMS_SignerInfo_value(signers, 0)))
        return SIGNATURE_WEAK;
    if (CMS_verify(cms, NULL, trusted, NULL, out, flags) == 1)
        return SIGNATURE_GOOD;
    bool stranger = pem_failed_with(ERR_LIB_CMS, CMS_R_CERTIFICATE_VERIFY_ERROR);
    bool nobody = pem_failed_with(ERR_LIB_CMS, CMS_R_SIGNER_CERTIFICATE_NOT_FOUND);
    pem_log(path);
    return stranger ? SIGNATURE_STRANGER : nobody ? SIGNATURE_NOBODY : SIGNATURE_BAD;
}
