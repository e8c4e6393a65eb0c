# tests/feed: doudi-feed against a PostgreSQL of its own; left out where there is none.
# DOUDI_FEED=long kills it more often.
dist_check_SCRIPTS += tests/feed/feed_test.sh tests/feed/sealed_test.sh
EXTRA_DIST += tests/feed/lib.sh
AM_TESTS_ENVIRONMENT += export POSTGRESQL='$(POSTGRESQL)';

if HAVE_CMOCKA
if HAVE_LIBPQ
check_PROGRAMS += tests/unit/feed_cell_test tests/unit/feed_follow_test tests/unit/feed_rows_test
tests_unit_feed_cell_test_LDADD = $(feed_libs) $(CMOCKA_LIBS)
tests_unit_feed_follow_test_LDADD = $(feed_libs) $(CMOCKA_LIBS)
tests_unit_feed_rows_test_LDADD = $(feed_libs) $(CMOCKA_LIBS)
endif
endif
