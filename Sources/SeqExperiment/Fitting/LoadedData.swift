package import SeqCore
import SeqData
import SeqModel
package import SeqRecords

extension DataSettings {
  /// Refuses files that are not there, all at once.
  package func checkFiles() throws(SeqError) {
    if memory != nil { return }
    // A stream may be all files of a pattern.
    try FileSystem.checkAllExist([train, dev, test].compactMap(\.self).filter { !isStream || !$0.contains("*") })
  }
}

/// The records of an experiment.
package struct LoadedData {
  package var train: [Record]
  package var dev: [Record]
  package var test: [Record]

  /// Reads the files that a config names, or cuts its only one.
  package init(_ config: ExperimentConfig) throws(SeqError) {
    let settings = config.data
    if let memory = settings.memory {
      (train, dev, test) = (memory.train, memory.dev, [])
      return
    }
    train = try Self.read(settings.train, config)
    dev = []
    test = []
    if let split = settings.split {
      let parts = try SeqData.split(
        train, dev: split.dev, test: split.test, seed: Seed(split.seed).child("split"))
      let all = train
      (train, dev, test) = (parts.train.map { all[$0] }, parts.dev.map { all[$0] }, parts.test.map { all[$0] })
    } else {
      if let path = settings.dev { dev = try Self.read(path, config) }
      if let path = settings.test { test = try Self.read(path, config) }
    }
  }

  /// The records that a model is scored on: those of a file or, if none is named, the config's own test data.
  /// - Throws: `.usage` if the config has none, else what reading throws.
  package static func scored(_ path: String?, _ config: ExperimentConfig) throws(SeqError) -> [Record] {
    if let path = path ?? config.data.test { return try read(path, config) }
    if FileSystem.name(of: config.data.train) == MemoryData.name {
      throw .usage(
        "the model was fitted on examples in memory, so there is no test data", remedy: "name a labelled file")
    }
    if config.data.split != nil {
      let records = try LoadedData(config).test
      guard !records.isEmpty else { throw nothingToScore(path, config) }
      return records
    }
    throw .usage("the model's config names no test data", remedy: .nameLabelledFile)
  }

  /// The error of a score that would be of nothing.
  package static func nothingToScore(_ path: String?, _ config: ExperimentConfig) -> SeqError {
    if let path = path ?? config.data.test { return .data("holds nothing to score", at: .file(path)) }
    return .data(
      "the split leaves no test records to score", at: .file(config.data.train),
      remedy: .nameLabelledFile)
  }

  /// The file that the records are from which a model is scored on.
  package static func scoredPath(_ path: String?, _ config: ExperimentConfig) -> String {
    path ?? config.data.test ?? config.data.train
  }

  /// Reads the records of one file in the config's format.
  /// - Throws: also if there are none.
  package static func read(_ path: String, _ config: ExperimentConfig) throws(SeqError) -> [Record] {
    let records = try readAll(path: path, options: config.data.reading, wanting: config.data.wanted)
    guard !records.isEmpty else { throw .data("holds no records", at: .file(path)) }
    return records
  }
}
