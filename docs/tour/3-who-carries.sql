-- Who carries the work: tasks led or answered for, tasks supported, and how many of the first are done.
SELECT unit,
       count(*) FILTER (role IN ('lead', 'responsible')) AS leads,
       count(*) FILTER (role = 'support') AS supports,
       count(*) FILTER (role <> 'support' AND status = 'completed') AS done
FROM task_units JOIN tasks USING (task_id)
GROUP BY unit HAVING count(*) > 1
ORDER BY leads DESC, supports DESC, unit
LIMIT 8
