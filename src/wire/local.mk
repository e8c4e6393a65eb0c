# Built by the top Makefile.am.
# src/wire: the protocol, its frames, and the client's calls.
noinst_LIBRARIES += libwire.a
libwire_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libwire_a_SOURCES = \
	src/wire/client.c src/wire/client.h \
	src/wire/convert.c src/wire/convert.h \
	src/wire/frame.c src/wire/frame.h \
	src/wire/pages.c src/wire/pages.h \
	src/wire/socket.c src/wire/socket.h \
	src/wire/start.c src/wire/start.h
nodist_libwire_a_SOURCES = src/wire/doudi.pb-c.c src/wire/doudi.pb-c.h
BUILT_SOURCES += src/wire/doudi.pb-c.h
CLEANFILES += src/wire/doudi.pb-c.c src/wire/doudi.pb-c.h
EXTRA_DIST += src/wire/doudi.proto
$(libwire_a_OBJECTS): src/wire/doudi.pb-c.h
