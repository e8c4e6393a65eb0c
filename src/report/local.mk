# src/report: page layout, and the documents that are laid out.
noinst_LIBRARIES += libreport.a
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
libreport_a_SOURCES = \
	src/report/companion.c src/report/companion.h \
	src/report/document.c src/report/document.h \
	src/report/plan.c src/report/plan.h \
	src/report/plan_beside.c src/report/plan_beside.h \
	src/report/plan_checks.c src/report/plan_list.c src/report/plan_money.c src/report/plan_private.h \
	src/report/printing.c src/report/printing.h \
	src/report/text.c src/report/text.h \
	src/report/value.c src/report/value.h \
	src/report/view.c src/report/view.h

# Draws pages in a process of its own, whose libraries no other program has; tests link it too.
if HAVE_REPORT
noinst_LIBRARIES += libpdf.a
libpdf_a_CPPFLAGS = $(AM_CPPFLAGS) $(REPORT_CFLAGS)
libpdf_a_SOURCES = \
	src/report/pdf.c src/report/pdf.h \
	src/report/pdf_figure.c \
	src/report/pdf_flow.c \
	src/report/pdf_font.c src/report/pdf_font.h \
	src/report/pdf_page.c \
	src/report/pdf_private.h \
	src/report/pdf_table.c \
	src/report/pdf_text.c
pdf_libs = libpdf.a libreport.a libbase.a $(REPORT_LIBS) $(JSON_LIBS)
noinst_LIBRARIES += libspreadsheet.a
libspreadsheet_a_CPPFLAGS = $(AM_CPPFLAGS) $(SPREADSHEET_CFLAGS)
libspreadsheet_a_SOURCES = \
	src/report/spreadsheet.c src/report/spreadsheet.h
sbin_PROGRAMS += doudi-report
doudi_report_SOURCES = src/report/main.c
doudi_report_LDADD = libspreadsheet.a $(pdf_libs) $(SPREADSHEET_LIBS)
endif

# Talks to CUPS in a process of its own.
if HAVE_CUPS
sbin_PROGRAMS += doudi-print
doudi_print_SOURCES = src/report/print.c
doudi_print_LDADD = libreport.a libbase.a $(CUPS_LIBS)
endif
