-- The records of a Who's On First distribution that are neither deprecated, superseded nor known to be no longer current.
-- reads: spr
-- params: none
-- gives: id, name, placetype, country, the point in degrees, and the box around it in degrees
SELECT
  id, name, placetype, country, latitude, longitude, min_latitude, min_longitude, max_latitude, max_longitude
FROM spr
WHERE is_current <> 0 AND is_deprecated < 1 AND is_superseded < 1
ORDER BY id;
