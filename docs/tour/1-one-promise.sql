-- One promise through four years and four layouts: the turnover of technology contracts, in 亿元.
SELECT report_year AS year, layout, target / 1e8 AS promised, result / 1e8 AS delivered, verdict, targets.raw AS words
FROM targets JOIN tasks USING (task_id) JOIN documents ON documents.doc_id = tasks.doc_id
WHERE subject = '技术合同成交额'
ORDER BY year
