"""python -m crossover: see crossover.cli."""

import sys

from crossover.cli import main

if __name__ == "__main__":
    sys.exit(main())
