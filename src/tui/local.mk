# src/tui: screens and widgets; the only place with <curses.h>.
noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS) $(PROTOBUF_C_CFLAGS)
libtui_a_SOURCES = \
	src/tui/draw.c src/tui/draw.h \
	src/tui/keys.c src/tui/keys.h \
	src/tui/lineedit.c src/tui/lineedit.h \
	src/tui/list.c src/tui/list.h \
	src/tui/table.c src/tui/table.h \
	src/tui/term.c src/tui/term.h \
	src/tui/tui.h
$(libtui_a_OBJECTS): src/wire/doudi.pb-c.h
