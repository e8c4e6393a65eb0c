#include "tui/tui.h"

#include "tui/app/app.h"
#include "tui/screens/login.h"
#include "tui/screens/screens.h"
#include "tui/screens/tour.h"

#include <stdlib.h>

enum result tui_run(struct client *client, const struct forms_folders *forms, const char *own_files,
                    char **ret_message)
{
    struct guide guide = tour_guide();
    const struct app_screens screens = {.places = &SCREENS_PLACES,
                                        .all = screens_all(),
                                        .open = login_open,
                                        .lock = login_lock,
                                        .guide = getenv(TUI_TOUR) != NULL ? &guide : NULL};

    return app_run(&screens, client, forms, own_files, ret_message);
}
