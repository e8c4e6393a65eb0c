#include "tui/app/programmes.h"

#include <malloc.h>
#include <stdlib.h>

static const struct forms *catalogue(struct app *app)
{
    char *error = NULL;

    if (app->forms == NULL) {
        if (forms_load_over(app->folders, &app->forms, &error) != 0) {
            app_warn(app, "%s", error);
            free(error);
        }
        /* Give back the memory that only the reading needed: many terminals run on a machine. */
        (void)malloc_trim(0);
    }
    return app->forms;
}

const struct form *programmes_form(struct app *app, const char *kind)
{
    const struct forms *forms = kind[0] == '\0' ? NULL : catalogue(app);

    return forms == NULL ? NULL : forms_get(forms, kind);
}

const struct form *programmes_at(struct app *app, size_t index)
{
    const struct forms *forms = catalogue(app);

    return forms == NULL ? NULL : forms_programme(forms, index);
}
