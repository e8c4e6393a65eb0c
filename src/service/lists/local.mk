# src/service/lists: what is shown.
libservice_a_SOURCES += \
	src/service/lists/alarm.c src/service/lists/alarm.h \
	src/service/lists/alarm_rows.c src/service/lists/alarm_rows.h \
	src/service/lists/audit.c src/service/lists/audit.h \
	src/service/lists/audit_about.c \
	src/service/lists/audit_private.h \
	src/service/lists/audit_sheet.c \
	src/service/lists/board.c src/service/lists/board.h \
	src/service/lists/case_log.c src/service/lists/case_log.h \
	src/service/lists/due.c src/service/lists/due.h \
	src/service/lists/history.c src/service/lists/history.h \
	src/service/lists/home.c src/service/lists/home.h \
	src/service/lists/duplicate_houses.c src/service/lists/duplicate_houses.h \
	src/service/lists/home_band.c src/service/lists/home_band.h \
	src/service/lists/home_health.c src/service/lists/home_health.h \
	src/service/lists/nearly.c src/service/lists/nearly.h \
	src/service/lists/home_pace.c src/service/lists/home_pace.h \
	src/service/lists/home_urgent.c src/service/lists/home_urgent.h \
	src/service/lists/duplicates.c src/service/lists/duplicates.h \
	src/service/lists/exclusion.c src/service/lists/exclusion.h \
	src/service/lists/overlap.c src/service/lists/overlap.h \
	src/service/lists/senders.c src/service/lists/senders.h \
	src/service/lists/pace.c src/service/lists/pace.h \
	src/service/lists/round.h src/service/lists/round_home.c src/service/lists/round_home.h \
	src/service/lists/round_figures.c src/service/lists/round_figures.h \
	src/service/lists/round_senders.c src/service/lists/round_senders.h \
	src/service/lists/round_list.c src/service/lists/round_make.c \
	src/service/lists/round_read.c src/service/lists/round_read.h \
	src/service/lists/paper.h src/service/lists/paper_clean.c src/service/lists/paper_make.c src/service/lists/paper_read.c \
	src/service/lists/streets.c src/service/lists/streets.h \
	src/service/lists/suspicion.c \
	src/service/lists/suspicion_rows.c \
	src/service/lists/lacking.c src/service/lists/lacking.h \
	src/service/lists/leave_home.c src/service/lists/leave_home.h \
	src/service/lists/lead.c src/service/lists/lead.h \
	src/service/lists/lead_act.c \
	src/service/lists/lead_count.c \
	src/service/lists/lead_facts.c src/service/lists/lead_facts.h \
	src/service/lists/lead_run.c src/service/lists/lead_run.h \
	src/service/lists/lead_steps.c src/service/lists/lead_steps.h \
	src/service/lists/suspicious.c src/service/lists/suspicious.h \
	src/service/lists/upcoming.c src/service/lists/upcoming.h \
	src/service/lists/suspicion.h \
	src/service/lists/why.c src/service/lists/why.h \
	src/service/lists/workday.c src/service/lists/workday.h
EXTRA_DIST += src/service/lists/README.md
