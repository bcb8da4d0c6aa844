// What the page of a starter says of the keys of its config.

import SequenceToolkit

extension Starter {
  /// The keys that the config has, or that a user of the task will look for first.
  var keys: [(key: String, meaning: String)] {
    Self.allKeys.filter { $0.tasks.contains(task) }.map { ($0.key, $0.meaning) }
  }

  private typealias Key = (key: String, meaning: String, tasks: [StarterTask])

  private static let everything = StarterTask.allCases
  private static let recurrent: [StarterTask] = [.classification, .tagging, .transduction, .generation]
  private static let withVocabulary: [StarterTask] = [.classification, .tagging, .generation, .oneToOne]

  private static let allKeys: [Key] = dataKeys + modelKeys + trainingKeys

  private static let dataKeys: [Key] = [
    ("`task`", "`classification` gives a label to a text", [.classification]),
    ("`task`", "`tagging` gives a tag to each token", [.tagging]),
    ("`task`", "`transduction` turns a text into another", [.transduction]),
    ("`task`", "`generation` makes texts up", [.generation]),
    ("`task`", "`one-to-one` gives a label to a bag of tokens and n-grams, without recurrence", [.oneToOne]),
    ("`data.train`, `dev`, `test`", "files, meant from this folder; `.gz` is read too", everything),
    (
      "`data.format`",
      "`csv`, `tsv`, `jsonl`, `columns`, `conllu`, `fasttext` and more; by default told by the file's name",
      everything
    ),
    (
      "`data.columns`", "where to find things, by header name or by position from 0 (negative from the end)",
      withVocabulary
    ),
    (
      "`tokenizer.kind`",
      "`word` (Unicode words, any language), `character`, `chinese`, `penn` (English), `whitespace`, `byte` and more",
      [.classification, .transduction, .generation, .oneToOne]
    ),
    (
      "`tokenizer.raw`",
      "what cuts raw text when the model is used: `auto` for the tokenizer that gives back the tokens of the data, which the "
        + "fit finds out and reports, or `word`, `penn` (English), `chinese`, `character`, `whitespace`",
      [.tagging]
    ),
    ("`targetTokenizer.kind`", "the same for what is written", [.transduction]),
    (
      "`tokenizer.lowercase`, `foldDigits`", "make `Cat` and `cat`, or `1995` and `2004`, the same to the model",
      [.oneToOne]
    ),
    (
      "`vocabulary.lowercase`, `foldDigits`",
      "whether `Cat` and `cat`, or `1995` and `2004`, are the same word; characters and shape still see the difference",
      [.classification, .tagging]
    ),
    (
      "`vocabulary.singletonDropout`",
      "share of the words seen once that are taken for unknown in training, so that the model knows what to do with these",
      [.classification, .tagging]
    ),
    (
      "`vocabulary.minimumCount`",
      "rarer tokens become \"unknown\"; 2 teaches the model to live with unknown ones", withVocabulary
    ),
    ("`vocabulary.maximumSize`", "only so many of the most frequent tokens are known", withVocabulary),
  ]

  /// Keys that a config for one's own data may have beside those of its task.
  static let furtherKeys: [(key: String, meaning: String)] = [
    ("`tokenizer.kind`", "what cuts texts into tokens"),
    ("`data.encoding`", "how characters are written as bytes; by default `utf-8`"),
    ("`data.scheme`", "the scheme of tags that is learned; `tag` writes that of the files"),
    ("`data.maximumTokens`, `keep`", "how much of a long text is read, and of which end"),
    ("`model.embedding`", "numbers that stand for a token"),
    ("`training.labelSmoothing`", "share of the truth that is spread over all labels"),
    ("`training.metric`", "the score that tells which epoch is best"),
    ("`vocabulary.minimumCount`", "rarer tokens become \"unknown\""),
    ("`baseline.naiveBayes`", "how far the linear model weighs words as naive Bayes does"),
  ]

  private static let modelKeys: [Key] = [
    ("`model.embedding`", "numbers that stand for a token", [.transduction, .generation, .oneToOne]),
    (
      "`model.inputs`",
      "what a token is seen as: the word, its characters, its ending, its case and more; "
        + "`\"vectors\": \"glove.txt\"` in that of the kind `word` brings pretrained vectors, which gained most",
      [.classification, .tagging]
    ),
    (
      "`model.cell`",
      "`lstm`, `gru`, `elman` and \(CellKind.allCases.count - 3) others, such as `lstm-peephole`, `lstm-layer-norm`, "
        + "`mgu`",
      recurrent
    ),
    ("`model.forgetBias`", "where the forget gate starts: 1 remembers more at first", [.transduction]),
    (
      "`model.hidden`, `layers`, `bidirectional`", "size of the network; double `hidden` before you add layers",
      [.classification, .tagging, .transduction]
    ),
    ("`model.hidden`, `layers`", "size of the network; double `hidden` before you add layers", [.generation]),
    ("`model.layers`", "hidden layers between the bag and the labels", [.oneToOne]),
    ("`model.ngrams`", "tokens of the longest n-gram that has an embedding of its own", [.oneToOne]),
    (
      "`model.dropout`", "share of features dropped in training, and of whole words (`word`); more for little data",
      [.classification]
    ),
    (
      "`model.dropout`", "share of features dropped in training; more for little data",
      [.tagging, .transduction, .generation, .oneToOne]
    ),
    (
      "`model.pooling`", "what of the states the label is told from: `last`, `mean`, `max` or `attention`",
      [.classification]
    ),
    (
      "`model.head`",
      "`crf` looks at neighbouring tags together, which helps spans; `softmax` is faster and suits parts of speech",
      [.tagging]
    ),
    (
      "`model.decoder`",
      "what writes: its `hidden` size, its `attention` and whether it feeds itself what it looked at",
      [.transduction]
    ),
  ]

  private static let trainingKeys: [Key] = [
    (
      "`training.epochs`, `patience`", "most rounds over the data; rounds without a better dev score before it stops",
      everything
    ),
    ("`training.batch`", "`{\"sequences\": 32}` or `{\"tokens\": 2048}`", everything),
    ("`training.optimizer`", "`kind` and `learningRate` first of all: if the loss jumps, lower it", everything),
    (
      "`training.schedule`",
      "how the learning rate falls: `constant`, `linear`, `cosine`, `step`, `exponential`, `plateau`", everything
    ),
    (
      "`training.averaging`",
      "which average of the weights is scored and kept, in the place of the last ones",
      [.classification, .tagging]
    ),
    (
      "`training.clip`", "the greatest norm of a gradient: a longer one is scaled down to it; 0 for no limit",
      everything
    ),
    ("`training.labelSmoothing`", "share of the truth that is spread over all tokens", [.transduction]),
    ("`training.seed`", "the same seed gives the same model, on any number of threads", everything),
    (
      "`inference.linear`",
      "what the scores of the linear model are multiplied by before they are added to the network's; 0 for the network alone",
      [.classification, .tagging]
    ),
    ("`inference.beam`", "unfinished texts that the search keeps; 1 is fastest", [.transduction]),
    (
      "`baseline`", "whether a linear model is fitted too, in seconds, and its scores stand beside the network's",
      [.classification, .tagging, .oneToOne]
    ),
    ("`output`", "where the model goes", everything),
  ]
}
