"""Measures seqtool beside PyTorch; see ../README.md.

    python3 bench run …             all figures, as JSON into results/
    python3 bench instructions …    instructions of a training step, against instructions.json
    python3 bench reading …         how fast files of examples are read
    python3 bench corpus FILE BYTES a corpus of made-up texts of any size
    python3 bench report …          docs/explanation/performance.md and its charts from a result
    python3 bench tokens …          tokenisers beside Python's regex and ICU
"""
import sys

import corpus
import instructions
import reading
import report
import run
import tokens


def main():
    commands = {
        "run": run.main, "instructions": instructions.main, "reading": reading.main, "corpus": corpus.main,
        "report": report.main, "tokens": tokens.main,
    }
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]](sys.argv[2:]))


main()
