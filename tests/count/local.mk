# tests/count: instructions of the hot paths, counted by callgrind. The test is left out where they
# would say nothing: with sanitizers, with another compiler, without valgrind.
EXTRA_DIST += tests/count/baseline.txt tests/count/count.sh

if HAVE_CALLGRIND
TESTS += tests/count/count.sh
EXTRA_PROGRAMS += tests/count/paths
CLEANFILES += tests/count/paths
tests_count_paths_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
tests_count_paths_LDADD = libserver.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a \
	libwire.a libbase.a $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CYAML_LIBS) $(CRYPTO_LIBS) $(CRYPT_LIBS) \
	$(ARCHIVE_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(SYSTEMD_LIBS) -lpthread
check_DATA += tests/count/paths

AM_TESTS_ENVIRONMENT += export COUNT_COMPILER='$(COUNT_COMPILER)' COUNT_FLAGS='$(CFLAGS)';

update-counts: all tests/count/paths
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/count/count.sh --update
endif
.PHONY: update-counts
