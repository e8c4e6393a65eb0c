# tests/e2e: the built programs on a pseudo terminal and from the shell.
E2E_COMMON = tests/e2e/world.h tests/e2e/screen.h
e2e_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit -I$(top_srcdir)/tests/e2e \
	-DTESTS_DATA='"$(abs_top_srcdir)/tests/data"' $(VTERM_CFLAGS) $(JSON_CFLAGS)
e2e_libs = libe2e.a $(UNIT_LIBS) $(VTERM_LIBS) $(JSON_LIBS) -lutil

# From the shell alone.
dist_check_SCRIPTS += tests/e2e/closed_test.sh tests/e2e/move_test.sh tests/e2e/pipe_test.sh tests/e2e/spreadsheet_test.sh

if HAVE_CMOCKA
if HAVE_VTERM
check_LIBRARIES += libe2e.a
libe2e_a_SOURCES = tests/e2e/world.c tests/e2e/screen.c $(E2E_COMMON)
libe2e_a_CPPFLAGS = $(e2e_cppflags)
check_PROGRAMS += tests/e2e/alarms_test tests/e2e/rounds_test tests/e2e/application_test tests/e2e/batch_test tests/e2e/paper_test tests/e2e/board_test tests/e2e/pace_test tests/e2e/plain_test tests/e2e/duties_shown_test tests/e2e/budget_test \
	tests/e2e/bytes_test tests/e2e/clocks_test tests/e2e/commands_test tests/e2e/day_test tests/e2e/due_test \
	tests/e2e/full_test tests/e2e/household_test tests/e2e/import_test \
	tests/e2e/keep_test tests/e2e/ledgers_test tests/e2e/monitor_test tests/e2e/night_test tests/e2e/office_test tests/e2e/officers_test tests/e2e/payroll_test tests/e2e/payroll_late_test \
	tests/e2e/room_test tests/e2e/safety_test tests/e2e/screens_test tests/e2e/service_test \
	tests/e2e/start_test tests/e2e/terminals_test tests/e2e/typing_test tests/e2e/words_test \
	tests/e2e/county_test tests/e2e/delta_test tests/e2e/receipts_test tests/e2e/restricted_test \
	tests/e2e/seal_test tests/e2e/send_test tests/e2e/ssh_test
