import SeqConfig
import SeqCore
import SeqModel
import SeqText

extension TokenizerSettings {
  /// Reads the keys of a tokenizer; whoever has read all keys of the object finishes the reader.
  ///
  /// - Parameter usual: the kind if none is named; nil for that of the task.
  init(reading reader: ConfigReader, task: SequenceTask, folder: String, kind usual: Kind? = nil) {
    self.init()
    kind = reader.choice("kind", default: usual ?? Self.usualKind(task))
    readPattern(reader)
    readFile(reader, folder: folder)
    readNormalization(reader)
    if task == .tagging, kind.cutsCharacters {
      reader.problem(
        "kind", "\(kind.rawValue) does not go with tagging: a tag belongs to characters", remedy: "use character")
    }
  }

  private static func usualKind(_ task: SequenceTask) -> Kind {
    switch task {
    case .classification, .generation, .oneToOne: .word
    case .tagging: .whitespace
    case .transduction: .character
    }
  }

  private mutating func readPattern(_ reader: ConfigReader) {
    guard kind == .regex else { return reader.refuse("pattern", "goes with the kind regex only") }
    let text = reader.requiredString("pattern")
    pattern = text
    if !text.isEmpty, let problem = Self.problem(ofPattern: text) {
      reader.problem("pattern", problem.message, remedy: problem.remedy)
    }
  }

  private mutating func readFile(_ reader: ConfigReader, folder: String) {
    guard kind.isSubword else { return reader.refuse("file", "goes with the kinds bpe and unigram only") }
    if reader.requiredString("file").isEmpty { return }
    file = reader.optionalPath("file", folder: folder)
  }

  private mutating func readNormalization(_ reader: ConfigReader) {
    if kind.isSubword {
      for key in ["normalization", "lowercase", "foldDigits"] {
        reader.refuse(key, "stands in the tokenizer's file; seqtool tokenizer train sets it")
      }
      normalization = .none
    } else {
      normalization = reader.choice("normalization", default: .nfc)
      lowercase = reader.bool("lowercase", default: false)
      foldDigits = reader.bool("foldDigits", default: false)
    }
  }
}
