#include "tui/app/action.h"

#include "base/text.h"
#include "tui/app/app.h"
#include "tui/app/ask.h"
#include "tui/app/commandline.h"
#include "tui/app/filters.h"
#include "tui/app/handbook.h"
#include "tui/app/keybar.h"
#include "tui/app/keymap.h"
#include "tui/app/listorder.h"
#include "tui/app/listscreen.h"
#include "tui/app/menu.h"
#include "tui/kit/keys.h"

#include <string.h>

static void month_back(struct app *app)
{
    app_month_step(app, -1);
}

static void month_on(struct app *app)
{
    app_month_step(app, 1);
}

// ---- common keys: id, name, keys, help, right, handler, marks, where and where not

static const struct action FIRST[] = {
    {"help", "帮助", "F1 h ?", "这个画面能做什么", NULL, menu_help,
     .where = SCREEN_TABLE | SCREEN_PAGE},
    {"command", "命令", ": ：", "命令行：打命令的名称或首字母，也可打行号", NULL, commandline_open,
     .where = SCREEN_TABLE | SCREEN_PAGE, .but = SCREEN_FIXED},
    {"help.manual", "手册", "F1 h ?", "用户手册，翻到这个画面的一节", NULL, handbook_open_here,
     .where = SCREEN_TEXT},
    {"help.form", "帮助", "F1", "这个画面能做什么", NULL, menu_help, .where = SCREEN_TYPED},
};

static const struct action LISTS[] = {
    {"month.back", "上月", "[", "看上个月", NULL, month_back, .where = SCREEN_MONTHLY},
    {"month.on", "下月", "]", "看下个月", NULL, month_on, .where = SCREEN_MONTHLY},
    {"list.down", "下", "Down j", "下一行", NULL, list_screen_down, .where = SCREEN_TABLE},
    {"list.up", "上", "Up k", "上一行", NULL, list_screen_up, .where = SCREEN_TABLE,
     .but = SCREEN_OWN_K},
    {"list.up.plain", "上", "Up", "上一行", NULL, list_screen_up,
     .where = SCREEN_LIST | SCREEN_OWN_K},
    {"list.down.plain", "下", "Down", "下一行", NULL, list_screen_down, .where = SCREEN_LIST},
    {"list.pgdn", "下页", "PgDn", "下一页", NULL, list_screen_page_down,
     .where = SCREEN_TABLE | SCREEN_LIST},
    {"list.pgup", "上页", "PgUp", "上一页", NULL, list_screen_page_up,
     .where = SCREEN_TABLE | SCREEN_LIST},
    {"list.first", "首行", "Home g", "第一行", NULL, list_screen_go_first, .where = SCREEN_TABLE},
    {"list.first.plain", "首行", "Home", "第一行", NULL, list_screen_go_first, .where = SCREEN_LIST,
     .but = SCREEN_PLACE},
    {"list.last", "末行", "End G", "最后一行", NULL, list_screen_go_last, .where = SCREEN_TABLE},
    {"list.filter", "筛选", "F4 /", "边打边筛选，Esc 清除", NULL, list_screen_start_filter,
     .where = SCREEN_TABLE, .but = SCREEN_OWN_F4 | SCREEN_FIXED},
    {"list.filter.plain", "筛选", "/", "边打边筛选，Esc 清除", NULL, list_screen_start_filter,
     .where = SCREEN_OWN_F4},
    {"list.filters", "常用", "F", "常用筛选：选一个，或给现在的筛选起名存下", NULL, filters_open,
     .where = SCREEN_TABLE, .but = SCREEN_FIXED},
    {"list.order", "排序", "S", "选一列来排序，同一列再选一次倒过来", NULL, list_order_ask,
     .where = SCREEN_PEOPLE},
    {"list.pane", "看人", "Tab", "清单下面显示或收起选中的人：电话、住址、联系人、最近探访", NULL,
     list_screen_toggle_pane, .where = SCREEN_PEOPLE},
    {"list.show", "细看", "i", "看选中的一行的全文，没有显示的列也在", NULL, list_screen_show,
     MARKS_ONE, .where = SCREEN_TABLE},
    {"list.show.plain", "细看", "F5", "看选中的一行的全文", NULL, list_screen_show, MARKS_ONE,
     .where = SCREEN_LIST, .but = SCREEN_INPUT},
    {"list.mark", "选", "Space", "选中或取消一行", NULL, list_screen_toggle_mark, MARKS_ALL,
     .where = SCREEN_MARKS},
    {"list.mark_all", "全选", "*", "全选或全不选", NULL, list_screen_toggle_all, MARKS_LIST,
     .where = SCREEN_MARKS},
    {"list.range", "选行", ",", "按行号选，如 1,3-7", NULL, list_screen_ask_range, MARKS_LIST,
     .where = SCREEN_MARKS},
};

