#include "tui/screens/caseknown.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/form_lookup.h"
#include "tui/app/ask.h"
#include "tui/screens/case.h"
#include "tui/screens/caseknown_fill.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

enum {
    NAMESAKES = 20,
    OFFERS_MOST = 48,
    LABELS = 3,       /* fields that are named beside the person's cases */
    LABELS_COPIED = 4 /* … of a copy: one line at 80 columns */
};

void caseknown_free(struct caseknown *known)
{
    free(known->asked);
    free(known->about);
    sheet_free(&known->cases);
    sheet_free(&known->mates);
    sheet_free(&known->namesakes);
    sheet_free(&known->found);
    *known = (struct caseknown){0};
}

static void begin(struct caseknown *known, const char *about, const char *asked)
{
    caseknown_free(known);
    known->about = mem_copy(about);
    known->asked = mem_copy(asked);
}

// ---- asking the server

/** The person by number or, without one, by id; NULL if there is none that may be seen. The caller frees the
 *  answer. */
static const Wire__PersonView *ask_person(struct app *app, const char *id_no, uint64_t person,
                                          bool shared, Wire__Response **ret_response)
{
    Wire__PersonGet ask = WIRE__PERSON_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.id_no = (char *)id_no;
    ask.person = person;
    ask.shared = shared;
    request.what_case = WIRE__REQUEST__WHAT_PERSON_GET;
    request.person_get = &ask;
    /* An unknown person is the ordinary case and needs no message. */
    if (client_call(app->client, &request, ret_response) != 0 ||
        (*ret_response)->what_case != WIRE__RESPONSE__WHAT_PERSON_VIEW)
        return NULL;
    return (*ret_response)->person_view;
}

/** People found by a text; NULL if the server could not be asked. */
static struct sheet *find_people(struct app *app, const char *text)
{
    Wire__Find ask = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.text = (char *)text;
    ask.limit = NAMESAKES;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &ask;
    return app_call_sheet(app, &request, &sheet) == 0 ? sheet : NULL;
}

static void note_person(struct caseknown *known, const Wire__PersonView *view)
{
    known->person = view->person;
    sheet_free(&known->cases);
    sheet_free(&known->mates);
    known->cases = wire_sheet_read(view->cases);
    known->mates = wire_sheet_read(view->household);
}

// ---- words

/** "探访（在册）、低保（已退出）"; new string. */
static char *words_of_cases(const struct sheet *cases)
{
    struct str text = {0};

    for (size_t row = 0; row < cases->row_count; row++)
        str_printf(&text, "%s%s（%s）", row > 0 ? "、" : "", sheet_get(cases, row, "kind_name"),
                   case_state_words(sheet_get(cases, row, "state")));
    return str_take(&text);
}

/** Says who it is, what was filled in, and that there is more. */
static void say_known(struct form_screen *form, const struct caseknown *known,
                      const struct caseknown_filled *filled)
{
    struct app *app = form->screen.app;
    char *cases = words_of_cases(known->cases);

    if (filled->other_name != NULL)
        app_warn(app, "这个证件号登记的是%s，和填的姓名不同，请核对；F3 看其个案",
                 filled->other_name);
    else
        app_say(app, "此人已有档案%s%s%s%s；F3 打开", *cases != '\0' ? "：" : "", cases,
                filled->count > 0 ? "，已填入" : "", str_text(&filled->labels));
    free(cases);
}

// ---- what has been typed

static void take_person(struct form_screen *form, struct caseknown *known,
                        const Wire__PersonView *view)
{
    struct fields values = {0};
    struct caseknown_filled filled = {.most = LABELS};

    note_person(known, view);
    wire_values_read(view->n_values, view->values, &values);
    caseknown_fill_person(form, &values, known->about, &filled);
    say_known(form, known, &filled);
    caseknown_filled_free(&filled);
    fields_free(&values);
}

static void look_up_number(struct form_screen *form, struct caseknown *known, const char *about,
                           const char *number)
{
    Wire__Response *response = NULL;
    const Wire__PersonView *view;

    if (known->asked != NULL && strcmp(number, known->asked) == 0 &&
        strcmp(about, known->about) == 0)
        return;
    begin(known, about, number);
    view = ask_person(form->screen.app, number, 0, false, &response);
    if (view != NULL)
        take_person(form, known, view);
    client_response_free(&response);
}

/** Keeps the rows of that very name, one for each person. */
static void keep_namesakes(struct sheet *sheet, const char *name)
{
    size_t *rows = mem_array(sheet->row_count + 1, sizeof *rows);
    size_t count = 0;

    for (size_t row = 0; row < sheet->row_count; row++) {
        bool known = strcmp(sheet_get(sheet, row, "name"), name) != 0;
        for (size_t i = 0; i < count && !known; i++)
            known = strcmp(sheet_get(sheet, rows[i], "person_id"),
                           sheet_get(sheet, row, "person_id")) == 0;
        if (!known)
            rows[count++] = row;
    }
    sheet_pick(sheet, rows, count);
    free(rows);
}

