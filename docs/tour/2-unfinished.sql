-- What was not finished on time, in the report's own words.
SELECT agency, report_year AS year, left(tasks.content, 18) AS task, status, status_evidence AS words
FROM tasks JOIN documents USING (doc_id)
WHERE kind = 'task' AND status IN ('behind', 'postponed', 'not_started')
ORDER BY agency, year, ordinal
