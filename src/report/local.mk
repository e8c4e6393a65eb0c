# src/report: page layout, and the documents that are laid out.
noinst_LIBRARIES += libreport.a
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
libreport_a_SOURCES = \
	src/report/document.c src/report/document.h \
	src/report/text.c src/report/text.h