tests_e2e_import_test_SOURCES = tests/e2e/import_test.c tests/unit/book.c tests/unit/book.h $(E2E_COMMON)
tests_e2e_import_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_import_test_LDADD = $(e2e_libs) $(WORKBOOK_LIBS)
check_PROGRAMS += tests/e2e/paper_commands_test tests/e2e/casepage_test
tests_e2e_casepage_test_SOURCES = tests/e2e/casepage_test.c $(E2E_COMMON)
tests_e2e_casepage_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_casepage_test_LDADD = $(e2e_libs)
tests_e2e_paper_commands_test_SOURCES = tests/e2e/paper_commands_test.c $(E2E_COMMON)
tests_e2e_paper_commands_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_paper_commands_test_LDADD = $(e2e_libs)
tests_e2e_rounds_test_SOURCES = tests/e2e/rounds_test.c $(E2E_COMMON)
tests_e2e_rounds_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_rounds_test_LDADD = $(e2e_libs)
tests_e2e_alarms_test_SOURCES = tests/e2e/alarms_test.c $(E2E_COMMON)
tests_e2e_alarms_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_alarms_test_LDADD = $(e2e_libs)
tests_e2e_paper_test_SOURCES = tests/e2e/paper_test.c $(E2E_COMMON)
tests_e2e_paper_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_paper_test_LDADD = $(e2e_libs)
tests_e2e_batch_test_SOURCES = tests/e2e/batch_test.c $(E2E_COMMON)
tests_e2e_budget_test_SOURCES = tests/e2e/budget_test.c $(E2E_COMMON)
tests_e2e_budget_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_budget_test_LDADD = $(e2e_libs)
tests_e2e_batch_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_batch_test_LDADD = $(e2e_libs)
tests_e2e_pace_test_SOURCES = tests/e2e/pace_test.c $(E2E_COMMON)
tests_e2e_pace_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_pace_test_LDADD = $(e2e_libs)
tests_e2e_plain_test_SOURCES = tests/e2e/plain_test.c $(E2E_COMMON)
tests_e2e_plain_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_plain_test_LDADD = $(e2e_libs) -lm
tests_e2e_duties_shown_test_SOURCES = tests/e2e/duties_shown_test.c $(E2E_COMMON)
tests_e2e_duties_shown_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_duties_shown_test_LDADD = $(e2e_libs)
tests_e2e_board_test_SOURCES = tests/e2e/board_test.c $(E2E_COMMON)
tests_e2e_board_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_board_test_LDADD = $(e2e_libs)
tests_e2e_county_test_SOURCES = tests/e2e/county_test.c tests/e2e/county.c tests/e2e/county.h $(E2E_COMMON)
tests_e2e_county_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_county_test_LDADD = $(e2e_libs)
tests_e2e_bytes_test_SOURCES = tests/e2e/doubles.c tests/e2e/doubles.h tests/e2e/bytes_test.c tests/e2e/walkhome.c tests/e2e/walkhome.h tests/e2e/walks.c tests/e2e/walks_casework.c tests/e2e/walks.h tests/e2e/county.c tests/e2e/county.h $(E2E_COMMON)
tests_e2e_bytes_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_bytes_test_LDADD = $(e2e_libs)
tests_e2e_office_test_SOURCES = tests/e2e/office_test.c $(E2E_COMMON)
tests_e2e_office_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_office_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/places_test
tests_e2e_places_test_SOURCES = tests/e2e/places_test.c $(E2E_COMMON)
tests_e2e_places_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_places_test_LDADD = $(forms_libs) $(e2e_libs)
check_PROGRAMS += tests/e2e/modes_test
tests_e2e_modes_test_SOURCES = tests/e2e/modes_test.c tests/e2e/doubles.c tests/e2e/doubles.h tests/e2e/walkhome.c tests/e2e/walkhome.h tests/e2e/walks.c tests/e2e/walks_casework.c tests/e2e/walks.h tests/e2e/county.c tests/e2e/county.h $(E2E_COMMON)
tests_e2e_modes_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_modes_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/whole_test
tests_e2e_whole_test_SOURCES = tests/e2e/whole_test.c tests/e2e/doubles.c tests/e2e/doubles.h tests/e2e/walkhome.c tests/e2e/walkhome.h tests/e2e/walks.c tests/e2e/walks_casework.c tests/e2e/walks.h tests/e2e/county.c tests/e2e/county.h $(E2E_COMMON)
tests_e2e_whole_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_whole_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/dates_test
tests_e2e_dates_test_SOURCES = tests/e2e/dates_test.c $(E2E_COMMON)
tests_e2e_dates_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_dates_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/draw_test
tests_e2e_draw_test_SOURCES = tests/e2e/draw_test.c $(E2E_COMMON)
tests_e2e_draw_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_draw_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/programmes_test
tests_e2e_programmes_test_SOURCES = tests/e2e/programmes_test.c $(E2E_COMMON)
tests_e2e_programmes_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_programmes_test_LDADD = libform.a $(CYAML_LIBS) $(e2e_libs)
check_PROGRAMS += tests/e2e/empty_test tests/e2e/keyboard_test tests/e2e/tour_test tests/e2e/standards_test \
	tests/e2e/steps_test
tests_e2e_tour_test_SOURCES = tests/e2e/tour_test.c $(E2E_COMMON)
tests_e2e_tour_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_tour_test_LDADD = $(e2e_libs)
tests_e2e_keyboard_test_SOURCES = tests/e2e/keyboard_test.c $(E2E_COMMON)
tests_e2e_keyboard_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_keyboard_test_LDADD = $(e2e_libs)
tests_e2e_standards_test_SOURCES = tests/e2e/standards_test.c $(E2E_COMMON)
tests_e2e_standards_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_standards_test_LDADD = $(e2e_libs)
tests_e2e_steps_test_SOURCES = tests/e2e/steps_test.c $(E2E_COMMON)
tests_e2e_steps_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_steps_test_LDADD = $(e2e_libs)
tests_e2e_empty_test_SOURCES = tests/e2e/empty_test.c $(E2E_COMMON)
tests_e2e_empty_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_empty_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/children_test
tests_e2e_children_test_SOURCES = tests/e2e/children_test.c $(E2E_COMMON)
tests_e2e_children_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_children_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/area_test tests/e2e/indicators_test tests/e2e/leads_test \
	tests/e2e/merge_test tests/e2e/orphan_test
