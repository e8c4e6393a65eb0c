/**
 * Keys and certificates for tests, made by the openssl command.
 *
 * For the name "rsa" a folder then has rsa.key, rsa.pem (the certificate) and rsa.both (the two).
 */
#ifndef DOUDI_TESTS_CERTS_H
#define DOUDI_TESTS_CERTS_H

/** `kind`: "rsa:2048", "ec" (P-256). `more`: further options of `openssl req -x509`, "" = none. */
void certs_make(const char *folder, const char *name, const char *kind, const char *more);

/** Runs a shell command made by printf(); returns its exit status. */
__attribute__((format(printf, 1, 2))) int certs_shell(const char *format, ...);

#endif
