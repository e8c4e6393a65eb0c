#include "tui/action.h"

#include "base/text.h"
#include "tui/admin.h"
#include "tui/app.h"
#include "tui/areas.h"
#include "tui/ask.h"
#include "tui/askpath.h"
#include "tui/batch.h"
#include "tui/board.h"
#include "tui/case.h"
#include "tui/cases.h"
#include "tui/conflict.h"
#include "tui/due.h"
#include "tui/excuse.h"
#include "tui/find.h"
#include "tui/form.h"
#include "tui/history.h"
#include "tui/home.h"
#include "tui/import.h"
#include "tui/keys.h"
#include "tui/listscreen.h"
#include "tui/login.h"
#include "tui/menu.h"
#include "tui/months.h"
#include "tui/preview.h"
#include "tui/why.h"

#include <string.h>

enum {
    /* Full screens with a table and no text input of their own. */
    AT_TABLES = AT_HOME | AT_DUE | AT_REVIEWS | AT_CASES | AT_CASE | AT_CONFLICT | AT_BOARD |
                AT_TREND | AT_WHY | AT_MONTHS | AT_STATEMENT | AT_OFFICERS | AT_AREAS |
                AT_STANDARDS | AT_EVENTS | AT_EXCUSES | AT_STATUS | AT_HISTORY | AT_IMPORT |
                AT_IMPORT_RUN | AT_IMPORTED,
    /* Places one can go anywhere from. */
    AT_PLACES = (AT_TABLES & ~AT_CONFLICT) | AT_FIND | AT_PREVIEW,
    AT_LISTS = AT_TABLES | AT_FIND | AT_CHOICE,
    AT_LONG_FORMS = AT_FORM | AT_ENTRY | AT_ROW, /* have sections */
    AT_FORMS = AT_LONG_FORMS | AT_DIALOG
};

