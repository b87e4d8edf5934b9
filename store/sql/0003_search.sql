-- Full-text search in plain tables: they grow with every document and need no extension.
-- Numbers instead of names keep a scan over millions of postings within milliseconds.

CREATE TABLE search_tasks (doc_key UBIGINT NOT NULL, ordinal INTEGER NOT NULL, length INTEGER NOT NULL);
COMMENT ON TABLE search_tasks IS 'length of every indexed task; doc_key is doc_id read as a hexadecimal number';
COMMENT ON COLUMN search_tasks.doc_key IS 'doc_id as a number';
COMMENT ON COLUMN search_tasks.ordinal IS 'ordinal of the task';
COMMENT ON COLUMN search_tasks.length IS 'words indexed';

CREATE TABLE postings (
    term UBIGINT NOT NULL, doc_key UBIGINT NOT NULL, ordinal INTEGER NOT NULL, frequency INTEGER NOT NULL
);
COMMENT ON TABLE postings IS 'which words stand how often in which task';
COMMENT ON COLUMN postings.term IS 'the word, as the first 8 bytes of its BLAKE2b hash';
COMMENT ON COLUMN postings.doc_key IS 'doc_id as a number';
COMMENT ON COLUMN postings.ordinal IS 'ordinal of the task';
COMMENT ON COLUMN postings.frequency IS 'how often the word stands in the task';
