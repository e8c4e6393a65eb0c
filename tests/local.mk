# tests: `make check` runs everything in TESTS. Unit tests are cmocka programs, one per module;
# without cmocka they are left out. The source of tests/unit/NAME is tests/unit/NAME.c, so most need
# a line in check_PROGRAMS only; one that links more than base has its own LDADD.

UNIT_LIBS = libbase.a $(CMOCKA_LIBS) $(CRYPTO_LIBS)
LDADD = $(UNIT_LIBS)
# For a program that reads tests/data.
tests_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit -DTESTS_DATA='"$(abs_top_srcdir)/tests/data"'

# What is loaded into a program with LD_PRELOAD: a shared object, without the programs' own flags.
preload_cflags = -std=gnu17 -Wall -Wextra -fPIC
preload_ldflags = -shared

# Memory is kept, not given back to the kernel over and over: a fifth of what tests cost with the
# address sanitizer went there.
asan_memory = :allocator_release_to_os_interval_ms=-1:quarantine_size_mb=16

# Where tests find the sources, the build and the program's data files. What LD_PRELOAD names cannot
# have blanks in its path, so it is found like a library.
AM_TESTS_ENVIRONMENT = \
	export srcdir='$(abs_srcdir)' builddir='$(abs_builddir)' DOUDI_DATADIR='$(abs_builddir)/data'; \
	export programs='$(bin_PROGRAMS) $(sbin_PROGRAMS) $(libexec_PROGRAMS)'; \
	export LD_LIBRARY_PATH='$(abs_builddir)/tests/unit:$(abs_builddir)/tests/e2e:$(abs_builddir)/tests/torture'; \
	if test -e tests/unit/light.so; then \
		export LD_PRELOAD=light.so ASAN_OPTIONS="$$ASAN_OPTIONS:verify_asan_link_order=0$(asan_memory)"; \
	fi; \
	export LC_ALL=C.UTF-8; unset DOUDI_HOME DOUDI_SOCKET DOUDI_TODAY DOUDI_CONFDIR; \
	export XDG_CONFIG_HOME='$(abs_builddir)/tests/no-settings'; \
	if test -z "$$TMPDIR" && test -w /dev/shm; then export TMPDIR=/dev/shm; fi;

# Loaded into all tests and their programs: see its first lines.
EXTRA_PROGRAMS += tests/unit/light.so
check_DATA += tests/unit/light.so
CLEANFILES += tests/unit/light.so
tests_unit_light_so_SOURCES = tests/unit/light.c
tests_unit_light_so_CFLAGS = $(preload_cflags)
tests_unit_light_so_LDFLAGS = $(preload_ldflags)
tests_unit_light_so_LDADD =

# The locale of terminals that are not UTF-8; made once, because it takes seconds. Where it cannot be
# made, the tests say so. localedef ends with 1 for warnings, too.
check_DATA += tests/locale/made
tests/locale/made:
	$(AM_V_GEN)rm -rf $(@D) && $(MKDIR_P) $(@D)
	-$(AM_V_at)localedef -c -i zh_CN -f GB18030 $(@D)/zh_CN.gb18030 >$(@D)/log 2>&1 || :
	$(AM_V_at)touch $@

# `make check-some TESTS='…'`: these tests, without building the others.
check-some: all
	$(MAKE) $(AM_MAKEFLAGS) $(check_DATA) $(filter-out %.sh,$(TESTS))
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS= TESTS='$(TESTS)'
.PHONY: check-some

# `make check-unit`: the tests of the modules alone. `make check-aarch64`: so on another machine.
UNIT_OTHERS =
unit_tests = $(filter-out $(UNIT_OTHERS:%=tests/unit/%),$(filter tests/unit/%,$(check_PROGRAMS)))
EXTRA_DIST += tests/aarch64.sh
check-aarch64: all
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/aarch64.sh
check-unit: all
	$(MAKE) $(AM_MAKEFLAGS) $(unit_tests)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS='$(unit_tests)' check_DATA= TESTS='$(unit_tests)'
.PHONY: check-aarch64 check-unit

EXTRA_DIST += debian
EXTRA_DIST += tests/unit/limit_unit.h tests/unit/unit.h tests/unit/tui_locale.h tests/data/duty-examples.md \
	tests/data/divisions-21.csv tests/data/forms-bad tests/data/ledgers tests/data/old-homes
dist_check_SCRIPTS += tests/check-calls.sh tests/check-completion.sh tests/check-docs.sh tests/check-example.sh tests/check-hardening.sh tests/check-includes.sh \
	tests/check-includes-test.sh tests/check-man.sh tests/check-package.sh \
	tests/check-screens.sh tests/check-style.sh tests/check-units.sh tests/check-next.sh tests/check-words.sh tests/field/field_test.sh
EXTRA_DIST += tests/field/README.md tests/field/lib.sh tests/field/cases
check_DATA += $(systemd_units)
TESTS += $(dist_check_SCRIPTS)

if HAVE_CMOCKA
TESTS += $(check_PROGRAMS)

# src/base
check_PROGRAMS += tests/unit/child_test tests/unit/columns_test tests/unit/confine_test \
	tests/unit/date_test tests/unit/digest_test tests/unit/encoding_test tests/unit/fields_test \
	tests/unit/heading_test tests/unit/idno_test tests/unit/ids_test tests/unit/log_test \
	tests/unit/measure_test tests/unit/mem_test \
	tests/unit/name_test tests/unit/natural_test tests/unit/neardate_test tests/unit/outfile_test \
	tests/unit/paths_test \
	tests/unit/pinyin_test tests/unit/plain_test tests/unit/problems_test tests/unit/random_test \
	tests/unit/result_test tests/unit/sheet_test tests/unit/sheetcode_test tests/unit/str_test tests/unit/text_test

