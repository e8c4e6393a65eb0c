# src/service: use cases.
noinst_LIBRARIES += libservice.a
libservice_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libservice_a_SOURCES = \
	src/service/access.c src/service/access.h \
	src/service/admin.h \
	src/service/audit.c \
	src/service/backup.c \
	src/service/cache.c src/service/cache.h \
	src/service/chain.c src/service/chain.h \
	src/service/closed.c src/service/closed.h \
	src/service/draft.c \
	src/service/duties.c src/service/duties.h \
	src/service/event.c src/service/event.h \
	src/service/homedir.c src/service/homedir.h \
	src/service/init.c \
	src/service/officer.c src/service/officer.h \
	src/service/opening.c \
	src/service/password.c src/service/password.h \
	src/service/revoked.c src/service/revoked.h \
	src/service/service.c src/service/service.h \
	src/service/session.c src/service/session.h \
	src/service/standard.c \
	src/service/standards.c src/service/standards.h \
	src/service/state.h \
	src/service/status.c \
	src/service/totals.c src/service/totals.h \
	src/service/work.c src/service/work.h
$(libservice_a_OBJECTS): db/record.pb-c.h
