# db: all code that uses Berkeley DB. No other folder includes <db.h>.
noinst_LIBRARIES += libstore.a
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libstore_a_SOURCES = \
	db/alarm.c db/alarm.h \
	db/area.c db/area.h \
	db/area_change.c \
	db/archive.c db/archive.h \
	db/arena.c db/arena.h \
	db/backup.c \
	db/bundle.c db/bundle.h \
	db/case.c db/case.h \
	db/damage.c db/damage.h \
	db/draft.c db/unfiled.h \
	db/duty.c \
	db/env.c db/env.h \
	db/edition.c db/edition.h \
	db/event.c db/event.h \
	db/fields.c db/fields.h \
	db/files.c db/files.h \
	db/flush.c db/flush.h \
	db/figure.c db/figure.h \
	db/format.c db/format.h \
	db/home.c \
	db/item.c db/item.h \
	db/people_index.c db/people_index.h \
	db/logend.c db/logend.h \
	db/key.c db/key.h \
	db/officer.c db/officer.h \
	db/people.c db/people.h \
	db/person.c \
	db/heading_map.c db/heading_map.h \
	db/payroll.c db/payroll.h \
	db/merge.c db/merge.h \
	db/lead.c db/lead.h \
	db/leave.c db/leave.h \
	db/proposal.c \
	db/rekey.c \
	db/references.c db/references.h \
	db/replace.c db/replace.h \
	db/restore.c db/restore.h \
	db/changes.c db/changes.h \
	db/round.c db/round.h \
	db/txn_buffers.c db/txn_buffers.h \
	db/scan.c \
	db/search.c db/search.h \
	db/secret.c db/secret.h \
	db/sequence.c \
	db/sheet.c db/sheet.h \
	db/standard.c \
	db/statement.c \
	db/store.c db/store.h \
	db/table.c db/table.h db/table_id.h db/tables.h \
	db/txn.c \
	db/upgrade.c db/upgrade.h \
	db/verify.c \
	db/visit.c \
	db/word.c db/word.h \
	db/zeros.c db/zeros.h
nodist_libstore_a_SOURCES = db/record.pb-c.c
# A program that links libstore.a lists these after it.
STORE_LIBS = libbase.a $(DB_LIBS) $(PROTOBUF_C_LIBS) $(CRYPTO_LIBS)

EXTRA_DIST += db/record.proto db/SCHEMA.md
BUILT_SOURCES += db/record.pb-c.h
CLEANFILES += db/record.pb-c.c db/record.pb-c.h
$(libstore_a_OBJECTS): db/record.pb-c.h
