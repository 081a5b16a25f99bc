"""Tools that make files which are kept in the repository; none of them runs on a user's machine."""
