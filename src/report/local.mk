# src/report: page layout.
noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = src/report/text.c src/report/text.h
