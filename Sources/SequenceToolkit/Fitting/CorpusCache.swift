import SeqConfig
import SeqCore
import SeqData
import SeqMetrics
import SeqModel
import SeqTensor
import SeqText

/// The folder where a fit keeps its data as ids, made once and used again while the data and what shapes the ids stay
/// the same: a corpus larger than memory is read from there, sequence by sequence.
struct CorpusCache {
  private let config: ExperimentConfig
  private let folder: String
  private static let version = 5

  init(_ config: ExperimentConfig) {
    self.config = config
    folder = FileSystem.nameable(config.data.cache ?? config.output + ".cache")
  }

  /// The corpus: what the folder holds, if that is up to date, else made anew. One fit makes it at a time; others wait for
  /// that and use it.
  ///
  /// - Parameter note: called with what a user may want to know.
  func open(_ team: WorkerTeam, note: (String) -> Void = { _ in }) throws(SeqError) -> IndexedCorpus {
    let key = try JSONWriter.text(of: key())
    if let corpus = try existing(key) { return corpus }
    try checkPlace()
    let lock = try WritingLock.wait(for: folder) { process in
      note("waiting for another fit\(process.map { " (process \($0))" } ?? "") that makes \(folder)")
    }
    defer { lock.release() }
    if lock.isHeld { FileSystem.recoverFolder(folder) }
    if let corpus = try existing(key) { return corpus }
    try checkPlace()
    try NewFolder(folder, replaces: true).fill { beside throws(SeqError) in
      try CorpusIndexing(config, folder: beside, team).write(key: key)
    }
    guard let corpus = try existing(key) else {
      throw .data("the data changed while it was read", at: .file(config.data.train), remedy: "run it again")
    }
    return corpus
  }

  private func checkPlace() throws(SeqError) {
    if FileSystem.exists(folder), !FileSystem.isFolder(folder) {
      throw .data("is a file, expected a folder", at: .file(folder), remedy: "name another folder as data.cache")
    }
    if FileSystem.exists(folder), !FileSystem.names(in: folder).isEmpty, !FileSystem.exists(folder + "/corpus.json") {
      throw .data(
        "holds something else than a cache of data", at: .file(folder), remedy: "name another folder as data.cache")
    }
  }

  /// What the folder holds; nil if there is none or it is of other data.
  private func existing(_ key: String) throws(SeqError) -> IndexedCorpus? {
    try FileSystem.reading(folder) { now throws(SeqError) in
      let path = now + "/corpus.json"
      guard FileSystem.exists(path) else { return nil }
      let root = try ConfigNode(contentsOf: path)
      guard root["key"]?.stringValue == key else { return nil }
      return try IndexedCorpus(now, root, config)
    }
  }

  /// All that the ids depend on.
  private func key() throws(SeqError) -> ConfigNode {
    let data = config.data
    var files: [ConfigNode] = []
    let vectors = config.model.inputs.map(\.vectors)
    for path in ([data.train, data.dev, data.test, config.tokenizer.file] + vectors).compactMap({ $0 }) {
      guard let stamp = FileStamp(of: path) else { throw FileSystem.missing(path) }
      files.append([
        "path": .string(FileSystem.canonical(path)), "size": .integer(stamp.size), "modified": .integer(stamp.modified),
      ])
    }
    let settings = config.effective["data"]?.members?.filter { Self.shapesIDs($0.key) } ?? []
    return [
      "version": .integer(Self.version), "tokenLimit": .integer(Model.maximumTokens), "files": .array(files),
      "data": ConfigNode(.object(settings)), "task": .string(config.task.rawValue),
      "joint": .bool(config.model.joint != nil), "ngrams": .integer(config.model.ngrams),
      "buckets": .integer(config.model.buckets),
      "tokenizer": config.effective["tokenizer"] ?? .null, "vocabulary": config.effective["vocabulary"] ?? .null,
      "inputs": config.effective["model"]?["inputs"] ?? .null,
    ]
  }

  private static func shapesIDs(_ key: String) -> Bool {
    !["train", "dev", "test", "storage", "cache"].contains(key)
  }
}

/// A corpus as ids on disk, with what it was encoded by.
struct IndexedCorpus {
  /// The training, dev or test data.
  struct Part {
    let data: EncodedDataset
    let unseenLabels: [String]
    /// Unicode scalars of the texts: see `Record.characters`.
    let characters: Int
  }

  let encoder: Encoder
  let train: Part
  let dev: Part?
  let test: Part?

  /// - Throws: if the files in the folder are not those that `corpus.json` tells of.
  init(_ folder: String, _ root: ConfigNode, _ config: ExperimentConfig) throws(SeqError) {
    let (tokens, labels) = (folder + "/tokens.txt", folder + "/labels.txt")
    let vocabulary = try Vocabulary(parsing: FileSystem.readText(tokens), file: tokens)
    let singletons = root["singletons"]?.elements?.compactMap(\.intValue).map { Int32($0) } ?? []
    let views = config.model.inputs.isEmpty ? nil : try ViewEncoder(reading: folder, for: config.model.inputs)
    encoder = Encoder(
      config, tokenizer: try config.makeTokenizer(), vocabulary: vocabulary,
      labels: try LabelSet(parsing: FileSystem.readText(labels), file: labels),
      sequenceLabels: try config.model.joint.map { _ throws(SeqError) in
        let file = folder + "/sequence-labels.txt"
        return try LabelSet(parsing: FileSystem.readText(file), file: file)
      },
      writtenScheme: root["scheme"]?.stringValue.flatMap(TagScheme.init(rawValue:)),
      tagScheme: root["tagScheme"]?.stringValue.flatMap(TagScheme.init(rawValue:)),
      misfits: root["misfits"]?.intValue ?? 0, views: views,
      singletons: singletons.count == 2 && singletons[0] <= singletons[1] ? singletons[0]..<singletons[1] : 0..<0,
      pretrained: try config.pretrained(vocabulary, adding: 0))
    func part(_ name: String) throws(SeqError) -> Part? {
      guard let node = root[name], let sequences = node["sequences"]?.intValue, let tokens = node["tokens"]?.intValue,
        let labels = node["labels"]?.intValue
      else { return nil }
      let size = EncodedDataset.Size(sequences: sequences, tokens: tokens, labels: labels)
      var data = try EncodedDataset(
        mapping: folder + "/" + name, isTagged: config.task.isPerToken, hasSequenceLabels: config.model.joint != nil,
        extras: views?.extras ?? 0, size: size)
      if let views, !views.features.isEmpty {
        let file = "\(folder)/\(name).spellings.txt"
        data.spellings = try SpellingIndex.table(parsing: FileSystem.readText(file), file: file, views)
      }
      return Part(
        data: data,
        unseenLabels: node["unseen"]?.elements?.compactMap(\.stringValue) ?? [],
        characters: node["characters"]?.intValue ?? 0)
    }
    guard let train = try part("train") else {
      throw .data("is damaged", at: .file(folder + "/corpus.json"), remedy: "remove \(folder)")
    }
    self.train = train
    (dev, test) = (try part("dev"), try part("test"))
  }
}
