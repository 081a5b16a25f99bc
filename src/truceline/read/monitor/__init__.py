"""Reports of monitors, by the templates that they are written in."""
