# src/server: doudid — socket, sessions, dispatch, timers.
noinst_LIBRARIES += libserver.a
libserver_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS) $(SYSTEMD_CFLAGS)
libserver_a_SOURCES = \
	src/server/activity.c src/server/activity.h \
	src/server/answer.c src/server/answer.h \
	src/server/connection.c src/server/connection.h \
	src/server/dispatch.c src/server/dispatch.h \
	src/server/door.c src/server/door.h \
	src/server/handle_admin.c \
	src/server/handle_alarm.c \
	src/server/handle_area.c \
	src/server/handle_case.c \
	src/server/handle_draft.c \
	src/server/handle_export.c \
	src/server/handle_import.c \
	src/server/handle_ingest.c \
	src/server/handle_lead.c \
	src/server/handle_merge.c \
	src/server/handle_month.c \
	src/server/handle_officer.c \
	src/server/handle_outbox.c \
	src/server/handle_payroll.c \
	src/server/handle_indicator.c \
	src/server/handle_leave.c src/server/handle_leave.h \
	src/server/handle_round.c src/server/handle_round.h \
	src/server/handle_spotcheck.c \
	src/server/handle_proposal.c src/server/handle_step.c \
	src/server/handle_session.c \
	src/server/handle_visit.c \
	src/server/handlers.c src/server/handlers.h \
	src/server/meters.c src/server/meters.h \
	src/server/backup_days.c src/server/backup_days.h \
	src/server/scratch.c src/server/scratch.h \
	src/server/seats.c src/server/seats.h \
	src/server/server.c src/server/server.h \
	src/server/session.c src/server/session.h \
	src/server/systemd.c src/server/systemd.h \
	src/server/texts.c src/server/texts.h \
	src/server/timers.c src/server/timers.h
$(libserver_a_OBJECTS): src/wire/doudi.pb-c.h

sbin_PROGRAMS += doudid
doudid_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
doudid_SOURCES = \
	src/server/main.c \
	src/server/maintain.c src/server/maintain.h \
	src/server/serve.c src/server/serve.h \
	src/server/takeover.c src/server/takeover.h
doudid_LDADD = libserver.a libbundle.a libreport.a libexchange.a libservice.a libdomain.a libform.a libstore.a libwire.a \
	libbase.a $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CYAML_LIBS) $(CRYPTO_LIBS) $(CRYPT_LIBS) \
	$(ARCHIVE_LIBS) $(CSV_LIBS) $(JSON_LIBS) $(SYSTEMD_LIBS) -lpthread
