import SeqConfig
package import SeqCore
import SeqData
import SeqEncoding
import SeqMetrics
import SeqModel
import SeqRecords
import SeqTags
package import SeqTensor
import SeqText

/// The folder where a fit keeps its data as ids, made once and used again while the data and what shapes the ids stay
/// the same: a corpus larger than memory is read from there, sequence by sequence.
package struct CorpusCache {
  private let config: ExperimentConfig
  private let folder: String
  private static let version = 6

  package init(_ config: ExperimentConfig) {
    self.config = config
    folder = FileSystem.nameable(config.data.cache ?? config.output + ".cache")
  }

  /// The corpus: what the folder holds, if that is up to date and whole, else made anew. One fit makes it at a time; others
  /// wait for that and use it.
  ///
  /// - Parameter note: called with what a user may want to know.
  package func open(_ team: WorkerTeam, note: (String) -> Void = { _ in }) throws(SeqError) -> IndexedCorpus {
    let key = try JSONWriter.text(of: key())
    let found = try existing(key)
    if let corpus = found.corpus { return corpus }
    do throws(SeqError) { return try make(key, team, note: note) } catch {
      guard error.kind == .inputOutput, let damage = found.damage else { throw error }
      let remedy = "remove the folder \(folder)"
      throw SeqError(.data, [.init(damage.message, at: damage.place, remedy: remedy)] + error.diagnostics)
    }
  }

  /// Puts a new cache in its place, if no other fit has done so meanwhile; says so if that takes the place of a damaged one.
  private func make(_ key: String, _ team: WorkerTeam, note: (String) -> Void) throws(SeqError) -> IndexedCorpus {
    try checkPlace()
    let lock = try WritingLock.wait(for: folder) { process in
      note("waiting for another fit\(process.map { " (process \($0))" } ?? "") that makes \(folder)")
    }
    defer { lock.release() }
    if lock.isHeld { FileSystem.recoverFolder(folder) }
    let found = try existing(key)
    if let corpus = found.corpus { return corpus }
    try checkPlace()
    try NewFolder(folder, replaces: true).fill { beside throws(SeqError) in
      try CorpusIndexing(config, folder: beside, team).write(key: key)
      try ChecksumList.write(to: beside)
    }
    if let damage = found.damage {
      ReadingNotes.add(damage.message, at: damage.place ?? .file(folder), remedy: "the cache was rebuilt")
    }
    guard let corpus = try existing(key, isNew: true).corpus else {
      throw .data("the data changed while it was read", at: .file(config.data.train), remedy: "run it again")
    }
    return corpus
  }

  private func checkPlace() throws(SeqError) {
    if FileSystem.exists(folder), !FileSystem.isFolder(folder) {
      throw .data("is a file, expected a folder", at: .file(folder), remedy: "name another folder as data.cache")
    }
    if FileSystem.exists(folder), !FileSystem.names(in: folder).isEmpty, !isCache {
      throw .data(
        "holds something other than a data cache", at: .file(folder), remedy: "name another folder as data.cache")
    }
  }

  /// Whether the folder is what a fit wrote, even if the description has gone.
  private var isCache: Bool {
    if FileSystem.exists(folder + "/corpus.json") { return true }
    let list = try? ContainedFile(folder + "/" + ChecksumList.name, in: folder, limit: 1 << 20).readText()
    return list?.contains("  corpus.json\n") == true
  }

  /// What a folder holds.
  private enum Found {
    /// None, or of other data.
    case nothing
    case whole(IndexedCorpus)
    case damaged(SeqError.Diagnostic)

    var corpus: IndexedCorpus? { if case .whole(let corpus) = self { corpus } else { nil } }
    var damage: SeqError.Diagnostic? { if case .damaged(let damage) = self { damage } else { nil } }
  }

  /// - Parameter isNew: whether this process has just written it.
  private func existing(_ key: String, isNew: Bool = false) throws(SeqError) -> Found {
    try FileSystem.reading(folder) { now throws(SeqError) in
      do throws(SeqError) {
        return try read(now, key, isNew: isNew).map(Found.whole) ?? .nothing
      } catch {
        guard let damage = error.diagnostics.first, damage.place?.file?.hasPrefix(now + "/") == true else {
          throw error
        }
        return .damaged(damage)
      }
    }
  }

  private func read(_ folder: String, _ key: String, isNew: Bool) throws(SeqError) -> IndexedCorpus? {
    let path = folder + "/corpus.json"
    guard FileSystem.exists(path) else { return nil }
    _ = try ContainedFile(path, in: folder)
    let root = try ConfigNode(contentsOf: path)
    guard root["key"]?.stringValue == key else { return nil }
    if !isNew { try ChecksumList.check(folder, wanted: ["corpus.json", "tokens.txt", "labels.txt"]) }
    return try IndexedCorpus(folder, root, config)
  }

  /// All that the ids depend on.
  private func key() throws(SeqError) -> ConfigNode {
    let data = config.data
    var files: [ConfigNode] = []
    let vectors = config.model.features.map(\.vectors)
    for path in ([data.train, data.dev, data.test, config.tokenizer.file] + vectors).compactMap({ $0 }) {
      guard let stamp = FileStamp(of: path) else { throw FileSystem.missing(path) }
      files.append([
        "path": .string(FileSystem.canonical(path)), "size": .integer(stamp.size), "modified": .integer(stamp.modified),
      ])
    }
    let node = config.node()
    let settings = node["data"]?.members?.filter { Self.shapesIDs($0.key) } ?? []
    return [
      "version": .integer(Self.version), "tokenLimit": .integer(ModelSettings.longestText), "files": .array(files),
      "data": ConfigNode(.object(settings)), "task": .string(config.task.rawValue),
      "sentenceLabel": .bool(config.model.sentenceLabel != nil), "ngrams": .integer(config.model.ngrams),
      "buckets": .integer(config.model.buckets),
      "tokenizer": node["tokenizer"] ?? .null, "vocabulary": node["vocabulary"] ?? .null,
      "features": node["model"]?["features"] ?? .null,
    ]
  }

  private static func shapesIDs(_ key: String) -> Bool {
    !["train", "dev", "test", "storage", "cache"].contains(key)
  }
}

