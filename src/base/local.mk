# src/base: result codes, memory, dates, text, sheets. Uses no other folder.
noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS)
libbase_a_SOURCES = \
	src/base/arealevel.c src/base/arealevel.h \
	src/base/child.c src/base/child.h \
	src/base/columns.c src/base/columns.h \
	src/base/confine.c src/base/confine.h \
	src/base/date.c src/base/date.h src/base/date_clock.c \
	src/base/digest.c src/base/digest.h \
	src/base/encoding.c src/base/encoding.h \
	src/base/fields.c src/base/fields.h \
	src/base/fraction.c src/base/fraction.h \
	src/base/heading.c src/base/heading.h \
	src/base/homeline.h src/base/idno.c src/base/idno.h \
	src/base/ids.c src/base/ids.h \
	src/base/limits.h \
	src/base/lifestep.h \
	src/base/log.c src/base/log.h \
	src/base/month.c src/base/month.h \
	src/base/measure.c src/base/measure.h \
	src/base/mem.c src/base/mem.h \
	src/base/name.c src/base/name.h \
	src/base/natural.c src/base/natural.h \
	src/base/neardate.c src/base/neardate.h \
	src/base/outfile.c src/base/outfile.h \
	src/base/partfile.c src/base/partfile.h \
	src/base/paths.c src/base/paths.h \
	src/base/pinyin.c src/base/pinyin.h \
	src/base/plain.c src/base/plain.h \
	src/base/prints.c src/base/prints.h \
	src/base/problems.c src/base/problems.h \
	src/base/random.c src/base/random.h \
	src/base/result.c src/base/result.h src/base/role.h src/base/settle.h \
	src/base/sheet.c src/base/sheet.h \
	src/base/sheetcode.c src/base/sheetcode.h \
	src/base/str.c src/base/str.h \
	src/base/streams.c src/base/streams.h \
	src/base/text.c src/base/text.h src/base/text_clean.c src/base/text_line.c \
	src/base/version.c src/base/version.h \
	src/base/words.h

# The readings come from Debian's unicode-data, where the file is compressed.
nodist_libbase_a_SOURCES = src/base/pinyin_table.h
BUILT_SOURCES += src/base/pinyin_table.h
CLEANFILES += src/base/pinyin_table.h
EXTRA_DIST += src/base/pinyin_table.awk
$(libbase_a_OBJECTS): src/base/pinyin_table.h
src/base/pinyin_table.h: $(srcdir)/src/base/pinyin_table.awk $(UNIHAN)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
	case $(UNIHAN) in *.bz2) bzip2 -dc $(UNIHAN) ;; *.gz) gzip -dc $(UNIHAN) ;; \
	*) cat $(UNIHAN) ;; esac | \
	LC_ALL=C $(AWK) -f $(srcdir)/src/base/pinyin_table.awk > $@.tmp && mv $@.tmp $@

# The commit, looked at by every make; written, and compiled anew, only when it is another.
nodist_libbase_a_SOURCES += src/base/commit.h
CLEANFILES += src/base/commit.h
EXTRA_DIST += src/base/commit.sh
src/base/libbase_a-version.$(OBJEXT): src/base/commit.h
src/base/commit.h: always
	$(AM_V_at)$(MKDIR_P) $(@D) && echo "#define COMMIT \"$$($(SHELL) $(srcdir)/src/base/commit.sh $(srcdir))\"" >$@.tmp && \
	if cmp -s $@.tmp $@; then rm $@.tmp; else mv $@.tmp $@; fi
always:
.PHONY: always
