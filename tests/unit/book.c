#include "book.h"

#include "base/mem.h"
#include "unit.h"

#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

void book_write(const char *path, const struct book_member *members, size_t count)
{
    zipFile archive = zipOpen64(path, APPEND_STATUS_CREATE);

    assert_non_null(archive);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(zipOpenNewFileInZip64(archive, members[i].name, NULL, NULL, 0, NULL, 0,
                                               NULL, Z_DEFLATED, Z_BEST_SPEED, 1),
                         ZIP_OK);
        assert_int_equal(
            zipWriteInFileInZip(archive, members[i].text, (unsigned)strlen(members[i].text)),
            ZIP_OK);
        assert_int_equal(zipCloseFileInZip(archive), ZIP_OK);
    }
    assert_int_equal(zipClose(archive, NULL), ZIP_OK);
}

void book_write_sheet(const char *path, const char *sheet, const char *texts, const char *styles)
{
    char *worksheet = mem_printf("<worksheet>%s</worksheet>", sheet);
    char *shared = mem_printf("<sst>%s</sst>", texts);
    char *formats = mem_printf("<styleSheet>%s</styleSheet>", styles);
    const struct book_member members[] = {
        {"xl/workbook.xml",
         "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\"><x:sheets>"
         "<x:sheet name=\"花名册\" sheetId=\"1\" r:id=\"rId1\"/></x:sheets></x:workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", worksheet},
        {"xl/sharedStrings.xml", shared},
        {"xl/styles.xml", formats},
    };

    book_write(path, members, COUNT(members));
    free(worksheet);
    free(shared);
    free(formats);
}

void book_write_blanks(const char *path, size_t megabytes)
{
    enum { MEGABYTE = 1 << 20 };
    zipFile archive = zipOpen64(path, APPEND_STATUS_CREATE);
    char *blanks = mem_new(MEGABYTE);

    assert_non_null(archive);
    memset(blanks, ' ', MEGABYTE);
    assert_int_equal(zipOpenNewFileInZip64(archive, "xl/_rels/workbook.xml.rels", NULL, NULL, 0,
                                           NULL, 0, NULL, Z_DEFLATED, Z_BEST_COMPRESSION, 1),
                     ZIP_OK);
    assert_int_equal(zipWriteInFileInZip(archive, "<Relationships>", 15), ZIP_OK);
    for (size_t i = 0; i < megabytes; i++)
        assert_int_equal(zipWriteInFileInZip(archive, blanks, MEGABYTE), ZIP_OK);
    assert_int_equal(zipCloseFileInZip(archive), ZIP_OK);
    assert_int_equal(zipOpenNewFileInZip(archive, "xl/workbook.xml", NULL, NULL, 0, NULL, 0, NULL,
                                         Z_DEFLATED, Z_BEST_SPEED),
                     ZIP_OK);
    assert_int_equal(zipCloseFileInZip(archive), ZIP_OK);
    assert_int_equal(zipClose(archive, NULL), ZIP_OK);
    free(blanks);
}
