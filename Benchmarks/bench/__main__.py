"""Measures seqtool beside PyTorch; see ../README.md.

    python3 bench run …             all figures, as JSON into results/
    python3 bench instructions …    instructions of a training step, against instructions.json
    python3 bench report …          docs/performance.md and its charts from a result
"""
import sys

import instructions
import report
import run


def main():
    commands = {"run": run.main, "instructions": instructions.main, "report": report.main}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))


main()
