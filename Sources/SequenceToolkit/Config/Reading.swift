import SeqConfig
import SeqCore
import SeqData
import SeqMetrics
import SeqModel
import SeqText
import SeqTraining

// How each part of a config is read. A key that no line here reads is reported as unknown.

extension ConfigReader {
  /// A path, resolved against the config's folder, or against the working folder if it was given on the command line.
  func path(_ key: String, default value: String, folder: String) -> String {
    resolved(string(key, default: value), key, folder)
  }

  /// A path that may be absent.
  func optionalPath(_ key: String, folder: String) -> String? {
    optionalString(key).map { resolved($0, key, folder) }
  }

  private func resolved(_ path: String, _ key: String, _ folder: String) -> String {
    let isFromCommandLine = place(for: key).file?.hasPrefix("--set") == true
    return FileSystem.resolve(path, against: isFromCommandLine ? "" : folder)
  }
}

extension DataSettings {
  init(reading reader: ConfigReader, task: SequenceTask, folder: String) {
    train = FileSystem.resolve(reader.requiredString("train"), against: folder)
    if reader.has("train") { train = reader.optionalPath("train", folder: folder) ?? train }
    dev = reader.optionalPath("dev", folder: folder)
    test = reader.optionalPath("test", folder: folder)
    reading = ReadingOptions(reading: reader, train: train, wanting: task.wanted)
    split = nil
    if dev == nil, test == nil {
      split = SplitSettings(reading: reader.object("split"))
    } else if reader.has("split") {
      reader.problem("split", "goes with one file only", remedy: "leave out data.dev and data.test, or data.split")
      _ = reader.node("split")
    }
    readGeneration(reader, task)
    readLongTexts(reader, task)
    if task == .tagging {
      scheme = reader.optionalChoice("scheme", as: TagScheme.self)
    } else {
      reader.refuse("scheme", "goes with tagging only")
    }
    storage = reader.choice("storage", default: .automatic)
    if isStream, storage == .disk {
      reader.problem("storage", "a stream is kept in memory", remedy: "use auto, or leave out data.stream")
    } else if task == .transduction, storage == .disk {
      reader.problem("storage", "transduction keeps its data in memory", remedy: "leave it out, or use memory")
    }
    cache = reader.optionalPath("cache", folder: folder)
    reader.finish()
  }
}

extension DataSettings {
  fileprivate mutating func readLongTexts(_ reader: ConfigReader, _ task: SequenceTask) {
    guard task.labelsTexts else {
      for key in ["maximumTokens", "keep"] {
        reader.refuse(key, "goes with classification: other tasks need each token")
      }
      return
    }
    longTexts.maximumTokens = reader.int(
      "maximumTokens", default: longTexts.maximumTokens, in: 1...Model.maximumTokens)
    longTexts.keep = reader.choice("keep", default: longTexts.keep)
  }

  /// Whether texts are one stream, and whether they are generated from a label.
  fileprivate mutating func readGeneration(_ reader: ConfigReader, _ task: SequenceTask) {
    wanted = task.wanted
    guard task == .generation else {
      for key in ["stream", "labels"] { reader.refuse(key, "goes with generation only") }
      return
    }
    isStream = reader.bool("stream", default: false)
    if isStream { return reader.refuse("labels", "a stream has no labels") }
    let hasLabels = reading.format?.provides.contains(.label) ?? false
    if reader.bool("labels", default: hasLabels) { wanted = .label }
    if wanted == .label, !hasLabels, let format = reading.format {
      reader.problem("labels", "\(format.rawValue) files hold no label", remedy: "leave it out, or set it to false")
    }
  }
}

extension ReadingOptions {
  fileprivate init(reading reader: ConfigReader, train: String, wanting wanted: Wanted) {
    let format = reader.optionalChoice("format", as: DataFormat.self) ?? Self.format(of: train)
    self.init(format: format)
    if let format {
      reader.record("format", .string(format.rawValue))
      if !format.provides.contains(wanted) {
        reader.problem(
          "format", "\(format.rawValue) files hold no \(wanted.rawValue)",
          remedy:
            "one of \(DataFormat.names(providing: wanted))"
        )
      }
    } else if reader.has("train") {
      reader.problem(
        "train", "the format of \"\(train)\" cannot be told from its name",
        remedy: "set data.format to one of \(DataFormat.names)"
      )
    }
    encoding = reader.choice("encoding", default: .utf8)
    invalidBytes = reader.choice("invalidBytes", default: .refuse)
    if format?.takes(.delimiter) ?? false {
      header = reader.bool("header", default: true)
      quoting = reader.bool("quoting", default: true)
      delimiter = reader.optionalDelimiter("delimiter")
    } else {
      for key in ["header", "quoting", "delimiter"] { reader.refuse(key, Self.only(.delimiter)) }
    }
    if format?.takes(.comments) ?? false {
      comments = reader.optionalString("comments")
    } else {
      reader.refuse("comments", Self.only(.comments))
    }
    if format?.takes(.severalLabels) ?? false {
      severalLabels = reader.choice("severalLabels", default: .refuse)
    } else {
      reader.refuse("severalLabels", Self.only(.severalLabels))
    }
    readAnnotations(reader, format, wanting: wanted)
    maximumLineBytes = reader.int(
      "maximumLineBytes", default: Self.defaultMaximumLineBytes, in: 1...1_000_000_000)
    columns = ColumnNames(reading: reader.object("columns"), format: format)
  }

