"""Labels lines with a model of seqtool in PyTorch: what `seqtool tag` does.

    python names_tag.py MODEL LINES [--threads N] > LABELS

For classifiers of characters with one LSTM layer in two directions, the last states and a softmax. Lines are sorted by
length within a window, so that batches carry little padding.
"""
import argparse
import json
import pathlib
import re
import struct
import sys
import unicodedata

import torch
from torch import nn

WINDOW, BATCH = 16384, 512
UNKNOWN = 1


def tensors(path):
    """The tensors of a safetensors file: the length of the header, the header, the numbers."""
    data = bytearray(path.read_bytes())
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + size + begin)
        yield name, values.reshape(entry["shape"])


def entries(path):
    """The lines of a vocabulary without their escapes."""
    names = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "<": "<"}
    meaning = lambda m: chr(int(m[1], 16)) if m[1] else names[m[0][1]]
    return [re.sub(r"\\(?:u\{([0-9A-F]+)\}|.)", meaning, line) for line in path.read_text().split("\n")[:-1]]


class Network(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.embedding = nn.Embedding(*weights["embedding.weight"].shape)
        hidden = weights["rnn.weight_hh_l0"].shape[1]
        self.rnn = nn.LSTM(self.embedding.embedding_dim, hidden, bidirectional=True)
        self.output = nn.Linear(2 * hidden, len(weights["output.bias"]))
        self.load_state_dict(weights)

    def forward(self, ids):
        """Ids of lines, the longest first → the index of each line's label."""
        lengths = torch.tensor([len(line) for line in ids])
        rows = self.embedding(nn.utils.rnn.pad_sequence([torch.tensor(line) for line in ids]))
        _, (h, _) = self.rnn(nn.utils.rnn.pack_padded_sequence(rows, lengths))
        return self.output(torch.cat([h[0], h[1]], 1)).argmax(1).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("lines", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = Network(dict(tensors(options.model / "model.safetensors"))).eval()
    symbols = {entry: i for i, entry in enumerate(entries(options.model / "vocabulary" / "tokens.txt"))}
    labels = entries(options.model / "vocabulary" / "labels.txt")
    lines = options.lines.read_text().split("\n")[:-1]
    with torch.inference_mode():
        for start in range(0, len(lines), WINDOW):
            window = [unicodedata.normalize("NFC", line) for line in lines[start : start + WINDOW]]
            answers = [""] * len(window)
            order = sorted((i for i, line in enumerate(window) if line), key=lambda i: -len(window[i]))
            for i in range(0, len(order), BATCH):
                part = order[i : i + BATCH]
                ids = [[symbols.get(c, UNKNOWN) for c in window[k]] for k in part]
                for k, label in zip(part, network(ids)):
                    answers[k] = labels[label]
            sys.stdout.write("\n".join(answers) + "\n")


main()
