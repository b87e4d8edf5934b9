-- What was done to the file, and where every document was seen.

CREATE TABLE addresses (
    doc_id VARCHAR NOT NULL, source_uri VARCHAR NOT NULL, file_name VARCHAR NOT NULL,
    replaces VARCHAR, run_id VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE addresses IS 'every place a document was seen at: renamed and duplicated files';
COMMENT ON COLUMN addresses.doc_id IS 'the document';
COMMENT ON COLUMN addresses.source_uri IS 'path or URL';
COMMENT ON COLUMN addresses.file_name IS 'file name there';
COMMENT ON COLUMN addresses.replaces IS 'doc_id of the document that was seen there before';
COMMENT ON COLUMN addresses.run_id IS 'the run that saw it there first';
COMMENT ON COLUMN addresses.seen_at IS 'when it was first seen there, UTC';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL, command VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP, parser_version VARCHAR NOT NULL, counts JSON
);
COMMENT ON TABLE runs IS 'what was done to this file, and when';
COMMENT ON COLUMN runs.run_id IS 'key';
COMMENT ON COLUMN runs.command IS 'the command: ingest, reprocess';
COMMENT ON COLUMN runs.started_at IS 'UTC';
COMMENT ON COLUMN runs.finished_at IS 'UTC; null for a run that did not end';
COMMENT ON COLUMN runs.parser_version IS 'version of the rules in force';
COMMENT ON COLUMN runs.counts IS 'documents, tasks, skipped, rejected, flagged';

CREATE TABLE rejects (
    run_id VARCHAR NOT NULL, source_uri VARCHAR NOT NULL, sha256 VARCHAR,
    stage VARCHAR NOT NULL, code VARCHAR NOT NULL, message VARCHAR NOT NULL
);
COMMENT ON TABLE rejects IS 'documents that could not be read, run by run';
COMMENT ON COLUMN rejects.run_id IS 'the run';
COMMENT ON COLUMN rejects.source_uri IS 'path or URL';
COMMENT ON COLUMN rejects.sha256 IS 'SHA-256 of the bytes, where they could be read';
COMMENT ON COLUMN rejects.stage IS 'the step that refused it: read, decode, parse, extract, store';
COMMENT ON COLUMN rejects.code IS 'short stable word';
COMMENT ON COLUMN rejects.message IS 'for people';
