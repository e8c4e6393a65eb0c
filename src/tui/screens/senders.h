/**
 * 报送情况: which divisions below have reported, and the figures that came out otherwise; 两处都有的人.
 * Only in a home that takes in bundles. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SENDERS_H
#define DOUDI_TUI_SCREENS_SENDERS_H

struct app;

void senders_open(struct app *app);
void senders_open_overlaps(struct app *app);

extern const struct screen_ops SENDERS_OPS;
extern const struct screen_ops SENDERS_DIFFERENCES_OPS;
extern const struct screen_ops SENDERS_OVERLAPS_OPS;

#endif