/// A corpus as ids on disk, with what it was encoded by.
package struct IndexedCorpus {
  /// The training, dev or test data.
  package struct Part {
    let data: EncodedDataset
    let unseenLabels: [String]
    /// Unicode scalars of the texts: see `Record.characters`.
    let characters: Int
  }

  let learned: LearnedEncoder
  let train: Part
  let dev: Part?
  let test: Part?

  /// - Throws: if the files in the folder are not those that `corpus.json` tells of.
  init(_ folder: String, _ root: ConfigNode, _ config: ExperimentConfig) throws(SeqError) {
    let (tokens, labels) = (folder + "/tokens.txt", folder + "/labels.txt")
    let vocabulary = try Vocabulary(parsing: ContainedFile(tokens, in: folder).readText(), file: tokens)
    let singletons = root["singletons"]?.elements?.compactMap(\.intValue).filter { 0...vocabulary.count ~= $0 } ?? []
    let features = config.model.features.isEmpty ? nil : try FeatureEncoder(reading: folder, for: config.model.features)
    let encoder = SequenceEncoder(
      config.fitted, tokenizer: try config.fitted.makeTokenizer(), vocabulary: vocabulary,
      labels: try LabelSet(parsing: ContainedFile(labels, in: folder).readText(), file: labels),
      sequenceLabels: try config.model.sentenceLabel.map { _ throws(SeqError) in
        let file = folder + "/sequence-labels.txt"
        return try LabelSet(parsing: ContainedFile(file, in: folder).readText(), file: file)
      },
      writtenScheme: root["scheme"]?.stringValue.flatMap(TagScheme.init(rawValue:)),
      tagScheme: root["tagScheme"]?.stringValue.flatMap(TagScheme.init(rawValue:)), features: features)
    learned = LearnedEncoder(
      encoder: encoder, misfits: root["misfits"]?.intValue ?? 0,
      singletons: singletons.count == 2 && singletons[0] <= singletons[1]
        ? Int32(singletons[0])..<Int32(singletons[1]) : 0..<0,
      pretrained: try config.pretrained(vocabulary, adding: 0))
    let parts = PartReading(folder: folder, root: root, config: config, encoder: encoder)
    guard let train = try parts.part("train") else {
      throw .data("is damaged: it names no training data", at: .file(folder + "/corpus.json"))
    }
    self.train = train
    (dev, test) = (try parts.part("dev"), try parts.part("test"))
  }
}
