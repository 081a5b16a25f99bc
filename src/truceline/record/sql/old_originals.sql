-- Gives every original of a ledger of version 1 or 2.
-- reads: original
-- params: none
-- gives: sha256, sha512, size, content (NULL when it is kept as a file)
SELECT sha256, sha512, size, content FROM original ORDER BY sha256;
