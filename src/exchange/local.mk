# src/exchange: tables in and out (CSV, XLSX), found as a person finds them; the nightly bundle.
noinst_LIBRARIES += libexchange.a
libexchange_a_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(JSON_CFLAGS) $(WORKBOOK_CFLAGS)
libexchange_a_SOURCES = \
	src/exchange/bundle.c src/exchange/bundle.h \
	src/exchange/csv.c src/exchange/csv.h \
	src/exchange/csv_cut.c \
	src/exchange/foreign.c src/exchange/foreign.h \
	src/exchange/grid.c src/exchange/grid.h \
	src/exchange/input.c src/exchange/input.h \
	src/exchange/layout.c src/exchange/layout.h \
	src/exchange/manifest.c src/exchange/manifest.h \
	src/exchange/table.c src/exchange/table.h \
	src/exchange/tarball.c src/exchange/tarball.h \
	src/exchange/xlsx.c src/exchange/xlsx.h \
	src/exchange/xlsx_book.c \
	src/exchange/xlsx_format.c \
	src/exchange/xlsx_part.h \
	src/exchange/xlsx_sheet.c \
	src/exchange/xlsx_zip.c
