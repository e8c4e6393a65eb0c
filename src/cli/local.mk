# src/cli: doudi — the commands and, without one, the full screen.
noinst_LIBRARIES += libcli.a
libcli_a_CPPFLAGS = $(doudi_CPPFLAGS)
libcli_a_SOURCES = \
	src/cli/cli.c src/cli/cli.h \
	src/cli/commands.c src/cli/commands.h \
	src/cli/command_area.c \
	src/cli/command_benefit.c src/cli/command_feed.c \
	src/cli/command_home.c \
	src/cli/command_import.c \
	src/cli/command_ingest.c \
	src/cli/command_keep.c \
	src/cli/command_leads.c \
	src/cli/command_lists.c \
	src/cli/command_merge.c \
	src/cli/command_month.c \
	src/cli/command_officer.c \
	src/cli/command_staff.c \
	src/cli/command_send.c \
	src/cli/command_status.c \
	src/cli/command_tour.c \
	src/cli/hook.c src/cli/hook.h \
	src/cli/output.c src/cli/output.h \
	src/cli/paper.c src/cli/paper.h \
	src/cli/command_paper.c \
	src/cli/restricted.c src/cli/restricted.h \
	src/cli/watch.c src/cli/watch.h \
	src/cli/command_visit.c \
	src/cli/command_payroll.c \
	src/cli/command_indicators.c \
	src/cli/command_spotcheck.c \
	src/cli/command_notice.c src/cli/command_steps.c src/cli/command_workday.c

bin_PROGRAMS += doudi
doudi_SOURCES = src/cli/main.c
doudi_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS) $(JSON_CFLAGS)
doudi_LDADD = libcli.a libtui.a libexchange.a libreport.a libform.a libwire.a libbase.a \
	$(NCURSES_LIBS) $(CYAML_LIBS) $(PROTOBUF_C_LIBS) $(CSV_LIBS) $(JSON_LIBS)
