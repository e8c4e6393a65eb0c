#include "service/frame/event.h"

#include "base/mem.h"
#include "base/plain.h"
#include "base/random.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { SALT_SIZE = 16, MOMENT_SIZE = 4, MICROS = 1000000 };

void event_draft_clear(struct event_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        free(draft->changes[i].name);
        free(draft->changes[i].old);
        free(draft->changes[i].new);
    }
    free(draft->changes);
    free(draft->record);
    free(draft->area);
    free(draft->note);
    *draft = (struct event_draft){0};
}

__attribute__((format(printf, 2, 0))) static void print_into(char **text, const char *format,
                                                             va_list args)
{
    struct str str = {0};

    str_vprintf(&str, format, args);
    free(*text);
    *text = str_take(&str);
    if (plain_is(*text, PLAIN_LINES))
        return;
    /* A bundle has plain text only, and the hash is computed from it there. */
    char *plain = plain_copy(*text, PLAIN_LINES);
    free(*text);
    *text = plain;
}

void event_name_record(struct usecase *usecase, const char *area, const char *format, ...)
{
    va_list args;

    if (usecase->event == NULL)
        return;
    mem_replace(&usecase->event->area, area);
    va_start(args, format);
    print_into(&usecase->event->record, format, args);
    va_end(args);
}

void event_add_note(struct usecase *usecase, const char *format, ...)
{
    va_list args;

    if (usecase->event == NULL)
        return;
    va_start(args, format);
    print_into(&usecase->event->note, format, args);
    va_end(args);
}

void event_add_change(struct usecase *usecase, const char *name, const char *old, const char *new)
{
    struct event_draft *draft = usecase->event;

    if (draft == NULL)
        return;
    mem_grow((void **)&draft->changes, draft->count, &draft->capacity, sizeof *draft->changes);
    draft->changes[draft->count++] = (struct event_change){
        .name = mem_copy(name),
        .old = mem_copy(old),
        .new = mem_copy(new),
    };
}

/** Makes messages of the draft's changes; they borrow its texts. */
static Rec__Change **change_messages(const struct event_draft *draft, Rec__Change **ret_block)
{
    Rec__Change *block = mem_array(draft->count + 1, sizeof *block);
    Rec__Change **messages = mem_array(draft->count + 1, sizeof *messages);

    for (size_t i = 0; i < draft->count; i++) {
        rec__change__init(&block[i]);
        block[i].name = draft->changes[i].name;
        block[i].old = draft->changes[i].old;
        block[i].new_ = draft->changes[i].new;
        messages[i] = &block[i];
    }
    *ret_block = block;
    return messages;
}

/** The reply's values as messages that borrow its texts. */
static Rec__Field **value_messages(const struct fields *values, Rec__Field **ret_block)
{
    Rec__Field *block = mem_array(values->count + 1, sizeof *block);
    Rec__Field **messages = mem_array(values->count + 1, sizeof *messages);

    for (size_t i = 0; i < values->count; i++) {
        rec__field__init(&block[i]);
        block[i].name = values->items[i].name;
        block[i].value = values->items[i].value;
        messages[i] = &block[i];
    }
    *ret_block = block;
    return messages;
}

static char *or_empty(char *text)
{
    return text != NULL ? text : (char *)"";
}

/** Hashes the session's token too: without it others could guess the request, which may contain a
 *  password. */
static void hash_request(struct digest *digest, const struct caller *caller,
                         uint8_t hash[DIGEST_SIZE])
{
    static const char purpose[] = "doudi request";

    digest_add(digest, purpose, sizeof purpose);
    digest_add(digest, caller->token, sizeof caller->token);
    digest_add(digest, caller->request, caller->request_length);
    digest_next(digest, hash);
}

bool event_answers(struct digest *digest, const Rec__Event *event, const struct caller *caller,
                   const struct access_action *action)
{
    uint8_t hash[DIGEST_SIZE];

    if (strcmp(event->action, action->id) != 0)
        return false;
    if (event->request.len == 0) /* an old event, from before requests had hashes */
        return event->number == 0;
    hash_request(digest, caller, hash);
    return event->request.len == sizeof hash && memcmp(event->request.data, hash, sizeof hash) == 0;
}

/** Random bytes behind the moment: sessions of one second are listed in the order in which they
 *  asked, and the hash covers that, too. */
static enum result make_salt(const struct usecase *usecase, uint8_t salt[SALT_SIZE])
{
    for (int i = 0; i < MOMENT_SIZE; i++)
        salt[i] = (uint8_t)(usecase->micros >> 8 * (MOMENT_SIZE - 1 - i));
    return random_secret(salt + MOMENT_SIZE, SALT_SIZE - MOMENT_SIZE);
}

uint32_t event_micros(const Rec__Event *event)
{
    uint32_t micros = 0;

    for (size_t i = 0; i < MOMENT_SIZE && i < event->salt.len; i++)
        micros = micros << 8 | event->salt.data[i];
    return micros < MICROS ? micros : 0;
}

enum result event_put(const struct usecase *usecase, const struct access_action *action,
                      const struct event_place *place, enum result outcome,
                      uint8_t ret_hash[DIGEST_SIZE])
{
    const struct caller *caller = usecase->caller;
    struct event_draft *draft = usecase->event;
    uint8_t hash[DIGEST_SIZE], request[DIGEST_SIZE], salt[SALT_SIZE];
    Rec__Event event = REC__EVENT__INIT;
    Rec__Change *block;
    Rec__Field *values;

    event.session = (ProtobufCBinaryData){SESSION_SIZE, (uint8_t *)place->session};
    event.seq = place->seq;
    event.at = usecase->now;
    event.officer = (char *)caller->officer;
    event.action = (char *)action->id;
    event.record = or_empty(draft->record);
    event.area = or_empty(draft->area);
    event.note = or_empty(draft->note);
    event.result = outcome;
    event.terminal = (char *)caller->terminal;
    event.reply_message = or_empty(usecase->reply->message);
    event.number = caller->number;
    event.written = place->written;
    event.same_day = place->same_day;
    if (place->is_receipt) {
        hash_request(place->digest, caller, request);
        event.request = (ProtobufCBinaryData){sizeof request, request};
    }
    if (place->previous != NULL)
        event.previous = (ProtobufCBinaryData){DIGEST_SIZE, (uint8_t *)place->previous};
    event.n_changes = draft->count;
    event.changes = change_messages(draft, &block);
    event.n_reply = usecase->reply->values.count;
    event.reply = value_messages(&usecase->reply->values, &values);

    enum result result = place->salted ? make_salt(usecase, salt) : RESULT_OK;
    if (place->salted)
        event.salt = (ProtobufCBinaryData){sizeof salt, salt};
    if (result == 0) {
        chain_hash_with(place->digest, &event, hash);
        event.hash = (ProtobufCBinaryData){sizeof hash, hash};
        result = store_event_put(usecase->txn, &event);
    }
    if (result == 0)
        memcpy(ret_hash, hash, sizeof hash);

    free(event.reply);
    free(values);
    free(event.changes);
    free(block);
    return result;
}

void event_reply(const Rec__Event *event, struct reply *reply)
{
    reply_free(reply);
    if (*event->reply_message != '\0')
        reply->message = mem_copy(event->reply_message);
    store_fields_read(event->n_reply, event->reply, &reply->values);
}