tests_e2e_indicators_test_SOURCES = tests/e2e/indicators_test.c $(E2E_COMMON)
tests_e2e_indicators_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_indicators_test_LDADD = $(e2e_libs)
tests_e2e_orphan_test_SOURCES = tests/e2e/orphan_test.c $(E2E_COMMON)
tests_e2e_orphan_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_orphan_test_LDADD = $(e2e_libs)
tests_e2e_merge_test_SOURCES = tests/e2e/merge_test.c tests/e2e/doubles.c tests/e2e/doubles.h $(E2E_COMMON)
tests_e2e_merge_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_merge_test_LDADD = $(e2e_libs)
tests_e2e_leads_test_SOURCES = tests/e2e/leads_test.c $(E2E_COMMON)
tests_e2e_leads_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_leads_test_LDADD = $(e2e_libs)
tests_e2e_area_test_SOURCES = tests/e2e/area_test.c $(E2E_COMMON)
tests_e2e_area_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_area_test_LDADD = $(e2e_libs)
tests_e2e_officers_test_SOURCES = tests/e2e/officers_test.c $(E2E_COMMON)
tests_e2e_officers_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_officers_test_LDADD = $(e2e_libs)
tests_e2e_clocks_test_SOURCES = tests/e2e/clocks_test.c $(E2E_COMMON)
tests_e2e_clocks_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_clocks_test_LDADD = $(e2e_libs)
tests_e2e_commands_test_SOURCES = tests/e2e/commands_test.c $(E2E_COMMON)
tests_e2e_commands_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_commands_test_LDADD = $(e2e_libs)
tests_e2e_day_test_SOURCES = tests/e2e/day_test.c $(E2E_COMMON)
tests_e2e_day_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_day_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/listorder_test tests/e2e/sizes_test tests/e2e/together_test
tests_e2e_listorder_test_SOURCES = tests/e2e/listorder_test.c $(E2E_COMMON)
tests_e2e_listorder_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_listorder_test_LDADD = $(e2e_libs)
tests_e2e_together_test_SOURCES = tests/e2e/together_test.c $(E2E_COMMON)
tests_e2e_together_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_together_test_LDADD = $(e2e_libs)
tests_e2e_sizes_test_SOURCES = tests/e2e/sizes_test.c tests/e2e/walkhome.c tests/e2e/walkhome.h tests/e2e/walks.c tests/e2e/walks_casework.c tests/e2e/walks.h $(E2E_COMMON)
tests_e2e_sizes_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_sizes_test_LDADD = $(e2e_libs)
tests_e2e_due_test_SOURCES = tests/e2e/due_test.c $(E2E_COMMON)
tests_e2e_due_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_due_test_LDADD = $(e2e_libs)
tests_e2e_full_test_SOURCES = tests/e2e/full_test.c tests/e2e/bundle_files.c tests/e2e/bundle_files.h \
	$(E2E_COMMON)
tests_e2e_full_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_full_test_LDADD = $(e2e_libs)
tests_e2e_household_test_SOURCES = tests/e2e/household_test.c $(E2E_COMMON)
tests_e2e_household_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_household_test_LDADD = $(e2e_libs)
tests_e2e_application_test_SOURCES = tests/e2e/application_test.c $(E2E_COMMON)
tests_e2e_application_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_application_test_LDADD = $(e2e_libs)
tests_e2e_payroll_test_SOURCES = tests/e2e/payroll_test.c $(E2E_COMMON)
tests_e2e_payroll_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_payroll_test_LDADD = $(e2e_libs)
tests_e2e_payroll_late_test_SOURCES = tests/e2e/payroll_late_test.c $(E2E_COMMON)
tests_e2e_payroll_late_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_payroll_late_test_LDADD = $(e2e_libs)
tests_e2e_keep_test_SOURCES = tests/e2e/keep_test.c $(E2E_COMMON)
tests_e2e_keep_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_keep_test_LDADD = $(e2e_libs)
tests_e2e_ledgers_test_SOURCES = tests/e2e/ledgers_test.c $(E2E_COMMON)
tests_e2e_ledgers_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_ledgers_test_LDADD = $(e2e_libs)
tests_e2e_night_test_SOURCES = tests/e2e/night_test.c tests/e2e/bundle_files.c tests/e2e/bundle_files.h \
	$(E2E_COMMON)
tests_e2e_night_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_night_test_LDADD = $(e2e_libs)
tests_e2e_seal_test_SOURCES = tests/e2e/seal_test.c tests/e2e/bundle_files.c \
	tests/e2e/bundle_files.h tests/unit/certs.c tests/unit/certs.h $(E2E_COMMON)
