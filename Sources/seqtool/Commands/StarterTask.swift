import ArgumentParser

/// The tasks that `init` has a starter for, as a config names them.
enum StarterTask: String, ExpressibleByArgument, CaseIterable {
  case classification, tagging, transduction, generation
  case oneToOne = "one-to-one"

  /// What the task's sample files are called by.
  var suffix: String {
    switch self {
    case .classification, .oneToOne, .generation: "csv"
    case .tagging: "conll"
    case .transduction: "pairs"
    }
  }

  /// How the fitted model is used, as a line of a shell script.
  var usage: String {
    switch self {
    case .classification, .tagging, .oneToOne: "seqtool tag < lines.txt        # use it"
    case .transduction: "seqtool transduce < lines.txt  # use it"
    case .generation: "seqtool generate --label spring --count 5"
    }
  }

  var dataPage: String {
    switch self {
    case .classification, .oneToOne:
      "CSV with a header row `text,label`. Quote a text that holds commas; double the quote marks within."
    case .generation:
      "CSV with a header row `text,label`: texts are made up from a label. Texts alone, one a line in `.txt` files without "
        + "`data.columns`, do too."
    case .tagging:
      "One token and its tag a line, separated by a tab, and an empty line after each sentence. Spans are tagged "
        + "`B-TYPE` for the first token, `I-TYPE` for the following ones and `O` outside."
    case .transduction:
      "A text and its target a line, with a tab between. Several targets of one text are several lines with that text."
    }
  }
}
