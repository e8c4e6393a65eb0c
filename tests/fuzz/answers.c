#include "tests/fuzz/answers.h"

#include "base/text.h"
#include "server/handlers.h"
#include "service/keeping/verify.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "wire/frame.h"

#include <stdio.h>
#include <stdlib.h>

void answers_begin(struct session *session, struct fixture *office)
{
    session_start(session, office->service, office->home, -1);
    session->caller.progress = NULL;
}

bool answers_hello(struct session *session, const char *officer)
{
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Hello hello = WIRE__HELLO__INIT;
    uint8_t bytes[100];

    session->caller.owner = true;
    hello.protocol = WIRE_PROTOCOL;
    hello.as_officer = (char *)(uintptr_t)officer;
    hello.as_system = *officer == '\0';
    request.what_case = WIRE__REQUEST__WHAT_HELLO;
    request.hello = &hello;
    return answers_ask(session, bytes, wire__request__pack(&request, bytes), NULL);
}

static void check_valid(const char *text, void *arg)
{
    fuzz_expect(text_valid(text), "an answer that is no text: %s", (const char *)arg);
}

static Wire__Response *check_answer(const char *name, uint64_t number, const uint8_t *bytes,
                                    size_t length)
{
    Wire__Response *answer = wire__response__unpack(NULL, length, bytes);
    enum result result;

    fuzz_expect(answer != NULL, "%s: no answer", name);
    result = (enum result)answer->result;
    fuzz_expect(answer->result < RESULT_COUNT_, "%s: result %u", name, answer->result);
    fuzz_expect(answer->number == number || answer->number == 0, "%s: another number", name);
    fuzz_expect(result == 0 || answer->message[0] != '\0', "%s: no words", name);
    fuzz_expect(result != RESULT_IO && result != RESULT_CORRUPT && result != RESULT_FULL &&
                    result != RESULT_FORMAT,
                "%s: %s: %s", name, result_name(result), answer->message);
    message_each_text(&answer->base, check_valid, (void *)(uintptr_t)name);
    if (getenv("FUZZ_SHOW") != NULL)
        fprintf(stderr, "%s: %s %s\n", name, result_name(result), answer->message);
    return answer;
}

bool answers_ask(struct session *session, const uint8_t *bytes, size_t length,
                 Wire__Response **ret_answer)
{
    Wire__Request *request = wire__request__unpack(NULL, length, bytes);
    const struct handler *handler =
        request != NULL ? dispatch_find_handler(&HANDLERS, request->what_case) : NULL;
    uint8_t *bytes_back = NULL;
    size_t size = 0;
    bool keep = dispatch_frame(session, &HANDLERS, bytes, length, &bytes_back, &size);
    Wire__Response *answer = check_answer(handler != NULL ? handler->name : "nothing",
                                          request != NULL ? request->number : 0, bytes_back, size);

    if (ret_answer != NULL)
        *ret_answer = answer;
    else
        wire__response__free_unpacked(answer, NULL);
    if (request != NULL)
        wire__request__free_unpacked(request, NULL);
    free(bytes_back);
    return keep;
}

static void show_line(const struct sheet *lines)
{
    for (size_t i = 0; i < lines->row_count; i++)
        fprintf(stderr, "%s\n", sheet_get(lines, i, "line"));
}

void answers_verify(struct fixture *office)
{
    struct sheet *lines = NULL;
    enum result result = service_tick(office->service);

    fuzz_expect(result == 0, "tick: %s", result_name(result));
    result = verify_all(office->service, &office->system, &lines, fixture_clear(office));
    if (result != 0 && lines != NULL)
        show_line(lines);
    fuzz_expect(result == 0, "verification: %s", result_name(result));
    sheet_free(&lines);
}
