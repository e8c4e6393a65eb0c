# tests/torture: servers, clients and disks are taken away while people work. `make check` runs the
# short form, `make check-torture` the long one: hundreds of kills, some minutes, and fifty streets that
# report for thirty nights.
if HAVE_CMOCKA
torture_tests = tests/torture/copy_test tests/torture/county_test tests/torture/disk_test tests/torture/import_test \
	tests/torture/kill_test tests/torture/power_test tests/torture/upgrade_test \
	tests/torture/window_test
# Tests of the modules that have a long form, too.
long_tests = tests/unit/area_property_test tests/unit/ledger_property_test \
	tests/unit/merge_property_test tests/unit/payroll_kept_test tests/unit/payroll_orders_test \
	tests/unit/round_test tests/unit/unmet_order_test
torture_common = tests/torture/crowd.h tests/torture/fault.h tests/torture/rig.h
check_LIBRARIES += libtorture.a
libtorture_a_SOURCES = tests/torture/crowd.c tests/torture/rig.c tests/torture/rig_home.c $(torture_common)
libtorture_a_CPPFLAGS = $(torture_cppflags)
libtorture_a_CFLAGS = $(store_cflags)
torture_cppflags = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS) -I$(top_srcdir)/tests/unit \
	-I$(top_srcdir)/tests/torture
torture_libs = libtorture.a libwire.a libstore.a $(STORE_LIBS) $(UNIT_LIBS) -lpthread

check_PROGRAMS += $(torture_tests)
tests_torture_kill_test_SOURCES = tests/torture/kill_test.c $(torture_common)
tests_torture_kill_test_CPPFLAGS = $(torture_cppflags)
tests_torture_kill_test_CFLAGS = $(store_cflags)
tests_torture_kill_test_LDADD = $(torture_libs)
tests_torture_copy_test_SOURCES = tests/torture/copy_test.c tests/torture/window.c \
	tests/torture/window.h $(torture_common)
tests_torture_copy_test_CPPFLAGS = $(torture_cppflags) $(ARCHIVE_CFLAGS)
tests_torture_copy_test_CFLAGS = $(store_cflags)
tests_torture_copy_test_LDADD = $(torture_libs) $(ARCHIVE_LIBS)
tests_torture_county_test_SOURCES = tests/torture/county_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_torture_county_test_CPPFLAGS = $(ledger_cppflags) -I$(top_srcdir)/tests/unit $(ARCHIVE_CFLAGS)
tests_torture_county_test_CFLAGS = $(store_cflags)
tests_torture_county_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)
tests_torture_disk_test_SOURCES = tests/torture/disk_test.c $(torture_common)
tests_torture_disk_test_CPPFLAGS = $(torture_cppflags)
tests_torture_disk_test_CFLAGS = $(store_cflags)
tests_torture_disk_test_LDADD = $(torture_libs)
tests_torture_power_test_SOURCES = tests/torture/power_test.c tests/torture/powercut.c \
	tests/torture/powercut.h tests/torture/trace.h $(torture_common)
tests_torture_power_test_CPPFLAGS = $(torture_cppflags)
tests_torture_power_test_CFLAGS = $(store_cflags)
tests_torture_power_test_LDADD = $(torture_libs)
tests_torture_import_test_SOURCES = tests/torture/import_test.c tests/torture/window.c \
	tests/torture/window.h $(torture_common)
tests_torture_import_test_CPPFLAGS = $(torture_cppflags)
tests_torture_import_test_CFLAGS = $(store_cflags)
tests_torture_import_test_LDADD = $(torture_libs)
tests_torture_upgrade_test_SOURCES = tests/torture/upgrade_test.c tests/torture/fault.h
tests_torture_upgrade_test_CPPFLAGS = $(tests_cppflags) -I$(top_srcdir)/tests/torture
tests_torture_window_test_SOURCES = tests/torture/window_test.c tests/torture/window.c \
	tests/torture/window.h $(torture_common)
tests_torture_window_test_CPPFLAGS = $(torture_cppflags)
tests_torture_window_test_CFLAGS = $(store_cflags)
tests_torture_window_test_LDADD = $(torture_libs)

EXTRA_PROGRAMS += tests/torture/fault.so
check_DATA += tests/torture/fault.so
CLEANFILES += tests/torture/fault.so
tests_torture_fault_so_SOURCES = tests/torture/fault.c tests/torture/fault.h \
	tests/torture/trace.c tests/torture/trace.h
tests_torture_fault_so_CFLAGS = $(preload_cflags)
tests_torture_fault_so_LDFLAGS = $(preload_ldflags)
tests_torture_fault_so_LDADD =
endif

check-torture: all
	DOUDI_TORTURE=long $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(torture_tests) $(long_tests)'
	@sed -n 's/^torture: //p' $(torture_tests:=.log) $(long_tests:=.log)
.PHONY: check-torture
