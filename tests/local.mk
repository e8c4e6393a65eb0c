# tests: one cmocka program per module, sorted by folder.
TESTS += $(check_PROGRAMS)
EXTRA_DIST += tests/unit/unit.h tests/data/duty-examples.md
tests_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit $(CMOCKA_CFLAGS) \
	-DTESTS_DATA='"$(abs_top_srcdir)/tests/data"'

if HAVE_CMOCKA

# src/base
check_PROGRAMS += tests/unit/idno_test
tests_unit_idno_test_CPPFLAGS = $(tests_cppflags)
tests_unit_idno_test_LDADD = libbase.a $(CMOCKA_LIBS)

# src/domain
check_PROGRAMS += tests/unit/area_test
tests_unit_area_test_CPPFLAGS = $(tests_cppflags)
tests_unit_area_test_LDADD = libdomain.a libbase.a $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/duty_test
tests_unit_duty_test_CPPFLAGS = $(tests_cppflags)
tests_unit_duty_test_LDADD = libdomain.a libbase.a $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/duty_sweep_test
tests_unit_duty_sweep_test_CPPFLAGS = $(tests_cppflags)
tests_unit_duty_sweep_test_LDADD = libdomain.a libbase.a $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/rate_test
tests_unit_rate_test_CPPFLAGS = $(tests_cppflags)
tests_unit_rate_test_LDADD = libdomain.a libbase.a $(CMOCKA_LIBS)

# src/report, src/exchange
check_PROGRAMS += tests/unit/report_test
tests_unit_report_test_CPPFLAGS = $(tests_cppflags)
tests_unit_report_test_LDADD = libreport.a libbase.a $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/csv_test
tests_unit_csv_test_CPPFLAGS = $(tests_cppflags)
tests_unit_csv_test_LDADD = libexchange.a libbase.a $(CSV_LIBS) $(CMOCKA_LIBS)

endif
