# src/service/frame: right, receipt, body, event.
libservice_a_SOURCES += \
	src/service/frame/clockwatch.c src/service/frame/clockwatch.h \
	src/service/frame/event.c src/service/frame/event.h \
	src/service/frame/home_read.c src/service/frame/home_read.h \
	src/service/frame/night.c src/service/frame/night.h \
	src/service/frame/outbox.c src/service/frame/outbox.h \
	src/service/frame/reason.c src/service/frame/reason.h \
	src/service/frame/receivers.c src/service/frame/receivers.h \
	src/service/frame/record.c src/service/frame/record.h \
	src/service/frame/stranger.c src/service/frame/stranger.h \
	src/service/frame/usecase.c src/service/frame/usecase.h
EXTRA_DIST += src/service/frame/README.md