tests_e2e_seal_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_seal_test_LDADD = $(e2e_libs)
tests_e2e_delta_test_SOURCES = tests/e2e/delta_test.c tests/e2e/bundle_files.c \
	tests/e2e/bundle_files.h tests/unit/certs.c tests/unit/certs.h $(E2E_COMMON)
tests_e2e_delta_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_delta_test_LDADD = $(e2e_libs)
tests_e2e_monitor_test_SOURCES = tests/e2e/monitor_test.c $(exposition) $(E2E_COMMON)
tests_e2e_monitor_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_monitor_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/print_test
tests_e2e_print_test_SOURCES = tests/e2e/print_test.c $(E2E_COMMON)
tests_e2e_print_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_print_test_LDADD = $(e2e_libs)
check_PROGRAMS += tests/e2e/reprint_test
tests_e2e_reprint_test_SOURCES = tests/e2e/reprint_test.c $(E2E_COMMON)
tests_e2e_reprint_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_reprint_test_LDADD = $(e2e_libs)
tests_e2e_room_test_SOURCES = tests/e2e/room_test.c $(E2E_COMMON)
tests_e2e_room_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_room_test_LDADD = $(e2e_libs)
tests_e2e_restricted_test_SOURCES = tests/e2e/restricted_test.c tests/unit/book.c tests/unit/book.h $(E2E_COMMON)
tests_e2e_restricted_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_restricted_test_LDADD = $(e2e_libs) $(WORKBOOK_LIBS)
tests_e2e_receipts_test_SOURCES = tests/e2e/receipts_test.c tests/unit/certs.c tests/unit/certs.h $(E2E_COMMON)
tests_e2e_receipts_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_receipts_test_LDADD = $(e2e_libs)
tests_e2e_send_test_SOURCES = tests/e2e/send_test.c tests/e2e/sshd.c tests/e2e/sshd.h \
	tests/e2e/bundle_files.c tests/e2e/bundle_files.h tests/unit/certs.c tests/unit/certs.h \
	$(E2E_COMMON)
tests_e2e_send_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_send_test_LDADD = libbundle.a $(e2e_libs) $(ARCHIVE_LIBS)
tests_e2e_ssh_test_SOURCES = tests/e2e/ssh_test.c tests/e2e/sshd.c tests/e2e/sshd.h $(E2E_COMMON)
tests_e2e_ssh_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_ssh_test_LDADD = $(e2e_libs)
tests_e2e_safety_test_SOURCES = tests/e2e/safety_test.c $(E2E_COMMON)
tests_e2e_safety_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_safety_test_LDADD = $(e2e_libs)
tests_e2e_start_test_SOURCES = tests/e2e/start_test.c $(E2E_COMMON)
tests_e2e_start_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_start_test_LDADD = $(e2e_libs)
tests_e2e_terminals_test_SOURCES = tests/e2e/terminals_test.c tests/unit/tui_locale.h $(E2E_COMMON)
tests_e2e_terminals_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_terminals_test_LDADD = $(e2e_libs)
tests_e2e_service_test_SOURCES = tests/e2e/service_test.c tests/e2e/supervisor.c tests/e2e/supervisor.h $(E2E_COMMON)
tests_e2e_service_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_service_test_LDADD = $(e2e_libs)
tests_e2e_screens_test_SOURCES = tests/e2e/screens_test.c $(E2E_COMMON)
tests_e2e_screens_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_screens_test_LDADD = $(e2e_libs)
tests_e2e_words_test_SOURCES = tests/e2e/words_test.c $(E2E_COMMON)
tests_e2e_words_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_words_test_LDADD = $(e2e_libs)
tests_e2e_typing_test_SOURCES = tests/e2e/typing_test.c $(E2E_COMMON)
tests_e2e_typing_test_CPPFLAGS = $(e2e_cppflags)
tests_e2e_typing_test_LDADD = $(e2e_libs)

EXTRA_PROGRAMS += tests/e2e/clock.so
check_DATA += tests/e2e/clock.so
CLEANFILES += tests/e2e/clock.so
tests_e2e_clock_so_SOURCES = tests/e2e/clock.c
tests_e2e_clock_so_CFLAGS = $(preload_cflags)
tests_e2e_clock_so_LDFLAGS = $(preload_ldflags)
tests_e2e_clock_so_LDADD =
endif
endif
