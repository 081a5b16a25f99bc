-- Keeps the root of the tree as it stands after an append.
-- reads: nothing
-- params: size, root, note
-- gives: nothing
INSERT INTO checkpoint(size, root, note) VALUES (:size, :root, :note);
