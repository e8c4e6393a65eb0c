# src/cli: doudi — the commands and, without one, the full screen.
bin_PROGRAMS += doudi
doudi_SOURCES = \
	src/cli/cli.c src/cli/cli.h \
	src/cli/commands.c src/cli/commands.h \
	src/cli/home.c \
	src/cli/import.c \
	src/cli/keep.c \
	src/cli/ledger.c \
	src/cli/main.c \
	src/cli/month.c \
	src/cli/officer.c \
	src/cli/output.c src/cli/output.h \
	src/cli/visit.c
doudi_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS) $(JSON_CFLAGS)
doudi_LDADD = libtui.a libexchange.a libreport.a libforms.a libwire.a libbase.a \
	$(NCURSES_LIBS) $(CYAML_LIBS) $(PROTOBUF_C_LIBS) $(CSV_LIBS) $(JSON_LIBS)
