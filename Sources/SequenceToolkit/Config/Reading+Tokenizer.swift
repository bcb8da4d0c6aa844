import SeqConfig
import SeqCore
import SeqModel
import SeqText

extension TokenizerSettings {
  init(reading reader: ConfigReader, task: SequenceTask, folder: String) {
    self.init()
    kind = reader.choice("kind", default: task == .tagging ? .whitespace : .word)
    readPattern(reader)
    readFile(reader, folder: folder)
    readNormalization(reader)
    if task == .tagging, kind.cutsCharacters {
      reader.problem(
        "kind", "\(kind.rawValue) goes with classification only: a tag belongs to characters", remedy: "use character")
    }
    reader.finish()
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
