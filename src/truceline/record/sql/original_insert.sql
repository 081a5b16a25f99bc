-- Keeps an original, or, with a NULL content, notes that it is kept as a file.
-- reads: nothing
-- params: sha256, sha512, size, content
-- gives: nothing
INSERT INTO original(sha256, sha512, size, content) VALUES (:sha256, :sha512, :size, :content);
