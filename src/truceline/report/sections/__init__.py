"""The parts of the view: each module turns the scene into the parts its name says."""
