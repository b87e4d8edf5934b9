-- Which documents say the same again, and which a later one corrects. Fingerprints keep this to small
-- columns: no text is read to find out.

CREATE TABLE fingerprints (doc_id VARCHAR NOT NULL, text_hash UBIGINT NOT NULL, task_hashes UBIGINT[] NOT NULL);
COMMENT ON TABLE fingerprints IS 'what tells quickly whether documents say the same; md5_number_lower of what is hashed';
COMMENT ON COLUMN fingerprints.doc_id IS 'the document';
COMMENT ON COLUMN fingerprints.text_hash IS 'hash of its text';
COMMENT ON COLUMN fingerprints.task_hashes IS 'hashes of content and progress of its tasks, with a line break between';

INSERT INTO fingerprints
SELECT d.doc_id, md5_number_lower(any_value(d.text)),
       coalesce(list(md5_number_lower(t.content || chr(10) || coalesce(t.progress, '')) ORDER BY t.ordinal)
                FILTER (WHERE t.doc_id IS NOT NULL), [])
FROM documents d LEFT JOIN tasks t USING (doc_id) GROUP BY d.doc_id;

ALTER TABLE documents ADD COLUMN duplicate_of VARCHAR;
COMMENT ON COLUMN documents.duplicate_of IS 'doc_id of the first document with tasks and this very text, for copies in other bytes';
COMMENT ON COLUMN documents.replaces IS 'doc_id of the document that this one corrects: later, for the same year, at the same address or with the same title, agency and most tasks';

CREATE VIEW current_documents AS
SELECT * FROM documents d
WHERE duplicate_of IS NULL AND NOT EXISTS (SELECT 1 FROM documents r WHERE r.replaces = d.doc_id);
COMMENT ON VIEW current_documents IS 'documents without copies and without those that a later one corrects';

CREATE VIEW current_tasks AS
SELECT * FROM task_records WHERE doc_id IN (SELECT doc_id FROM current_documents);
COMMENT ON VIEW current_tasks IS 'task_records of current_documents: every task once, in its latest form';
