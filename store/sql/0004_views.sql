-- What people ask first, without a join.

CREATE VIEW task_records AS
SELECT t.*, d.title AS document_title, d.agency, d.region_code, d.report_year, d.published_on, d.url
FROM tasks t JOIN documents d USING (doc_id);
COMMENT ON VIEW task_records IS 'tasks with their document''s title, agency, year, date and address';

CREATE VIEW v_metrics AS
SELECT d.agency, d.report_year, t.seq, t.title AS task_title, m.*
FROM metrics m JOIN tasks t USING (doc_id, task_id) JOIN documents d USING (doc_id);
COMMENT ON VIEW v_metrics IS 'metrics with their task and report';

CREATE VIEW v_flags AS
SELECT d.file_name, d.agency, d.report_year, i.*
FROM issues i JOIN documents d USING (doc_id);
COMMENT ON VIEW v_flags IS 'issues with their report';

CREATE VIEW v_evidence AS
SELECT s.*, substring(d.text, s.text_start + 1, s.text_end - s.text_start) AS words, d.source_uri
FROM spans s JOIN documents d USING (doc_id);
COMMENT ON VIEW v_evidence IS 'every stored place with the words that stand there';
