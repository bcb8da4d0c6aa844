"""The text of docs/explanation/performance.md around its tables."""
import string


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


PAGE = string.Template("""\
# Performance

How fast seqtool is beside PyTorch: the same networks, data, batches, optimiser and clipping on the same machine.
`make bench` measures yours. This page and its charts are written by `Benchmarks/run report`; change
`Benchmarks/bench/pages.py` instead.
$draft
$about

Contents: [training](#training) · [inference in batches](#inference-in-batches) ·
[one sentence at a time](#one-sentence-at-a-time) · [end to end](#end-to-end) · [memory](#memory) ·
[start-up](#start-up) · [scaling](#scaling) · [kernels](#kernels) · [instructions](#instructions) ·
[how it is measured](#how-it-is-measured)

$ratiosChart## Training

$train

`float32` is the default and does what PyTorch does. `lazy` moves the rows of the embedding, and their moments, only when
they occur (`training.optimizer.lazy`). `bfloat16x3` and `bfloat16` are precisions of products (`training.precision`); for
`sentiment` they are measured with lazy rows, in the chart too.

## Inference in batches

Ids in, most probable labels out. *From text* is the same with tokenising, looking up tokens and making the answers.

$infer

## One sentence at a time

$one

Latencies are those of the round with the most tokens/s. *Packed or padded* is the ratio to PyTorch's ways of batching:
`plain` is faster, and has to know that there is no padding.

## End to end

Commands on `names_split`, wall-clock time from start to end, best of the rounds. Each round is a seed, the same number
on both sides; accuracy is the mean.

$names

## Memory

The greatest resident memory of a process that trains two epochs. A third of PyTorch's is the goal.

$memory

## Start-up

$start

## Scaling

$scalingChart$scaling

## Kernels

One thread, beside the peak of the machine: multiplications and additions that never leave the registers. The gates of a
step are not counted as operations. `bfloat16x3` multiplies three times: a third is the most it can reach.

$kernels

## Instructions

Callgrind's count of one training step, one thread: a figure without noise. `make bench-instructions` fails if a step
takes a tenth more than recorded.

$instructions

## How it is measured

- Both sides take turns, round by round, on one machine. The tables show the best round and, in brackets, the median.
  *Ratio* is that of the best rounds, *median ratio* the median of the ratios of the rounds.
- PyTorch runs in each of its ways and the fastest counts: packed sequences, padded ones (the last valid state by index,
  the reverse direction over index-reversed rows) and, for one sentence, neither; with one thread and with all.
- Our side is the product: training is `Experiment.fit`, with batches made from the data in each epoch, as its own events
  tell the speed. What lies between two epochs, such as the checkpoint, is in the figures of whole commands and not here.
  Inference is `Model.predict`.
- Lengths are drawn like those of real data, tokens are uniform. PyTorch's tensors are made beforehand.

| workload | like | vocabulary | embedding | LSTM | classes | tokens a sequence | batch |
| --- | --- | --- | --- | --- | --- | --- | --- |
| `names` | names to languages | 58 | 32 | 128, one direction | 18 | 7.1 ± 2 | 64 |
| `sentiment` | reviews to opinions | 16,000 | 100 | 128, two directions | 2 | 19.3 ± 9 | 32 |
| `tagging` | words to tags | 10,000 | 100 | 128, two directions | 17 | 16.3 ± 11 | 32 |
| `tag256x2` | words to tags | 10,000 | 100 | 2 × 256, two directions | 17 | 16.3 ± 11 | 32 |
| `charlm` | the next character | 65 | 65 | 2 × 128, one direction | 65 | 50 | 50 |

$notes
""")
