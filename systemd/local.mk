# systemd: units for the system's own home, its account and its folders.
systemd_units = \
	systemd/doudi-export.service systemd/doudi-export.timer \
	systemd/doudi-send.service systemd/doudi-send.timer \
	systemd/doudid.service systemd/doudid.socket
EXTRA_DIST += $(systemd_units:=.in) systemd/doudi.conf systemd/tmpfiles/doudi.conf.in
CLEANFILES += $(systemd_units) systemd/tmpfiles/doudi.conf

$(systemd_units) systemd/tmpfiles/doudi.conf: %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@sbindir[@]|$(sbindir)|g' \
		-e 's|@sysconfdir[@]|$(sysconfdir)|g' $< >$@.tmp && mv $@.tmp $@

if HAVE_SYSTEMD
nodist_systemdunit_DATA = $(systemd_units)
sysusers_DATA = systemd/doudi.conf
nodist_tmpfiles_DATA = systemd/tmpfiles/doudi.conf
endif
