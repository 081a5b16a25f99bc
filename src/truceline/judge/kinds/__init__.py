"""What each kind of provision asks besides time, place, act and actor: one small module a kind."""
