-- The two tables of a Who's On First distribution (SQLite) that a gazetteer is filled from, as its own tools make them.
-- reads: nothing
-- params: none
-- gives: nothing
CREATE TABLE spr (
  id INTEGER NOT NULL PRIMARY KEY, parent_id INTEGER, name TEXT, placetype TEXT, country TEXT, repo TEXT,
  latitude REAL, longitude REAL, min_latitude REAL, min_longitude REAL, max_latitude REAL, max_longitude REAL,
  is_current INTEGER, is_deprecated INTEGER, is_ceased INTEGER, is_superseded INTEGER, is_superseding INTEGER,
  superseded_by TEXT, supersedes TEXT, lastmodified INTEGER
);
CREATE TABLE names (
  id INTEGER NOT NULL, placetype TEXT, country TEXT, language TEXT, extlang TEXT, script TEXT, region TEXT,
  variant TEXT, extension TEXT, privateuse TEXT, name TEXT, lastmodified INTEGER
);
