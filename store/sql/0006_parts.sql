-- Where a stretch of text stands in an original that has no characters to point at: a PDF, a workbook.
-- Stretches follow one another without gaps, so the last one that begins at or before an offset holds it.

CREATE TABLE document_parts (
    doc_id VARCHAR NOT NULL, name VARCHAR NOT NULL, text_start INTEGER NOT NULL, text_end INTEGER NOT NULL
);
COMMENT ON TABLE document_parts IS 'pages, cells and table rows of originals whose bytes say nothing to a reader; none for text and web pages';
COMMENT ON COLUMN document_parts.doc_id IS 'the document';
COMMENT ON COLUMN document_parts.name IS 'page 3 (PDF, OFD), 落实情况!C14 (workbooks), table 1 row 5 or paragraph 14 (Word, RTF)';
COMMENT ON COLUMN document_parts.text_start IS 'first code point in documents.text';
COMMENT ON COLUMN document_parts.text_end IS 'behind the last code point in documents.text';

CREATE OR REPLACE VIEW v_evidence AS
SELECT s.*, substring(d.text, s.text_start + 1, s.text_end - s.text_start) AS words, d.source_uri, p.name AS part
FROM spans s JOIN documents d USING (doc_id)
ASOF LEFT JOIN document_parts p ON s.doc_id = p.doc_id AND s.text_start >= p.text_start;
COMMENT ON VIEW v_evidence IS 'every stored place with the words that stand there, and the part of the original they begin in';
