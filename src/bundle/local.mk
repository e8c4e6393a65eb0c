# src/bundle: files for other homes: the nightly bundle.
noinst_LIBRARIES += libbundle.a
libbundle_a_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(JSON_CFLAGS) $(PROTOBUF_C_CFLAGS)
libbundle_a_SOURCES = \
	src/bundle/bundle.c src/bundle/bundle.h \
	src/bundle/extract.c src/bundle/extract.h \
	src/bundle/extract_compliance.c src/bundle/extract_compliance.h \
	src/bundle/extract_line.c src/bundle/extract_line.h \
	src/bundle/manifest.c src/bundle/manifest.h \
	src/bundle/tarball.c src/bundle/tarball.h
