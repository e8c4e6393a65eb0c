# src/service/keeping: init, status, backup, verification.
libservice_a_SOURCES += \
	src/service/keeping/area_change.c src/service/keeping/area_change.h \
	src/service/keeping/area_changes.c src/service/keeping/area_changes.h \
	src/service/keeping/area_move.c src/service/keeping/area_move.h \
	src/service/keeping/area_plan.c src/service/keeping/area_plan.h \
	src/service/keeping/area_record.c src/service/keeping/area_record.h \
	src/service/keeping/area_table.c src/service/keeping/area_table.h \
	src/service/keeping/area_undo.c src/service/keeping/area_undo.h \
	src/service/keeping/areas.c src/service/keeping/areas.h \
	src/service/keeping/backup.c src/service/keeping/backup.h \
	src/service/keeping/homedir.c src/service/keeping/homedir.h \
	src/service/keeping/homekey.c src/service/keeping/homekey.h \
	src/service/keeping/init.c src/service/keeping/init.h \
	src/service/keeping/standard.c src/service/keeping/standard.h \
	src/service/keeping/standard_decide.c \
	src/service/keeping/standard_names.c src/service/keeping/standard_names.h \
	src/service/keeping/status.c src/service/keeping/status.h \
	src/service/keeping/verify.c src/service/keeping/verify.h \
	src/service/keeping/verify_alarms.c src/service/keeping/verify_alarms.h \
	src/service/keeping/verify_payrolls.c src/service/keeping/verify_payrolls.h \
	src/service/keeping/verify_rounds.c src/service/keeping/verify_rounds.h \
	src/service/keeping/verify_sheets.c src/service/keeping/verify_sheets.h
EXTRA_DIST += src/service/keeping/README.md
