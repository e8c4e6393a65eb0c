# src/service/payroll: payment rosters.
libservice_a_SOURCES += \
	src/service/payroll/payroll.h \
	src/service/payroll/payroll_amount.c src/service/payroll/payroll_amount.h \
	src/service/payroll/payroll_check.c \
	src/service/payroll/payroll_decide.c \
	src/service/payroll/payroll_doubts.c src/service/payroll/payroll_doubts.h \
	src/service/payroll/payroll_file.c \
	src/service/payroll/payroll_history.c src/service/payroll/payroll_history.h \
	src/service/payroll/payroll_identify.c \
	src/service/payroll/payroll_kept.c src/service/payroll/payroll_kept.h \
	src/service/payroll/payroll_lines.c src/service/payroll/payroll_lines.h \
	src/service/payroll/payroll_list.c \
	src/service/payroll/payroll_make.c \
	src/service/payroll/payroll_overpaid.c src/service/payroll/payroll_overpaid.h \
	src/service/payroll/payroll_raises.c src/service/payroll/payroll_raises.h \
	src/service/payroll/payroll_ready.c src/service/payroll/payroll_ready.h \
	src/service/payroll/payroll_record.c src/service/payroll/payroll_record.h \
	src/service/payroll/payroll_reference.c src/service/payroll/payroll_reference.h \
	src/service/payroll/payroll_returns.c \
	src/service/payroll/payroll_settle.c src/service/payroll/payroll_settle.h
EXTRA_DIST += src/service/payroll/README.md
