-- The schema, and the table of the bundles that were taken. doudi-feed runs this before it makes
-- the tables of the bundle's dictionary (`doudi feed --schema` prints all of it).
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'doudi') THEN
        CREATE SCHEMA doudi;
    END IF;
END
$$;
COMMENT ON SCHEMA doudi IS '兜底系统上报包里的数据，由 doudi feed 维护，请不要手工改动';

CREATE TABLE IF NOT EXISTS doudi.layout (
    hash text PRIMARY KEY
);
COMMENT ON TABLE doudi.layout IS '现在的表和视图由哪一版 doudi-feed 建立';
COMMENT ON COLUMN doudi.layout.hash IS '建表语句的 SHA-256';

CREATE TABLE IF NOT EXISTS doudi.taken (
    origin text NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL DEFAULT 'full',
    base bigint,
    manifest text NOT NULL,
    previous text NOT NULL,
    date date NOT NULL,
    file text NOT NULL,
    bytes bigint NOT NULL,
    rows bigint NOT NULL,
    inserted bigint NOT NULL,
    updated bigint NOT NULL,
    deleted bigint NOT NULL,
    touched jsonb NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (origin, number)
);
COMMENT ON TABLE doudi.taken IS '收过的上报包：每个单位按编号一个一个接着收，一包一个事务';
COMMENT ON COLUMN doudi.taken.origin IS '由哪个单位报送：区划代码';
COMMENT ON COLUMN doudi.taken.number IS '这个单位的第几个包';
COMMENT ON COLUMN doudi.taken.kind IS '全量包（full）还是变动包（delta）';
COMMENT ON COLUMN doudi.taken.base IS '变动包接在第几个包后面；全量包为空';
COMMENT ON COLUMN doudi.taken.manifest IS '包的 manifest.json 的 SHA-256';
COMMENT ON COLUMN doudi.taken.previous IS '上一个包的 manifest.json 的 SHA-256';
COMMENT ON COLUMN doudi.taken.date IS '数据是哪一天的';
COMMENT ON COLUMN doudi.taken.file IS '文件名';
COMMENT ON COLUMN doudi.taken.bytes IS '文件的字节数';
COMMENT ON COLUMN doudi.taken.rows IS '包里的行数';
COMMENT ON COLUMN doudi.taken.inserted IS '新增了几行';
COMMENT ON COLUMN doudi.taken.updated IS '改了几行';
COMMENT ON COLUMN doudi.taken.deleted IS '删了几行';
COMMENT ON COLUMN doudi.taken.touched IS '每张表新增、改动、删除的行数';
COMMENT ON COLUMN doudi.taken.taken_at IS '什么时候收的';

CREATE TABLE IF NOT EXISTS doudi.sums (
    origin text NOT NULL,
    name text NOT NULL,
    rows bigint NOT NULL,
    sum text NOT NULL,
    columns text NOT NULL,
    PRIMARY KEY (origin, name)
);
COMMENT ON TABLE doudi.sums IS '最近一个包以后，每张表按报送单位的清单应有的内容；doudi feed --check 拿它核对';
COMMENT ON COLUMN doudi.sums.origin IS '由哪个单位报送：区划代码';
COMMENT ON COLUMN doudi.sums.name IS '哪张表';
COMMENT ON COLUMN doudi.sums.rows IS '应有几行';
COMMENT ON COLUMN doudi.sums.sum IS '应有的各行的和：每行写成上报包里的一行，取 SHA-256，相加';
COMMENT ON COLUMN doudi.sums.columns IS '一行由哪些列写成，按报送文件的顺序';