# What several tests begin with is compiled once. It stands before what it calls.
check_LIBRARIES += libunit.a
libunit_a_SOURCES = tests/unit/alarm_fixture.c tests/unit/alarm_fixture.h \
	tests/unit/area_fixture.c tests/unit/area_fixture.h \
	tests/unit/ingest_fixture.c tests/unit/ingest_fixture.h \
	tests/unit/ledger_fixture.c tests/unit/ledger_fixture.h \
	tests/unit/merge_steps.c tests/unit/merge_steps.h \
	tests/unit/officer_fixture.c tests/unit/officer_fixture.h \
	tests/unit/paper_scene.c tests/unit/paper_scene.h \
	tests/unit/payroll_steps.c tests/unit/payroll_steps.h \
	tests/unit/server_fixture.c tests/unit/server_fixture.h \
	tests/unit/service_fixture.c tests/unit/service_fixture.h \
	tests/unit/store_fixture.c tests/unit/store_fixture.h \
	tests/unit/world.c tests/unit/world.h
libunit_a_CPPFLAGS = $(tests_cppflags) $(PROTOBUF_C_CFLAGS) $(JSON_CFLAGS) $(ARCHIVE_CFLAGS) \
	-DTESTS_SOURCE='"$(abs_top_srcdir)"'
libunit_a_CFLAGS = $(store_cflags)

