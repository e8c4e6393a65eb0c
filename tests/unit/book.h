/**
 * Workbooks for tests, made member by member.
 */
#ifndef DOUDI_TESTS_BOOK_H
#define DOUDI_TESTS_BOOK_H

#include <stddef.h>

struct book_member {
    const char *name, *text;
};

/** Writes a ZIP archive of these members. */
void book_write(const char *path, const struct book_member *members, size_t count);

/** Writes a workbook with one sheet: what stands within <worksheet>, <sst> and <styleSheet>. */
void book_write_sheet(const char *path, const char *sheet, const char *texts, const char *styles);

/** Writes a workbook whose first part has this many megabytes of blanks. */
void book_write_blanks(const char *path, size_t megabytes);

#endif
