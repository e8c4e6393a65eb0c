# src/exchange: reads tables in files from outside (CSV, XLSX), and sends and writes them.
noinst_LIBRARIES += libexchange.a
libexchange_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libexchange_a_SOURCES = \
	src/exchange/csv.c src/exchange/csv.h \
	src/exchange/csv_cut.c \
	src/exchange/divisions.c src/exchange/divisions.h \
	src/exchange/foreign.c src/exchange/foreign.h \
	src/exchange/grid.c src/exchange/grid.h \
	src/exchange/input.c src/exchange/input.h \
	src/exchange/layout.c src/exchange/layout.h \
	src/exchange/filetable.c src/exchange/filetable.h \
	src/exchange/returns.c src/exchange/returns.h \
	src/exchange/staff.c src/exchange/staff.h \
	src/exchange/upload.c src/exchange/upload.h \
	src/exchange/workbook.c src/exchange/workbook.h
$(libexchange_a_OBJECTS): src/wire/doudi.pb-c.h

# Reads workbooks in a process of its own; tests link it too.
noinst_LIBRARIES += libxlsx.a
libxlsx_a_CPPFLAGS = $(AM_CPPFLAGS) $(WORKBOOK_CFLAGS)
libxlsx_a_SOURCES = \
	src/exchange/xlsx.c src/exchange/xlsx.h \
	src/exchange/xlsx_book.c \
	src/exchange/xlsx_format.c \
	src/exchange/xlsx_private.h \
	src/exchange/xlsx_sheet.c \
	src/exchange/xlsx_zip.c
sbin_PROGRAMS += doudi-sheet
doudi_sheet_SOURCES = src/exchange/sheet.c
doudi_sheet_LDADD = libxlsx.a libexchange.a libbase.a $(WORKBOOK_LIBS)
