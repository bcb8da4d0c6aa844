"""The text of docs/explanation/performance.md around its tables."""
import string


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PAGE = string.Template("""\
# Performance

How fast seqtool is compared with PyTorch, with the same networks, data, batches, optimizer and clipping on the same machine.
`make bench` measures your machine.

(`Benchmarks/run report` writes this page and its charts. To change the text, edit `Benchmarks/bench/pages.py`.)
$draft
$about

Contents: [training](#training) · [inference in batches](#inference-in-batches) ·
[one sentence at a time](#one-sentence-at-a-time) · [end to end](#end-to-end) · [memory](#memory) ·
[start-up](#start-up) · [scaling](#scaling) · [kernels](#kernels) · [instructions](#instructions) ·
[how it is measured](#how-it-is-measured)

$ratiosChart## Training

$train

`float32` is the default and computes what PyTorch computes. `lazy` updates rows of the embedding, and their moments, only when
they occur (`training.optimizer.lazy`). `bfloat16x3` and `bfloat16` are precisions of products (`training.precision`). For
`sentiment` they are measured with lazy rows, also in the chart.

## Inference in batches

From ids to the most probable labels. *From text* includes splitting the text, looking up tokens and making the answers.

$infer

## One sentence at a time

$one

Latencies are those of the round with the most tokens/s. *Packed or padded* is the ratio to PyTorch with batches. `plain` is
faster, but only works without padding.

## End to end

Whole commands on `names_split`: wall-clock time, best of the rounds. Each round has its own seed, the same on both sides. The
accuracy is the mean.

$names

## Memory

Peak resident memory of a process that trains two epochs. The goal is a third of PyTorch's.

$memory

## Start-up

$start

## Scaling

$scalingChart$scaling

## Kernels

One thread, compared with the machine's peak: multiplications and additions that never leave the registers. The gates of a step do
not count as operations. `bfloat16x3` multiplies three times, so it can reach a third of the peak at most.

$kernels

## Instructions

Instructions of one training step on one thread, counted by Callgrind. This figure has no noise. `make bench-instructions` fails if
a step takes a tenth more than recorded.

$instructions

## How it is measured

- Both sides take turns, round by round, on one machine. The tables show the best round and, in brackets, the median. *Ratio*
  compares the best rounds; *median ratio* is the median of the rounds' ratios.
- PyTorch runs in every way it offers, and the fastest counts: packed sequences; padded sequences (the last valid state by
  index, the reverse direction over index-reversed rows); for one sentence, neither; with one thread and with all.
- seqtool is measured as a product. Training is `Experiment.fit`, which makes batches from the data in each epoch, and its own
  events report the speed. Work between epochs, such as the checkpoint, is included in the figures of whole commands only.
  Inference is `Model.predict`.
- Lengths are drawn like those of real data, tokens uniformly. PyTorch's tensors are made beforehand.

| workload | like | vocabulary | embedding | LSTM | classes | tokens a sequence | batch |
| --- | --- | --- | --- | --- | --- | --- | --- |
| `names` | names to languages | 58 | 32 | 128, one direction | 18 | 7.1 ± 2 | 64 |
| `sentiment` | reviews to opinions | 16,000 | 100 | 128, two directions | 2 | 19.3 ± 9 | 32 |
| `tagging` | words to tags | 10,000 | 100 | 128, two directions | 17 | 16.3 ± 11 | 32 |
| `tag256x2` | words to tags | 10,000 | 100 | 2 × 256, two directions | 17 | 16.3 ± 11 | 32 |
| `charlm` | the next character | 65 | 65 | 2 × 128, one direction | 65 | 50 | 50 |

$notes
""")