static const struct action LAST[] = {
    {"window.close", "取消", "Esc F10", "取消", NULL, ask_close, .where = SCREEN_INPUT},
    {"menu", "菜单", "F9", "能打开的所有画面", NULL, menu_open, .where = SCREEN_PLACE},
    {"refresh", "刷新", "^R", "重新取数", NULL, menu_refresh, .where = SCREEN_PLACE},
    {"redraw", "重画", "^L", "重画屏幕", NULL, menu_redraw},
    {"mouse", "鼠标", "^T", "鼠标点行、点功能键，或交还终端选字复制", NULL, keybar_toggle_mouse,
     .where = SCREEN_PLACE},
    {"back", "返回", "Esc q", "返回上一画面", NULL, menu_back, .where = SCREEN_TABLE,
     .but = SCREEN_FIRST},
    {"back.plain", "返回", "Esc", "返回上一画面", NULL, menu_back, .where = SCREEN_PLACE,
     .but = SCREEN_TABLE},
    {"leave", "退出系统", "F10", "退出系统", NULL, menu_leave,
     .where = SCREEN_PLACE | SCREEN_FIXED},
    {"leave.home", "退出系统", "q Esc", "退出系统", NULL, menu_leave, .where = SCREEN_FIRST},
};

struct action_table action_table(const struct action_table *places, const struct screen_ops *ops,
                                 size_t nth)
{
    static const struct action_table first = ACTION_TABLE(FIRST);
    static const struct action_table lists = ACTION_TABLE(LISTS);
    static const struct action_table last = ACTION_TABLE(LAST);
    size_t own = ops->modal ? 3 : 2; /* a window's own keys come after those of its list */

    if (nth >= own && nth < own + ACTION_OWN)
        return ops->actions[nth - own];
    return nth == 0 ? first : nth == 1 ? *places : nth < ACTION_KINDS - 1 ? lists : last;
}

/** True if a screen that uses the action's table offers it. */
static bool is_offered(const struct screen_ops *ops, const struct action *action)
{
    if (action->menu != MENU_NONE && ops->place != NULL && strcmp(ops->place, action->id) == 0)
        return true;
    if (action->where == 0)
        return action->menu == MENU_NONE && (action->but & ops->is) == 0;
    return (action->where & ops->is) != 0 && (action->but & ops->is) == 0;
}

bool action_is_on(const struct action_table *places, const struct screen_ops *ops,
                  const struct action *action)
{
    for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
        struct action_table table = action_table(places, ops, nth);
        for (size_t i = 0; i < table.count; i++)
            if (&table.rows[i] == action)
                return is_offered(ops, action);
    }
    return false;
}

/** The screen's action with the key, other than `but`. */
static const struct action *find_but(const struct action_table *places, const struct keymap *keymap,
                                     const struct screen_ops *ops, int key,
                                     const struct action *but)
{
    for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
        struct action_table table = action_table(places, ops, nth);
        const struct action *rows = table.rows;
        for (size_t i = 0; i < table.count; i++)
            if (&rows[i] != but && is_offered(ops, &rows[i]) &&
                key_among(keymap_keys(keymap, &rows[i]), key))
                return &rows[i];
    }
    return NULL;
}

const struct action *action_find_on(const struct action_table *places, const struct keymap *keymap,
                                    const struct screen_ops *ops, int key)
{
    return find_but(places, keymap, ops, key, NULL);
}

const struct action *action_sharing(const struct app_screens *screens, const struct keymap *keymap,
                                    const struct action *action, int key,
                                    const struct screen_ops **ret_ops)
{
    for (size_t i = 0; screens->all[i] != NULL; i++) {
        const struct action *other = NULL;
        if (action_is_on(screens->places, screens->all[i], action))
            other = find_but(screens->places, keymap, screens->all[i], key, action);
        if (other != NULL) {
            *ret_ops = screens->all[i];
            return other;
        }
    }
    return NULL;
}

