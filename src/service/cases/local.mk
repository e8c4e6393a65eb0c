# src/service/cases: persons and their cases.
libservice_a_SOURCES += \
	src/service/cases/benefit.c src/service/cases/benefit.h \
	src/service/cases/benefit_list.c \
	src/service/cases/application.c src/service/cases/application.h \
	src/service/cases/application_act.c \
	src/service/cases/application_case.c src/service/cases/application_rows.c \
	src/service/cases/case.c src/service/cases/case.h \
	src/service/cases/case_beside.c src/service/cases/case_beside.h \
	src/service/cases/case_house.c src/service/cases/case_house.h \
	src/service/cases/case_mates.c src/service/cases/case_mates.h \
	src/service/cases/case_check.c \
	src/service/cases/case_close.c \
	src/service/cases/case_edit.h \
	src/service/cases/case_known.c \
	src/service/cases/case_list.c src/service/cases/case_list.h \
	src/service/cases/case_merge.c \
	src/service/cases/case_people.c \
	src/service/cases/case_reopen.c \
	src/service/cases/case_view.c \
	src/service/cases/deceased.c src/service/cases/deceased.h \
	src/service/cases/deceased_household.c \
	src/service/cases/deceased_visits.c \
	src/service/cases/draft.c src/service/cases/draft.h \
	src/service/cases/elsewhere.c src/service/cases/elsewhere.h \
	src/service/cases/notice.c src/service/cases/notice.h \
	src/service/cases/publicity.c src/service/cases/publicity.h \
	src/service/cases/person.c src/service/cases/person.h src/service/cases/person_known.c \
	src/service/cases/leave.h src/service/cases/leave_list.c \
	src/service/cases/leave_make.c src/service/cases/leave_takeover.c \
	src/service/cases/merge.c src/service/cases/merge.h \
	src/service/cases/merge_alarms.c \
	src/service/cases/merge_apply.c \
	src/service/cases/merge_check.c \
	src/service/cases/merge_house.c src/service/cases/merge_house.h \
	src/service/cases/merge_house_apply.c \
	src/service/cases/merge_house_sides.c \
	src/service/cases/merge_list.c \
	src/service/cases/merge_private.h \
	src/service/cases/merge_undo.c \
	src/service/cases/merge_waiting.c \
	src/service/cases/mask.c src/service/cases/mask.h \
	src/service/cases/proposal.c src/service/cases/proposal.h \
	src/service/cases/proposal_rows.c
EXTRA_DIST += src/service/cases/README.md
