/* The protocol: frames as they come, requests to the real handlers by every role, responses. */
#define _GNU_SOURCE 1
#include "tests/fuzz/answers.h"
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/text.h"
#include "server/handlers.h"
#include "tests/fuzz/input.pb-c.h"
#include "tests/fuzz/mutate.h"
#include "tests/unit/service_fixture.h"
#include "wire/convert.h"
#include "wire/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* An office is verified and replaced after so many inputs. */
enum { INPUTS_PER_OFFICE = 500, FRAMES_MAX = 20, SESSIONS_MAX = 4, ELDERS = 3 };

static struct fixture office;
static unsigned inputs;
/** The office's cases: an input calls them 1, 2, 3, since it cannot know the numbers. */
static uint64_t elders[ELDERS];

/** Names of Hello; the first is a stranger's, who says nothing. */
static const char *const OFFICERS[] = {NULL,  "",    "admin", "a01", "x01",
                                       "c01", "s01", "v01",   "c02", "s02"};

static void open_office(void)
{
    struct elder elder = {.since = "2026-08-05"};

    fixture_begin(&office, "2026-09", "2026-11-23");
    elders[0] = elder_add(&office, &elder);
    visit_ok(&office, elders[0], "2026-11-03");
    elder = (struct elder){.name = "欧阳秀英", .area = VILLAGE2, .tier = "高"};
    elders[1] = elder_add(&office, &elder);
    visit_ok(&office, elders[1], "2026-11-04");
    elder = (struct elder){.name = "阿依古丽·买买提", .area = OTHER_VILLAGE};
    elders[2] = elder_add(&office, &elder);
    inputs = 0;
}

void office_begin(void)
{
    open_office();
}

void office_end(void)
{
    answers_verify(&office);
    fixture_end(&office);
}

static void use_office(void)
{
    if (++inputs < INPUTS_PER_OFFICE)
        return;
    office_end();
    open_office();
}

// ---- frames

void frame_run(const uint8_t *bytes, size_t length)
{
    struct session session;
    uint8_t *frame;
    size_t size;
    int ends[2];

    use_office();
    answers_begin(&session, &office);
    fuzz_expect(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "no sockets");
    length = length < LIMIT_FRAME_BEFORE_LOGIN ? length : LIMIT_FRAME_BEFORE_LOGIN;
    fuzz_expect(send(ends[1], bytes, length, MSG_DONTWAIT) == (ssize_t)length, "not sent");
    shutdown(ends[1], SHUT_WR);
    for (int i = 0; i < FRAMES_MAX; i++) {
        enum result result = frame_read(ends[0], LIMIT_FRAME_BEFORE_LOGIN, &frame, &size);
        bool keep;

        fuzz_expect(result == 0 || result == RESULT_NOTFOUND || result == RESULT_PROTOCOL,
                    "frame: %s", result_name(result));
        if (result != 0)
            break;
        keep = answers_ask(&session, frame, size, NULL);
        free(frame);
        if (!keep)
            break;
    }
    close(ends[0]);
    close(ends[1]);
    session_end(&session);
}

// ---- requests

/** Replaces a text that is not empty. */
static void give_text(char **text, const char *value)
{
    if (**text != '\0')
        mem_replace(text, value);
}

/** The session's import, of which an input cannot know the number. */
static void know_batch(const struct session *session, Wire__Request *request)
{
    const char *batch = session->import != NULL ? import_batch(session->import) : "";

    if (request->what_case == WIRE__REQUEST__WHAT_IMPORT_ROWS)
        give_text(&request->import_rows->batch, batch);
    else if (request->what_case == WIRE__REQUEST__WHAT_IMPORT_END)
        give_text(&request->import_end->batch, batch);
}

/** The message of the request that was chosen; NULL if none was. */
static ProtobufCMessage *chosen_message(Wire__Request *request)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
        request->base.descriptor, (unsigned)request->what_case);

    return field == NULL || field->type != PROTOBUF_C_TYPE_MESSAGE
               ? NULL
               : *(ProtobufCMessage **)((char *)request + field->offset);
}

/** Puts the number of the office's case in place of 1, 2 or 3. */
static void know_case(Wire__Request *request)
{
    ProtobufCMessage *message = chosen_message(request);
    const ProtobufCFieldDescriptor *field =
        message == NULL
            ? NULL
            : protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "case_id");

    if (field == NULL || field->type != PROTOBUF_C_TYPE_UINT64 ||
        field->label == PROTOBUF_C_LABEL_REPEATED)
        return;
    uint64_t *id = (uint64_t *)(void *)((char *)message + field->offset);
    if (*id >= 1 && *id <= ELDERS)
        *id = elders[*id - 1];
}

/** Keeps what is written to disk inside the office, and leaves out what starts a program. */
static bool tame(Wire__Request *request)
{
    char *backup = mem_printf("%s/backup", office.root);

    if (request->what_case == WIRE__REQUEST__WHAT_BACKUP)
        give_text(&request->backup->directory, backup);
    free(backup);
    return request->what_case != WIRE__REQUEST__WHAT_EXPORT;
}

static bool ask_request(struct session *session, Wire__Request *request)
{
    size_t length;
    uint8_t *bytes;
    bool keep;

    if (!tame(request))
        return true;
    know_batch(session, request);
    know_case(request);
    length = wire__request__get_packed_size(request);
    bytes = mem_new(length + 1);
    wire__request__pack(request, bytes);
    keep = answers_ask(session, bytes, length, NULL);
    free(bytes);
    return keep;
}

static void run_session(const Fuzz__Session *input)
{
    struct session session;
    const char *officer = OFFICERS[input->who % COUNT(OFFICERS)];

    answers_begin(&session, &office);
    if (officer == NULL || answers_hello(&session, officer)) {
        for (size_t i = 0; i < input->n_requests && i < FRAMES_MAX; i++)
            if (!ask_request(&session, input->requests[i]))
                break;
    }
    session_end(&session);
}

void request_run(const uint8_t *bytes, size_t length)
{
    Fuzz__Office *input = fuzz__office__unpack(NULL, length, bytes);

    if (input == NULL)
        return;
    use_office();
    for (size_t i = 0; i < input->n_sessions && i < SESSIONS_MAX; i++)
        run_session(input->sessions[i]);
    fuzz__office__free_unpacked(input, NULL);
}

// ---- responses, as the terminal reads them

void response_run(const uint8_t *bytes, size_t length)
{
    Wire__Response *response = wire__response__unpack(NULL, length, bytes);
    struct problems problems = {0};
    struct fields values = {0};
    struct sheet *sheet;

    if (response == NULL)
        return;
    wire_problems_read(response, &problems);
    problems_free(&problems);
    if (response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        sheet = wire_sheet_read(response->sheet);
        for (size_t row = 0; row < sheet->row_count; row++)
            (void)sheet_get(sheet, row, "case_id");
        Wire__Sheet *taken = wire_sheet_take(&sheet);
        wire_sheet_free(&taken);
    }
    if (response->what_case == WIRE__RESPONSE__WHAT_CASE_VIEW) {
        wire_values_read(response->case_view->n_values, response->case_view->values, &values);
        (void)fields_rows(&values, "members");
        fields_free(&values);
    }
    wire__response__free_unpacked(response, NULL);
}
