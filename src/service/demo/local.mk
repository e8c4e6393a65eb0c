# src/service/demo: invented people.
libservice_a_SOURCES += \
	src/service/demo/demo.c src/service/demo/demo.h \
	src/service/demo/demo_case.c \
	src/service/demo/demo_private.h \
	src/service/demo/demo_change.c \
	src/service/demo/demo_person.c src/service/demo/demo_person.h \
	src/service/demo/demo_visit.c \
	src/service/demo/demo_work.c
EXTRA_DIST += src/service/demo/README.md
