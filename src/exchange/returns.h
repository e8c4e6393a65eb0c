/**
 * Reads a bank's file of payments that it could not make: CSV or XLSX, columns by their headings in
 * any order.
 *
 * Threads: pure functions, except for the files they name.
 */
#ifndef DOUDI_EXCHANGE_RETURNS_H
#define DOUDI_EXCHANGE_RETURNS_H

#include "base/result.h"
#include "base/sheet.h"

/** The rows with the columns line, name, account, id_no, amount, result, reason, reference, number; a
 *  column that the file does not have is empty. On failure *ret_message (new string) says in Chinese what is wrong. */
enum result returns_read(const char *path, struct sheet **ret_rows, char **ret_message);

#endif
