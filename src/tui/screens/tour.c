#include "tui/screens/tour.h"

#include "base/str.h"
#include "tui/app/app.h"
#include "tui/app/handbook.h"
#include "tui/form/form.h"
#include "tui/screens/board.h"
#include "tui/screens/due.h"
#include "tui/screens/screens.h"

#include <string.h>

/** A step: what to press, and how it shows that it was done. */
struct step {
    const char *words;
    const struct screen_ops *opened; /**< this screen is on top, NULL = any */
    const char *said;                /**< the message has these words, NULL = whatever it says */
};

static const struct step STEPS[] = {
    {"导览 1/5  首页列着今天要办的事。按 7 打开应访清单", &DUE_OPS, NULL},
    {"导览 2/5  最急的人在最上面，前面有 ▸。按 2 登记这个人的探访", &FORM_ENTRY_OPS, NULL},
    {"导览 3/5  日期、方式、结果已经填好，没有不同就按 F2 保存", NULL, "已登记"},
    {"导览 4/5  光标到了下一个人，登错了可按 u 撤销。按 F8 看合规看板", &BOARD_OPS, NULL},
    {"导览 5/5  F1 列出这个画面的键。按两次 F1，翻到用户手册的这一节", &HANDBOOK_OPS, NULL},
    {"导览走完了。接着练，或按 F10 回车退出；练习数据在退出时删掉", NULL, NULL},
};
enum { LAST = sizeof STEPS / sizeof STEPS[0] - 1 };

static bool is_done(const struct app *app, const struct step *step)
{
    if (step->opened != NULL && app->top->ops != step->opened)
        return false;
    return step->said == NULL || (!app->bad && strstr(str_text(&app->message), step->said) != NULL);
}

static void look(struct app *app, struct guide *guide)
{
    while (guide->step < LAST && is_done(app, &STEPS[guide->step]))
        guide->step++;
    guide->words = STEPS[guide->step].words;
}

struct guide tour_guide(void)
{
    return (struct guide){.look = look, .words = STEPS[0].words};
}
