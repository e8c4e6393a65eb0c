# src/tui: the full screen; the only place with <curses.h>. Rooms from the ground to the roof.
noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS) $(PROTOBUF_C_CFLAGS)
libtui_a_SOURCES = src/tui/tui.c src/tui/tui.h

include src/tui/kit/local.mk
include src/tui/app/local.mk
include src/tui/form/local.mk
include src/tui/screens/local.mk

$(libtui_a_OBJECTS): src/wire/doudi.pb-c.h
