#include "tui/keys.h"
#include "manual/manual.h"
#include "tui/action.h"

#include <string.h>

/** An action of more screens than this is described once, for all. */
enum { COMMON_SCREENS = 5 };

static const struct {
    const char *name;
    uint64_t where; /**< 0 = the common keys */
} SCREENS[] = {
    {"通用", 0},
    {"首页", AT_HOME},
    {"应访清单", AT_DUE},
    {"批量登记", AT_BATCH},
    {"查找", AT_FIND},
    {"个案名册", AT_CASES},
    {"个案", AT_CASE},
    {"复核清单", AT_REVIEWS},
    {"表单", AT_FORM | AT_ENTRY | AT_ROW | AT_DIALOG},
    {"修改冲突", AT_CONFLICT},
    {"合规看板", AT_BOARD},
    {"逐月趋势", AT_TREND},
    {"名单和原因", AT_WHY},
    {"月结", AT_MONTHS},
    {"月结表", AT_STATEMENT},
    {"免访审批", AT_EXCUSES},
    {"打印预览", AT_PREVIEW},
    {"人员", AT_OFFICERS},
    {"区划", AT_AREAS},
    {"标准", AT_STANDARDS},
    {"打印、导入记录", AT_HISTORY},
    {"导入", AT_IMPORT},
    {"导入试算", AT_IMPORT_RUN},
    {"导入结果", AT_IMPORTED},
    {"操作记录", AT_EVENTS},
    {"运行状态", AT_STATUS},
    {"选择和输入窗口", AT_CHOICE | AT_PROMPT | AT_PATH},
    {"确认窗口", AT_CONFIRM},
    {"文字窗口", AT_TEXT},
};

enum { SCREEN_COUNT = sizeof(SCREENS) / sizeof(SCREENS[0]) };

static const char *const HEADINGS[] = {
    [MENU_WORK] = "业务", [MENU_SUPERVISE] = "督导", [MENU_ADMIN] = "管理", [MENU_SELF] = "个人"};

static bool is_common(const struct action *action)
{
    return __builtin_popcountll(action->where) > COMMON_SCREENS;
}

/** True if a common action does the same, with more or fewer keys. */
static bool is_variant(const struct action *action)
{
    const struct action *other = NULL;

    for (size_t i = 0; (other = action_at(i)) != NULL; i++)
        if (other != action && is_common(other) && strcmp(other->name, action->name) == 0 &&
            strcmp(other->help, action->help) == 0)
            return !is_common(action) || other < action;
    return false;
}

static bool is_shown(const struct action *action, uint64_t where)
{
    if (is_variant(action))
        return false;
    return where == 0 ? is_common(action) : !is_common(action) && (action->where & where) != 0;
}

static void add_keys(struct str *text, const char *keys)
{
    for (const char *rest = keys; *rest != '\0';) {
        size_t length = strcspn(rest, " ");

        str_add(text, "`");
        key_label(rest, length, text);
        str_add(text, "`");
        rest += length;
        if (*rest == ' ') {
            str_add(text, " ");
            rest++;
        }
    }
}

const char *manual_screen_at(size_t index)
{
    return index < SCREEN_COUNT ? SCREENS[index].name : NULL;
}

static void add_screen(struct str *text, uint64_t where)
{
    const struct action *action = NULL;
    size_t count = 0;

    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        if (is_shown(action, where)) {
            str_add(text, count++ == 0 ? "\n| 键 | 名称 | 作用 |\n|---|---|---|\n" : "");
            str_add(text, "| ");
            add_keys(text, action->keys);
            str_printf(text, " | %s | %s |\n", action->name, action->help);
        }
    }
    str_add(text, count == 0 ? "\n只有通用的键。\n\n" : "\n");
}

bool manual_keys(struct str *text, const char *screen)
{
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        if (strcmp(SCREENS[i].name, screen) == 0) {
            add_screen(text, SCREENS[i].where);
            return true;
        }
    }
    return false;
}

void manual_menu(struct str *text)
{
    const struct action *action = NULL;

    str_add(text, "\n| 菜单 | 内容 | 首页上的键 |\n|---|---|---|\n");
    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        if (action->menu != MENU_NONE) {
            str_printf(text, "| %s | %s | ", HEADINGS[action->menu], action->help);
            add_keys(text, (action->where & AT_HOME) != 0 ? action->keys : "");
            str_add(text, " |\n");
        }
    }
    str_add(text, "\n");
}
