# src/service/keeping: init, status, backup, verification.
libservice_a_SOURCES += \
	src/service/keeping/areas.c src/service/keeping/areas.h \
	src/service/keeping/backup.c src/service/keeping/backup.h \
	src/service/keeping/homedir.c src/service/keeping/homedir.h \
	src/service/keeping/homekey.c src/service/keeping/homekey.h \
	src/service/keeping/init.c src/service/keeping/init.h \
	src/service/keeping/standard.c src/service/keeping/standard.h \
	src/service/keeping/status.c src/service/keeping/status.h \
	src/service/keeping/verify.c src/service/keeping/verify.h \
	src/service/keeping/verify_alarms.c src/service/keeping/verify_alarms.h
EXTRA_DIST += src/service/keeping/README.md
