# src/tui/kit: terminal, keys, lists and tables; knows nothing of the program.
libtui_a_SOURCES += \
	src/tui/kit/canvas.c src/tui/kit/canvas.h \
	src/tui/kit/copy.c src/tui/kit/copy.h \
	src/tui/kit/draw.c src/tui/kit/draw.h \
	src/tui/kit/keys.c src/tui/kit/keys.h \
	src/tui/kit/lineedit.c src/tui/kit/lineedit.h \
	src/tui/kit/list.c src/tui/kit/list.h \
	src/tui/kit/memo.c src/tui/kit/memo.h \
	src/tui/kit/picture.c src/tui/kit/picture.h \
	src/tui/kit/shorten.c src/tui/kit/shorten.h \
	src/tui/kit/terminfo_trim.c src/tui/kit/terminfo_trim.h \
	src/tui/kit/table.c src/tui/kit/table.h \
	src/tui/kit/tablelayout.c \
	src/tui/kit/tablepaint.c \
	src/tui/kit/tableorder.c src/tui/kit/tableorder.h \
	src/tui/kit/term.c src/tui/kit/term.h
EXTRA_DIST += src/tui/kit/README.md