static void look_up_name(struct form_screen *form, struct caseknown *known, const char *about,
                         const char *name)
{
    struct sheet *sheet;

    if (known->asked != NULL && strcmp(name, known->asked) == 0 && strcmp(about, known->about) == 0)
        return;
    begin(known, about, name);
    sheet = find_people(form->screen.app, name);
    if (sheet == NULL)
        return;
    keep_namesakes(sheet, name);
    known->namesakes = sheet;
    if (sheet->row_count > 1)
        app_say(form->screen.app, "叫%s的已登记 %zu 人；是其中一人的，按 F3 选，取来其证件号等",
                name, sheet->row_count);
    else if (sheet->row_count == 1)
        app_say(form->screen.app, "已登记一位%s（%s岁，%s）；是此人的，按 F3 取来其证件号等", name,
                sheet_get(sheet, 0, "age"), sheet_get(sheet, 0, "area_name"));
}

void caseknown_changed(struct form_screen *form, const char *name, bool fixed)
{
    struct caseknown *known = caseknown_of(form);
    struct caseknown_place place = {0};
    const char *value = fields_get(form->values, name);

    if (*value == '\0' || !caseknown_find_place(form, name, &place))
        return;
    bool own = fixed && strcmp(place.about, "person.") == 0;
    if (!own && place.is_number)
        look_up_number(form, known, place.about, value);
    else if (!own && *fields_get(form->values, place.number) == '\0')
        look_up_name(form, known, place.about, value);
    caseknown_place_free(&place);
}

// ---- offers

/** Answers: what is done, and with which person, case or row. */
#define TAKE "take:"
#define OPEN "open:"
#define LIKE "like:"
#define ROW "row:"
#define ASK "ask:"

struct offers {
    size_t count;
    char *labels[OFFERS_MOST], *values[OFFERS_MOST];
};

static void offer(struct offers *offers, char *label, const char *act, const char *id)
{
    if (offers->count < OFFERS_MOST - 1 || strcmp(act, ASK) == 0) {
        offers->labels[offers->count] = label;
        offers->values[offers->count++] = mem_printf("%s%s", act, id);
    } else {
        free(label);
    }
}

static void offer_people(struct offers *offers, const struct sheet *people, const char *act)
{
    for (size_t row = 0; people != NULL && row < people->row_count; row++)
        offer(offers,
              mem_printf("%s%s %s岁 %s %s %s（%s）", strcmp(act, TAKE) == 0 ? "是 " : "照 ",
                         sheet_get(people, row, "name"), sheet_get(people, row, "age"),
                         sheet_get(people, row, "area_name"), sheet_get(people, row, "id_no"),
                         sheet_get(people, row, "kind_name"), sheet_get(people, row, "state")),
              act, sheet_get(people, row, "person_id"));
}

static void offer_cases(struct offers *offers, const struct sheet *cases)
{
    for (size_t row = 0; cases != NULL && row < cases->row_count; row++)
        offer(offers,
              mem_printf("打开 %s %s %s", sheet_get(cases, row, "kind_name"),
                         case_state_words(sheet_get(cases, row, "state")),
                         sheet_get(cases, row, "case_no")),
              OPEN, sheet_get(cases, row, "case_id"));
}

/** Those who live with the person, once each, and not the dead. */
static void offer_mates(struct offers *offers, const struct sheet *mates)
{
    const char *last = "";

    for (size_t row = 0; mates != NULL && row < mates->row_count; row++) {
        const char *person = sheet_get(mates, row, "person_id");
        if (strcmp(person, last) != 0 && *sheet_get(mates, row, "death") == '\0')
            offer(offers,
                  mem_printf("照 %s（%s）填 %s %s", sheet_get(mates, row, "name"),
                             sheet_get(mates, row, "relation"), sheet_get(mates, row, "address"),
                             sheet_get(mates, row, "phone")),
                  LIKE, person);
        last = person;
    }
}

/** The other rows of a household's form. */
static void offer_rows(struct offers *offers, const struct form_screen *form, const char *about)
{
    size_t rows = fields_rows(form->values, FORM_MEMBERS);

    for (size_t row = 0; row < rows && text_starts(about, FORM_MEMBERS); row++) {
        char *prefix = mem_printf("%s.%zu.", FORM_MEMBERS, row);
        char *number = mem_printf("%zu", row);
        const char *name = fields_get_row(form->values, FORM_MEMBERS, row, "name");
        if (strcmp(prefix, about) != 0 && *name != '\0')
            offer(offers, mem_printf("照本表的 %s 填", name), ROW, number);
        free(number);
        free(prefix);
    }
}

/** Fills what a household shares, and says what and from whom. */
static void copy(struct form_screen *form, const struct fields *values, const char *about,
                 const char *from)
{
    struct caseknown_filled filled = {.most = LABELS_COPIED};

    caseknown_fill_shared(form, values, about, &filled);
    if (filled.count > 0)
        app_say(form->screen.app, "照%s填了%s；已填的没动", from, str_text(&filled.labels));
    else
        app_say(form->screen.app, "%s的住址、电话等这里都已填，或者没有登记；没有改动", from);
    caseknown_filled_free(&filled);
}

