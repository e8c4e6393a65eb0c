# src/service/figures: what is reported upward, and what checks it.
libservice_a_SOURCES += \
	src/service/figures/dibao_form.c src/service/figures/dibao_form.h \
	src/service/figures/indicator.h \
	src/service/figures/indicator_count.c src/service/figures/indicator_count.h \
	src/service/figures/indicator_enter.c \
	src/service/figures/indicator_keep.c \
	src/service/figures/indicator_list.c \
	src/service/figures/indicator_record.c src/service/figures/indicator_record.h \
	src/service/figures/spotcheck.h \
	src/service/figures/spotcheck_draw.c \
	src/service/figures/spotcheck_enter.c \
	src/service/figures/spotcheck_list.c \
	src/service/figures/spotcheck_record.c src/service/figures/spotcheck_record.h
EXTRA_DIST += src/service/figures/README.md
