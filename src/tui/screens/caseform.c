#include "tui/screens/caseform.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/areas.h"
#include "tui/app/programmes.h"
#include "tui/form/conflict.h"
#include "tui/form/form.h"
#include "tui/screens/batch.h"
#include "tui/screens/batchrow.h"
#include "tui/screens/case.h"
#include "tui/screens/caseknown.h"
#include "tui/screens/paper.h"
#include "tui/screens/steps.h"
#include "tui/screens/visit.h"
#include "wire/convert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A draft that belongs to a drafted case has a record that begins so. */
#define PROPOSAL "proposal:"
/** Records of drafts that belong to nothing yet. */
#define NEW "new"
#define PRIOR "prior"

/** What the form knows of its case besides the values. */
struct record {
    struct caseknown known; /* first: the form's argument is both */
    uint64_t case_id;       /* 0 = new */
    uint32_t version, person_version;
    uint64_t proposal;  /* the drafted case it is made from, 0 = none */
    bool proposes;      /* saving sends a proposal */
    bool prior;         /* decided before, on paper */
    struct fields base; /* the server's values */
};

static void record_free(void *arg)
{
    struct record *record = arg;

    fields_free(&record->base);
    caseknown_free(&record->known);
    free(record);
}

// ---- saving

/** The officer has decided the conflict: sends the kept values again, over the other officer's. */
static void conflict_settled(struct form_screen *form, const Wire__CaseSaved *theirs)
{
    struct record *record = form->spec.arg;

    record->version = theirs->version;
    record->person_version = theirs->person_version;
    wire_values_read(theirs->n_theirs, theirs->theirs, &record->base);
}

static void save_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    struct record *record = form->spec.arg;
    Wire__CaseSave save = WIRE__CASE_SAVE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    save.case_id = record->case_id;
    save.kind = (char *)form->spec.form->kind;
    save.version = record->version;
    save.person_version = record->person_version;
    save.confirm = confirm;
    save.proposal = record->proposal;
    wire_values_write(form->values, &save.n_values, &save.values);
    wire_values_write(&record->base, &save.n_before, &save.before);
    request.what_case = WIRE__REQUEST__WHAT_CASE_SAVE;
    request.case_save = &save;
    result = app_call(app, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_SAVED) {
        uint64_t id = response->saved->case_id;
        char *number = mem_copy(response->saved->number);
        bool fresh = record->case_id == 0;
        form_close(form);
        if (fresh)
            case_open(app, id);
        app_say(app, fresh ? "已新增，个案编号 %s" : "已保存 %s", number);
        free(number);
    } else if (result == RESULT_CONFLICT && response != NULL &&
               response->what_case == WIRE__RESPONSE__WHAT_SAVED) {
        conflict_settled(form, response->saved);
        conflict_open(form, response->saved);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
    wire_values_free(save.n_values, save.values);
    wire_values_free(save.n_before, save.before);
}

/** A street's own application goes on where its steps are done. */
static void show_steps(struct app *app, uint64_t proposal)
{
    char key[NUMBER_TEXT];

    (void)snprintf(key, sizeof key, "%llu", (unsigned long long)proposal);
    steps_open(app, key);
}

/** Sends the form as a proposal: of officers who may not file cases, and in programmes with steps. */
static void propose_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    const struct record *record = form->spec.arg;
    Wire__ProposalPut put = WIRE__PROPOSAL_PUT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    put.proposal = record->proposal;
    put.kind = (char *)form->spec.form->kind;
    put.version = record->version;
    put.prior = record->prior;
    wire_values_write(form->values, &put.n_values, &put.values);
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_PUT;
    request.proposal_put = &put;
    if (app_call(app, &request, &response) == 0) {
        bool own = record->proposal == 0 && app_may(app, "step.do");
        bool steps = form->spec.form->steps.life.count > 0;
        form_close(form);
        if (own && steps)
            show_steps(app, response->proposal->proposal);
        app_say(app, "%s", response->message);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
    wire_values_free(put.n_values, put.values);
}

// ---- what is known of a person already

static void look_up(struct form_screen *form, const char *name)
{
    const struct record *record = form->spec.arg;

    caseknown_changed(form, name, record->case_id != 0);
}

// ---- opening

/** The title of a form; new string. */
static char *title_of(const struct record *record, const struct form *form, const char *what,
                      bool may_file)
{
    if (record->case_id != 0)
        return mem_printf("修改 %s %s", form->title, what);
    const char *does = record->prior                       ? "补录"
                       : !may_file && record->proposes     ? "草拟"
                       : record->proposes && *what != '\0' ? "申请表"
                       : record->proposal != 0             ? "受理"
                                                           : "新增";
    return mem_printf("%s %s%s", does, form->title, what);
}

static char *draft_of(const struct record *record, const char *number)
{
    return record->proposal != 0
               ? mem_printf("%s%llu", PROPOSAL, (unsigned long long)record->proposal)
               : mem_copy(record->prior          ? PRIOR
                          : record->case_id == 0 ? NEW
                                                 : number);
}

