/**
 * Many clients, each a process, that record visits until they are told to stop, and the memory
 * they share of what the server has acknowledged.
 *
 * Every visit carries a number in its note. It is marked as sent before the request goes out and
 * as acknowledged when the answer has come: of the acknowledged ones each must be there once, of
 * those only sent at most once, and no others.
 */
#ifndef DOUDI_TESTS_CROWD_H
#define DOUDI_TESTS_CROWD_H

#include "rig.h"

enum { CROWD_MOST = 64, CROWD_VISITS = 2 << 20 };

enum crowd_state { CROWD_UNUSED, CROWD_SENT, CROWD_ACKNOWLEDGED };

/** Shared by all processes. */
struct crowd_log {
    atomic_bool stop;
    atomic_bool pause;
    atomic_uint next;    /**< number of the next visit */
    atomic_uint done;    /**< acknowledged */
    atomic_uint refused; /**< answers that were errors, and requests that got none */
    atomic_uint slow;    /**< requests answered only after CROWD_PATIENCE_MS */
    atomic_uint longest; /**< ms a request took */
    char words[200];     /**< of the last error */
    _Atomic uint8_t state[CROWD_VISITS];
    _Atomic uint64_t traced[CROWD_VISITS]; /**< rig_traced() when it was acknowledged */
};

/** What "others go on within 2 s" allows. */
enum { CROWD_PATIENCE_MS = 2000 };

struct crowd {
    struct rig *rig;
    struct crowd_log *log;
    size_t count;
    pid_t clients[CROWD_MOST];
    unsigned killed;   /**< clients */
    unsigned think_us; /**< most a client waits between two visits */
};

/** Nobody works yet. */
struct crowd *crowd_new(struct rig *rig, size_t clients, unsigned think_us);
/** Sends everybody to work. */
void crowd_start(struct crowd *crowd);
/** Kills one of the clients; a new one takes its place. */
void crowd_kill_client(struct crowd *crowd);
/** Waits until so many more visits have been acknowledged; fails after a minute without. */
void crowd_await(struct crowd *crowd, unsigned visits);
/** Records one visit of the crowd's here and now, as an officer would. The words of the answer, or
 *  of the failure to connect; new string. */
char *crowd_record(struct crowd *crowd, enum result *ret_result);
/** `verify` through the server. Every tenth time (`round`) the others go on recording; else they
 *  pause, or in hundreds of rounds the home would grow with the time that verifying it takes. */
void crowd_verify(struct crowd *crowd, int round);
/** Lets the clients finish; each must end well. */
void crowd_stop(struct crowd *crowd);
/** The power fails: all clients and the server are killed, nothing runs afterwards. */
void crowd_crash(struct crowd *crowd);
void crowd_free(struct crowd **crowd);

/** Copies the states as they are now: what was acknowledged by this moment. */
uint8_t *crowd_mark(const struct crowd *crowd, unsigned *ret_acknowledged);
/** Reads every visit of the home through its server and compares. With a mark, those acknowledged
 *  by then must be there; without (NULL), all that were. */
void crowd_check(const struct crowd *crowd, struct rig *rig, const uint8_t *mark);

/** A test's rig and crowd, as cmocka's state: whatever happens, nothing is left running. */
struct scene {
    struct rig *rig;
    struct crowd *crowd;
};
int scene_begin(void **state);
int scene_end(void **state);
/** Makes the scene's rig, without a home or with one; its crowd, nobody working yet. */
struct rig *scene_make(void **state);
struct rig *scene_rig(void **state);
struct crowd *scene_crowd(void **state, size_t clients, unsigned think_us);

#define SCENE_TEST(test) cmocka_unit_test_setup_teardown(test, scene_begin, scene_end)

#endif
