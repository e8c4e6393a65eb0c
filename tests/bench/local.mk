# tests/bench: how fast it is. `make bench` builds and runs everything at BENCH_SIZES cases;
# homes and peers are kept in BENCH_FOLDER between runs. `make check` runs a tiny form for its lines.
BENCH_SIZES = 10000 100000
BENCH_FOLDER = $(abs_builddir)/bench-data

EXTRA_PROGRAMS += tests/bench/bench tests/bench/curses
CLEANFILES += tests/bench/bench tests/bench/curses
tests_bench_curses_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
tests_bench_curses_LDADD = $(NCURSES_LIBS)
tests_bench_bench_SOURCES = tests/bench/bench.h tests/bench/dump.c tests/bench/engine.h \
	tests/bench/engine_doudi.c tests/bench/engine_postgresql.c tests/bench/engine_sqlite.c \
	tests/bench/export.c tests/bench/figures.c tests/bench/import.c tests/bench/main.c \
	tests/bench/visitors.c tests/bench/visitors.h tests/bench/postgresql.h tests/bench/reads.c \
	tests/bench/rows.c tests/bench/rows.h tests/bench/server.c tests/bench/soak.c tests/bench/start.c \
	tests/bench/terminal.c tests/bench/visits.c
tests_bench_bench_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/bench $(PROTOBUF_C_CFLAGS) \
	$(SQLITE_CFLAGS) $(LIBPQ_CFLAGS)
tests_bench_bench_LDADD = libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a libwire.a \
	libbase.a $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CYAML_LIBS) $(CRYPTO_LIBS) $(CRYPT_LIBS) $(CSV_LIBS) \
	$(JSON_LIBS) $(ARCHIVE_LIBS) $(SQLITE_LIBS) $(LIBPQ_LIBS) -lutil -lpthread

# What is to run is built behind `all`, not beside it: two makes would write the same libraries.
bench: all
	$(MAKE) $(AM_MAKEFLAGS) tests/bench/bench$(EXEEXT) tests/bench/curses$(EXEEXT)
	srcdir='$(abs_srcdir)' builddir='$(abs_builddir)' BENCH_SIZES='$(BENCH_SIZES)' \
	BENCH_FLAGS='$(CC) $(CFLAGS)' BENCH_FOLDER='$(BENCH_FOLDER)' \
	POSTGRESQL='$(POSTGRESQL)' $(SHELL) $(srcdir)/tests/bench/bench.sh
# The same for a database that bundles are fed to (BENCH_FEED_CASES, BENCH_FEED_HOMES, BENCH_FEED_RUNS).
bench-feed: all
	@mkdir -p '$(BENCH_FOLDER)'
	srcdir='$(abs_srcdir)' builddir='$(abs_builddir)' BENCH_FOLDER='$(BENCH_FOLDER)' \
	POSTGRESQL='$(POSTGRESQL)' $(SHELL) $(srcdir)/tests/bench/feed.sh
# The same for a county that takes in its streets (BENCH_INGEST_CASES, BENCH_INGEST_STREETS, BENCH_INGEST_RUNS).
bench-ingest: all
	@mkdir -p '$(BENCH_FOLDER)'
	srcdir='$(abs_srcdir)' builddir='$(abs_builddir)' BENCH_FOLDER='$(BENCH_FOLDER)' \
	$(SHELL) $(srcdir)/tests/bench/ingest.sh
# The figures of the last `make bench` into doc/performance.md.
bench-doc:
	BENCH_FOLDER='$(BENCH_FOLDER)' $(SHELL) $(srcdir)/tests/bench/document.sh '$(srcdir)/doc'
bench-clean:
	-rm -rf '$(BENCH_FOLDER)'
.PHONY: bench bench-clean bench-doc bench-feed bench-ingest

# Without a peer and without looking at the clock.
dist_check_SCRIPTS += tests/bench/lines.sh
check_DATA += tests/bench/bench tests/bench/curses

EXTRA_DIST += tests/bench/README.md tests/bench/bench.sh tests/bench/document.sh tests/bench/encryption.sh tests/bench/feed.sh tests/bench/ingest.sh \
	tests/bench/plot.awk tests/bench/table.awk tests/bench/postgresql.conf tests/bench/postgresql.sql \
	tests/bench/postgresql-indexes.sql tests/bench/sqlite.sql tests/bench/sqlite-indexes.sql