/** `what`: the case's number, or other words for the title. */
static void open_form(struct app *app, const struct form *form, struct record *record,
                      struct fields *values, const char *what, bool resume, bool no_draft)
{
    bool may_file = app_may(app, "case.save");
    char *title = title_of(record, form, what, may_file);
    char *draft = draft_of(record, what);
    struct form_spec spec = {
        .title = title,
        .form = form,
        .values = *values,
        .partial = record->proposes && !may_file,
        .later = record->proposes && may_file && !record->prior,
        .submit = record->proposes ? propose_submit : save_submit,
        .changed = look_up,
        .known = caseknown_offer,
        .arg = record,
        .free_arg = record_free,
        .draft_form = form->kind,
        .draft_record = draft,
        .resume = resume,
        .no_draft = no_draft,
    };

    (void)form_open(app, &spec);
    free(draft);
    free(title);
}

/** An officer of one village enters cases of that village. */
static void fill_village(struct app *app, const struct form *form, struct fields *values)
{
    const char *area = app_account(app)->area;

    if (area[0] != '\0' && strcmp(areas_level(area), "village") == 0)
        fields_set(values, form->roles.area, area);
}

static void open_new(struct app *app, const char *kind, bool prior, bool resume)
{
    const struct form *form = programmes_form(app, kind);
    struct record *record;
    struct fields values = {0};

    if (form == NULL) {
        app_warn(app, "没有这项业务：%s，请按 F3 选业务", kind);
        return;
    }
    record = mem_new(sizeof *record);
    record->prior = prior;
    record->proposes = !app_may(app, "case.save") || form->steps.life.count > 0;
    fill_village(app, form, &values);
    form_suggest(form, &values, app_today(app));
    open_form(app, form, record, &values, "", resume, false);
}

void caseform_new(struct app *app, const char *kind, bool prior)
{
    open_new(app, kind, prior, false);
}

void caseform_proposal(struct app *app, uint64_t proposal, bool resume)
{
    Wire__ProposalGet ask = WIRE__PROPOSAL_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const struct form *form;

    ask.proposal = proposal;
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_GET;
    request.proposal_get = &ask;
    if (app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_PROPOSAL &&
        (form = programmes_form(app, response->proposal->kind)) != NULL) {
        const Wire__ProposalView *view = response->proposal;
        struct record *record = mem_new(sizeof *record);
        struct fields values = {0};
        char *what = mem_printf("（%s %.10s 草拟）", view->by, view->at);
        record->proposal = proposal;
        record->proposes = !app_may(app, "case.save") || form->steps.life.count > 0;
        record->prior = view->prior;
        record->version = record->proposes ? view->version : 0;
        wire_values_read(view->n_values, view->values, &values);
        open_form(app, form, record, &values, what, resume, false);
        if (view->reason[0] != '\0')
            app_say(app, "退回理由：%s", view->reason);
        free(what);
    }
    client_response_free(&response);
}

static void edit(struct app *app, uint64_t case_id, const char *number, bool resume)
{
    Wire__CaseGet ask = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const Wire__CaseView *view;
    const struct form *form;

    ask.case_id = case_id;
    ask.number = (char *)number;
    ask.open = true;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &ask;
    if (app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_CASE_VIEW &&
        (form = programmes_form(app, response->case_view->kind)) != NULL) {
        struct record *record = mem_new(sizeof *record);
        struct fields values = {0};
        view = response->case_view;
        record->case_id = view->case_id;
        record->version = view->version;
        record->person_version = view->person_version;
        wire_values_read(view->n_values, view->values, &values);
        fields_copy(&record->base, &values);
        open_form(app, form, record, &values, view->number, resume, view->draft_at[0] == '\0');
    }
    client_response_free(&response);
}

void caseform_edit(struct app *app, uint64_t case_id, bool resume)
{
    edit(app, case_id, "", resume);
}

void caseform_resume(struct app *app, const char *form, const char *record)
{
    const struct form *what = programmes_form(app, form);

    if (strcmp(form, BATCH_DRAFT) == 0) {
        batch_resume(app, record);
        return;
    }
    if (strcmp(form, PAPER_DRAFT) == 0) {
        paper_open(app, record);
    } else if (what != NULL && what->subject == FORM_VISIT) {
        /* A visit's draft belongs to its case: the visit's form offers it there. */
        case_open(app, strtoull(record, NULL, 10));
        app_say(app, "按 F3 登记探访，接着填草稿");
    } else if (strncmp(record, PROPOSAL, strlen(PROPOSAL)) == 0) {
        caseform_proposal(app, strtoull(record + strlen(PROPOSAL), NULL, 10), true);
    } else if (strcmp(record, NEW) == 0 || strcmp(record, PRIOR) == 0) {
        open_new(app, form, strcmp(record, PRIOR) == 0, true);
    } else {
        edit(app, 0, record, true);
    }
}
