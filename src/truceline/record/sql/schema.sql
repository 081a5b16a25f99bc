-- Lays out the ledger: events, their tree, the checkpoints, the originals, the receipt times, its own id.
-- reads: nothing
-- params: none
-- gives: nothing

-- What was received, in order. `leaf` is the RFC 6962 leaf hash of `body`.
CREATE TABLE IF NOT EXISTS event(
  seq INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL CHECK(length(leaf) = 32),
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS event_leaf ON event(leaf);

-- The hash of every full tile: level 1 sums up 256 leaves, level 2 sums up 256 of level 1.
CREATE TABLE IF NOT EXISTS node(
  level INT,
  idx INT,
  h BLOB CHECK(length(h) = 32),
  PRIMARY KEY(level, idx)
) WITHOUT ROWID, STRICT;

-- One row for each append; the largest size is the rollback guard. Signatures go into `note`.
CREATE TABLE IF NOT EXISTS checkpoint(size INTEGER PRIMARY KEY, root BLOB, note TEXT) STRICT;

-- The bytes as they arrived; `content` is NULL when they are kept as a file.
CREATE TABLE IF NOT EXISTS original(sha256 TEXT PRIMARY KEY, sha512 TEXT, size INT, content BLOB) STRICT;

-- When an entry arrived, in epoch seconds. Outside the tree, so nothing proves it yet.
CREATE TABLE IF NOT EXISTS receipt(seq INTEGER PRIMARY KEY, received INTEGER NOT NULL) STRICT;

-- Which ledger this is, by 128 random bits, and how many checkpoints it has kept. Since version 2.
CREATE TABLE IF NOT EXISTS ledger(id TEXT PRIMARY KEY, checkpoints INTEGER NOT NULL) STRICT;

-- A BEFORE INSERT trigger is needed as well: INSERT OR REPLACE deletes without a DELETE trigger.
CREATE TRIGGER IF NOT EXISTS event_next BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM event)
  OR EXISTS (SELECT 1 FROM event WHERE leaf = NEW.leaf)
BEGIN SELECT raise(ABORT, 'event: the next number and a new leaf only'); END;
CREATE TRIGGER IF NOT EXISTS event_kept BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'event: an entry is never altered'); END;
CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'event: an entry is never removed'); END;

CREATE TRIGGER IF NOT EXISTS original_new BEFORE INSERT ON original
WHEN EXISTS (SELECT 1 FROM original WHERE sha256 = NEW.sha256)
BEGIN SELECT raise(ABORT, 'original: it is kept already'); END;
CREATE TRIGGER IF NOT EXISTS original_kept BEFORE UPDATE ON original
BEGIN SELECT raise(ABORT, 'original: it is never altered'); END;
CREATE TRIGGER IF NOT EXISTS original_stays BEFORE DELETE ON original
BEGIN SELECT raise(ABORT, 'original: it is never removed'); END;

CREATE TRIGGER IF NOT EXISTS checkpoint_new BEFORE INSERT ON checkpoint
WHEN NEW.size <= (SELECT max(size) FROM checkpoint)
BEGIN SELECT raise(ABORT, 'checkpoint: the size only grows'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_kept BEFORE UPDATE OF size, root ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: only its note may gain signatures'); END;
CREATE TRIGGER IF NOT EXISTS checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: it is never removed'); END;

CREATE TRIGGER IF NOT EXISTS ledger_one BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger)
BEGIN SELECT raise(ABORT, 'ledger: it has one id'); END;
CREATE TRIGGER IF NOT EXISTS ledger_kept BEFORE UPDATE ON ledger
WHEN NEW.id IS NOT OLD.id OR NEW.checkpoints < OLD.checkpoints
BEGIN SELECT raise(ABORT, 'ledger: its id is never altered, its checkpoints never fewer'); END;
CREATE TRIGGER IF NOT EXISTS ledger_stays BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'ledger: its id is never removed'); END;
