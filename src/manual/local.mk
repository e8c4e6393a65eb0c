# src/manual: a program of the build that puts the program's own tables into the manuals.
noinst_PROGRAMS += manual
manual_SOURCES = \
	src/manual/commands.c \
	src/manual/completion.c \
	src/manual/keys.c \
	src/manual/main.c \
	src/manual/manual.h \
	src/manual/measures.c \
	src/manual/rights.c
manual_CPPFLAGS = $(doudi_CPPFLAGS)
manual_LDADD = libservice.a libdomain.a $(doudi_LDADD)

# man(1) looks for a language's pages first and falls back to the others, which are English.
zhman1dir = $(mandir)/zh_CN/man1
zhman8dir = $(mandir)/zh_CN/man8
man1_MANS = doc/en/doudi.1
dist_man8_MANS = doc/en/doudi-print.8 doc/en/doudi-report.8 doc/en/doudi-sheet.8 doc/en/doudid.8
zhman1_DATA = doc/doudi.1
dist_zhman8_DATA = doc/doudi-print.8 doc/doudi-report.8 doc/doudi-sheet.8 doc/doudid.8
if HAVE_LIBPQ
dist_man8_MANS += doc/en/doudi-feed.8
dist_zhman8_DATA += doc/doudi-feed.8
endif
CLEANFILES += doc/doudi.1 doc/en/doudi.1

doc/%.1: doc/%.1.in manual$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(EMULATOR) ./manual$(EXEEXT) <$< >$@.tmp && mv $@.tmp $@

# bash-completion finds a file by the name of the program.
bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = share/completions/doudi share/completions/doudid
CLEANFILES += $(bashcompletion_DATA)
EXTRA_DIST += share/completions/doudi.in
share/completions/doudi: share/completions/doudi.in manual$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && sed -e 's|@pkgdatadir[@]|$(pkgdatadir)|g' \
		-e 's|@confdir[@]|$(sysconfdir)/doudi|g' $< | $(EMULATOR) ./manual$(EXEEXT) >$@.tmp && mv $@.tmp $@
share/completions/doudid: share/completions/doudi
	$(AM_V_GEN)cp share/completions/doudi $@

# Brings the parts of the manuals that come from tables up to date (a test compares them).
.PHONY: update-manual
update-manual: manual$(EXEEXT)
	for page in 用户手册 运维手册; do \
		./manual$(EXEEXT) <"$(srcdir)/doc/$$page.md" >manual.tmp && \
		mv manual.tmp "$(srcdir)/doc/$$page.md" || exit 1; \
	done
