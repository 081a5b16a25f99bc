"""`python -m truceline` is the command `truceline`."""

from truceline.cli import main

main(prog_name="truceline")
