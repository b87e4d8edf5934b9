-- The tables of docs/contract.md. Child rows carry doc_id: a task_id names the work, so copies
-- and reissues of one report share it, and the key is (doc_id, task_id).

CREATE TABLE meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL);
COMMENT ON TABLE meta IS 'facts about this file: schema_version';
COMMENT ON COLUMN meta.key IS 'name of the fact';
COMMENT ON COLUMN meta.value IS 'its value';

CREATE TABLE documents (
    doc_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    source_uri VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    byte_size BIGINT NOT NULL,
    media_type VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    script VARCHAR,
    layout VARCHAR,
    title VARCHAR,
    agency VARCHAR,
    region_code VARCHAR,
    report_year INTEGER,
    published_on DATE,
    info_source VARCHAR,
    index_no VARCHAR,
    doc_no VARCHAR,
    url VARCHAR,
    text VARCHAR NOT NULL,
    coverage DOUBLE NOT NULL,
    flags VARCHAR[] NOT NULL,
    parser_version VARCHAR NOT NULL,
    replaces VARCHAR,
    run_id VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE documents IS 'one report as published: a page, a file, a member of an archive';
COMMENT ON COLUMN documents.doc_id IS 'key: the first 16 hex digits of sha256';
COMMENT ON COLUMN documents.file_name IS 'name of the file the report came in';
COMMENT ON COLUMN documents.source_uri IS 'path or URL; a member of an archive as outer!inner; of several, the first in alphabetical order (all: addresses)';
COMMENT ON COLUMN documents.sha256 IS 'SHA-256 of the original bytes, hex: the identity of the document';
COMMENT ON COLUMN documents.byte_size IS 'size of the original in bytes';
COMMENT ON COLUMN documents.media_type IS 'media type it was read as';
COMMENT ON COLUMN documents.encoding IS 'character encoding it was read in';
COMMENT ON COLUMN documents.script IS 'Hans or Hant, as found';
COMMENT ON COLUMN documents.layout IS 'how tasks are laid out: table, flattened_table, labelled_list, narrative, …';
COMMENT ON COLUMN documents.title IS 'title as printed';
COMMENT ON COLUMN documents.agency IS 'reporting agency';
COMMENT ON COLUMN documents.region_code IS 'GB/T 2260 code of the region, six digits';
COMMENT ON COLUMN documents.report_year IS 'year reported on';
COMMENT ON COLUMN documents.published_on IS 'date of publication';
COMMENT ON COLUMN documents.info_source IS '信息来源 as printed';
COMMENT ON COLUMN documents.index_no IS '索引号';
COMMENT ON COLUMN documents.doc_no IS '文号';
COMMENT ON COLUMN documents.url IS 'address the page states for itself or was fetched from';
COMMENT ON COLUMN documents.text IS 'normalized text; all text_start and text_end count code points in it, half-open';
COMMENT ON COLUMN documents.coverage IS 'share (0…1) of the body characters that records and labelled blocks account for';
COMMENT ON COLUMN documents.flags IS 'codes of what was noticed about the document';
COMMENT ON COLUMN documents.parser_version IS 'version of the rules that read it';
COMMENT ON COLUMN documents.replaces IS 'doc_id of the document that stood at the same address before, for a corrected reissue';
COMMENT ON COLUMN documents.run_id IS 'the run that wrote it';
COMMENT ON COLUMN documents.ingested_at IS 'when it was written, UTC';

CREATE TABLE tasks (
    task_id VARCHAR NOT NULL,
    doc_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    label VARCHAR,
    seq VARCHAR,
    kind VARCHAR NOT NULL,
    section VARCHAR[] NOT NULL,
    dimension VARCHAR,
    title VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    source VARCHAR,
    progress VARCHAR,
    problems VARCHAR,
    next_steps VARCHAR,
    deadline VARCHAR,
    deadline_on DATE,
    status VARCHAR NOT NULL,
    status_evidence VARCHAR,
    rule VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    flags VARCHAR[] NOT NULL,
    keywords VARCHAR[] NOT NULL,
    extra JSON NOT NULL
);
COMMENT ON TABLE tasks IS 'one assigned piece of work (任务) with what was done about it (落实情况)';
COMMENT ON COLUMN tasks.task_id IS 'stable over re-runs and small edits elsewhere; with doc_id the key';
COMMENT ON COLUMN tasks.doc_id IS 'its document';
COMMENT ON COLUMN tasks.ordinal IS '1, 2, … in document order';
COMMENT ON COLUMN tasks.label IS 'number as printed: 第3项, （一）';
COMMENT ON COLUMN tasks.seq IS 'the number of the label';
COMMENT ON COLUMN tasks.kind IS 'task, problem, plan or overview';
COMMENT ON COLUMN tasks.section IS 'headings above it, outermost first';
COMMENT ON COLUMN tasks.dimension IS '考评维度, the category column';
COMMENT ON COLUMN tasks.title IS 'short name of the work';
COMMENT ON COLUMN tasks.content IS '任务内容';
COMMENT ON COLUMN tasks.source IS '任务来源, as printed';
COMMENT ON COLUMN tasks.progress IS '落实情况';
COMMENT ON COLUMN tasks.problems IS '存在问题及原因';
COMMENT ON COLUMN tasks.next_steps IS '下一步';
COMMENT ON COLUMN tasks.deadline IS '完成时限, as printed';
COMMENT ON COLUMN tasks.deadline_on IS 'the deadline as a date';
COMMENT ON COLUMN tasks.status IS 'completed, on_track, in_progress, behind, postponed, not_started, transferred or not_stated';
COMMENT ON COLUMN tasks.status_evidence IS 'the words that state the status';
COMMENT ON COLUMN tasks.rule IS 'what recognised the task';
COMMENT ON COLUMN tasks.confidence IS '0…1';
COMMENT ON COLUMN tasks.flags IS 'codes of what was noticed about the task';
COMMENT ON COLUMN tasks.keywords IS 'words that tell this task from others';
COMMENT ON COLUMN tasks.extra IS 'columns of the source that no field holds, by their header';

CREATE TABLE task_sources (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    name VARCHAR NOT NULL, item_no VARCHAR, raw VARCHAR NOT NULL
);
COMMENT ON TABLE task_sources IS 'the places that assigned a task';
COMMENT ON COLUMN task_sources.doc_id IS 'document of the task';
COMMENT ON COLUMN task_sources.task_id IS 'the task';
COMMENT ON COLUMN task_sources.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN task_sources.name IS 'what assigned it: 市政府工作报告';
COMMENT ON COLUMN task_sources.item_no IS 'number of the item there';
COMMENT ON COLUMN task_sources.raw IS 'as printed';

CREATE TABLE task_steps (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    field VARCHAR NOT NULL, depth INTEGER NOT NULL, marker VARCHAR, title VARCHAR, text VARCHAR NOT NULL
);
COMMENT ON TABLE task_steps IS 'the points inside a field';
COMMENT ON COLUMN task_steps.doc_id IS 'document of the task';
COMMENT ON COLUMN task_steps.task_id IS 'the task';
COMMENT ON COLUMN task_steps.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN task_steps.field IS 'the field it stands in';
COMMENT ON COLUMN task_steps.depth IS '1 for the outermost points';
COMMENT ON COLUMN task_steps.marker IS '1. （1） ① 一是 首先';
COMMENT ON COLUMN task_steps.title IS 'topic phrase';
COMMENT ON COLUMN task_steps.text IS 'the point without marker and topic phrase';

CREATE TABLE task_units (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    unit VARCHAR NOT NULL, role VARCHAR NOT NULL, raw VARCHAR NOT NULL
);
COMMENT ON TABLE task_units IS 'organisations with a role in a task';
COMMENT ON COLUMN task_units.doc_id IS 'document of the task';
COMMENT ON COLUMN task_units.task_id IS 'the task';
COMMENT ON COLUMN task_units.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN task_units.unit IS 'canonical name';
COMMENT ON COLUMN task_units.role IS 'lead 牵头, support 配合, with 会同, responsible 责任';
COMMENT ON COLUMN task_units.raw IS 'as printed';

CREATE TABLE metrics (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    field VARCHAR NOT NULL, subject VARCHAR, kind VARCHAR NOT NULL,
    value DOUBLE NOT NULL, value_high DOUBLE, unit VARCHAR,
    base_value DOUBLE NOT NULL, base_unit VARCHAR, comparator VARCHAR NOT NULL, period VARCHAR, raw VARCHAR NOT NULL
);
COMMENT ON TABLE metrics IS 'numbers with their unit and what they count';
COMMENT ON COLUMN metrics.doc_id IS 'document of the task';
COMMENT ON COLUMN metrics.task_id IS 'the task';
COMMENT ON COLUMN metrics.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN metrics.field IS 'the field it stands in';
COMMENT ON COLUMN metrics.subject IS 'what is counted';
COMMENT ON COLUMN metrics.kind IS 'count, amount, percent, growth, ratio, area, length, …';
COMMENT ON COLUMN metrics.value IS 'as the text states it';
COMMENT ON COLUMN metrics.value_high IS 'upper end of a range';
COMMENT ON COLUMN metrics.unit IS 'as the text states it';
COMMENT ON COLUMN metrics.base_value IS 'with 万 and 亿 resolved';
COMMENT ON COLUMN metrics.base_unit IS 'unit of base_value';
COMMENT ON COLUMN metrics.comparator IS 'eq, approx 约, gt 超过, ge 不低于, lt, le';
COMMENT ON COLUMN metrics.period IS 'the time it covers';
COMMENT ON COLUMN metrics.raw IS 'as printed';

CREATE TABLE mentions (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    field VARCHAR NOT NULL, type VARCHAR NOT NULL, text VARCHAR NOT NULL, normalized VARCHAR, doc_no VARCHAR
);
COMMENT ON TABLE mentions IS 'policies, organisations, events, places and dates named in a task';
COMMENT ON COLUMN mentions.doc_id IS 'document of the task';
COMMENT ON COLUMN mentions.task_id IS 'the task';
COMMENT ON COLUMN mentions.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN mentions.field IS 'the field it stands in';
COMMENT ON COLUMN mentions.type IS 'policy, organization, event, place or date';
COMMENT ON COLUMN mentions.text IS 'as printed';
COMMENT ON COLUMN mentions.normalized IS 'canonical form, ISO interval for dates';
COMMENT ON COLUMN mentions.doc_no IS '文号 of a policy';

CREATE TABLE targets (
    doc_id VARCHAR NOT NULL, task_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    subject VARCHAR NOT NULL, unit VARCHAR, target DOUBLE NOT NULL, result DOUBLE NOT NULL,
    ratio DOUBLE, verdict VARCHAR NOT NULL, raw VARCHAR NOT NULL
);
COMMENT ON TABLE targets IS 'what a task asked for against what its progress reports';
COMMENT ON COLUMN targets.doc_id IS 'document of the task';
COMMENT ON COLUMN targets.task_id IS 'the task';
COMMENT ON COLUMN targets.ordinal IS '1, 2, … in the task';
COMMENT ON COLUMN targets.subject IS 'what is counted';
COMMENT ON COLUMN targets.unit IS 'unit of both numbers';
COMMENT ON COLUMN targets.target IS 'number asked for';
COMMENT ON COLUMN targets.result IS 'number reported';
COMMENT ON COLUMN targets.ratio IS 'result / target';
COMMENT ON COLUMN targets.verdict IS 'met, missed or exceeded';
COMMENT ON COLUMN targets.raw IS 'both places as printed';

CREATE TABLE spans (
    doc_id VARCHAR NOT NULL, task_id VARCHAR, field VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
    text_start INTEGER NOT NULL, text_end INTEGER NOT NULL,
    source_start INTEGER NOT NULL, source_end INTEGER NOT NULL
);
COMMENT ON TABLE spans IS 'where every field stands; code points, half-open';
COMMENT ON COLUMN spans.doc_id IS 'the document';
COMMENT ON COLUMN spans.task_id IS 'the task; null for fields of the document itself';
COMMENT ON COLUMN spans.field IS 'a column of tasks (ordinal: piece 0, 1, …), or steps, units, metrics, mentions, sources (ordinal: that of the row)';
COMMENT ON COLUMN spans.ordinal IS 'piece of the field from 0, or ordinal of the row from 1';
COMMENT ON COLUMN spans.text_start IS 'first code point in documents.text';
COMMENT ON COLUMN spans.text_end IS 'behind the last code point in documents.text';
COMMENT ON COLUMN spans.source_start IS 'first code point in the decoded original';
COMMENT ON COLUMN spans.source_end IS 'behind the last code point in the decoded original';

CREATE TABLE labels (
    doc_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, text_start INTEGER NOT NULL, text_end INTEGER NOT NULL
);
COMMENT ON TABLE labels IS 'stretches of text that are no record: headings, background, furniture, noise';
COMMENT ON COLUMN labels.doc_id IS 'the document';
COMMENT ON COLUMN labels.kind IS 'what the stretch is';
COMMENT ON COLUMN labels.text_start IS 'first code point in documents.text';
COMMENT ON COLUMN labels.text_end IS 'behind the last code point in documents.text';

CREATE TABLE issues (
    doc_id VARCHAR NOT NULL, task_id VARCHAR, code VARCHAR NOT NULL, severity VARCHAR NOT NULL,
    message VARCHAR NOT NULL, text_start INTEGER, text_end INTEGER
);
COMMENT ON TABLE issues IS 'what was found wrong with a document';
COMMENT ON COLUMN issues.doc_id IS 'the document';
COMMENT ON COLUMN issues.task_id IS 'the task, if it is about one';
COMMENT ON COLUMN issues.code IS 'code in the catalogue';
COMMENT ON COLUMN issues.severity IS 'info, warning or error (the document failed)';
COMMENT ON COLUMN issues.message IS 'what and where, for people';
COMMENT ON COLUMN issues.text_start IS 'first code point in documents.text';
COMMENT ON COLUMN issues.text_end IS 'behind the last code point in documents.text';

CREATE TABLE checks (
    doc_id VARCHAR NOT NULL, task_id VARCHAR, rule VARCHAR NOT NULL, ok BOOLEAN NOT NULL,
    stated VARCHAR NOT NULL, computed VARCHAR NOT NULL, evidence VARCHAR NOT NULL
);
COMMENT ON TABLE checks IS 'what a report says about its own numbers, recomputed';
COMMENT ON COLUMN checks.doc_id IS 'the document';
COMMENT ON COLUMN checks.task_id IS 'the task, if it is about one';
COMMENT ON COLUMN checks.rule IS 'what was recomputed';
COMMENT ON COLUMN checks.ok IS 'whether both agree';
COMMENT ON COLUMN checks.stated IS 'as the report states it';
COMMENT ON COLUMN checks.computed IS 'as recomputed';
COMMENT ON COLUMN checks.evidence IS 'the words that state it';

CREATE TABLE task_links (
    from_task VARCHAR NOT NULL, to_task VARCHAR NOT NULL, relation VARCHAR NOT NULL,
    score DOUBLE NOT NULL, why VARCHAR NOT NULL
);
COMMENT ON TABLE task_links IS 'the same work across years and agencies';
COMMENT ON COLUMN task_links.from_task IS 'task_id of the earlier task';
COMMENT ON COLUMN task_links.to_task IS 'task_id of the later task';
COMMENT ON COLUMN task_links.relation IS 'how they belong together';
COMMENT ON COLUMN task_links.score IS '0…1';
COMMENT ON COLUMN task_links.why IS 'the evidence';

CREATE TABLE originals (
    sha256 VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, bytes BLOB NOT NULL,
    declared_type VARCHAR, declared_charset VARCHAR, given_year INTEGER, given_agency VARCHAR
);
COMMENT ON TABLE originals IS 'the documents as they came, and what was said about them from outside';
COMMENT ON COLUMN originals.sha256 IS 'SHA-256 of the bytes before compression';
COMMENT ON COLUMN originals.doc_id IS 'the document';
COMMENT ON COLUMN originals.bytes IS 'original bytes, zlib-compressed';
COMMENT ON COLUMN originals.declared_type IS 'media type that something outside the bytes declared';
COMMENT ON COLUMN originals.declared_charset IS 'charset that something outside the bytes declared';
COMMENT ON COLUMN originals.given_year IS '--report-year it was ingested with';
COMMENT ON COLUMN originals.given_agency IS '--agency it was ingested with';
