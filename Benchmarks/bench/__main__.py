"""Measures seqtool beside PyTorch; see ../README.md.

    python3 bench run …             all figures, as JSON into results/
    python3 bench instructions …    instructions of a training step, against instructions.json
    python3 bench reading …         how fast files of examples are read
    python3 bench corpus FILE BYTES a corpus of made-up texts of any size
    python3 bench report …          docs/performance.md and its charts from a result
"""
import sys

import corpus
import instructions
import reading
import report
import run


def main():
    commands = {"run": run.main, "instructions": instructions.main, "reading": reading.main, "corpus": corpus.main, "report": report.main}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))


main()
