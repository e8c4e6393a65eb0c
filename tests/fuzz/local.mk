# tests/fuzz: hostile input. `make check` runs the replay; `make fuzz` runs libFuzzer on each target
# for FUZZ_SECONDS (60), with the sources compiled once more by a clang that has it.
fuzz_sources = \
	tests/fuzz/answers.c tests/fuzz/answers.h \
	tests/fuzz/crypt.c \
	tests/fuzz/fuzz.h \
	tests/fuzz/fuzz_bundle.c \
	tests/fuzz/fuzz_csv.c \
	tests/fuzz/fuzz_feed.c \
	tests/fuzz/fuzz_forms.c \
	tests/fuzz/fuzz_keys.c \
	tests/fuzz/fuzz_manifest.c \
	tests/fuzz/fuzz_record.c \
	tests/fuzz/fuzz_request.c \
	tests/fuzz/fuzz_table.c \
	tests/fuzz/fuzz_values.c \
	tests/fuzz/mutate.c tests/fuzz/mutate.h \
	tests/fuzz/targets.c \
	tests/unit/book.c tests/unit/book.h \
	src/feed/cell.c src/feed/cell.h \
	src/feed/cell_back.c \
	src/feed/rows.c src/feed/rows.h \
	src/feed/tables.c src/feed/tables.h \
	tests/unit/service_fixture.c $(service_fixture)
# Without WORKBOOK_CFLAGS: they name the folder of another crypt.h.
fuzz_cppflags = $(service_cppflags) $(DB_CFLAGS) $(JSON_CFLAGS) $(ARCHIVE_CFLAGS)
fuzz_libs = $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CYAML_LIBS) $(CRYPTO_LIBS) $(CRYPT_LIBS) $(CSV_LIBS) $(JSON_LIBS) \
	$(ARCHIVE_LIBS) $(SYSTEMD_LIBS) $(WORKBOOK_LIBS) $(CMOCKA_LIBS) -lpthread

EXTRA_DIST += tests/fuzz/README.md tests/fuzz/fuzz.c tests/fuzz/fuzz.sh tests/fuzz/input.proto \
	tests/fuzz/encode.sh tests/fuzz/seeds tests/fuzz/crashes

if HAVE_CMOCKA
check_PROGRAMS += tests/fuzz/replay
tests_fuzz_replay_SOURCES = tests/fuzz/replay.c $(fuzz_sources)
nodist_tests_fuzz_replay_SOURCES = tests/fuzz/input.pb-c.c
tests_fuzz_replay_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_LDADD = libserver.a libxlsx.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a \
	libtui.a libwire.a libbase.a $(fuzz_libs)
$(tests_fuzz_replay_OBJECTS): tests/fuzz/input.pb-c.h
check_PROGRAMS += tests/fuzz/state
tests_fuzz_state_SOURCES = tests/fuzz/state.c tests/fuzz/state_texts.h tests/unit/anyrequest.c tests/unit/anyrequest.h \
	$(fuzz_sources)
nodist_tests_fuzz_state_SOURCES = tests/fuzz/input.pb-c.c
tests_fuzz_state_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_state_LDADD = $(tests_fuzz_replay_LDADD)
$(tests_fuzz_state_OBJECTS): tests/fuzz/input.pb-c.h
check_DATA += tests/fuzz/inputs
endif
CLEANFILES += tests/fuzz/input.pb-c.c tests/fuzz/input.pb-c.h tests/fuzz/inputs tests/fuzz/fuzz

tests/fuzz/input.pb-c.c: tests/fuzz/input.proto src/wire/doudi.proto db/record.proto
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	$(PROTOC_C) --c_out=. --proto_path=$(srcdir) tests/fuzz/input.proto

# Inputs that are written as text of messages (*.textpb).
tests/fuzz/inputs: $(wildcard $(srcdir)/tests/fuzz/*/*/*.textpb) tests/fuzz/input.proto
	$(AM_V_GEN)PROTOC_C='$(PROTOC_C)' $(SHELL) $(srcdir)/tests/fuzz/encode.sh '$(srcdir)' && \
	echo encoded > $@

if HAVE_FUZZ_CC
FUZZ_FLAGS = -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=undefined
fuzzed_sources = $(filter %.c, $(libbase_a_SOURCES) $(libdomain_a_SOURCES) $(libform_a_SOURCES) \
	$(libstore_a_SOURCES) $(libservice_a_SOURCES) $(libwire_a_SOURCES) $(libserver_a_SOURCES) \
	$(libbundle_a_SOURCES) $(libreport_a_SOURCES) $(libexchange_a_SOURCES) $(libxlsx_a_SOURCES) src/tui/kit/keys.c src/tui/kit/lineedit.c $(fuzz_sources)) \
	db/record.pb-c.c src/wire/doudi.pb-c.c tests/fuzz/input.pb-c.c tests/fuzz/fuzz.c
fuzzed_objects = $(fuzzed_sources:%.c=tests/fuzz/objects/%.o)
tests/fuzz/objects/%.o: %.c | $(BUILT_SOURCES) tests/fuzz/input.pb-c.c
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(FUZZ_CC) $(DEFS) $(DEFAULT_INCLUDES) $(fuzz_cppflags) \
	$(CYAML_CFLAGS) $(SYSTEMD_CFLAGS) $(CRYPTO_CFLAGS) -std=gnu17 $(FUZZ_FLAGS) \
	-fsanitize=fuzzer-no-link,address,undefined -MMD -c -o $@ $<
tests/fuzz/fuzz: $(fuzzed_objects)
	$(AM_V_CCLD)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $(fuzzed_objects) $(fuzz_libs)
-include $(fuzzed_objects:.o=.d)

fuzz: all tests/fuzz/fuzz tests/fuzz/inputs
	srcdir='$(srcdir)' DOUDI_DATADIR='$(abs_builddir)/data' $(SHELL) $(srcdir)/tests/fuzz/fuzz.sh
else
fuzz:
	@echo 'configure found no clang with libFuzzer (clang, libclang-rt-dev): set FUZZ_CC' >&2; exit 1
endif
.PHONY: fuzz
