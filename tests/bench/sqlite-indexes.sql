CREATE UNIQUE INDEX person_id_no ON person (id_no);
CREATE UNIQUE INDEX cases_number ON cases (number);
CREATE INDEX cases_person ON cases (person, id);
CREATE INDEX cases_area ON cases (area, kind, id);
CREATE INDEX duty_case ON duty (case_id, month);
CREATE INDEX event_day ON event (day);
CREATE INDEX event_record ON event (record, at);
ANALYZE;
