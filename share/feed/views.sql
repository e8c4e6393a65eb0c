-- Views on the tables of the bundles. Every figure is counted again from the rows; the sender's own
-- figures (doudi.compliance) are only compared with it (doudi.differences). The month of a row is
-- the month's first day. A rate is cut to one decimal, never rounded up, and empty if nobody was
-- owed a visit: it is neither 0 nor 100.

CREATE OR REPLACE VIEW doudi.village_known AS
SELECT origin, month, kind, area,
       count(*) FILTER (WHERE state IN ('reached', 'pending', 'missed')) AS owed,
       count(*) FILTER (WHERE state = 'reached') AS reached,
       count(*) FILTER (WHERE fulfilled) AS fulfilled,
       count(*) FILTER (WHERE state = 'pending') AS pending,
       count(*) FILTER (WHERE state = 'missed') AS missed,
       count(*) FILTER (WHERE state = 'excused') AS excused,
       count(*) FILTER (WHERE state = 'not_counted') AS not_counted,
       count(*) FILTER (WHERE attempts > 0 AND reached_on IS NULL) AS attempted,
       count(*) FILTER (WHERE late) AS late
FROM doudi.duties
WHERE type = 'visit'
GROUP BY origin, month, kind, area;
COMMENT ON VIEW doudi.village_known IS '现况数：每村每月每项业务，由应访任务逐行数出';

CREATE OR REPLACE VIEW doudi.village_reported AS
SELECT r.origin, r.month, r.kind, r.village AS area,
       count(*) FILTER (WHERE r.state IN ('reached', 'pending', 'missed')) AS owed,
       count(*) FILTER (WHERE r.state = 'reached') AS reached,
       count(*) FILTER (WHERE r.fulfilled) AS fulfilled,
       count(*) FILTER (WHERE r.state = 'pending') AS pending,
       count(*) FILTER (WHERE r.state = 'missed') AS missed,
       count(*) FILTER (WHERE r.state = 'excused') AS excused,
       count(*) FILTER (WHERE r.state = 'not_counted') AS not_counted,
       count(*) FILTER (WHERE r.attempted) AS attempted,
       count(*) FILTER (WHERE r.late) AS late
FROM doudi.statement_rows r
WHERE NOT EXISTS (SELECT 1
                  FROM doudi.statements later
                  WHERE later.origin = r.origin AND later.month = r.month AND later.area = r.area
                    AND later.version > r.version)
GROUP BY r.origin, r.month, r.kind, r.village;
COMMENT ON VIEW doudi.village_reported IS
    '上报数：每村每月每项业务，由各镇街最近一版月结表的名单逐行数出；没有月结过的月份没有行';

CREATE OR REPLACE VIEW doudi.village_figures AS
SELECT 'known' AS basis, k.* FROM doudi.village_known k
UNION ALL
SELECT 'reported' AS basis, r.* FROM doudi.village_reported r;
COMMENT ON VIEW doudi.village_figures IS '每村的现况数（known）和上报数（reported）';

CREATE OR REPLACE VIEW doudi.area_names AS
SELECT code AS area, min(name) AS name
FROM doudi.areas
GROUP BY code;
COMMENT ON VIEW doudi.area_names IS '区划现在的名称';

-- A set in the select list, not a join: Citus then counts on its workers.
CREATE OR REPLACE VIEW doudi.rates AS
SELECT f.basis, f.month, f.kind,
       CASE f.digits WHEN 2 THEN 'province' WHEN 4 THEN 'city' WHEN 6 THEN 'county'
                     WHEN 9 THEN 'street' ELSE 'village' END AS level,
       rpad(left(f.area, f.digits), 12, '0') AS area,
       sum(f.owed)::bigint AS owed,
       sum(f.reached)::bigint AS reached,
       sum(f.fulfilled)::bigint AS fulfilled,
       sum(f.pending)::bigint AS pending,
       sum(f.missed)::bigint AS missed,
       sum(f.excused)::bigint AS excused,
       sum(f.not_counted)::bigint AS not_counted,
       sum(f.attempted)::bigint AS attempted,
       sum(f.late)::bigint AS late,
       (sum(f.reached)::bigint * 1000 / nullif(sum(f.owed)::bigint, 0) / 10.0)::numeric(4, 1) AS rate
