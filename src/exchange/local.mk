# src/exchange: CSV in and out; the nightly bundle.
noinst_LIBRARIES += libexchange.a
libexchange_a_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(JSON_CFLAGS)
libexchange_a_SOURCES = \
	src/exchange/bundle.c src/exchange/bundle.h \
	src/exchange/csv.c src/exchange/csv.h \
	src/exchange/manifest.c src/exchange/manifest.h \
	src/exchange/tarball.c src/exchange/tarball.h
