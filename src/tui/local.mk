# src/tui: screens and widgets; the only place with <curses.h>.
noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS) $(PROTOBUF_C_CFLAGS)
libtui_a_SOURCES = \
	src/tui/action.c src/tui/action.h \
	src/tui/admin.c src/tui/admin.h \
	src/tui/alarm.c src/tui/alarm.h \
	src/tui/app.c src/tui/app.h \
	src/tui/areas.c src/tui/areas.h \
	src/tui/ask.c src/tui/ask.h \
	src/tui/askpath.c src/tui/askpath.h \
	src/tui/batch.c src/tui/batch.h \
	src/tui/batchfile.c src/tui/batchfile.h \
	src/tui/batchrow.c src/tui/batchrow.h \
	src/tui/batchview.c src/tui/batchview.h \
	src/tui/board.c src/tui/board.h \
	src/tui/call.c \
	src/tui/case.c src/tui/case.h \
	src/tui/casebasic.c src/tui/casebasic.h \
	src/tui/caseend.c src/tui/caseend.h \
	src/tui/caseform.c src/tui/caseform.h \
	src/tui/casemembers.c src/tui/casemembers.h \
	src/tui/cases.c src/tui/cases.h \
	src/tui/casevisit.c src/tui/casevisit.h \
	src/tui/conflict.c src/tui/conflict.h \
	src/tui/day.c src/tui/day.h \
	src/tui/dialog.c src/tui/dialog.h \
	src/tui/draw.c src/tui/draw.h \
	src/tui/due.c src/tui/due.h \
	src/tui/excuse.c src/tui/excuse.h \
	src/tui/excused.c src/tui/excused.h \
	src/tui/figures.c src/tui/figures.h \
	src/tui/find.c src/tui/find.h \
	src/tui/form.c src/tui/form.h \
	src/tui/formmodel.c src/tui/formmodel.h \
	src/tui/history.c src/tui/history.h \
	src/tui/home.c src/tui/home.h \
	src/tui/import.c src/tui/import.h src/tui/importrun.c \
	src/tui/keys.c src/tui/keys.h \
	src/tui/lineedit.c src/tui/lineedit.h \
	src/tui/list.c src/tui/list.h \
	src/tui/listscreen.c src/tui/listscreen.h \
	src/tui/login.c src/tui/login.h \
	src/tui/memo.c src/tui/memo.h \
	src/tui/menu.c src/tui/menu.h \
	src/tui/months.c src/tui/months.h \
	src/tui/officers.c src/tui/officers.h \
	src/tui/pick.c src/tui/pick.h \
	src/tui/preview.c src/tui/preview.h \
	src/tui/programmes.c src/tui/programmes.h \
	src/tui/proposal.c src/tui/proposal.h \
	src/tui/review.c src/tui/review.h \
	src/tui/roles.c src/tui/roles.h \
	src/tui/screen.h src/tui/screens.c src/tui/screens.h \
	src/tui/slim.c src/tui/slim.h \
	src/tui/suspicious.c src/tui/suspicious.h \
	src/tui/table.c src/tui/table.h src/tui/tablelayout.c \
	src/tui/term.c src/tui/term.h \
	src/tui/visit.c src/tui/visit.h \
	src/tui/why.c src/tui/why.h \
	src/tui/formchoose.c src/tui/formdraft.c src/tui/formplace.c src/tui/formview.c \
	src/tui/tui.c src/tui/tui.h
$(libtui_a_OBJECTS): src/wire/doudi.pb-c.h
