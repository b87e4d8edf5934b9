-- Where in the web documents were fetched, as `ducha fetch` and web archives wrote it down. A document may be
-- met at several places, so this stands with its addresses; documents.url is the first of them in alphabetical order.

ALTER TABLE addresses ADD COLUMN url VARCHAR;
ALTER TABLE addresses ADD COLUMN fetched_at TIMESTAMP;
ALTER TABLE addresses ADD COLUMN attached_to VARCHAR[];
COMMENT ON COLUMN addresses.url IS 'address it was fetched from, after redirects';
COMMENT ON COLUMN addresses.fetched_at IS 'when it was fetched, UTC';
COMMENT ON COLUMN addresses.attached_to IS 'addresses of the pages that link to it as their attachment';

ALTER TABLE originals ADD COLUMN fetched_from VARCHAR;
COMMENT ON COLUMN originals.fetched_from IS 'address it was fetched from; of several, the first in alphabetical order (all: addresses)';
COMMENT ON COLUMN documents.url IS 'address it was fetched from, else the one the page states for itself';

CREATE VIEW attachments AS
SELECT DISTINCT a.doc_id, a.url, a.page_url, p.doc_id AS page_id
FROM (SELECT doc_id, url, unnest(attached_to) AS page_url FROM addresses) a
LEFT JOIN (SELECT doc_id, url FROM addresses) p ON p.url = a.page_url;
COMMENT ON VIEW attachments IS 'documents that are attachments of a page, and the page; without page_id when the page is not stored';
