import SeqConfig
import SeqCore
import SeqData
import SeqModel
import SeqText

/// Reads what a token is seen as, and the rest of the network with it.
struct InputsReading {
  let task: SequenceTask
  /// Of the data, if it is known.
  let format: DataFormat?
  let tokenizer: TokenizerSettings.Kind
  /// What relative paths are meant from.
  let folder: String

  /// - Returns: the network, and the columns of the data that its inputs read.
  func read(_ reader: ConfigReader) -> (ModelSettings, [ColumnReference]) {
    var (inputs, columns): ([InputSettings], [ColumnReference]) = ([], [])
    if task == .classification || task == .tagging {
      let entries = reader.objects("inputs")
      for entry in entries ?? [] {
        guard let kind = entry.requiredChoice("kind", as: InputKind.self) else { continue }
        var input = InputSettings(kind)
        read(&input, entry, &columns)
        entry.finish()
        inputs.append(input)
      }
      if let entries, entries.isEmpty || inputs.count == entries.count, !inputs.contains(where: { $0.kind == .word }) {
        reader.problem(
          "inputs", "expected a list with an input of the kind word", remedy: "add { \"kind\": \"word\", \"size\": 64 }"
        )
      }
    } else {
      reader.refuse("inputs", "goes with classification and tagging only")
    }
    return (ModelSettings(reading: reader, task: task, tokenizer: tokenizer, inputs: inputs), columns)
  }

  private func read(_ input: inout InputSettings, _ reader: ConfigReader, _ columns: inout [ColumnReference]) {
    switch input.kind {
    case .word:
      input.size = reader.int("size", default: 64, in: 1...65_536)
      readVectors(&input, reader)
    case .characterLSTM:
      input.embedding = reader.int("embedding", default: input.embedding, in: 1...65_536)
      input.hidden = reader.int("hidden", default: input.hidden, in: 1...65_536)
      readMinimum(&input, reader, 1)
    case .characterCNN:
      input.embedding = reader.int("embedding", default: input.embedding, in: 1...65_536)
      input.filters = reader.int("filters", default: input.filters, in: 1...65_536)
      input.width = reader.int("width", default: input.width, in: 1...64)
      readMinimum(&input, reader, 1)
    case .shape:
      input.size = reader.int("size", default: 10, in: 1...65_536)
      readMinimum(&input, reader, 1)
    case .prefix, .suffix:
      input.length = reader.int("length", default: input.length, in: 1...64)
      input.size = reader.int("size", default: 20, in: 1...65_536)
      readMinimum(&input, reader, 2)
    case .ngrams: readNGrams(&input, reader)
    case .column: readColumn(&input, reader, &columns)
    }
  }

  private func readMinimum(_ input: inout InputSettings, _ reader: ConfigReader, _ value: Int) {
    input.minimumCount = reader.int("minimumCount", default: value, in: 1...1_000_000)
  }

  private func readVectors(_ input: inout InputSettings, _ reader: ConfigReader) {
    input.vectors = reader.optionalPath("vectors", folder: folder)
    input.isTrainable = reader.bool("trainable", default: true)
    if input.vectors != nil {
      input.unknown = reader.choice("unknown", default: input.unknown)
    } else {
      reader.refuse("unknown", "goes with vectors: without them every word starts at random numbers")
    }
  }

  private func readNGrams(_ input: inout InputSettings, _ reader: ConfigReader) {
    input.size = reader.int("size", default: 50, in: 1...65_536)
    input.shortest = reader.int("shortest", default: input.shortest, in: 1...64)
    input.longest = reader.int("longest", default: max(input.shortest, input.longest), in: 1...64)
    input.buckets = reader.int("buckets", default: input.buckets, in: 1...100_000_000)
    if input.longest < input.shortest {
      reader.problem("longest", "expected at least shortest, \(input.shortest), found \(input.longest)")
      input.longest = input.shortest
    }
  }

  private func readColumn(_ input: inout InputSettings, _ reader: ConfigReader, _ columns: inout [ColumnReference]) {
    switch reader.optionalIndexOrName("column") {
    case .index(let index): columns.append(.index(index))
    case .name(let name): columns.append(.name(name))
    case nil:
      reader.problem("column", "missing — expected a position or a name")
      columns.append(.index(0))
    }
    input.column = columns.count - 1
    input.size = reader.int("size", default: 20, in: 1...65_536)
    readMinimum(&input, reader, 1)
    if let format, !format.takes(.inputs) {
      reader.problem(
        "kind",
        "column goes with data of the formats \(DataFormat.names(taking: .inputs)), not with \(format.rawValue)",
        remedy: "leave it out, or convert the data with seqtool convert")
    }
    if tokenizer.cutsCharacters {
      reader.problem(
        "kind", "column does not go with the tokenizer \(tokenizer.rawValue): a column's values belong to whole tokens",
        remedy: "use another tokenizer.kind")
    }
  }
}
