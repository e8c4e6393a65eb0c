# src/tui/screens: the screens an officer sees, one file each.
libtui_a_SOURCES += \
	src/tui/screens/admin.c src/tui/screens/admin.h \
	src/tui/screens/alarm.c src/tui/screens/alarm.h \
	src/tui/screens/askpath.c src/tui/screens/askpath.h \
	src/tui/screens/batch.c src/tui/screens/batch.h \
	src/tui/screens/batchfile.c src/tui/screens/batchfile.h \
	src/tui/screens/batchrow.c src/tui/screens/batchrow.h \
	src/tui/screens/batchview.c src/tui/screens/batchview.h \
	src/tui/screens/board.c src/tui/screens/board.h \
	src/tui/screens/case.c src/tui/screens/case.h \
	src/tui/screens/casebasic.c src/tui/screens/casebasic.h \
	src/tui/screens/caseend.c src/tui/screens/caseend.h \
	src/tui/screens/caseform.c src/tui/screens/caseform.h \
	src/tui/screens/casemembers.c src/tui/screens/casemembers.h \
	src/tui/screens/cases.c src/tui/screens/cases.h \
	src/tui/screens/casevisit.c src/tui/screens/casevisit.h \
	src/tui/screens/divisions.c src/tui/screens/divisions.h \
	src/tui/screens/divisiontable.c src/tui/screens/divisiontable.h \
	src/tui/screens/due.c src/tui/screens/due.h \
	src/tui/screens/excuse.c src/tui/screens/excuse.h \
	src/tui/screens/excused.c src/tui/screens/excused.h \
	src/tui/screens/find.c src/tui/screens/find.h \
	src/tui/screens/history.c src/tui/screens/history.h \
	src/tui/screens/home.c src/tui/screens/home.h \
	src/tui/screens/import.c src/tui/screens/import.h \
	src/tui/screens/importrun.c \
	src/tui/screens/login.c src/tui/screens/login.h \
	src/tui/screens/months.c src/tui/screens/months.h \
	src/tui/screens/proposal.c src/tui/screens/proposal.h \
	src/tui/screens/review.c src/tui/screens/review.h \
	src/tui/screens/screens.c src/tui/screens/screens.h \
	src/tui/screens/suspicious.c src/tui/screens/suspicious.h \
	src/tui/screens/visit.c src/tui/screens/visit.h \
	src/tui/screens/why.c src/tui/screens/why.h
EXTRA_DIST += src/tui/screens/README.md
