# src/service/officers: officers and sessions.
libservice_a_SOURCES += \
	src/service/officers/hashing.c src/service/officers/hashing.h \
	src/service/officers/officer.c src/service/officers/officer.h \
	src/service/officers/password.c src/service/officers/password.h \
	src/service/officers/session.c src/service/officers/session.h
EXTRA_DIST += src/service/officers/README.md
