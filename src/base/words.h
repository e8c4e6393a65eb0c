/**
 * Facts that several folders exchange as texts: their words and the sizes of buffers for them.
 *
 * Each word is what the store holds, what lists carry and what the commands print. A size has room
 * for the longest text and its end. Constants only.
 */
#ifndef DOUDI_BASE_WORDS_H
#define DOUDI_BASE_WORDS_H

/** What a duty asks for: a visit (探访) or a review (复核). */
#define DUTY_TYPE_VISIT "visit"
#define DUTY_TYPE_REVIEW "review"

/** A case on the books (在册), and one that has ended (已退出); their words on the screen. */
#define CASE_ACTIVE "active"
#define CASE_CLOSED "closed"
#define CASE_ACTIVE_LABEL "在册"
#define CASE_CLOSED_LABEL "已退出"

/** A bundle with all rows, and one with those that changed. */
#define BUNDLE_FULL_LABEL "全量"
#define BUNDLE_DELTA_LABEL "变动"

/** A drafted case: waits for its street, given back, filed, refused, taken back by its village. */
#define PROPOSAL_WAITING "waiting"
#define PROPOSAL_RETURNED "returned"
#define PROPOSAL_ACCEPTED "accepted"
#define PROPOSAL_REFUSED "refused"
#define PROPOSAL_WITHDRAWN "withdrawn"

/** The kinds of imports of visits and of lists of deaths; other kinds are programmes. */
#define IMPORT_KIND_VISIT "visit"
#define IMPORT_KIND_DEATHS "death_list"

/** What a line of the first screen is about: the bundles that go to the county. */
#define ALARM_BUNDLES "报送"
/** And those that come from the divisions below. */
#define ALARM_SENDERS "下级报送"
/** And people whom two of those divisions have. */
#define ALARM_OVERLAPS "两处都有"
/** And applications under way. */
#define ALARM_STEPS "办理"

/** … dates ahead (domain/upcoming.h), and leads. */
#define HOME_UPCOMING "到期"
#define HOME_LEADS "线索"
/** … and extra rounds of visits. */
#define HOME_ROUNDS "专项走访"

/** How the source of an indicator begins that the program computes; of which month after "：". */
#define INDICATOR_COMPUTED "系统计算"

/** The result of a visit at which the person was seen. */
#define VISIT_SUCCESS "成功"
/** … and of one at whose door nobody was; how a visit is made (forms/codes.yaml, both). */
#define VISIT_UNMET "未遇"
#define VISIT_AT_HOME "上门"
#define VISIT_PHONE "电话"

enum {
    DUTY_WORDS = 64,   /**< duty_words() */
    AREA_TEXT = 13,    /**< a division's code: 12 digits */
    NUMBER_TEXT = 24,  /**< a whole number of 64 bits with its sign */
    OFFICER_TEXT = 32, /**< 工号, or "system" */
    REASON_MIN = 2,    /**< characters of a reason that an officer gives */
    REASON_MAX = 200,
    FORM_PREFIX = 32 /**< how a value's name in a form begins: "person.", "members.12." */
};

#endif
