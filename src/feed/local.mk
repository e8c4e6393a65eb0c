# src/feed: doudi-feed — bundles into a database that speaks PostgreSQL's protocol.
if HAVE_LIBPQ
noinst_LIBRARIES += libfeed.a
libfeed_a_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(JSON_CFLAGS) $(LIBPQ_CFLAGS)
libfeed_a_SOURCES = \
	src/feed/apply.c src/feed/apply.h \
	src/feed/cell.c src/feed/cell.h \
	src/feed/cell_back.c \
	src/feed/follow.c src/feed/follow.h \
	src/feed/database.c src/feed/database.h \
	src/feed/opened.c src/feed/opened.h \
	src/feed/queue.c src/feed/queue.h \
	src/feed/removed.c src/feed/removed.h \
	src/feed/rows.c src/feed/rows.h \
	src/feed/schema.c src/feed/schema.h \
	src/feed/sql.c src/feed/sql.h \
	src/feed/state.c src/feed/state.h \
	src/feed/sum.c src/feed/sum.h \
	src/feed/stage.c src/feed/stage.h \
	src/feed/tables.c src/feed/tables.h \
	src/feed/unpack.c src/feed/unpack.h

# The bundle's columns stand in the functions that write them, which is why it links the store.
feed_libs = libfeed.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a libwire.a \
	libbase.a $(LIBPQ_LIBS) $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CYAML_LIBS) $(CRYPTO_LIBS) $(CRYPT_LIBS) \
	$(ARCHIVE_LIBS) $(CSV_LIBS) $(JSON_LIBS) -lpthread
sbin_PROGRAMS += doudi-feed
doudi_feed_SOURCES = src/feed/main.c
doudi_feed_LDADD = $(feed_libs)
endif

feeddir = $(pkgdatadir)/feed
dist_feed_DATA = share/feed/schema.sql share/feed/views.sql
