/**
 * The signature of a CMS structure, of a bundle or a receipt.
 *
 * Private to src/bundle. Threads: any.
 */
#ifndef DOUDI_BUNDLE_SIGNATURE_H
#define DOUDI_BUNDLE_SIGNATURE_H

#include <openssl/cms.h>

enum signature_fault {
    SIGNATURE_GOOD,
    SIGNATURE_NOT_ONE,  /**< none, or several */
    SIGNATURE_WEAK,     /**< made with a digest that proves nothing any more */
    SIGNATURE_STRANGER, /**< its certificate is not trusted, or not valid now */
    SIGNATURE_NOBODY,   /**< the signer's certificate is not there */
    SIGNATURE_BAD       /**< the content is not what was signed */
};

/** Reads the CMS structure of which `in` must consist to its end; NULL if it is none. The caller's:
 *  CMS_ContentInfo_free(). */
CMS_ContentInfo *signature_read(BIO *in);
/** Checks a signed structure and writes its content to `out`, which holds nothing to be believed
 *  unless the signature is good. `trusted` NULL: whoever signed. `path` is for the log. */
enum signature_fault signature_verify(CMS_ContentInfo *cms, X509_STORE *trusted, BIO *out,
                                      const char *path);

#endif
