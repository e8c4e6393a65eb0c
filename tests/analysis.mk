# The whole, the tests that last longest being begun first, so that short ones are left for the end.
tests_longest = tests/container/container_test.sh tests/feed/feed_test.sh tests/field/% \
	tests/torture/% tests/count/% tests/feed/sealed_test.sh tests/fuzz/% tests/e2e/%
tests_in_order = $(foreach kind,$(tests_longest),$(filter $(kind),$(TESTS))) \
	$(filter-out $(tests_longest),$(TESTS))
check-in-order: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(tests_in_order)'

# Two builds run every test once between them, each in the one that sees more for its time.
# `make check-memory`, in a build with sanitizers: without the tests that read sources, start no
# program of ours, look at its help or count instructions, without the servers that are killed over
# and over (`make check-torture` does it here, too), and without scripts that start hundreds of
# commands, each of which takes ten times as long here. `make check-memory-short` leaves out most of
# the tests at a terminal, too: those it keeps go through each screen, each command, the forms and
# the lists. `make check-plain`, in the other build: what the short one leaves out, what measures
# things that sanitizers change, and of each kind one.
killing_tests = $(filter-out tests/torture/county_test,$(torture_tests))
starting_tests = tests/bench/% tests/e2e/move_test.sh tests/e2e/spreadsheet_test.sh \
	tests/feed/feed_test.sh tests/field/%
tests_without_memory = tests/check-% tests/container/% tests/count/% $(killing_tests) $(starting_tests)
terminals_of_memory = tests/e2e/application_test tests/e2e/batch_test tests/e2e/casepage_test \
	tests/e2e/commands_test tests/e2e/dates_test tests/e2e/day_test tests/e2e/household_test \
	tests/e2e/payroll_test tests/e2e/rounds_test tests/e2e/screens_test tests/e2e/sizes_test \
	tests/e2e/start_test tests/e2e/typing_test
tests_left_out = $(tests_without_memory) \
	$(filter-out $(terminals_of_memory),$(filter tests/e2e/%,$(TESTS)))
memory_tests = $(filter-out $(tests_without_memory),$(tests_in_order))
short_tests = $(filter-out $(tests_left_out),$(tests_in_order))
plain_tests = $(filter $(tests_left_out) tests/e2e/screens_test tests/e2e/start_test \
	tests/fuzz/replay tests/unit/spreadsheet_test,$(tests_in_order))
check-memory: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(memory_tests)' \
		check_PROGRAMS='$(filter $(memory_tests),$(check_PROGRAMS))'
check-memory-short: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(short_tests)' \
		check_PROGRAMS='$(filter $(short_tests),$(check_PROGRAMS))'
check-plain: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(plain_tests)' \
		check_PROGRAMS='$(filter $(plain_tests),$(check_PROGRAMS))'
.PHONY: check-in-order check-memory check-memory-short check-plain

# What looks for mistakes without a test for each: `make lint` (cppcheck, clang-tidy), `make
# check-tsan` (races; needs --enable-sanitizers=thread), `make check-valgrind` (memory).
EXTRA_DIST += .clang-tidy tests/cppcheck.supp tests/valgrind.supp

# The product's own sources. A file is looked at again when it, a header or the rules have changed.
lint_sources = $(sort $(filter-out %.pb-c.c,$(filter src/%.c db/%.c,$(SOURCES))))
lint_flags = $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) \
	$(sort $(filter -I% -D%,$(foreach name,$(filter %_CFLAGS,$(.VARIABLES)),$($(name)))))
lint_headers = $(wildcard $(srcdir)/src/*/*.h $(srcdir)/src/*/*/*.h $(srcdir)/db/*.h)

cppcheck: lint/cppcheck
lint: cppcheck $(lint_sources:%.c=lint/%.tidy)
lint/%.tidy: %.c $(lint_headers) $(srcdir)/.clang-tidy | $(BUILT_SOURCES)
	@command -v clang-tidy >/dev/null || { echo 'lint: clang-tidy is not installed' >&2; exit 1; }
	$(AM_V_GEN)$(MKDIR_P) $(@D) && clang-tidy --quiet --warnings-as-errors='*' \
		--config-file=$(srcdir)/.clang-tidy $< -- -std=gnu17 $(lint_flags) 2>&1 | \
		{ ! grep -v ' warnings\? generated\.$$'; } && touch $@
lint/cppcheck: $(lint_sources) $(lint_headers) $(srcdir)/tests/cppcheck.supp | $(BUILT_SOURCES)
	@command -v cppcheck >/dev/null || { echo 'lint: cppcheck is not installed' >&2; exit 1; }
	$(AM_V_GEN)$(MKDIR_P) $(@D) && cd $(srcdir) && cppcheck --quiet --error-exitcode=1 \
		--enable=warning,performance,portability --inline-suppr --std=c11 --library=posix,gnu \
		--suppressions-list=tests/cppcheck.supp --suppress=missingIncludeSystem \
		-D_GNU_SOURCE -DHAVE_SYSTEMD=1 '-DPKGDATADIR=""' '-DSBINDIR=""' -Isrc -I. \
		$(lint_sources) && touch '$(abs_builddir)/$@'
.PHONY: lint cppcheck

# Races. Berkeley DB is not compiled for it, so its locks are seen but not what they protect; its
# pages' latches are taken in orders that it resolves by trying, which the search for deadlocks
# takes for cycles: that search is off. Reports of servers, too, come to tsan/, which must stay empty.
tsan_tests = tests/torture/kill_test tests/unit/doudid_test tests/unit/flush_test \
	tests/unit/limits_test tests/unit/loading_test tests/unit/rights_test tests/unit/server_test \
	tests/unit/store_txn_test tests/unit/totals_test tests/unit/work_test
check-tsan: all
	$(MAKE) $(AM_MAKEFLAGS) $(tsan_tests)
	rm -rf tsan && $(MKDIR_P) tsan
	TSAN_OPTIONS='detect_deadlocks=0 log_path="$(abs_builddir)/tsan/report"' \
		$(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS='$(tsan_tests)' TESTS='$(tsan_tests)'
	@if test -n "`ls tsan`"; then cat tsan/*; exit 1; fi
.PHONY: check-tsan

# Memory, in what the sanitizers cannot see: the libraries. Passwords and thousands of transactions
# take minutes there, so by default only tests that do without; VALGRIND_TESTS='$(check_PROGRAMS)'
# for all.
VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
	--trace-children=yes --trace-children-skip='/bin/*,/usr/bin/*' --fair-sched=yes \
	--suppressions="$(abs_srcdir)/tests/valgrind.supp"
VALGRIND_TESTS = tests/unit/bundle_test tests/unit/case_test tests/unit/client_test \
	tests/unit/convert_test tests/unit/csv_test tests/unit/duty_test tests/unit/expr_test \
	tests/unit/fields_test tests/unit/form_check_test tests/unit/form_load_test tests/unit/form_test \
	tests/unit/formmodel_test tests/unit/frame_test tests/unit/keys_test tests/unit/lineedit_test \
	tests/unit/month_test tests/unit/report_test tests/unit/sheet_test tests/unit/store_table_test \
	tests/unit/store_txn_test tests/unit/type_test tests/unit/visit_test
check-valgrind: all
	$(MAKE) $(AM_MAKEFLAGS) $(VALGRIND_TESTS)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS='$(VALGRIND_TESTS)' \
		TESTS='$(VALGRIND_TESTS)' LOG_COMPILER='$(VALGRIND)'
.PHONY: check-valgrind