/** The action of the key on the top screen, even if the officer has no right to it. */
static const struct action *meant(const struct app *app, int key)
{
    const struct screen_ops *ops = app->top->ops;

    if ((ops->is & (SCREEN_TABLE | SCREEN_PAGE)) != 0 && key >= '0' && key <= '9')
        key = K_F0 +
              (key == '0' ? 10 : key - '0'); /* a digit is an F-key on screens without text input */
    return action_find_on(app->screens->places, app->keymap, ops, key);
}

const struct action *action_find(const struct app *app, int key)
{
    const struct action *action = meant(app, key);

    return action != NULL && app_may(app, action->right) ? action : NULL;
}

/** True for a digit that may have been typed for the form that has just closed. */
static bool is_stray_digit(struct app *app, int key)
{
    enum { STRAY = 1500 /* milliseconds that a hand types on */ };
    bool just = app->closed != 0 && app->last_key - app->closed < STRAY;

    app->closed = 0;
    return just && key >= '0' && key <= '9' &&
           (app->top->ops->is & (SCREEN_TABLE | SCREEN_PAGE)) != 0;
}

/** Of one marked row, an action works on that one and on no other: the cursor goes there. */
static void aim(struct list *list)
{
    for (size_t place = 0; list->mark_count == 1 && place < list->view_count; place++)
        if (list_marked(list, list->view[place]))
            list_select(list, list->view[place]);
}

/** True if the top screen has the rows that the action needs; otherwise says what to do. */
static bool has_rows(struct app *app, const struct action *action)
{
    const struct screen_ops *ops = app->top->ops;
    struct list *list = ops->list == NULL ? NULL : ops->list(app->top);

    if (list == NULL || action->marks == MARKS_APART || action->marks == MARKS_PAPER)
        return true;
    if (action->marks == MARKS_ONE && list->mark_count > 1) {
        app_warn(app, "选中了 %zu 行，“%s”一次只办一行；按 * 取消选择", list->mark_count,
                 action->name);
        return false;
    }
    if (action->marks == MARKS_ONE)
        aim(list);
    bool some = action->marks == MARKS_LIST ? list->view_count > 0 : list_row(list) >= 0;
    if (some || list->mark_count > 0)
        return true;
    app_say(app, "%s", ops->table == NULL ? "没有选中的行" : table_lack(ops->table(app->top)));
    return false;
}

void action_run(struct app *app, int key)
{
    const struct action *action = meant(app, key);

    if (is_stray_digit(app, key)) {
        app_say(app, "刚离开填写的窗口，%c 没有当作功能键；要用再按一次", key);
        return;
    }
    if (action != NULL)
        (void)action_do(app, action);
}

bool action_do(struct app *app, const struct action *action)
{
    if (!app_may(app, action->right))
        app_warn(app, "您的账号不能做“%s”，请由有权限的人办理", action->help);
    else if (has_rows(app, action)) {
        action->handler(app);
        return true;
    }
    return false;
}

void action_add_keys(const struct keymap *keymap, const struct action *action, struct str *text)
{
    const char *keys = keymap_keys(keymap, action);

    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        str_add(text, text->length > 0 ? " " : "");
        key_label(keys, length, text);
        keys += length;
        keys += strspn(keys, " ");
    }
}

static void add_help(const struct keymap *keymap, const struct action *action, struct str *text)
{
    struct str keys = {0};

    action_add_keys(keymap, action, &keys);
    text_pad(text, str_text(&keys), 16, false);
    str_printf(text, " %s\n", action->help);
    str_free(&keys);
}

void action_help(const struct app *app, struct str *text)
{
    const struct screen_ops *ops = app->top->ops;

    str_add(text, "再按一次 F1：用户手册里讲这个画面的一节\n");
    for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
        struct action_table table = action_table(app->screens->places, ops, nth);
        for (size_t i = 0; i < table.count; i++)
            if (is_offered(ops, &table.rows[i]) && app_may(app, table.rows[i].right))
                add_help(app->keymap, &table.rows[i], text);
    }
    str_add(text, "\nF1–F10 也可按 Esc 再按数字；清单画面直接按数字即可。\n"
                  "填写时：←→ 移动，Home End 行首行尾，Ctrl+K 删到行尾，Ctrl+U 删到行首。");
}
