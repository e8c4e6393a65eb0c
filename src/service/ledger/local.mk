# src/service/ledger: duties and the months they stand in.
libservice_a_SOURCES += \
	src/service/ledger/alarm_raise.c src/service/ledger/alarm_raise.h \
	src/service/ledger/alarm_sweep.c src/service/ledger/alarm_unmet.c \
	src/service/ledger/counted.c src/service/ledger/counted.h \
	src/service/ledger/credit.c src/service/ledger/credit.h \
	src/service/ledger/duties.c src/service/ledger/duties.h \
	src/service/ledger/excuse.c src/service/ledger/excuse.h \
	src/service/ledger/marks.c src/service/ledger/marks.h \
	src/service/ledger/month.c src/service/ledger/month.h \
	src/service/ledger/opening.c src/service/ledger/opening.h \
	src/service/ledger/recredit.c src/service/ledger/recredit.h \
	src/service/ledger/recount.c src/service/ledger/recount.h \
	src/service/ledger/reported.c src/service/ledger/reported.h \
	src/service/ledger/roster.c src/service/ledger/roster.h \
	src/service/ledger/rows.c src/service/ledger/rows.h \
	src/service/ledger/rows_reason.c \
	src/service/ledger/sharing.c src/service/ledger/sharing.h \
	src/service/ledger/standin.c src/service/ledger/standin.h \
	src/service/ledger/statement.c src/service/ledger/statement.h \
	src/service/ledger/statement_known.c src/service/ledger/statement_known.h \
	src/service/ledger/street.c src/service/ledger/street.h \
	src/service/ledger/visit.c src/service/ledger/visit.h \
	src/service/ledger/visit_answer.c \
	src/service/ledger/visit_check.c \
	src/service/ledger/visit_entry.h \
	src/service/ledger/visit_last.c src/service/ledger/visit_last.h \
	src/service/ledger/visit_ledger.c \
	src/service/ledger/visit_replaced.c \
	src/service/ledger/visit_sheet.c src/service/ledger/visit_sheet.h \
	src/service/ledger/visit_void.c
EXTRA_DIST += src/service/ledger/README.md
