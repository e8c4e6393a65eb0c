# src/tui/form: the form screen, for programmes and dialogs alike.
libtui_a_SOURCES += \
	src/tui/form/conflict.c src/tui/form/conflict.h \
	src/tui/form/dialog.c src/tui/form/dialog.h \
	src/tui/form/form.c src/tui/form/form.h src/tui/form/form_private.h \
	src/tui/form/formchoose.c \
	src/tui/form/formdraft.c \
	src/tui/form/formmodel.c src/tui/form/formmodel.h \
	src/tui/form/formplace.c \
	src/tui/form/formrow.c \
	src/tui/form/formsubmit.c \
	src/tui/form/formview.c
EXTRA_DIST += src/tui/form/README.md
