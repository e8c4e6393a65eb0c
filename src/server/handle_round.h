/**
 * Requests about extra rounds of visits (专项走访).
 */
#ifndef DOUDI_SERVER_HANDLE_ROUND_H
#define DOUDI_SERVER_HANDLE_ROUND_H

#include "server/handlers.h"

handle_fn handle_round_list, handle_round_make, handle_round_end, handle_round_show;

#endif