  private static func format(of path: String) -> DataFormat? { DataFormat(of: path) }

  /// Why a key is refused that applies to some formats only.
  private static func only(_ setting: FormatSetting) -> String { "goes with \(DataFormat.names(taking: setting)) only" }

  /// How marked spans and numbered tags become tags.
  private mutating func readAnnotations(_ reader: ConfigReader, _ format: DataFormat?, wanting wanted: Wanted) {
    if wanted == .tags, format?.holdsSpans ?? false {
      misaligned = reader.choice("misaligned", default: .refuse)
    } else {
      reader.refuse("misaligned", "only applies to taggers that learn from spans, of \(DataFormat.namesHoldingSpans)")
    }
    if wanted == .tags, format?.takes(.tagNames) ?? false {
      tagNames = reader.optionalStrings("tagNames") ?? []
    } else {
      reader.refuse("tagNames", "only applies to taggers that learn from \(DataFormat.names(taking: .tagNames))")
    }
  }
}

extension ColumnNames {
  private static let allRoles = ["text", "label", "token", "tag", "spans", "target"]

  fileprivate init(reading reader: ConfigReader, format: DataFormat?) {
    let used = format.map(Self.roles) ?? Self.allRoles
    self.init()
    for role in Self.allRoles {
      if used.contains(role) {
        self[role] = reader.optionalColumn(role)
      } else {
        reader.refuse(role, "a file of format \(format?.rawValue ?? "") has no such column")
      }
    }
    reader.finish()
  }
}

extension ConfigReader {
  fileprivate func optionalDelimiter(_ key: String) -> Delimiter? {
    guard let text = optionalString(key) else { return nil }
    if let delimiter = Delimiter(text) { return delimiter }
    problem(key, "expected one character between fields, found \"\(text)\"", remedy: "such as \";\", \"|\" or \"tab\"")
    return nil
  }

  fileprivate func optionalColumn(_ key: String) -> ColumnReference? {
    switch optionalIndexOrName(key) {
    case .index(let index): .index(index)
    case .name(let name): .name(name)
    case nil: nil
    }
  }
}

extension SplitSettings {
  init(reading reader: ConfigReader) {
    self.init()
    dev = reader.double("dev", default: dev, in: .from(0, below: 1))
    test = reader.double("test", default: test, in: .from(0, below: 1))
    seed = UInt64(reader.int("seed", default: Int(seed), in: 0...Int.max))
    if dev + test >= 1 { reader.problem("dev", "dev and test together leave nothing to train on") }
    reader.finish()
  }
}

extension VocabularySettings {
  init(reading reader: ConfigReader) {
    self.init()
    minimumCount = reader.int("minimumCount", default: minimumCount, in: 1...1_000_000)
    maximumSize = reader.int("maximumSize", default: maximumSize, in: 1...10_000_000)
  }

  /// The keys about words, which go with tasks that do not write them.
  mutating func readWords(_ reader: ConfigReader, task: SequenceTask, hasVectors: Bool) {
    defer { reader.finish() }
    guard task == .classification || task == .tagging else {
      for key in ["lowercase", "foldDigits", "singletonDropout", "fromVectors"] {
        reader.refuse(key, "goes with classification and tagging only")
      }
      return
    }
    lowercase = reader.bool("lowercase", default: lowercase)
    foldDigits = reader.bool("foldDigits", default: foldDigits)
    singletonDropout = reader.double("singletonDropout", default: singletonDropout, in: 0...1)
    if hasVectors {
      fromVectors = reader.int("fromVectors", default: 100_000, in: 0...10_000_000)
    } else {
      reader.refuse("fromVectors", "goes with a word input that has vectors")
    }
  }
}

extension ConfigReader {
  /// Reports a key that has no effect here.
  func refuse(_ key: String, _ why: String) {
    if has(key) { problem(key, why, remedy: "leave it out") }
    _ = node(key)
  }
}
