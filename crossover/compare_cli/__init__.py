"""Compare on the command line: files and a scenario in, the page's comparison out."""

from crossover.compare_cli.command import add_options, run_compare
from crossover.compare_cli.files import UnusableInput

__all__ = ["UnusableInput", "add_options", "run_compare"]
