# src/tui/app: the stack of screens, requests, actions, small windows.
libtui_a_SOURCES += \
	src/tui/app/action.c src/tui/app/action.h \
	src/tui/app/app.c src/tui/app/app.h \
	src/tui/app/areas.c src/tui/app/areas.h \
	src/tui/app/ask.c src/tui/app/ask.h \
	src/tui/app/call.c \
	src/tui/app/commandline.c src/tui/app/commandline.h \
	src/tui/app/day.c src/tui/app/day.h \
	src/tui/app/figures.c src/tui/app/figures.h \
	src/tui/app/display.c src/tui/app/display.h \
	src/tui/app/filters.c src/tui/app/filters.h \
	src/tui/app/guide.h \
	src/tui/app/handbook.c src/tui/app/handbook.h \
	src/tui/app/handbooktext.c src/tui/app/handbooktext.h \
	src/tui/app/keybar.c src/tui/app/keybar.h \
	src/tui/app/keyfile.c src/tui/app/keyfile.h \
	src/tui/app/keymap.c src/tui/app/keymap.h \
	src/tui/app/listorder.c src/tui/app/listorder.h \
	src/tui/app/listscreen.c src/tui/app/listscreen.h \
	src/tui/app/live.c src/tui/app/live.h \
	src/tui/app/menu.c src/tui/app/menu.h \
	src/tui/app/nearness.c src/tui/app/nearness.h \
	src/tui/app/officers.c src/tui/app/officers.h \
	src/tui/app/ownfiles.c src/tui/app/ownfiles.h \
	src/tui/app/paint.c src/tui/app/paint.h \
	src/tui/app/personpane.c src/tui/app/personpane.h \
	src/tui/app/pick.c src/tui/app/pick.h \
	src/tui/app/preview.c src/tui/app/preview.h \
	src/tui/app/printer.c src/tui/app/printer.h src/tui/app/printer_private.h \
	src/tui/app/printwatch.c src/tui/app/printwatch.h \
	src/tui/app/programmes.c src/tui/app/programmes.h \
	src/tui/app/recent.c src/tui/app/recent.h \
	src/tui/app/roles.c src/tui/app/roles.h \
	src/tui/app/run.c src/tui/app/run.h \
	src/tui/app/screen.h \
	src/tui/app/settings.c src/tui/app/settings.h \
	src/tui/app/visited.c src/tui/app/visited.h
EXTRA_DIST += src/tui/app/README.md