/* id, name, keys, help, right, where, menu, handler */
static const struct action ACTIONS[] = {
    {"help", "帮助", "F1 h ?", "这个画面能做什么", NULL, AT_TABLES | AT_PREVIEW, MENU_NONE,
     menu_help},
    {"help.form", "帮助", "F1", "这个画面能做什么", NULL,
     AT_FORMS | AT_LOGIN | AT_FIND | AT_BATCH | AT_CHOICE | AT_PROMPT | AT_PATH, MENU_NONE,
     menu_help},

    /* ---- places */
    {"due.open", "应访", "F2 d", "应访清单：谁该访、谁逾期", "due", AT_HOME, MENU_WORK, due_open},
    {"find.open", "查找", "F3 f", "查找：姓名、首字母、证件号、电话", "find", AT_HOME, MENU_WORK,
     find_open},
    {"cases.open", "个案", "F4 c", "个案：各项业务的名册", "case.list", AT_HOME, MENU_WORK,
     cases_open},
    {"cases.new", "新增", "F5 n", "新增个案；村(社区)草拟后报镇街", "case.draft", AT_HOME,
     MENU_WORK, cases_new},
    {"reviews.open", "复核", "F6 r", "复核清单：本月到期的定期复核", "due", AT_HOME, MENU_WORK,
     due_open_reviews},
    {"excuses.open", "审批", "e", "免访审批：别人提交的免访申请", "excuse.decide", AT_HOME,
     MENU_SUPERVISE, excuse_open_waiting},
    {"months.open", "月结", "F7 m", "月结：结账、重开、月结表", "statement", AT_HOME,
     MENU_SUPERVISE, months_open},
    {"board.open", "看板", "F8 b", "合规看板：探访率，到村到人", "board", AT_HOME | AT_DUE,
     MENU_SUPERVISE, board_open},
    {"import.open", "导入", "", "导入台账：CSV、XLSX，先试算再导入", "import", 0, MENU_WORK,
     import_open_screen},
    {"history.open", "记录", "F7", "打印、导入记录：谁打印了什么，撤销导入", "history",
     AT_IMPORT | AT_IMPORT_RUN | AT_IMPORTED, MENU_WORK, history_open},
    {"officers.open", "人员", "", "人员：工号、角色、密码", "officer.list", 0, MENU_ADMIN,
     officers_open},
    {"areas.open", "区划", "", "区划：街道和村(社区)", "areas", 0, MENU_ADMIN, areas_open},
    {"standards.open", "标准", "", "标准：金额和规则参数", "standard.list", 0, MENU_ADMIN,
     standards_open},
    {"events.open", "记录", "", "操作记录：谁何时做了什么", "audit", 0, MENU_ADMIN, events_open},
    {"status.open", "状态", "", "运行状态：备份、导出、警示", "status", 0, MENU_ADMIN, status_open},
    {"password", "密码", "", "修改自己的密码", "password", 0, MENU_SELF, login_change_password},
    {"lock", "锁屏", "^X", "锁屏", NULL, AT_PLACES, MENU_SELF, login_lock_now},

    /* ---- 首页 */
    {"home.enter", "办理", "Enter", "办理选中的事项", NULL, AT_HOME, MENU_NONE, home_enter},

    /* ---- 应访清单 */
    {"due.record", "登记", "F2 Enter", "登记选中人的探访；选了几人的一起登记", "visit.add", AT_DUE,
     MENU_NONE, due_record, MARKS_ALL},
    {"reviews.record", "复核", "F2 Enter", "登记选中个案的复核", "review.add", AT_REVIEWS,
     MENU_NONE, due_record},
    {"due.batch", "批量", "F3", "批量登记选中的人，没有选时是全部", "visit.add", AT_DUE, MENU_NONE,
     due_open_batch, MARKS_ALL},
    {"due.excuse", "免访", "F6 x", "申请免访；选了几人的一起申请", "excuse.ask", AT_DUE, MENU_NONE,
     due_excuse, MARKS_ALL},
    {"due.case", "个案", "F7 o", "打开个案", "case.list", AT_DUE | AT_REVIEWS, MENU_NONE, due_case,
     MARKS_ONE},
    {"due.print", "打印", "F5 p", "打印清单；选了几人的只打印他们", "print", AT_DUE | AT_REVIEWS,
     MENU_NONE, due_print, MARKS_ALL},
    {"due.all", "全部", "a", "换看待办的或全部", NULL, AT_DUE | AT_REVIEWS, MENU_NONE,
     due_toggle_all},
    {"due.scope", "范围", "s", "选区划、探访人、业务", NULL, AT_DUE | AT_REVIEWS, MENU_NONE,
     due_scope},

    /* ---- 批量登记 */
    {"batch.file", "提交", "F2", "提交填了日期的行", NULL, AT_BATCH, MENU_NONE, batch_submit},
    {"batch.fill", "全填", "F3", "没填的行都填今天", NULL, AT_BATCH, MENU_NONE, batch_fill},
    {"batch.toggle", "填", "Space", "填今天，再按一次清除", NULL, AT_BATCH, MENU_NONE,
     batch_toggle},
    {"batch.enter", "下一行", "Enter", "没填的填今天，到下一行", NULL, AT_BATCH, MENU_NONE,
     batch_enter},
    {"batch.clear", "清除", "F6 Del", "清除这一行", NULL, AT_BATCH, MENU_NONE, batch_clear},
    {"batch.down", "下", "Down", "下一行", NULL, AT_BATCH, MENU_NONE, batch_down},
    {"batch.up", "上", "Up", "上一行", NULL, AT_BATCH, MENU_NONE, batch_up},
    {"batch.right", "右", "Right Tab", "下一格", NULL, AT_BATCH, MENU_NONE, batch_right},
    {"batch.left", "左", "Left BackTab", "上一格", NULL, AT_BATCH, MENU_NONE, batch_left},
    {"batch.pgdn", "下页", "PgDn", "下一页", NULL, AT_BATCH, MENU_NONE, batch_page_down},
    {"batch.pgup", "上页", "PgUp", "上一页", NULL, AT_BATCH, MENU_NONE, batch_page_up},
    {"batch.cancel", "返回", "Esc F10", "返回清单，可存草稿", NULL, AT_BATCH, MENU_NONE,
     batch_cancel},

    /* ---- 查找 */
    {"find.case", "打开", "Enter F2", "打开个案", "case.list", AT_FIND, MENU_NONE, find_case},

    /* ---- 个案 */
    {"cases.case", "打开", "Enter F2", "打开个案", "case.list", AT_CASES, MENU_NONE, cases_case},
    {"cases.kind", "业务", "F3 k", "换一项业务", NULL, AT_CASES, MENU_NONE, cases_kind},
    {"cases.print", "打印", "F5 p", "打印名册", "print", AT_CASES, MENU_NONE, cases_print},
    {"cases.area", "区划", "F6 s", "只看一个区划", NULL, AT_CASES, MENU_NONE, cases_area},
    {"cases.state", "在册", "F7 a", "换看在册、待受理、已退出、全部", NULL, AT_CASES, MENU_NONE,
     cases_state},
    {"cases.add", "新增", "F8 n", "新增个案", "case.draft", AT_CASES, MENU_NONE, cases_new},
    {"case.edit", "修改", "F2", "修改这个个案", "case.save", AT_CASE, MENU_NONE, case_edit},
    {"case.visit", "登记", "F3", "登记探访", "visit.add", AT_CASE, MENU_NONE, case_record_visit},
    {"case.unmask", "全显", "F4 u", "全显证件号和敏感项（记入日志）", "case.open", AT_CASE,
     MENU_NONE, case_unmask},
    {"case.correct", "更正", "F5", "更正选中的一次探访", "visit.add", AT_CASE, MENU_NONE,
     case_correct_visit},
    {"case.void", "作废", "v", "作废登错的一次探访，要写原因", "visit.void", AT_CASE, MENU_NONE,
     case_void_visit},
    {"case.excuse", "免访", "F6 x", "申请免访", "excuse.ask", AT_CASE, MENU_NONE, case_excuse},
    {"case.review", "复核", "F7 r", "登记复核", "review.add", AT_CASE, MENU_NONE, case_review},
    {"case.end", "退出", "F8", "退出（死亡、迁出等）", "case.close", AT_CASE, MENU_NONE, case_end},
    {"case.reopen", "撤销退出", "z", "撤销误办的退出，要写原因", "case.reopen", AT_CASE, MENU_NONE,
     case_reopen},
    {"case.next", "下页签", "Right Tab", "下一个页签", NULL, AT_CASE, MENU_NONE, case_tab_next},
    {"case.previous", "上页签", "Left BackTab", "上一个页签", NULL, AT_CASE, MENU_NONE,
     case_tab_previous},
    {"case.follow", "细看", "Enter", "看这一行的全文，或打开另一项业务", NULL, AT_CASE, MENU_NONE,
     case_follow},

    /* ---- 表单 */
    {"form.file", "保存", "F2 ^S", "检查并提交", NULL, AT_FORM | AT_ENTRY, MENU_NONE, form_submit},
    {"login.accept", "登录", "F2 ^S", "登录", NULL, AT_LOGIN, MENU_NONE, form_submit},
    {"login.enter", "登录", "Enter", "登录；没填的先填", NULL, AT_LOGIN, MENU_NONE, form_enter},
    {"login.leave", "退出", "Esc F10", "退出", NULL, AT_LOGIN, MENU_NONE, form_cancel},
    {"form.accept", "确定", "F2 ^S", "检查并提交", NULL, AT_DIALOG, MENU_NONE, form_submit},
    {"form.row_done", "填好", "F2 ^S", "填好这一行，回到表单", NULL, AT_ROW, MENU_NONE,
     form_row_done},
    {"form.choose", "列表", "F4", "从列表选择", NULL, AT_FORMS, MENU_NONE, form_choose},
    {"form.row_add", "加行", "F5 +", "增加一行", NULL, AT_FORM, MENU_NONE, form_row_add},
    {"form.row_remove", "删行", "F6", "删除光标处的行", NULL, AT_FORM, MENU_NONE, form_row_remove},
    {"form.section_previous", "上段", "F7 PgUp", "上一段", NULL, AT_LONG_FORMS, MENU_NONE,
     form_section_previous},
    {"form.section_next", "下段", "F8 PgDn", "下一段", NULL, AT_LONG_FORMS, MENU_NONE,
     form_section_next},
    {"form.explain", "说明", "?", "解释这一项", NULL, AT_FORMS | AT_LOGIN, MENU_NONE, form_explain},
    {"form.enter", "下一项", "Enter", "下一项；在行上打开这一行", NULL, AT_FORMS, MENU_NONE,
     form_enter},
    {"form.next", "下", "Down Tab", "下一项", NULL, AT_FORMS | AT_LOGIN, MENU_NONE, form_next},
    {"form.previous", "上", "Up BackTab", "上一项", NULL, AT_FORMS | AT_LOGIN, MENU_NONE,
     form_previous},
    {"form.cancel", "离开", "Esc F10", "离开，可存草稿", NULL, AT_FORM | AT_ENTRY, MENU_NONE,
     form_cancel},
    {"form.dismiss", "取消", "Esc F10", "不提交，关闭窗口", NULL, AT_DIALOG, MENU_NONE,
     form_cancel},
    {"form.row_back", "返回", "Esc F10", "回到表单", NULL, AT_ROW, MENU_NONE, form_cancel},
    {"conflict.accept", "保存", "F2", "按所选保存", NULL, AT_CONFLICT, MENU_NONE, conflict_accept},
    {"conflict.toggle", "换", "Space Enter", "用我的或对方的", NULL, AT_CONFLICT, MENU_NONE,
     conflict_toggle},

    /* ---- 看板 */
    {"board.enter", "下级", "Enter", "下一级，直到人名", NULL, AT_BOARD, MENU_NONE, board_enter},
    {"board.names", "名单", "F2 w", "选中的数里是哪些人，各是什么原因", "why", AT_BOARD, MENU_NONE,
     board_names},
    {"board.right", "右", "Right Tab", "选右边的数", NULL, AT_BOARD, MENU_NONE, board_right},
    {"board.left", "左", "Left BackTab", "选左边的数", NULL, AT_BOARD, MENU_NONE, board_left},
    {"board.excused", "免访", "x", "这一行免访的名单", "why", AT_BOARD, MENU_NONE, board_excused},
    {"board.not_counted", "不计", "n", "这一行不计的名单", "why", AT_BOARD, MENU_NONE,
     board_not_counted},
    {"board.trend", "趋势", "F3 t", "逐月趋势", NULL, AT_BOARD, MENU_NONE, board_trend},
    {"board.print", "打印", "F5 p", "打印看板", "print", AT_BOARD, MENU_NONE, board_print},
    {"board.by", "分组", "F6 g", "按镇街、村、探访人、业务分组", NULL, AT_BOARD, MENU_NONE,
     board_by},
    {"board.kind", "业务", "F7 k", "换一项业务", NULL, AT_BOARD, MENU_NONE, board_kind},
    {"board.reported", "上报", "F8 v", "换看上报数和现况数", NULL, AT_BOARD, MENU_NONE,
     board_reported},
    {"why.case", "个案", "F2 Enter", "打开个案", "case.list", AT_WHY, MENU_NONE, why_case},
    {"why.show", "细看", "F3 v", "看原因的全文", NULL, AT_WHY, MENU_NONE, why_show},
    {"why.state", "状态", "F6 a", "只看应访、待访、已访、免访……", NULL, AT_WHY, MENU_NONE,
     why_state},
    {"why.print", "打印", "F5 p", "打印名单", "print", AT_WHY, MENU_NONE, why_print},
    {"month.back", "上月", "[", "看上个月", NULL, AT_MONTHLY, MENU_NONE, due_month_back},
    {"month.on", "下月", "]", "看下个月", NULL, AT_MONTHLY, MENU_NONE, due_month_on},

    /* ---- 月结 */
    {"months.statement", "月结表", "F2 Enter", "看这个月的月结表", "statement", AT_MONTHS,
     MENU_NONE, months_statement},
    {"months.close", "月结", "F3", "月结选中的月份", "month.close", AT_MONTHS, MENU_NONE,
     months_close},
    {"months.reopen", "重开", "F6", "重开已月结的月份，要写原因", "month.reopen", AT_MONTHS,
     MENU_NONE, months_reopen},
    {"months.print", "打印", "F5 p", "打印月结表", "print", AT_STATEMENT, MENU_NONE, months_print},
    {"excuses.grant", "同意", "F2", "同意选中的申请", "excuse.decide", AT_EXCUSES, MENU_NONE,
     excuse_grant, MARKS_ALL},
    {"excuses.refuse", "退回", "F3", "不同意，要写理由", "excuse.decide", AT_EXCUSES, MENU_NONE,
     excuse_refuse, MARKS_ALL},
    {"excuses.case", "个案", "F7 Enter", "打开个案", "case.list", AT_EXCUSES, MENU_NONE,
     excuse_case, MARKS_ONE},

    /* ---- 打印 */
    {"preview.file", "存文件", "F2", "存为文本文件", NULL, AT_PREVIEW, MENU_NONE, preview_to_file},
    {"preview.lp", "打印", "F3", "送打印机", NULL, AT_PREVIEW, MENU_NONE, preview_to_printer},
    {"preview.terminal", "终端打印", "F4", "送终端上挂接的打印机", NULL, AT_PREVIEW, MENU_NONE,
     preview_to_terminal},
    {"preview.down", "下", "Down", "下一行", NULL, AT_PREVIEW, MENU_NONE, preview_down},
    {"preview.up", "上", "Up", "上一行", NULL, AT_PREVIEW, MENU_NONE, preview_up},
    {"preview.pgdn", "下页", "PgDn Space", "下一页", NULL, AT_PREVIEW, MENU_NONE,
     preview_page_down},
    {"preview.pgup", "上页", "PgUp", "上一页", NULL, AT_PREVIEW, MENU_NONE, preview_page_up},
    {"preview.right", "右", "Right", "向右看", NULL, AT_PREVIEW, MENU_NONE, preview_right},
    {"preview.left", "左", "Left", "向左看", NULL, AT_PREVIEW, MENU_NONE, preview_left},

    /* ---- 管理 */
    {"officers.add", "新增", "F2 n", "新增人员", "officer.edit", AT_OFFICERS, MENU_NONE,
     officers_add},
    {"officers.edit", "修改", "F5 Enter", "修改姓名、角色、区划、电话", "officer.edit", AT_OFFICERS,
     MENU_NONE, officers_edit},
    {"officers.reset", "重置密码", "F3", "重置密码，给出一次性密码", "officer.edit", AT_OFFICERS,
     MENU_NONE, officers_reset},
    {"officers.lock", "锁定", "F6", "锁定，不能再登录", "officer.edit", AT_OFFICERS, MENU_NONE,
     officers_lock},
    {"officers.unlock", "解锁", "F7", "解锁", "officer.edit", AT_OFFICERS, MENU_NONE,
     officers_unlock},
    {"standards.add", "新增", "F2 n", "登记新标准", "standard.set", AT_STANDARDS, MENU_NONE,
     standards_add},
    {"history.show", "细看", "Enter F2", "看这一行的全文", NULL, AT_HISTORY, MENU_NONE,
     history_show},
    {"history.undo", "撤销导入", "F6", "整批撤销选中的导入", "import", AT_HISTORY, MENU_NONE,
     history_undo},
    {"events.show", "细看", "Enter F2", "看这条记录的全文", NULL, AT_EVENTS, MENU_NONE,
     events_show},
    {"events.scope", "范围", "F6 s", "查某人、某记录、某日以后", NULL, AT_EVENTS, MENU_NONE,
     events_scope},

    /* ---- 导入 */
    {"import.try", "试算", "F2", "试算：哪些能导入，哪些不能、为什么", "import", AT_IMPORT,
     MENU_NONE, import_try},
    {"import.field", "改列", "Enter", "选中的一列导入到哪一项，或不读", NULL, AT_IMPORT, MENU_NONE,
     import_field},
    {"import.sheet", "工作表", "F3", "换工作簿里的一张表", NULL, AT_IMPORT, MENU_NONE,
     import_sheet},
    {"import.kind", "业务", "F5", "换一种台账", NULL, AT_IMPORT, MENU_NONE, import_kind},
    {"import.file", "文件", "F6", "换一个文件", NULL, AT_IMPORT, MENU_NONE, import_file},
    {"import.keep", "留对照", "F8", "留存列的对照，本镇街以后的文件照此认列", "import", AT_IMPORT,
     MENU_NONE, import_keep_map},
    {"importrun.accept", "导入", "F2", "导入能导入的行", "import", AT_IMPORT_RUN, MENU_NONE,
     importrun_accept},
    {"importrun.decide", "换", "Space Enter", "与已登记的不同的，换选不改或照台账改；别的行看全文",
     NULL, AT_IMPORT_RUN, MENU_NONE, importrun_decide},
    {"importrun.write", "存文件", "F3", "把不能导入的行、提示和不同的存到文件旁边", NULL,
     AT_IMPORT_RUN | AT_IMPORTED, MENU_NONE, importrun_write},
    {"imported.show", "细看", "Enter F2", "看这一行的全文", NULL, AT_IMPORTED, MENU_NONE,
     list_show},

    /* ---- lists */
    {"list.down", "下", "Down j", "下一行", NULL, AT_TABLES, MENU_NONE, list_down},
    {"list.up", "上", "Up k", "上一行", NULL, AT_TABLES & ~(AT_BOARD | AT_CASES), MENU_NONE,
     list_up},
    {"list.up.plain", "上", "Up", "上一行", NULL, AT_FIND | AT_CHOICE | AT_BOARD | AT_CASES,
     MENU_NONE, list_up},
    {"list.down.plain", "下", "Down", "下一行", NULL, AT_FIND | AT_CHOICE, MENU_NONE, list_down},
    {"list.pgdn", "下页", "PgDn", "下一页", NULL, AT_LISTS, MENU_NONE, list_page_down},
    {"list.pgup", "上页", "PgUp", "上一页", NULL, AT_LISTS, MENU_NONE, list_page_up},
    {"list.first", "首行", "Home", "第一行", NULL, AT_TABLES | AT_CHOICE, MENU_NONE, list_go_first},
    {"list.last", "末行", "End G", "最后一行", NULL, AT_TABLES, MENU_NONE, list_go_last},
    {"list.filter", "筛选", "F4 /", "边打边筛选，Esc 清除", NULL,
     AT_TABLES & ~(AT_HOME | AT_CASE | AT_CONFLICT), MENU_NONE, list_start_filter},
    {"list.filter.plain", "筛选", "/", "边打边筛选，Esc 清除", NULL, AT_HOME | AT_CASE, MENU_NONE,
     list_start_filter},
    {"list.show", "细看", "i", "看选中的一行的全文，没有显示的列也在", NULL, AT_TABLES, MENU_NONE,
     list_show, MARKS_ONE},
    {"find.show", "细看", "F5", "看选中的一行的全文", NULL, AT_FIND, MENU_NONE, list_show},
    {"list.mark", "选", "Space", "选中或取消一行", NULL, AT_DUE | AT_EXCUSES, MENU_NONE,
     list_toggle_mark},
    {"list.mark_all", "全选", "*", "全选或全不选", NULL, AT_DUE | AT_EXCUSES, MENU_NONE,
     list_toggle_all},
    {"list.range", "选行", ",", "按行号选，如 1,3-7", NULL, AT_DUE | AT_EXCUSES, MENU_NONE,
     list_ask_range},

    /* ---- windows */
    {"choice.accept", "确定", "Enter Tab", "选定", NULL, AT_CHOICE | AT_PROMPT, MENU_NONE,
     ask_accept},
    {"path.accept", "确定", "Enter F2", "用这个文件；文件夹就进去", NULL, AT_PATH, MENU_NONE,
     ask_path_accept},
    {"path.complete", "补全", "Tab", "补全文件名", NULL, AT_PATH, MENU_NONE, ask_path_complete},
    {"choice.mark", "选", "Space", "多选时选中或取消", NULL, AT_CHOICE, MENU_NONE, ask_mark},
    {"confirm.enter", "回车", "Enter", "提示行上写着的；会丢东西的是否", NULL, AT_CONFIRM,
     MENU_NONE, ask_enter},
    {"confirm.yes", "是", "y", "是", NULL, AT_CONFIRM, MENU_NONE, ask_accept},
    {"confirm.no", "否", "Esc n F10", "否", NULL, AT_CONFIRM, MENU_NONE, ask_close},
    {"text.down", "下", "Down PgDn Space", "向下翻", NULL, AT_TEXT, MENU_NONE, ask_scroll_down},
    {"text.up", "上", "Up PgUp", "向上翻", NULL, AT_TEXT, MENU_NONE, ask_scroll_up},
    {"text.close", "关闭", "Esc Enter F10 q", "关闭", NULL, AT_TEXT, MENU_NONE, ask_close},
    {"window.close", "取消", "Esc F10", "取消", NULL, AT_CHOICE | AT_PROMPT | AT_PATH, MENU_NONE,
     ask_close},

    /* ---- everywhere */
    {"menu", "菜单", "F9", "能打开的所有画面", NULL, AT_PLACES, MENU_NONE, menu_open},
    {"refresh", "刷新", "^R", "重新取数", NULL, AT_PLACES, MENU_NONE, menu_refresh},
    {"redraw", "重画", "^L", "重画屏幕", NULL, ~(uint64_t)0, MENU_NONE, menu_redraw},
    {"back", "返回", "Esc q", "返回上一画面", NULL, AT_TABLES & ~AT_HOME, MENU_NONE, menu_back},
    {"back.plain", "返回", "Esc", "返回上一画面", NULL, AT_FIND | AT_PREVIEW, MENU_NONE, menu_back},
    {"leave", "退出系统", "F10", "退出系统", NULL, AT_PLACES | AT_CONFLICT, MENU_NONE, menu_leave},
    {"leave.home", "退出系统", "q Esc", "退出系统", NULL, AT_HOME, MENU_NONE, menu_leave},
};

