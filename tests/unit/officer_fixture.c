#include "officer_fixture.h"
#include "service/officers/officer.h"

struct caller login_caller(struct world *world)
{
    struct caller caller = {.terminal = "tty1"};

    assert_ok(session_begin(world->service, &caller, &world->reply));
    return caller;
}

void add_officer(struct world *world, const char *id)
{
    struct officer_input input = {
        .id = id, .name = "张敏", .role = "street", .area = STREET, .password = SECRET};

    assert_ok(officer_add(world->service, &world->system, &input, &world->reply));
}

enum result log_in(struct world *world, struct caller *caller, const char *id, const char *password)
{
    return session_login(world->service, caller, id, password, &world->reply);
}

void add_settled_officer(struct world *world, const char *id)
{
    struct caller caller = login_caller(world);

    add_officer(world, id);
    assert_ok(log_in(world, &caller, id, SECRET));
    caller.number = 1;
    assert_ok(session_password(world->service, &caller, SECRET, BETTER, &world->reply));
}