# db
store_fixture = tests/unit/store_fixture.h
# protobuf-c's strings are not const, those of these tests are literals.
store_cflags = $(AM_CFLAGS) -Wno-write-strings
store_libs = libunit.a libstore.a $(STORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/references_test
tests_unit_references_test_CPPFLAGS = $(tests_cppflags) $(PROTOBUF_C_CFLAGS) -DTESTS_SOURCE='"$(abs_top_srcdir)"'
tests_unit_references_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_archive_test
tests_unit_store_archive_test_SOURCES = tests/unit/store_archive_test.c $(store_fixture)
tests_unit_store_archive_test_CFLAGS = $(store_cflags)
tests_unit_store_archive_test_LDADD = $(store_libs) -lpthread

check_PROGRAMS += tests/unit/store_backup_test
tests_unit_store_backup_test_SOURCES = tests/unit/store_backup_test.c $(store_fixture)
tests_unit_store_backup_test_CFLAGS = $(store_cflags)
tests_unit_store_backup_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_damage_test
tests_unit_store_damage_test_SOURCES = tests/unit/store_damage_test.c $(store_fixture)
tests_unit_store_damage_test_CFLAGS = $(store_cflags)
tests_unit_store_damage_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_crash_test
tests_unit_store_crash_test_SOURCES = tests/unit/store_crash_test.c $(store_fixture)
tests_unit_store_crash_test_CFLAGS = $(store_cflags)
tests_unit_store_crash_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_scan_test
tests_unit_store_scan_test_SOURCES = tests/unit/store_scan_test.c $(store_fixture)
tests_unit_store_scan_test_CFLAGS = $(store_cflags)
tests_unit_store_scan_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/people_test
tests_unit_people_test_SOURCES = tests/unit/people_test.c $(store_fixture)
tests_unit_people_test_CFLAGS = $(store_cflags)
tests_unit_people_test_LDADD = $(store_libs)
check_PROGRAMS += tests/unit/store_search_test
tests_unit_store_search_test_SOURCES = tests/unit/store_search_test.c $(store_fixture)
tests_unit_store_search_test_CFLAGS = $(store_cflags)
tests_unit_store_search_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_secret_test
tests_unit_store_secret_test_SOURCES = tests/unit/store_secret_test.c $(store_fixture)
tests_unit_store_secret_test_CFLAGS = $(store_cflags)
tests_unit_store_secret_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_table_test
tests_unit_store_table_test_SOURCES = tests/unit/store_table_test.c $(store_fixture)
tests_unit_store_table_test_CFLAGS = $(store_cflags)
tests_unit_store_table_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_upgrade_test
tests_unit_store_upgrade_test_SOURCES = tests/unit/store_upgrade_test.c $(store_fixture)
tests_unit_store_upgrade_test_CPPFLAGS = $(tests_cppflags) $(PROTOBUF_C_CFLAGS)
tests_unit_store_upgrade_test_CFLAGS = $(store_cflags)
tests_unit_store_upgrade_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_cache_test
tests_unit_store_cache_test_SOURCES = tests/unit/store_cache_test.c $(store_fixture)
tests_unit_store_cache_test_CFLAGS = $(store_cflags)
tests_unit_store_cache_test_LDADD = $(store_libs)

check_PROGRAMS += tests/unit/store_txn_test
tests_unit_store_txn_test_SOURCES = tests/unit/store_txn_test.c $(store_fixture)
tests_unit_store_txn_test_CFLAGS = $(store_cflags)
tests_unit_store_txn_test_LDADD = $(store_libs)

# forms
forms_libs = libform.a $(CYAML_LIBS) $(UNIT_LIBS)
forms_fixture = tests/unit/forms_fixture.h tests/unit/forms_values.h
check_PROGRAMS += tests/unit/expr_test
tests_unit_expr_test_SOURCES = tests/unit/expr_test.c $(forms_fixture)
tests_unit_expr_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/form_check_test
tests_unit_form_check_test_SOURCES = tests/unit/form_check_test.c $(forms_fixture)
tests_unit_form_check_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/form_test
tests_unit_form_test_SOURCES = tests/unit/form_test.c $(forms_fixture)
tests_unit_form_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/form_ledger_test
tests_unit_form_ledger_test_SOURCES = tests/unit/form_ledger_test.c $(forms_fixture)
tests_unit_form_ledger_test_CPPFLAGS = $(tests_cppflags) $(CYAML_CFLAGS)
tests_unit_form_ledger_test_LDADD = libexchange.a $(CSV_LIBS) $(forms_libs)

check_PROGRAMS += tests/unit/form_load_test
tests_unit_form_load_test_CPPFLAGS = $(tests_cppflags)
tests_unit_form_load_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/rules_test
tests_unit_rules_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/overlay_test
tests_unit_overlay_test_LDADD = $(forms_libs)

check_PROGRAMS += tests/unit/type_test
tests_unit_type_test_LDADD = $(forms_libs)

# src/domain
check_PROGRAMS += tests/unit/alike_test
tests_unit_alike_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/area_test
tests_unit_area_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/duty_test
tests_unit_duty_test_CPPFLAGS = $(tests_cppflags)
tests_unit_duty_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/duty_sweep_test
tests_unit_duty_sweep_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/suspect_test
tests_unit_suspect_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/dibaoform_test
tests_unit_dibaoform_test_LDADD = libdomain.a $(UNIT_LIBS)
check_PROGRAMS += tests/unit/rate_test
tests_unit_rate_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/lifecycle_test
tests_unit_lifecycle_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/clock_test
tests_unit_clock_test_LDADD = libdomain.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/bank_test
tests_unit_bank_test_LDADD = libform.a $(UNIT_LIBS) $(CYAML_LIBS)
check_PROGRAMS += tests/unit/workday_test
tests_unit_workday_test_LDADD = libform.a libdomain.a $(UNIT_LIBS) $(CYAML_LIBS)

# src/service
ledger_fixture = tests/unit/ledger_fixture.h tests/unit/census_unit.h \
	$(store_fixture)
ledger_cppflags = $(tests_cppflags) $(PROTOBUF_C_CFLAGS) $(JSON_CFLAGS)
ledger_libs = libunit.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a $(STORE_LIBS) \
	$(CSV_LIBS) $(CYAML_LIBS) $(CRYPT_LIBS) $(JSON_LIBS) $(UNIT_LIBS) -lpthread
check_PROGRAMS += tests/unit/demo_test
tests_unit_demo_test_SOURCES = tests/unit/demo_test.c $(ledger_fixture)
tests_unit_demo_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_demo_test_CFLAGS = $(store_cflags)
tests_unit_demo_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/extract_test
tests_unit_extract_test_SOURCES = tests/unit/extract_test.c $(ledger_fixture)
tests_unit_extract_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_extract_test_CFLAGS = $(store_cflags)
tests_unit_extract_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/ingest_test
tests_unit_ingest_test_SOURCES = tests/unit/ingest_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_ingest_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_ingest_test_CFLAGS = $(store_cflags)
tests_unit_ingest_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/ingest_round_test
tests_unit_ingest_round_test_SOURCES = tests/unit/ingest_round_test.c tests/unit/ingest_fixture.c tests/unit/ingest_fixture.h \
	$(ledger_fixture)
tests_unit_ingest_round_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_ingest_round_test_CFLAGS = $(store_cflags)
tests_unit_ingest_round_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/ingest_bad_test
tests_unit_ingest_bad_test_SOURCES = tests/unit/ingest_bad_test.c tests/unit/certs.c tests/unit/certs.h \
	tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_ingest_bad_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_ingest_bad_test_CFLAGS = $(store_cflags)
tests_unit_ingest_bad_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/waiting_test
tests_unit_waiting_test_SOURCES = tests/unit/waiting_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_waiting_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_waiting_test_CFLAGS = $(store_cflags)
tests_unit_waiting_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/sender_reset_test
tests_unit_sender_reset_test_SOURCES = tests/unit/sender_reset_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_sender_reset_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_sender_reset_test_CFLAGS = $(store_cflags)
tests_unit_sender_reset_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/lacking_test
tests_unit_lacking_test_SOURCES = tests/unit/lacking_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_lacking_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_lacking_test_CFLAGS = $(store_cflags)
tests_unit_lacking_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/county_officers_test
tests_unit_county_officers_test_SOURCES = tests/unit/county_officers_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_county_officers_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_county_officers_test_CFLAGS = $(store_cflags)
tests_unit_county_officers_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/difference_test
tests_unit_difference_test_SOURCES = tests/unit/difference_test.c tests/unit/ingest_fixture.h $(ledger_fixture)
tests_unit_difference_test_CPPFLAGS = $(ledger_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_difference_test_CFLAGS = $(store_cflags)
tests_unit_difference_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/import_room_test
tests_unit_import_room_test_SOURCES = tests/unit/import_room_test.c $(ledger_fixture)
tests_unit_import_room_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_room_test_CFLAGS = $(store_cflags)
tests_unit_import_room_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/import_test
tests_unit_import_test_SOURCES = tests/unit/import_test.c $(ledger_fixture)
tests_unit_import_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_test_CFLAGS = $(store_cflags)
tests_unit_import_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/import_cells_test
tests_unit_import_cells_test_SOURCES = tests/unit/import_cells_test.c $(ledger_fixture)
tests_unit_import_cells_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_cells_test_CFLAGS = $(store_cflags)
tests_unit_import_cells_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/stranger_test
tests_unit_stranger_test_SOURCES = tests/unit/stranger_test.c $(ledger_fixture)
tests_unit_stranger_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_stranger_test_CFLAGS = $(store_cflags)
tests_unit_stranger_test_LDADD = $(ledger_libs)
check_PROGRAMS += tests/unit/import_limits_test
tests_unit_import_limits_test_SOURCES = tests/unit/import_limits_test.c $(ledger_fixture)
tests_unit_import_limits_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_limits_test_CFLAGS = $(store_cflags)
tests_unit_import_limits_test_LDADD = $(ledger_libs)

check_PROGRAMS += tests/unit/import_known_test
tests_unit_import_known_test_SOURCES = tests/unit/import_known_test.c $(ledger_fixture)
tests_unit_import_known_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_known_test_CFLAGS = $(store_cflags)
tests_unit_import_known_test_LDADD = $(ledger_libs)

# src/report, src/exchange
check_PROGRAMS += tests/unit/import_listed_test
tests_unit_import_listed_test_SOURCES = tests/unit/import_listed_test.c $(ledger_fixture)
tests_unit_import_listed_test_CPPFLAGS = $(ledger_cppflags)
tests_unit_import_listed_test_CFLAGS = $(store_cflags)
tests_unit_import_listed_test_LDADD = $(ledger_libs)

# src/report, src/exchange
check_PROGRAMS += tests/unit/report_test
tests_unit_report_test_CPPFLAGS = $(tests_cppflags)
tests_unit_report_test_LDADD = libreport.a $(UNIT_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/document_test
tests_unit_document_test_CPPFLAGS = $(tests_cppflags)
tests_unit_document_test_LDADD = libreport.a $(UNIT_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/printing_test
tests_unit_printing_test_LDADD = libreport.a $(UNIT_LIBS)

check_PROGRAMS += tests/unit/bundle_test
tests_unit_bundle_test_CPPFLAGS = $(AM_CPPFLAGS) $(ARCHIVE_CFLAGS) $(JSON_CFLAGS)
tests_unit_bundle_test_LDADD = libbundle.a libreport.a libexchange.a libservice.a $(CSV_LIBS) $(CYAML_LIBS) \
	$(UNIT_LIBS) $(ARCHIVE_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/manifest_test
tests_unit_manifest_test_CPPFLAGS = $(tests_cppflags) $(ARCHIVE_CFLAGS)
tests_unit_manifest_test_LDADD = libbundle.a $(UNIT_LIBS) $(ARCHIVE_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/outbox_test
tests_unit_outbox_test_SOURCES = tests/unit/outbox_test.c tests/unit/certs.c tests/unit/certs.h
tests_unit_outbox_test_LDADD = libservice.a $(UNIT_LIBS) $(CYAML_LIBS)

check_PROGRAMS += tests/unit/pairs_test
tests_unit_pairs_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/rowstate_test
tests_unit_rowstate_test_SOURCES = tests/unit/rowstate_test.c tests/unit/certs.c tests/unit/certs.h
tests_unit_rowstate_test_LDADD = $(ledger_libs) $(ARCHIVE_LIBS)

check_PROGRAMS += tests/unit/seal_test
tests_unit_seal_test_SOURCES = tests/unit/seal_test.c tests/unit/certs.c tests/unit/certs.h
tests_unit_seal_test_LDADD = libbundle.a $(UNIT_LIBS)
check_PROGRAMS += tests/unit/bundle_receipt_test
tests_unit_bundle_receipt_test_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tests_unit_bundle_receipt_test_LDADD = libbundle.a $(UNIT_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/xlsx_zip_test
tests_unit_xlsx_zip_test_SOURCES = tests/unit/xlsx_zip_test.c tests/unit/book.c tests/unit/book.h \
	src/exchange/xlsx_zip.c
tests_unit_xlsx_zip_test_CPPFLAGS = $(tests_cppflags) $(WORKBOOK_CFLAGS)
tests_unit_xlsx_zip_test_LDADD = libexchange.a $(CSV_LIBS) $(WORKBOOK_LIBS) $(UNIT_LIBS)
check_PROGRAMS += tests/unit/filetable_test
tests_unit_filetable_test_SOURCES = tests/unit/filetable_test.c tests/unit/book.c tests/unit/book.h
tests_unit_filetable_test_CPPFLAGS = $(tests_cppflags) $(WORKBOOK_CFLAGS)
tests_unit_filetable_test_LDADD = libexchange.a $(CSV_LIBS) $(WORKBOOK_LIBS) $(UNIT_LIBS)

if HAVE_REPORT
check_PROGRAMS += tests/unit/pdf_test
tests_unit_pdf_test_CPPFLAGS = $(tests_cppflags)
tests_unit_pdf_test_LDADD = libpdf.a libreport.a $(REPORT_LIBS) $(UNIT_LIBS) $(JSON_LIBS)
check_PROGRAMS += tests/unit/spreadsheet_test
tests_unit_spreadsheet_test_CPPFLAGS = $(tests_cppflags) $(WORKBOOK_CFLAGS)
tests_unit_spreadsheet_test_LDADD = libspreadsheet.a libreport.a libexchange.a $(CSV_LIBS) $(SPREADSHEET_LIBS) \
	$(WORKBOOK_LIBS) $(UNIT_LIBS) $(JSON_LIBS)
endif

check_PROGRAMS += tests/unit/staff_test
tests_unit_staff_test_CPPFLAGS = $(tests_cppflags)
tests_unit_staff_test_LDADD = libexchange.a $(CSV_LIBS) $(UNIT_LIBS)

check_PROGRAMS += tests/unit/csv_test
tests_unit_csv_test_CPPFLAGS = $(tests_cppflags)
tests_unit_csv_test_LDADD = libexchange.a $(CSV_LIBS) $(UNIT_LIBS)

# src/tui
check_PROGRAMS += tests/unit/action_test tests/unit/askpath_test tests/unit/formmodel_test tests/unit/handbooktext_test tests/unit/homelines_test tests/unit/keymap_test tests/unit/keys_test \
	tests/unit/lineedit_test tests/unit/list_test tests/unit/nearness_test tests/unit/shorten_test tests/unit/systems_test
tui_libs = libtui.a libexchange.a libreport.a libform.a libwire.a $(UNIT_LIBS) $(CSV_LIBS) $(NCURSES_LIBS) $(CYAML_LIBS) \
	$(PROTOBUF_C_LIBS) $(JSON_LIBS)
tests_unit_action_test_SOURCES = tests/unit/action_test.c tests/unit/readers.c tests/unit/readers.h
tests_unit_action_test_LDADD = libservice.a libdomain.a $(tui_libs)
tests_unit_keymap_test_LDADD = $(tui_libs)
tests_unit_askpath_test_CPPFLAGS = $(tests_cppflags) $(NCURSES_CFLAGS)
tests_unit_askpath_test_LDADD = $(tui_libs)
tests_unit_formmodel_test_LDADD = $(tui_libs)
tests_unit_handbooktext_test_LDADD = $(tui_libs)
tests_unit_homelines_test_LDADD = $(tui_libs)
tests_unit_keys_test_LDADD = $(tui_libs)
tests_unit_nearness_test_LDADD = $(tui_libs)
tests_unit_lineedit_test_LDADD = $(tui_libs)
tests_unit_list_test_LDADD = $(tui_libs)
tests_unit_shorten_test_LDADD = $(tui_libs)
tests_unit_systems_test_LDADD = $(tui_libs)

# src/service
service_fixture = tests/unit/service_fixture.h tests/unit/census_unit.h
service_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit $(PROTOBUF_C_CFLAGS) \
	-DTESTS_SOURCE='"$(abs_top_srcdir)"'
service_libs = libunit.a libservice.a libdomain.a libform.a libstore.a $(STORE_LIBS) $(CYAML_LIBS) \
	$(CRYPT_LIBS) $(CMOCKA_LIBS) -lpthread
check_PROGRAMS += tests/unit/access_test tests/unit/standards_test tests/unit/totals_test \
	tests/unit/benefit_test
tests_unit_benefit_test_LDADD = libservice.a libform.a libdomain.a $(UNIT_LIBS) $(CYAML_LIBS)
tests_unit_access_test_LDADD = libservice.a libdomain.a $(UNIT_LIBS)
tests_unit_standards_test_LDADD = libservice.a libform.a libdomain.a $(UNIT_LIBS) $(CYAML_LIBS)
tests_unit_totals_test_LDADD = libservice.a libform.a libdomain.a $(UNIT_LIBS) $(CYAML_LIBS) -lpthread

world = $(store_fixture) tests/unit/world.h
world_cflags = $(store_cflags) $(PROTOBUF_C_CFLAGS)

check_PROGRAMS += tests/unit/draft_test
tests_unit_draft_test_SOURCES = tests/unit/draft_test.c $(world)
tests_unit_draft_test_CFLAGS = $(world_cflags)
tests_unit_draft_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/admin_test
tests_unit_admin_test_SOURCES = tests/unit/admin_test.c $(world)
tests_unit_admin_test_CFLAGS = $(world_cflags)
tests_unit_admin_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/stated_test
tests_unit_stated_test_SOURCES = tests/unit/stated_test.c $(service_fixture)
tests_unit_stated_test_CPPFLAGS = $(service_cppflags)
tests_unit_stated_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/payroll_test
tests_unit_payroll_test_SOURCES = tests/unit/payroll_test.c tests/unit/payroll_steps.h $(service_fixture)
tests_unit_payroll_test_CPPFLAGS = $(service_cppflags)
tests_unit_payroll_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/payroll_equal_test
tests_unit_payroll_equal_test_SOURCES = tests/unit/payroll_equal_test.c \
	tests/unit/payroll_steps.h $(service_fixture)
tests_unit_payroll_equal_test_CPPFLAGS = $(service_cppflags)
tests_unit_payroll_equal_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/payroll_orders_test
tests_unit_payroll_orders_test_SOURCES = tests/unit/payroll_orders_test.c \
	tests/unit/payroll_steps.h $(service_fixture)
tests_unit_payroll_orders_test_CPPFLAGS = $(service_cppflags)
tests_unit_payroll_orders_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/payroll_kept_test
tests_unit_payroll_kept_test_SOURCES = tests/unit/payroll_kept_test.c \
	tests/unit/payroll_steps.c tests/unit/payroll_steps.h $(service_fixture)
tests_unit_payroll_kept_test_CPPFLAGS = $(service_cppflags)
tests_unit_payroll_kept_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/round_test
tests_unit_round_test_SOURCES = tests/unit/round_test.c $(service_fixture)
tests_unit_round_test_CPPFLAGS = $(service_cppflags)
tests_unit_round_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/spotcheck_test
tests_unit_spotcheck_test_SOURCES = tests/unit/spotcheck_test.c $(service_fixture)
tests_unit_spotcheck_test_CPPFLAGS = $(service_cppflags)
tests_unit_spotcheck_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/indicator_test
tests_unit_indicator_test_SOURCES = tests/unit/indicator_test.c $(service_fixture)
tests_unit_indicator_test_CPPFLAGS = $(service_cppflags)
tests_unit_indicator_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/statement_test
tests_unit_statement_test_SOURCES = tests/unit/statement_test.c $(service_fixture)
tests_unit_statement_test_CPPFLAGS = $(service_cppflags)
tests_unit_statement_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/sharing_test
tests_unit_sharing_test_SOURCES = tests/unit/sharing_test.c $(world)
tests_unit_sharing_test_CFLAGS = $(world_cflags)
tests_unit_sharing_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/duties_test
tests_unit_duties_test_SOURCES = tests/unit/duties_test.c $(world)
tests_unit_duties_test_CFLAGS = $(world_cflags)
tests_unit_duties_test_LDADD = $(service_libs)

# The calls that login_test counts go by way of it.
check_PROGRAMS += tests/unit/login_test
tests_unit_login_test_SOURCES = tests/unit/login_test.c $(world)
tests_unit_login_test_CFLAGS = $(world_cflags)
tests_unit_login_test_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=crypt_r,--wrap=store_run,--wrap=store_commit,--wrap=store_wait \
	-Wl,--wrap=store_officer_get,--wrap=store_event_put
tests_unit_login_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/rights_test
tests_unit_rights_test_SOURCES = tests/unit/rights_test.c $(world)
tests_unit_rights_test_CFLAGS = $(world_cflags)
tests_unit_rights_test_LDADD = $(server_libs) $(service_libs) $(STORE_LIBS)

check_PROGRAMS += tests/unit/session_test
officer_fixture = tests/unit/officer_fixture.h $(world)
tests_unit_session_test_SOURCES = tests/unit/session_test.c $(officer_fixture)
tests_unit_session_test_CFLAGS = $(world_cflags)
tests_unit_session_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/hashing_test
tests_unit_hashing_test_SOURCES = tests/unit/hashing_test.c $(officer_fixture)
tests_unit_hashing_test_CFLAGS = $(world_cflags)
tests_unit_hashing_test_LDADD = $(service_libs) -lpthread

check_PROGRAMS += tests/unit/resume_test
tests_unit_resume_test_SOURCES = tests/unit/resume_test.c $(officer_fixture)
tests_unit_resume_test_CFLAGS = $(world_cflags)
tests_unit_resume_test_LDADD = libserver.a libbundle.a libreport.a libexchange.a $(service_libs) \
	$(ARCHIVE_LIBS) $(CSV_LIBS) $(JSON_LIBS)

check_PROGRAMS += tests/unit/verify_test
tests_unit_verify_test_SOURCES = tests/unit/verify_test.c $(world)
tests_unit_verify_test_CFLAGS = $(world_cflags)
tests_unit_verify_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/loading_test
tests_unit_loading_test_SOURCES = tests/unit/loading_test.c $(world)
tests_unit_loading_test_CFLAGS = $(world_cflags)
tests_unit_loading_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/steps_test
tests_unit_steps_test_LDADD = libservice.a $(UNIT_LIBS)

# The portions that stopping_test counts go by way of it.
check_PROGRAMS += tests/unit/stopping_test
tests_unit_stopping_test_SOURCES = tests/unit/stopping_test.c $(world)
tests_unit_stopping_test_CFLAGS = $(world_cflags)
tests_unit_stopping_test_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=steps_run
tests_unit_stopping_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/work_test
tests_unit_work_test_SOURCES = tests/unit/work_test.c $(world)
tests_unit_work_test_CFLAGS = $(world_cflags)
tests_unit_work_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/receipt_test
tests_unit_receipt_test_SOURCES = tests/unit/receipt_test.c $(world)
tests_unit_receipt_test_CFLAGS = $(world_cflags)
tests_unit_receipt_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/examples_test
tests_unit_examples_test_CPPFLAGS = $(service_cppflags)
tests_unit_examples_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/census_test
tests_unit_census_test_SOURCES = tests/unit/census_test.c $(service_fixture)
tests_unit_census_test_CPPFLAGS = $(service_cppflags)
tests_unit_census_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/find_test
tests_unit_find_test_SOURCES = tests/unit/find_test.c $(service_fixture)
tests_unit_find_test_CPPFLAGS = $(service_cppflags)
tests_unit_find_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/history_test
tests_unit_history_test_SOURCES = tests/unit/history_test.c $(service_fixture)
tests_unit_history_test_CPPFLAGS = $(service_cppflags)
tests_unit_history_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/mask_test
tests_unit_mask_test_SOURCES = tests/unit/mask_test.c $(service_fixture)
tests_unit_mask_test_CPPFLAGS = $(service_cppflags)
tests_unit_mask_test_LDADD = libbundle.a $(service_libs)
check_PROGRAMS += tests/unit/ways_test
tests_unit_ways_test_SOURCES = tests/unit/ways_test.c $(service_fixture)
tests_unit_ways_test_CPPFLAGS = $(service_cppflags)
tests_unit_ways_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/ledger_property_test
tests_unit_ledger_property_test_SOURCES = tests/unit/ledger_property_test.c tests/unit/ledger_model.c \
	tests/unit/ledger_acts.c tests/unit/ledger_acts.h \
	tests/unit/ledger_model.h $(service_fixture)
tests_unit_ledger_property_test_CPPFLAGS = $(service_cppflags)
tests_unit_ledger_property_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/opening_test
tests_unit_opening_test_SOURCES = tests/unit/opening_test.c $(service_fixture)
tests_unit_opening_test_CPPFLAGS = $(service_cppflags)
tests_unit_opening_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/ledger_test
tests_unit_ledger_test_SOURCES = tests/unit/ledger_test.c $(service_fixture)
tests_unit_ledger_test_CPPFLAGS = $(service_cppflags)
tests_unit_ledger_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/month_test
tests_unit_month_test_SOURCES = tests/unit/month_test.c $(service_fixture)
tests_unit_month_test_CPPFLAGS = $(service_cppflags)
tests_unit_month_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/application_test
tests_unit_application_test_SOURCES = tests/unit/application_test.c $(service_fixture)
tests_unit_application_test_CPPFLAGS = $(service_cppflags)
tests_unit_application_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/proposal_test tests/unit/reopen_test
tests_unit_proposal_test_SOURCES = tests/unit/proposal_test.c $(service_fixture)
tests_unit_proposal_test_CPPFLAGS = $(service_cppflags)
tests_unit_proposal_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/upcoming_edges_test
tests_unit_upcoming_edges_test_SOURCES = tests/unit/upcoming_edges_test.c $(service_fixture)
tests_unit_upcoming_edges_test_CPPFLAGS = $(service_cppflags)
tests_unit_upcoming_edges_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/upcoming_test
tests_unit_upcoming_test_SOURCES = tests/unit/upcoming_test.c $(service_fixture)
tests_unit_upcoming_test_CPPFLAGS = $(service_cppflags)
tests_unit_upcoming_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/lead_property_test
tests_unit_lead_property_test_SOURCES = tests/unit/lead_property_test.c $(service_fixture)
tests_unit_lead_property_test_CPPFLAGS = $(service_cppflags)
tests_unit_lead_property_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/lead_test
tests_unit_lead_test_SOURCES = tests/unit/lead_test.c $(service_fixture)
tests_unit_lead_test_CPPFLAGS = $(service_cppflags)
tests_unit_lead_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/flush_test
tests_unit_flush_test_LDADD = libstore.a $(UNIT_LIBS) -lpthread

check_PROGRAMS += tests/unit/record_test
tests_unit_record_test_CPPFLAGS = $(service_cppflags)
tests_unit_record_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/area_change_test tests/unit/area_table_test tests/unit/area_property_test
area_fixture = tests/unit/area_fixture.h $(service_fixture)
tests_unit_area_table_test_SOURCES = tests/unit/area_table_test.c $(area_fixture)
tests_unit_area_table_test_CPPFLAGS = $(service_cppflags)
tests_unit_area_table_test_LDADD = $(service_libs)
tests_unit_area_property_test_SOURCES = tests/unit/area_property_test.c $(area_fixture)
tests_unit_area_property_test_CPPFLAGS = $(service_cppflags)
tests_unit_area_property_test_LDADD = $(service_libs)
tests_unit_area_change_test_SOURCES = tests/unit/area_change_test.c $(area_fixture)
tests_unit_area_change_test_CPPFLAGS = $(service_cppflags)
tests_unit_area_change_test_LDADD = $(service_libs)
tests_unit_reopen_test_SOURCES = tests/unit/reopen_test.c $(service_fixture)
tests_unit_reopen_test_CPPFLAGS = $(service_cppflags)
tests_unit_reopen_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/beside_test
tests_unit_beside_test_SOURCES = tests/unit/beside_test.c $(service_fixture)
tests_unit_beside_test_CPPFLAGS = $(service_cppflags)
tests_unit_beside_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/matrix_test
tests_unit_matrix_test_SOURCES = tests/unit/matrix_test.c $(service_fixture)
tests_unit_matrix_test_CPPFLAGS = $(service_cppflags)
tests_unit_matrix_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/merge_test
tests_unit_merge_test_SOURCES = tests/unit/merge_test.c tests/unit/merge_steps.h $(service_fixture)
tests_unit_merge_test_CPPFLAGS = $(service_cppflags)
tests_unit_merge_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/merge_people_test
tests_unit_merge_people_test_SOURCES = tests/unit/merge_people_test.c tests/unit/merge_steps.c \
	tests/unit/merge_steps.h $(alarm_fixture)
tests_unit_merge_people_test_CPPFLAGS = $(service_cppflags)
tests_unit_merge_people_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/merge_property_test
tests_unit_merge_property_test_SOURCES = tests/unit/merge_property_test.c tests/unit/merge_steps.h tests/unit/merge_home.c tests/unit/merge_home.h tests/unit/payroll_steps.h \
	$(service_fixture)
tests_unit_merge_property_test_CPPFLAGS = $(service_cppflags)
tests_unit_merge_property_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/merge_house_test
tests_unit_merge_house_test_SOURCES = tests/unit/merge_house_test.c tests/unit/merge_steps.h tests/unit/payroll_steps.h \
	$(service_fixture)
tests_unit_merge_house_test_CPPFLAGS = $(service_cppflags)
tests_unit_merge_house_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/duplicates_test
tests_unit_duplicates_test_SOURCES = tests/unit/duplicates_test.c $(service_fixture)
tests_unit_duplicates_test_CPPFLAGS = $(service_cppflags)
tests_unit_duplicates_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/case_test
tests_unit_case_test_SOURCES = tests/unit/case_test.c $(service_fixture)
tests_unit_case_test_CPPFLAGS = $(service_cppflags)
tests_unit_case_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/visit_test
tests_unit_visit_test_SOURCES = tests/unit/visit_test.c $(service_fixture)
tests_unit_visit_test_CPPFLAGS = $(service_cppflags)
tests_unit_visit_test_LDADD = $(service_libs)
alarm_fixture = tests/unit/alarm_fixture.h $(service_fixture)
check_PROGRAMS += tests/unit/alarm_test tests/unit/deceased_test tests/unit/verify_alarms_test
tests_unit_deceased_test_SOURCES = tests/unit/deceased_test.c $(alarm_fixture)
tests_unit_deceased_test_CPPFLAGS = $(service_cppflags)
tests_unit_deceased_test_LDADD = $(service_libs)
tests_unit_alarm_test_SOURCES = tests/unit/alarm_test.c $(alarm_fixture)
tests_unit_alarm_test_CPPFLAGS = $(service_cppflags)
tests_unit_alarm_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/unmet_test
tests_unit_unmet_test_SOURCES = tests/unit/unmet_test.c $(alarm_fixture)
tests_unit_unmet_test_CPPFLAGS = $(service_cppflags)
tests_unit_unmet_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/urgent_test tests/unit/visit_last_test
tests_unit_urgent_test_SOURCES = tests/unit/urgent_test.c $(service_fixture)
tests_unit_urgent_test_CPPFLAGS = $(service_cppflags)
tests_unit_urgent_test_LDADD = $(service_libs)
tests_unit_visit_last_test_SOURCES = tests/unit/visit_last_test.c $(service_fixture)
tests_unit_visit_last_test_CPPFLAGS = $(service_cppflags)
tests_unit_visit_last_test_LDADD = $(service_libs)

check_PROGRAMS += tests/unit/leave_test
tests_unit_leave_test_SOURCES = tests/unit/leave_test.c $(service_fixture)
tests_unit_leave_test_CPPFLAGS = $(service_cppflags)
tests_unit_leave_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/elsewhere_test
tests_unit_elsewhere_test_SOURCES = tests/unit/elsewhere_test.c $(alarm_fixture)
tests_unit_elsewhere_test_CPPFLAGS = $(service_cppflags)
tests_unit_elsewhere_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/alarm_request_test
tests_unit_alarm_request_test_SOURCES = tests/unit/alarm_request_test.c $(alarm_fixture)
tests_unit_alarm_request_test_CPPFLAGS = $(service_cppflags)
tests_unit_alarm_request_test_LDADD = $(server_libs) $(service_libs) $(STORE_LIBS)
check_PROGRAMS += tests/unit/foreign_test
tests_unit_foreign_test_SOURCES = tests/unit/foreign_test.c tests/unit/foreign_texts.h tests/unit/anyrequest.c \
	tests/unit/anyrequest.h $(alarm_fixture)
tests_unit_foreign_test_CPPFLAGS = $(service_cppflags)
tests_unit_foreign_test_LDADD = $(server_libs) $(service_libs) $(STORE_LIBS)
tests_unit_verify_alarms_test_SOURCES = tests/unit/verify_alarms_test.c $(alarm_fixture)
tests_unit_verify_alarms_test_CPPFLAGS = $(service_cppflags)
tests_unit_verify_alarms_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/unmet_merge_test tests/unit/unmet_order_test tests/unit/verify_rounds_test
tests_unit_unmet_merge_test_SOURCES = tests/unit/unmet_merge_test.c tests/unit/unmet_steps.c \
	tests/unit/unmet_steps.h $(alarm_fixture)
tests_unit_unmet_merge_test_CPPFLAGS = $(service_cppflags)
tests_unit_unmet_merge_test_LDADD = $(service_libs)
tests_unit_unmet_order_test_SOURCES = tests/unit/unmet_order_test.c tests/unit/unmet_steps.c \
	tests/unit/unmet_steps.h $(alarm_fixture)
tests_unit_unmet_order_test_CPPFLAGS = $(service_cppflags)
tests_unit_unmet_order_test_LDADD = $(service_libs)
tests_unit_verify_rounds_test_SOURCES = tests/unit/verify_rounds_test.c $(alarm_fixture)
tests_unit_verify_rounds_test_CPPFLAGS = $(service_cppflags)
tests_unit_verify_rounds_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/void_property_test tests/unit/void_test
tests_unit_void_property_test_SOURCES = tests/unit/void_property_test.c $(service_fixture)
tests_unit_void_property_test_CPPFLAGS = $(service_cppflags)
tests_unit_void_property_test_LDADD = $(service_libs)
tests_unit_void_test_SOURCES = tests/unit/void_test.c $(service_fixture)
tests_unit_void_test_CPPFLAGS = $(service_cppflags)
tests_unit_void_test_LDADD = $(service_libs)
check_PROGRAMS += tests/unit/paper_test tests/unit/paper_later_test
paper_scene = tests/unit/paper_scene.h $(service_fixture)
tests_unit_paper_test_SOURCES = tests/unit/paper_test.c $(paper_scene)
tests_unit_paper_test_CPPFLAGS = $(service_cppflags)
tests_unit_paper_test_LDADD = $(service_libs)
tests_unit_paper_later_test_SOURCES = tests/unit/paper_later_test.c $(paper_scene)
tests_unit_paper_later_test_CPPFLAGS = $(service_cppflags)
tests_unit_paper_later_test_LDADD = $(service_libs)

# src/wire, src/server
wire_cppflags = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
wire_libs = libwire.a $(UNIT_LIBS) $(PROTOBUF_C_LIBS) -lpthread
check_PROGRAMS += tests/unit/client_test tests/unit/convert_test tests/unit/frame_test
tests_unit_client_test_CPPFLAGS = $(wire_cppflags)
tests_unit_client_test_LDADD = $(wire_libs)
tests_unit_convert_test_CPPFLAGS = $(wire_cppflags)
tests_unit_convert_test_LDADD = $(wire_libs)
tests_unit_frame_test_CPPFLAGS = $(wire_cppflags)
tests_unit_frame_test_LDADD = $(wire_libs)
check_PROGRAMS += tests/unit/memory_test
tests_unit_memory_test_CPPFLAGS = $(wire_cppflags)
tests_unit_memory_test_LDADD = libform.a $(wire_libs) $(CYAML_LIBS)

# src/cli
exposition = tests/unit/exposition.c tests/unit/exposition.h
check_PROGRAMS += tests/unit/hook_test
tests_unit_hook_test_SOURCES = tests/unit/hook_test.c
tests_unit_hook_test_CPPFLAGS = $(doudi_CPPFLAGS)
tests_unit_hook_test_LDADD = $(doudi_LDADD) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/watch_test
tests_unit_watch_test_SOURCES = tests/unit/watch_test.c $(exposition)
tests_unit_watch_test_CPPFLAGS = $(doudi_CPPFLAGS)
tests_unit_watch_test_LDADD = $(doudi_LDADD) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/view_test
tests_unit_view_test_CPPFLAGS = $(tests_cppflags)
tests_unit_view_test_LDADD = libreport.a $(UNIT_LIBS) $(JSON_LIBS)

server_libs = libunit.a libserver.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a \
	$(wire_libs) $(DB_LIBS) $(CYAML_LIBS) $(CRYPT_LIBS) $(SYSTEMD_LIBS) $(ARCHIVE_LIBS) $(CSV_LIBS) \
	$(JSON_LIBS)
server_fixture = tests/unit/server_fixture.h
check_PROGRAMS += tests/unit/door_test tests/unit/doudid_test tests/unit/limits_test tests/unit/meters_test \
	tests/unit/nights_test tests/unit/server_test tests/unit/texts_test
tests_unit_meters_test_CPPFLAGS = $(wire_cppflags)
tests_unit_meters_test_LDADD = $(server_libs)
tests_unit_texts_test_CPPFLAGS = $(wire_cppflags)
tests_unit_texts_test_LDADD = $(server_libs)
tests_unit_door_test_SOURCES = tests/unit/door_test.c $(server_fixture)
tests_unit_door_test_CPPFLAGS = $(wire_cppflags)
tests_unit_door_test_LDADD = $(server_libs)
tests_unit_doudid_test_CPPFLAGS = $(wire_cppflags)
tests_unit_doudid_test_LDADD = $(wire_libs)
tests_unit_limits_test_SOURCES = tests/unit/limits_test.c $(server_fixture)
tests_unit_limits_test_CPPFLAGS = $(wire_cppflags)
tests_unit_limits_test_LDADD = $(server_libs)
tests_unit_nights_test_CPPFLAGS = $(wire_cppflags)
tests_unit_nights_test_LDADD = $(server_libs)
tests_unit_server_test_SOURCES = tests/unit/server_test.c $(server_fixture)
tests_unit_server_test_CPPFLAGS = $(wire_cppflags)
tests_unit_server_test_LDADD = $(server_libs)

endif
