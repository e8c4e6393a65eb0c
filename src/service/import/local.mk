# src/service/import: ledgers on their way in.
libservice_a_SOURCES += \
	src/service/import/import.c src/service/import/import.h \
	src/service/import/import_answer.c src/service/import/import_answer.h \
	src/service/import/import_cell.c \
	src/service/import/import_column.h \
	src/service/import/import_entry.h \
	src/service/import/import_fields.c \
	src/service/import/import_heading.c \
	src/service/import/import_house.c \
	src/service/import/import_listed.c \
	src/service/import/import_map.c \
	src/service/import/import_need.c \
	src/service/import/import_place.c \
	src/service/import/import_merged.c src/service/import/import_merged.h \
	src/service/import/import_restore.c src/service/import/import_restore.h \
	src/service/import/import_undo.c \
	src/service/import/import_unit.c src/service/import/import_unit.h \
	src/service/import/import_values.c
EXTRA_DIST += src/service/import/README.md
