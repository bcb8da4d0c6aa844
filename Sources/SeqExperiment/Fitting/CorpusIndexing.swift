import SeqConfig
package import SeqCore
import SeqData
import SeqEncoding
import SeqModel
import SeqRecords
import SeqTags
package import SeqTensor
import SeqText

/// Turns the data of a fit into ids on disk, portion by portion: once through the training data for the vocabulary, once
/// more for the ids, and before both for the split if one file has to give all parts.
package struct CorpusIndexing {
  private let config: ExperimentConfig
  private let folder: String
  private let team: WorkerTeam

  package init(_ config: ExperimentConfig, folder: String, _ team: WorkerTeam) {
    (self.config, self.folder, self.team) = (config, folder, team)
  }

  /// Which part of one file each record belongs to.
  private enum Member: UInt8 { case train, dev, test }

  package func write(key: String) throws(SeqError) {
    let data = config.data
    let members = try data.split.map { split throws(SeqError) in try self.members(split) }
    let train = RecordStream(path: data.train, config: config)
    let learning = try EncoderLearning(config, team)
    func isForTraining(_ record: Int) -> Bool { members?[record] ?? .train == .train }
    try train.forEachPortion(where: isForTraining) { learning.add($0, team) }
    let learned = try learning.encoder()
    let encoder = learned.encoder
    var parts: [(String, ConfigNode)] = [("key", .string(key))]
    func add(_ name: String, _ stream: RecordStream, _ member: Member) throws(SeqError) {
      if let node = try write(name, stream, encoder, where: { members?[$0] ?? member == member }) {
        parts.append((name, node))
      }
    }
    try add("train", train, .train)
    if members != nil {
      try add("dev", train, .dev)
      try add("test", train, .test)
    } else {
      if let path = data.dev { try add("dev", RecordStream(path: path, config: config), .dev) }
      if let path = data.test { try add("test", RecordStream(path: path, config: config), .test) }
    }
    try FileSystem.write(encoder.vocabulary.text(), to: folder + "/tokens.txt")
    try FileSystem.write(encoder.labels.text(), to: folder + "/labels.txt")
    try encoder.features?.write(to: folder)
    parts.append(
      ("singletons", .array([learned.singletons.lowerBound, learned.singletons.upperBound].map { .integer(Int($0)) })))
    if let labels = encoder.sequenceLabels {
      try FileSystem.write(labels.text(), to: folder + "/sequence-labels.txt")
    }
    if let scheme = encoder.tagScheme { parts.append(("tagScheme", .string(scheme.rawValue))) }
    parts.append(("misfits", .integer(learned.misfits)))
    if let scheme = encoder.writtenScheme { parts.append(("scheme", .string(scheme.rawValue))) }
    try FileSystem.write(JSONWriter.text(of: .object(parts)) + "\n", to: folder + "/corpus.json")
  }

  /// Writes one part; nil if no record belongs to it.
  private func write(
    _ name: String, _ stream: RecordStream, _ encoder: SequenceEncoder, where isWanted: (Int) -> Bool
  ) throws(SeqError) -> ConfigNode? {
    var writer = try EncodedDatasetWriter(
      folder + "/" + name, isTagged: encoder.definition.topology.isStepwise,
      hasSequenceLabels: encoder.sequenceLabels != nil,
      extras: encoder.features?.extras ?? 0)
    var wordForms = WordFormIndex(encoder.features)
    var unseen = UnseenLabels(after: encoder.labels.count)
    var characters = 0
    try stream.forEachPortion(where: isWanted) { records in
      encoder.encode(records, from: stream.path, team, into: &writer, &unseen, &wordForms)
      characters += encoder.characters(records)
    }
    let size = try writer.finish()
    guard size.sequences > 0 else { return nil }
    if let wordForms { try FileSystem.write(wordForms.text, to: "\(folder)/\(name).spellings.txt") }
    return [
      "sequences": .integer(size.sequences), "tokens": .integer(size.tokens), "labels": .integer(size.labels),
      "characters": .integer(characters), "unseen": .array(unseen.names.map(ConfigNode.string)),
    ]
  }

  /// The same split as that of records in memory, from their hashes.
  private func members(_ split: SplitSettings) throws(SeqError) -> [Member] {
    var keys = SplitKeys(seed: Seed(split.seed).child("split"))
    try RecordStream(path: config.data.train, config: config).forEachPortion { for record in $0 { keys.add(record) } }
    let parts = try keys.split(dev: split.dev, test: split.test)
    var members = [Member](repeating: .train, count: keys.count)
    for index in parts.dev { members[index] = .dev }
    for index in parts.test { members[index] = .test }
    return members
  }
}