static void copy_person(struct form_screen *form, const char *about, uint64_t person)
{
    Wire__Response *response = NULL;
    const Wire__PersonView *view = ask_person(form->screen.app, "", person, true, &response);
    struct fields values = {0};

    if (view != NULL) {
        wire_values_read(view->n_values, view->values, &values);
        copy(form, &values, about, "家人");
    } else {
        app_warn(form->screen.app, "没有取到此人的登记，可按 F3 再选");
    }
    fields_free(&values);
    client_response_free(&response);
}

static void copy_row(struct form_screen *form, const char *about, size_t row)
{
    struct fields values = {0};
    const struct form_field *list = form_field(form->spec.form, FORM_MEMBERS);

    for (size_t i = 0; list != NULL && i < list->column_count; i++) {
        char *name = mem_printf("person.%s", list->columns[i].id);
        fields_set(&values, name,
                   fields_get_row(form->values, FORM_MEMBERS, row, list->columns[i].id));
        free(name);
    }
    copy(form, &values, about, fields_get_row(form->values, FORM_MEMBERS, row, "name"));
    fields_free(&values);
}

static void take_namesake(struct form_screen *form, struct caseknown *known, uint64_t person)
{
    Wire__Response *response = NULL;
    const Wire__PersonView *view = ask_person(form->screen.app, "", person, false, &response);

    if (view != NULL)
        take_person(form, known, view);
    else
        app_warn(form->screen.app, "没有取到此人的登记，可按 F3 再选");
    client_response_free(&response);
}

static void chosen(struct app *app, void *arg, const char *answer);

static void show_offers(struct form_screen *form, const char *title, struct offers *offers)
{
    struct ask_choice choice = {
        .title = title,
        .labels = (const char *const *)offers->labels,
        .values = (const char *const *)offers->values,
        .count = offers->count,
    };

    ask_choice(form->screen.app, &choice, chosen, form);
    for (size_t i = 0; i < offers->count; i++) {
        free(offers->labels[i]);
        free(offers->values[i]);
    }
}

/** A relative was named: offers the people found. */
static void relative_typed(struct app *app, void *arg, const char *text)
{
    struct form_screen *form = arg;
    struct caseknown *known = caseknown_of(form);
    struct offers offers = {0};

    sheet_free(&known->found);
    known->found = find_people(app, text);
    if (known->found == NULL)
        return;
    offer_people(&offers, known->found, LIKE);
    if (offers.count > 0)
        show_offers(form, "照哪一位填", &offers);
    else
        app_say(app, "没有找到%s；可换证件号后四位再按 F3", text);
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    struct form_screen *form = arg;
    struct caseknown *known = caseknown_of(form);
    const char *id = strchr(answer, ':') + 1;
    char *subject = caseknown_subject(form);

    if (text_starts(answer, TAKE))
        take_namesake(form, known, strtoull(id, NULL, 10));
    else if (text_starts(answer, OPEN))
        case_open(app, strtoull(id, NULL, 10));
    else if (text_starts(answer, LIKE))
        copy_person(form, subject, strtoull(id, NULL, 10));
    else if (text_starts(answer, ROW))
        copy_row(form, subject, strtoul(id, NULL, 10));
    else
        ask_text(app, "家人的姓名、证件号或电话", "", relative_typed, form);
    form_begin_edit(form);
    free(subject);
}

/** A form that was opened with its person has looked up nobody yet. */
static void know_present(struct form_screen *form, struct caseknown *known, const char *about)
{
    char *number = caseknown_number(form, about);
    Wire__Response *response = NULL;
    const Wire__PersonView *view = NULL;

    if (known->about != NULL && strcmp(known->about, about) == 0 && known->person != 0) {
        free(number);
        return;
    }
    if (*number != '\0')
        view = ask_person(form->screen.app, number, 0, false, &response);
    if (view != NULL) {
        begin(known, about, number);
        note_person(known, view);
    }
    client_response_free(&response);
    free(number);
}

void caseknown_offer(struct form_screen *form)
{
    struct caseknown *known = caseknown_of(form);
    char *about = caseknown_about(form);
    char *subject = caseknown_subject(form);
    struct offers offers = {0};

    know_present(form, known, about);
    if (known->about != NULL && strcmp(known->about, about) == 0) {
        if (known->person == 0)
            offer_people(&offers, known->namesakes, TAKE);
        if (strcmp(about, subject) == 0)
            offer_mates(&offers, known->mates);
        offer_cases(&offers, known->cases);
    }
    offer_rows(&offers, form, subject);
    offer(&offers, mem_copy("照别的家人填：打姓名或证件号"), ASK, "");
    show_offers(form, "取来已登记的（只填空着的项）", &offers);
    free(subject);
    free(about);
}
