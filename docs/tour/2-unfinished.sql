-- What was not done on time, and the words of the report that say so.
SELECT coalesce(agency, regexp_extract(documents.title, '^[^0-9]+')) AS agency, report_year AS year, left(content, 20) AS task, status, status_evidence AS words
FROM tasks JOIN documents USING (doc_id)
WHERE kind = 'task' AND status IN ('behind', 'postponed', 'not_started')
ORDER BY agency, year, ordinal