const struct action *action_at(size_t index)
{
    return index < sizeof(ACTIONS) / sizeof(ACTIONS[0]) ? &ACTIONS[index] : NULL;
}

const struct action *action_find_at(uint64_t where, int key)
{
    const struct action *action = NULL;

    for (size_t i = 0; (action = action_at(i)) != NULL; i++)
        if ((action->where & where) != 0 && key_among(action->keys, key))
            return action;
    return NULL;
}

/** What the key means on the top screen, with or without the right to it. */
static const struct action *meant(const struct app *app, int key)
{
    uint64_t where = app->top->ops->where;

    if ((where & (AT_TABLES | AT_PREVIEW)) != 0 && key >= '0' && key <= '9')
        key = K_F0 + (key == '0' ? 10 : key - '0'); /* where nothing is typed a digit is an F-key */
    return action_find_at(where, key);
}

const struct action *action_find(const struct app *app, int key)
{
    const struct action *action = meant(app, key);

    return action != NULL && app_may(app, action->right) ? action : NULL;
}

/** Rows that are marked on the top screen. */
static size_t marked(const struct app *app)
{
    const struct list *list = app->top->ops->list == NULL ? NULL : app->top->ops->list(app->top);

    return list == NULL ? 0 : list->mark_count;
}

void action_run(struct app *app, int key)
{
    const struct action *action = meant(app, key);

    if (action == NULL)
        return;
    if (!app_may(app, action->right))
        app_warn(app, "您的账号不能做“%s”", action->help);
    else if (action->marks == MARKS_ONE && marked(app) > 1)
        app_warn(app, "选中了 %zu 行，“%s”一次只办一行；按 * 取消选择", marked(app), action->name);
    else
        action->handler(app);
}

/** The keys as they are called. */
static void add_keys(struct str *text, const char *keys)
{
    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        str_add(text, text->length > 0 ? " " : "");
        key_label(keys, length, text);
        keys += length;
        keys += strspn(keys, " ");
    }
}

void action_help(const struct app *app, struct str *text)
{
    const struct action *action = NULL;

    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        if ((action->where & app->top->ops->where) != 0 && app_may(app, action->right)) {
            struct str keys = {0};
            add_keys(&keys, action->keys);
            text_pad(text, str_text(&keys), 16, false);
            str_printf(text, " %s\n", action->help);
            str_free(&keys);
        }
    }
    str_add(text, "\nF1–F10 也可按 Esc 再按数字；清单画面直接按数字即可。\n"
                  "填写时：←→ 移动，Home End 行首行尾，Ctrl+K 删到行尾，Ctrl+U 删到行首。");
}
