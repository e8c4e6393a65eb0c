/**
 * Requests about leaves of officers (请假) and villages handed over (接管).
 */
#ifndef DOUDI_SERVER_HANDLE_LEAVE_H
#define DOUDI_SERVER_HANDLE_LEAVE_H

#include "server/handlers.h"

handle_fn handle_leave_list, handle_leave_make, handle_leave_end, handle_takeover;

#endif