FROM (SELECT v.*, unnest(ARRAY[2, 4, 6, 9, 12]) AS digits FROM doudi.village_figures v) f
GROUP BY f.basis, f.month, f.kind, f.digits, rpad(left(f.area, f.digits), 12, '0');
COMMENT ON VIEW doudi.rates IS
    '月探访率：省、市、县区、镇街、村每一级，现况（known）和上报（reported）；kind 为 tanfang 的就是月探访率';
COMMENT ON COLUMN doudi.rates.rate IS '已访除以应访，截到一位小数，不进位；没有应访的人时为空';

-- Of one division, by its 2 to 12 digits: reads only that division's rows. In PL/pgSQL, because Citus
-- takes no parameters in functions of plain SQL.
CREATE OR REPLACE FUNCTION doudi.rate_of(division text, of_month date, of_kind text DEFAULT 'tanfang')
RETURNS TABLE (basis text, owed bigint, reached bigint, fulfilled bigint, pending bigint,
               missed bigint, excused bigint, not_counted bigint, attempted bigint, late bigint,
               rate numeric)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    prefix text := CASE
        WHEN length(division) < 12 THEN division
        WHEN division LIKE '__0000000000' THEN left(division, 2)
        WHEN division LIKE '____00000000' THEN left(division, 4)
        WHEN division LIKE '______000000' THEN left(division, 6)
        WHEN division LIKE '_________000' THEN left(division, 9)
        ELSE division
    END;
    lowest text := rpad(prefix, 12, '0');
    highest text := rpad(prefix, 12, '9');
    first_day date := date_trunc('month', of_month)::date;
BEGIN
    RETURN QUERY
    SELECT f.basis, sum(f.owed)::bigint, sum(f.reached)::bigint, sum(f.fulfilled)::bigint,
           sum(f.pending)::bigint, sum(f.missed)::bigint, sum(f.excused)::bigint,
           sum(f.not_counted)::bigint, sum(f.attempted)::bigint, sum(f.late)::bigint,
           (sum(f.reached)::bigint * 1000 / nullif(sum(f.owed)::bigint, 0) / 10.0)::numeric(4, 1)
    FROM doudi.village_figures f
    WHERE f.month = first_day AND f.kind = of_kind AND f.area BETWEEN lowest AND highest
    GROUP BY f.basis;
END
$$;
COMMENT ON FUNCTION doudi.rate_of IS
    '一个区划一个月的探访率：区划写 2 至 12 位代码，月份写该月任一天，业务默认 tanfang';

CREATE OR REPLACE VIEW doudi.trend AS
SELECT r.basis, r.kind, r.level, r.area, r.month, r.owed, r.reached, r.rate,
       lag(r.rate) OVER w AS rate_before,
       r.rate - lag(r.rate) OVER w AS change
FROM doudi.rates r
WINDOW w AS (PARTITION BY r.basis, r.kind, r.level, r.area ORDER BY r.month);
COMMENT ON VIEW doudi.trend IS '探访率逐月走势：与上一个有数的月份相比升降几个百分点';

CREATE OR REPLACE VIEW doudi.ages AS
SELECT d.origin, d.month, d.kind, d.area,
       CASE
           WHEN p.birth IS NULL THEN '不详'
           WHEN a.years < 18 THEN '不满18'
           WHEN a.years < 60 THEN '18至59'
           WHEN a.years < 70 THEN '60至69'
           WHEN a.years < 80 THEN '70至79'
           WHEN a.years < 90 THEN '80至89'
           ELSE '90以上'
       END AS band,
       count(*) FILTER (WHERE d.state IN ('reached', 'pending', 'missed')) AS owed,
       count(*) FILTER (WHERE d.state = 'reached') AS reached,
       count(*) FILTER (WHERE d.state = 'excused') AS excused,
       count(*) FILTER (WHERE d.state = 'not_counted') AS not_counted
