-- One promise through four years and four layouts: the turnover of technology contracts.
SELECT report_year AS year, layout, tasks.content AS promised, left(tasks.progress, 40) AS reported
FROM tasks JOIN documents USING (doc_id)
WHERE tasks.content LIKE '%技术合同成交额%'
ORDER BY report_year
