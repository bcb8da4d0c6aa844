/// The files of a new project.
struct Starter {
  let task: StarterTask
  let name: String

  /// Paths within the project's folder, and their content.
  var files: [(path: String, text: String)] {
    let parts = task == .classification ? Self.texts : Self.sentences
    return [("config.json", config), ("README.md", page)]
      + zip(["train", "dev", "test"], parts).map { ("data/\($0).\(suffix)", $1) }
  }

  private var suffix: String { task == .classification ? "csv" : "conll" }

  private var config: String {
    let isTagging = task == .tagging
    return """
      {
        "task": "\(task.rawValue)",
        "data": {
          "train": "data/train.\(suffix)", "dev": "data/dev.\(suffix)", "test": "data/test.\(suffix)",
          "format": "\(isTagging ? "columns" : "csv")",
          "columns": \(isTagging ? #"{ "token": 0, "tag": -1 }"# : #"{ "text": "text", "label": "label" }"#)
        },
        "tokenizer": { "kind": "\(isTagging ? "whitespace" : "word")", "lowercase": true, "foldDigits": \(isTagging) },
        "vocabulary": { "minimumCount": 1, "maximumSize": 50000 },
        "model": {
          "embedding": \(isTagging ? 100 : 64), "cell": "lstm", "hidden": \(isTagging ? 128 : 64), "layers": 1, \
      "bidirectional": true,
          "dropout": 0.5\(isTagging ? "" : #", "pooling": "max""#)
        },
        "training": {
          "epochs": 30, "batch": { "sequences": \(isTagging ? 16 : 32) },
          "optimizer": { "kind": "adam", "learningRate": \(isTagging ? "0.002" : "0.003") },
          "schedule": { "kind": "linear" }, "clip": 5, "patience": 8, "seed": 1
        },
        "baseline": true,
        "output": "model"
      }

      """
  }

  private var page: String {
    """
    # \(name)

    A starter of `seqtool init`. Replace the sample files in `data` by yours, then

        seqtool fit config.json        # train, score on the test data, save to model/
        seqtool eval                   # the scores again, class by class
        seqtool tag < lines.txt        # use it

    ## The data

    \(dataPage)

    The dev data tells which epoch is best and when to stop; the test data gives the final scores. With one file only,
    leave out `dev` and `test`: a tenth each is split off, the same text never on two sides.

    ## The keys of config.json

    | key | meaning |
    |---|---|
    | `task` | `classification` gives a label to a text, `tagging` a tag to each token |
    | `data.train`, `dev`, `test` | files, meant from this folder; `.gz` is read too |
    | `data.format` | `csv`, `tsv`, `columns`, `conllu`, `labelled`, `parallel`; by default told by the file's name |
    | `data.columns` | where to find things, by header name or by position from 0 (negative from the end) |
    | `tokenizer.kind` | `word` (Unicode words, any language), `character`, `chinese`, `penn` (English), `whitespace`, `byte` and more |
    | `tokenizer.lowercase`, `foldDigits` | make `Cat` and `cat`, or `1995` and `2004`, the same to the model |
    | `vocabulary.minimumCount` | rarer tokens become "unknown"; 2 teaches the model to live with unknown ones |
    | `vocabulary.maximumSize` | only so many of the most frequent tokens are known |
    | `model.embedding` | numbers that stand for a token |
    | `model.cell` | `lstm`, `gru`, `elman` and fifteen others, such as `lstm-peephole`, `lstm-layer-norm`, `mgu` |
    | `model.hidden`, `layers`, `bidirectional` | size of the network; double `hidden` before you add layers |
    | `model.dropout` | share of features dropped in training; more for little data |
    | `model.pooling` | classifiers: `last`, `mean`, `max` or `attention` |
    | `training.epochs`, `patience` | most rounds over the data; rounds without a better dev score before it stops |
    | `training.batch` | `{"sequences": 32}` or `{"tokens": 2048}` |
    | `training.optimizer` | `kind` and `learningRate` first of all: if the loss jumps, lower it |
    | `training.schedule` | how the learning rate falls: `constant`, `linear`, `cosine`, `step`, `exponential`, `plateau` |
    | `training.clip` | the greatest norm of a gradient: a longer one is scaled down to it; 0 for no limit |
    | `training.seed` | the same seed gives the same model, on any number of threads |
    | `baseline` | whether a linear model is fitted too, in seconds, and its scores stand beside the network's |
    | `output` | where the model goes |

    Any value can be given on the command line: `seqtool fit config.json --set model.hidden=128`. A wrong key or value is
    reported with its place before anything runs.

    """
  }

  private var dataPage: String {
    task == .classification
      ? "CSV with a header row `text,label`. Quote a text that holds commas; double the quote marks within."
      : "One token and its tag a line, separated by a tab, and an empty line after each sentence. Spans are tagged "
        + "`B-TYPE` for the first token, `I-TYPE` for the following ones and `O` outside."
  }
}
