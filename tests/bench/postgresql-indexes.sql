ALTER TABLE person ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON person (id_no);
ALTER TABLE cases ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON cases (number);
CREATE INDEX ON cases (person, id);
CREATE INDEX ON cases (area, kind, id);
ALTER TABLE duty ADD PRIMARY KEY (month, area, case_id, type);
CREATE INDEX ON duty (case_id, month);
ALTER TABLE visit ADD PRIMARY KEY (person, date, seq);
ALTER TABLE event ADD PRIMARY KEY (session, seq);
CREATE INDEX ON event (day);
CREATE INDEX ON event (record, at);

-- A visit: what doudi does in its transaction, in one call. Statements inside a function keep their
-- plans. An index key of the event's primary key makes a repeated request fail, as the receipt does.
CREATE FUNCTION record_visit(
    p_id_no text, p_date date, p_month integer, p_mode text, p_result text, p_by text,
    p_officer text, p_at bigint, p_late integer, p_fields text, p_session bytea, p_seq bigint,
    p_changes text, p_previous bytea, p_hash bytea, p_terminal text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_person bigint;
    v_seq integer;
    v_case record;
    v_main text := '';
    v_area text;
    v_credited text := '';
    v_reply text;
BEGIN
    SELECT id INTO v_person FROM person WHERE id_no = p_id_no;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody has this number';
    END IF;
    SELECT coalesce(max(seq) + 1, 0) INTO v_seq FROM visit WHERE person = v_person AND date = p_date;
    FOR v_case IN
        UPDATE duty d SET credits = credits || p_date || ':' || v_seq || ':' || p_late || '|'
        FROM cases r
        WHERE r.person = v_person AND d.month = p_month AND d.area = r.area AND d.case_id = r.id
            AND d.type = 'visit' AND r.state = 'active'
        RETURNING r.id, r.number, r.area, d.kind, d.need, d.credits
    LOOP
        v_credited := v_credited || v_case.id || '|';
        IF v_main = '' THEN
            v_main := v_case.number;
            v_area := v_case.area;
            v_reply := v_case.need || ' ' || v_case.credits;
        END IF;
    END LOOP;
    IF v_main = '' THEN
        RAISE EXCEPTION 'nothing is owed';
    END IF;
    INSERT INTO visit VALUES (v_person, p_date, v_seq, 'tanfang', p_mode, p_result, p_by, p_officer,
        to_timestamp(p_at), p_late, p_fields, v_credited, 0, 0, NULL, '');
    INSERT INTO event VALUES (p_session, p_seq, p_at, p_officer, 'visit.add',
        'visit:' || v_person || ':' || p_date || ':' || v_seq, v_area, 0,
        'case=' || v_main || '|' || p_changes, v_reply, p_previous, p_hash, p_terminal,
        (p_at / 86400)::integer);
    RETURN v_reply;
END $$;
ANALYZE;
