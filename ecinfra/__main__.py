"""`python -m ecinfra` is the command line."""

from ecinfra.cli import main

main(prog_name="ecinfra")
