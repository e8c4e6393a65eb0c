# src/report: page layout, and the documents that are laid out.
noinst_LIBRARIES += libreport.a
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
libreport_a_SOURCES = \
	src/report/document.c src/report/document.h \
	src/report/printing.c src/report/printing.h \
	src/report/text.c src/report/text.h

# Talks to CUPS in a process of its own.
if HAVE_CUPS
sbin_PROGRAMS += doudi-print
doudi_print_SOURCES = src/report/print.c
doudi_print_LDADD = libreport.a libbase.a $(CUPS_LIBS)
endif
