# src/service: use cases.
noinst_LIBRARIES += libservice.a
libservice_a_CPPFLAGS = $(AM_CPPFLAGS) $(PROTOBUF_C_CFLAGS)
libservice_a_SOURCES = \
	src/service/access.c src/service/access.h \
	src/service/admin.h \
	src/service/alarm.c src/service/alarm.h \
	src/service/alarm_raise.c src/service/alarm_raise.h \
	src/service/alarm_rows.c \
	src/service/audit.c src/service/audit.h src/service/audit_part.h \
	src/service/audit_about.c src/service/audit_sheet.c \
	src/service/backup.c \
	src/service/board.c \
	src/service/cache.c src/service/cache.h \
	src/service/case.c src/service/case.h \
	src/service/case_check.c \
	src/service/case_close.c \
	src/service/case_edit.h \
	src/service/case_known.c \
	src/service/case_list.c \
	src/service/case_log.c \
	src/service/case_merge.c \
	src/service/case_people.c \
	src/service/case_reopen.c \
	src/service/case_view.c \
	src/service/chain.c src/service/chain.h \
	src/service/catching_up.c src/service/catching_up.h \
	src/service/cells.c src/service/cells.h \
	src/service/census.c src/service/census.h \
	src/service/clockwatch.c src/service/clockwatch.h \
	src/service/closed.c src/service/closed.h \
	src/service/counted.c src/service/counted.h \
	src/service/credit.c src/service/credit.h \
	src/service/delta.c src/service/delta.h \
	src/service/deceased.c src/service/deceased.h \
	src/service/deceased_household.c src/service/deceased_visits.c \
	src/service/demo.c src/service/demo.h src/service/demo_part.h \
	src/service/demo_case.c src/service/demo_person.c src/service/demo_visit.c \
	src/service/draft.c src/service/draft.h \
	src/service/due.c src/service/due.h \
	src/service/duties.c src/service/duties.h \
	src/service/excuses.c src/service/excuses.h \
	src/service/judge.c src/service/judge.h \
	src/service/marks.c src/service/marks.h \
	src/service/mask.c src/service/mask.h \
	src/service/recount.c src/service/recount.h \
	src/service/sharing.c src/service/sharing.h \
	src/service/elsewhere.c src/service/elsewhere.h \
	src/service/event.c src/service/event.h \
	src/service/examples.c src/service/examples.h \
	src/service/excuse.c \
	src/service/facts.c src/service/facts.h \
	src/service/find.c \
	src/service/hashing.c src/service/hashing.h \
	src/service/history.c \
	src/service/home.c \
	src/service/home_read.c src/service/home_read.h \
	src/service/homedir.c src/service/homedir.h \
	src/service/homekey.c src/service/homekey.h \
	src/service/import.c src/service/import.h \
	src/service/import_answer.c src/service/import_answer.h \
	src/service/import_cell.c src/service/import_entry.h \
	src/service/import_fields.c \
	src/service/import_heading.c src/service/import_column.h \
	src/service/import_house.c \
	src/service/import_map.c \
	src/service/import_need.c \
	src/service/import_place.c \
	src/service/import_restore.c src/service/import_restore.h \
	src/service/import_undo.c \
	src/service/import_unit.c src/service/import_unit.h \
	src/service/import_values.c \
	src/service/init.c \
	src/service/ledger.h \
	src/service/month.c src/service/month.h \
	src/service/night.c src/service/night.h \
	src/service/officer.c src/service/officer.h \
	src/service/opening.c src/service/opening.h \
	src/service/password.c src/service/password.h \
	src/service/proposal.c src/service/proposal.h \
	src/service/reading.c src/service/reading.h \
	src/service/reason.c src/service/reason.h \
	src/service/record.c src/service/record.h \
	src/service/revoked.c src/service/revoked.h \
	src/service/reply.c src/service/reply.h \
	src/service/reported.c src/service/reported.h \
	src/service/roster.c src/service/roster.h \
	src/service/rows_reason.c \
	src/service/rows.c src/service/rows.h \
	src/service/service.c src/service/service.h \
	src/service/session.c src/service/session.h \
	src/service/stored.h \
	src/service/standard.c \
	src/service/standards.c src/service/standards.h \
	src/service/state.h \
	src/service/statement.c src/service/statement.h \
	src/service/status.c \
	src/service/stranger.c src/service/stranger.h \
	src/service/streets.c src/service/streets.h \
	src/service/suspicion.c src/service/suspicion_rows.c \
	src/service/suspicious.c src/service/suspicious.h src/service/suspicious_part.h \
	src/service/totals.c src/service/totals.h \
	src/service/verify.c \
	src/service/verify_alarms.c src/service/verify_alarms.h \
	src/service/visit.c src/service/visit.h \
	src/service/visit_answer.c \
	src/service/visit_check.c \
	src/service/visit_entry.h \
	src/service/visit_ledger.c \
	src/service/visit_replaced.c \
	src/service/visit_void.c \
	src/service/why.c \
	src/service/work.c src/service/work.h
$(libservice_a_OBJECTS): db/record.pb-c.h
