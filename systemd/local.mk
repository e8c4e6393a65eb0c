# systemd: units for the system's own home, and its account.
systemd_units = \
	systemd/doudi-export.service systemd/doudi-export.timer \
	systemd/doudid.service systemd/doudid.socket
EXTRA_DIST += $(systemd_units:=.in) systemd/doudi.conf
CLEANFILES += $(systemd_units)

$(systemd_units): %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@sbindir[@]|$(sbindir)|g' $< >$@.tmp && mv $@.tmp $@

if HAVE_SYSTEMD
nodist_systemdunit_DATA = $(systemd_units)
sysusers_DATA = systemd/doudi.conf
endif
