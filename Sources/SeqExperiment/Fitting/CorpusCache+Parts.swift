package import SeqConfig
package import SeqCore
import SeqData
package import SeqEncoding
import SeqModel
import SeqRecords
import SeqText

extension IndexedCorpus {
  /// Opens the parts of a cache, and looks at every number in them: one that is out of range would end a fit in its midst.
  package struct PartReading {
    package let folder: String
    package let root: ConfigNode
    package let config: ExperimentConfig
    package let encoder: SequenceEncoder

    /// A part; nil if `corpus.json` tells of none.
    /// - Throws: an error in a file of the folder if that is damaged.
    package func part(_ name: String) throws(SeqError) -> Part? {
      guard let node = root[name] else { return nil }
      guard let sequences = node["sequences"]?.intValue, let tokens = node["tokens"]?.intValue,
        let labels = node["labels"]?.intValue, sequences > 0, tokens >= sequences, labels >= sequences
      else { throw .data("is damaged: the sizes of \(name) are impossible", at: .file(folder + "/corpus.json")) }
      let unseen = node["unseen"]?.elements?.compactMap(\.stringValue) ?? []
      let stem = folder + "/" + name
      var data = try EncodedDataset(
        mapping: stem, isTagged: encoder.definition.topology.isStepwise,
        hasSequenceLabels: config.model.sentenceLabel != nil,
        extras: encoder.features?.extras ?? 0, size: .init(sequences: sequences, tokens: tokens, labels: labels))
      if let features = encoder.features, !features.traits.isEmpty {
        let file = stem + ".spellings.txt"
        let text = try ContainedFile(file, in: folder).readText()
        data.wordForms = try WordFormIndex.table(parsing: text, file: file, features)
      }
      if let file = data.damagedFile(stem, limits(of: data, name, unseen)) {
        throw .data("is damaged: it holds impossible numbers", at: .file(file))
      }
      return Part(data: data, unseenLabels: unseen, characters: max(0, node["characters"]?.intValue ?? 0))
    }

    private func limits(of data: EncodedDataset, _ name: String, _ unseen: [String]) -> EncodedDataset.Limits {
      // The training data has no label that the model lacks; texts to generate whose label it lacks are left out.
      let others = name == "train" || config.task.makesTexts ? 0 : unseen.count
      let wordForms = data.wordForms.map { [$0.count] } ?? []
      return .init(
        ids: encoder.inputCount, labels: encoder.classCount + others,
        sequenceLabels: (encoder.sequenceLabels?.count ?? 0) + 1,
        extras: wordForms + (encoder.features?.columns.map(\.count) ?? []))
    }
  }
}
