#include "tui/screens/login.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/display.h"
#include "tui/app/keyfile.h"
#include "tui/app/ownfiles.h"
#include "tui/app/recent.h"
#include "tui/app/visited.h"
#include "tui/form/form.h"
#include "tui/kit/canvas.h"
#include "tui/screens/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct dialog_field LOGIN_FIELDS[] = {
    {.id = "officer", .label = "工号", .type = "text", .max = 32, .required = true},
    {.id = "password",
     .label = "密码",
     .type = "text",
     .max = 128,
     .required = true,
     .secret = true,
     .help = "连续输错多次会锁定一段时间；忘记密码请找系统管理员重置"},
};

static const struct dialog_field PASSWORD_FIELDS[] = {
    {.id = "old",
     .label = "现在的密码",
     .type = "text",
     .max = 128,
     .required = true,
     .secret = true},
    {.id = "new",
     .label = "新密码",
     .type = "text",
     .max = 128,
     .required = true,
     .secret = true,
     .help = "大写、小写、数字、符号中至少三种，不含工号，不同于最近用过的"},
    {.id = "again",
     .label = "再输一次",
     .type = "text",
     .max = 128,
     .required = true,
     .secret = true},
};

// ---- the curtain: a full screen that shows nothing of what is below

struct curtain {
    struct screen screen;
    char *why;
};

static void curtain_paint(struct screen *screen, struct canvas *canvas)
{
    const struct curtain *curtain = (const struct curtain *)screen;

    (void)draw_text(canvas, 2, 4, canvas->columns, "兜底 · 城乡社会救助与探访关爱", STYLE_STRONG);
    (void)draw_text(canvas, 4, 4, canvas->columns, curtain->why, STYLE_PLAIN);
}

static void curtain_done(struct screen *screen)
{
    struct curtain *curtain = (struct curtain *)screen;

    free(curtain->why);
    free(curtain);
}

static const struct screen_ops CURTAIN_OPS = {
    .title = "登录",
    .is = SCREEN_TYPED,
    .paint = curtain_paint,
    .done = curtain_done,
};

static void curtain_push(struct app *app, const char *why)
{
    struct curtain *curtain = mem_new(sizeof *curtain);

    curtain->screen.ops = &CURTAIN_OPS;
    curtain->why = mem_copy(why);
    app_push(app, &curtain->screen);
}

// ---- logging in

static bool is_locked(const struct form_screen *form)
{
    return form->screen.below->below != NULL; /* a screen is behind the curtain */
}

/** Removes the curtain: the session has an officer. */
static void enter(struct app *app)
{
    const Wire__Account *account = app_account(app);

    free(app->officer);
    app->officer = mem_copy(account->id);
    sheet_free(&app->areas); /* another officer sees other divisions */
    (void)snprintf(app->month, sizeof app->month, "%s", client_welcome(app->client)->current_month);
    app->must_change = account->must_change;
    ownfiles_enter(app);
    display_load(app);
    home_open(app);
    keyfile_load(app);
    recent_load(app);
    visited_free(app); /* another officer's */
    if (app->must_change) {
        login_change_password(app);
        app_say(app, "首次登录请先修改密码");
    }
}

static void leave(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    (void)answer;
    app->leaving = true;
}

static void login_cancel(struct form_screen *form)
{
    if (is_locked(form))
        ask_confirm(form->screen.app, "退出系统？未提交的内容已存为草稿。", leave, NULL);
    else
        form->screen.app->leaving = true;
}

static void login_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    struct screen *behind = form->screen.below->below;
    Wire__Login login = WIRE__LOGIN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    (void)confirm;
    login.officer = (char *)fields_get(form->values, "officer");
    login.password = (char *)fields_get(form->values, "password");
    if (app->officer != NULL && strcmp(login.officer, app->officer) != 0) {
        app_warn(app, "已锁屏，只能由 %s 解锁；换人请按 Esc 退出", app->officer);
        return;
    }
    request.what_case = WIRE__REQUEST__WHAT_LOGIN;
    request.login = &login;
    result = app_call(app, &request, &response);
    client_response_free(&response);
    form_set(form, "password", "");
    if (result != 0)
        return;
    app->password = true;
    app_pop(app);
    app_pop(app);
    if (behind == NULL)
        enter(app);
    else
        app_changed(app);
}

static void login_ask(struct app *app)
{
    struct form_spec spec = {
        .title = "登录",
        .dialog = dialog_new("登录", LOGIN_FIELDS, sizeof LOGIN_FIELDS / sizeof LOGIN_FIELDS[0]),
        .modal = true,
        .login = true,
        .submit = login_submit,
        .cancel = login_cancel,
    };

    if (app->officer != NULL)
        fields_set(&spec.values, "officer", app->officer);
    (void)form_open(app, &spec);
    if (app->officer != NULL)
        form_next(app);
}

void login_open(struct app *app)
{
    const Wire__Welcome *welcome = client_welcome(app->client);

    if (welcome->account != NULL) {
        enter(app);
        return;
    }
    curtain_push(app, welcome->initialised ? "请输入工号和密码，回车登录。"
                                           : "数据目录尚未初始化，请系统管理员运行 doudi init。");
    login_ask(app);
}

void login_lock(struct app *app, const char *why)
{
    for (const struct screen *screen = app->top; screen != NULL; screen = screen->below)
        if (screen->ops == &CURTAIN_OPS)
            return; /* the curtain is down already */
    curtain_push(app, why);
    login_ask(app);
}

void login_lock_now(struct app *app)
{
    if (!app->password) {
        app_say(app, "本次没有用密码登录，不能锁屏；离开时请退出");
        return;
    }
    login_lock(app, "已锁屏，请输入密码继续");
}

void login_log_out(struct app *app)
{
    ask_confirm(app, "退出系统？", leave, NULL);
}

// ---- the password

static void password_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    Wire__Password password = WIRE__PASSWORD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    password.old = (char *)fields_get(form->values, "old");
    password.new_ = (char *)fields_get(form->values, "new");
    if (strcmp(password.new_, fields_get(form->values, "again")) != 0) {
        app_warn(app, "两次输入的新密码不同，请重新输入");
        form_set(form, "again", "");
        return;
    }
    request.what_case = WIRE__REQUEST__WHAT_PASSWORD;
    request.password = &password;
    if (app_call(app, &request, &response) == 0) {
        app->must_change = false;
        form_close(form);
        app_say(app, "密码已修改");
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

void login_change_password(struct app *app)
{
    struct form_spec spec = {
        .title = "修改密码",
        .dialog = dialog_new("修改密码", PASSWORD_FIELDS,
                             sizeof PASSWORD_FIELDS / sizeof PASSWORD_FIELDS[0]),
        .modal = true,
        .submit = password_submit,
    };

    (void)form_open(app, &spec);
}
