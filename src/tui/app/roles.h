/** The labels of roles: 镇街经办 for "street". Private to src/tui. */
#ifndef DOUDI_TUI_APP_ROLES_H
#define DOUDI_TUI_APP_ROLES_H

/** The label of a role's id; the id itself if it is unknown. */
const char *roles_label(const char *role);
/** The labels for choosing, NULL-terminated. */
const char *const *roles_labels(void);
const char *roles_id(const char *label);

#endif