FROM doudi.duties d
LEFT JOIN doudi.persons p ON p.origin = d.origin AND p.person_id = d.person_id
CROSS JOIN LATERAL (
    SELECT extract(year FROM age(d.month + INTERVAL '1 month' - INTERVAL '1 day', p.birth)) AS years
) a
WHERE d.type = 'visit'
GROUP BY 1, 2, 3, 4, 5;
COMMENT ON VIEW doudi.ages IS '年龄段：每村每月每项业务的应访、已访（现况），年龄算到该月最后一天';

CREATE OR REPLACE VIEW doudi.differences AS
SELECT origin, month, kind, area,
       CASE WHEN sent THEN '报来的数和名单数出的不同' ELSE '名单里有，报来的表里没有' END AS what,
       sent_owed, sent_reached, counted_owed, counted_reached,
       sent_known_owed, sent_known_reached, known_owed, known_reached
FROM (
    SELECT coalesce(c.origin, k.origin) AS origin, coalesce(c.month, k.month) AS month,
           coalesce(c.kind, k.kind) AS kind, coalesce(c.area, k.area) AS area,
           c.origin IS NOT NULL AS sent,
           c.owed AS sent_owed, c.reached AS sent_reached,
           c.known_owed AS sent_known_owed, c.known_reached AS sent_known_reached,
           coalesce(k.owed, 0) AS known_owed, coalesce(k.reached, 0) AS known_reached,
           CASE WHEN c.basis = 'reported' THEN coalesce(r.owed, 0) ELSE coalesce(k.owed, 0) END
               AS counted_owed,
           CASE WHEN c.basis = 'reported' THEN coalesce(r.reached, 0) ELSE coalesce(k.reached, 0) END
               AS counted_reached,
           CASE WHEN c.basis = 'reported'
                THEN ROW (c.fulfilled, c.pending, c.missed, c.excused, c.not_counted, c.attempted, c.late)
                     IS DISTINCT FROM
                     ROW (coalesce(r.fulfilled, 0), coalesce(r.pending, 0), coalesce(r.missed, 0),
                          coalesce(r.excused, 0), coalesce(r.not_counted, 0),
                          coalesce(r.attempted, 0), coalesce(r.late, 0))
                ELSE ROW (c.fulfilled, c.pending, c.missed, c.excused, c.not_counted, c.attempted, c.late)
                     IS DISTINCT FROM
                     ROW (coalesce(k.fulfilled, 0), coalesce(k.pending, 0), coalesce(k.missed, 0),
                          coalesce(k.excused, 0), coalesce(k.not_counted, 0),
                          coalesce(k.attempted, 0), coalesce(k.late, 0))
           END AS others_differ
    FROM doudi.compliance c
    FULL JOIN doudi.village_known k
      ON k.origin = c.origin AND k.month = c.month AND k.kind = c.kind AND k.area = c.area
    LEFT JOIN doudi.village_reported r
      ON r.origin = c.origin AND r.month = c.month AND r.kind = c.kind AND r.area = c.area
) compared
WHERE NOT sent OR others_differ
   OR (sent_owed, sent_reached, sent_known_owed, sent_known_reached)
      IS DISTINCT FROM (counted_owed, counted_reached, known_owed, known_reached);
COMMENT ON VIEW doudi.differences IS
    '报来的探访率与名单逐行数出的不同的村；没有行才对，有行请找报送单位核对';

CREATE OR REPLACE VIEW doudi.latest AS
SELECT origin, max(number) AS number, max(date) AS date,
       (now() AT TIME ZONE INTERVAL '8 hours')::date - max(date) AS days_old
FROM doudi.taken
GROUP BY origin;
COMMENT ON VIEW doudi.latest IS '每个单位收到第几包、哪一天的数据、隔了几天';
