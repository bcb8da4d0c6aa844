package import SeqConfig
package import SeqCore
import SeqData
package import SeqEncoding
import SeqInference
import SeqModel
package import SeqRecords
package import SeqTensor
import SeqText
package import SeqTraining

/// The state of an unfinished fit on disk, enough to go on as if it had not stopped.
package struct CheckpointStore {
  package let folder: String
  /// The effective config, by which a resumed fit is checked to be the same.
  package let config: ConfigNode
  /// Identifies the training data.
  package let fingerprint: String
  /// What products are computed from.
  package let precision: Precision

  package init(
    _ config: ExperimentConfig, precision: Precision, encoder: SequenceEncoder, train: EncodedDataset,
    dev: EncodedDataset?
  ) throws(SeqError) {
    self.precision = precision
    folder = ModelDirectory(config.output).checkpoint
    self.config = try JSONParser.parse(Array(config.portableText(for: config.output).utf8))
    var hash = Fingerprint()
    hash.mix(encoder.vocabulary.text())
    hash.mix(encoder.labels.text())
    if let target = encoder.target { hash.mix(target.vocabulary.text()) }
    hash.mix(train)
    if let dev { hash.mix(dev) }
    fingerprint = String(hash.value, radix: 16)
  }

  /// Writes a checkpoint in the place of the one before.
  package func save(_ trainer: Trainer) throws(SeqError) {
    try NewFolder(folder, replaces: true).fill { beside throws(SeqError) in
      try FileSystem.write(JSONWriter.text(of: config) + "\n", to: beside + "/config.json")
      let origin: [(String, ConfigNode)] = [
        ("data", .string(fingerprint)), ("level", .string(Kernels.level(precision))),
        ("precision", .string(precision.rawValue)),
      ]
      let state = ConfigNode.object(origin + trainer.state.members)
      try FileSystem.write(JSONWriter.text(of: state) + "\n", to: beside + "/state.json")
      try FileSystem.write(Safetensors.encode(vectors(trainer)), to: beside + "/tensors.safetensors")
      try ChecksumList.write(to: beside)
    }
  }

  /// Whether there is an unfinished fit.
  package var exists: Bool {
    FileSystem.recoverFolder(folder)
    return FileSystem.isFolder(folder)
  }

  /// Puts a trainer where the saved one stopped.
  /// - Returns: warnings of what may surprise, as that the result will not be the same bit for bit.
  /// - Throws: `.missingInput` if a part is missing, `.data` if it belongs to another fit.
  package func restore(_ trainer: Trainer) throws(SeqError) -> [String] {
    let (state, saved) = try damage { () throws(SeqError) in (try read("state.json"), try read("config.json")) }
    let difference = saved.difference(from: config, ignoring: [Self.epochs])
    let isSameData = state["data"]?.stringValue == fingerprint
    let restored = try damage { () throws(SeqError) in
      // Of another fit, the numbers may be impossible here.
      let restored = difference == nil && isSameData ? try TrainingState(reading: state, of: trainer) : TrainingState()
      try ChecksumList.check(folder, wanted: ["config.json", "state.json", "tensors.safetensors"])
      return restored
    }
    if let path = difference {
      // A fit whose data is on disk adds no linear model, whatever its config says.
      let storage = path.hasPrefix("inference.linear") ? " and data.storage" : ""
      throw .data(
        "differs from the interrupted fit's config", at: .path(path),
        remedy: .keepOrBeginAnew("give the same value\(storage)"))
    }
    guard isSameData else {
      throw .data("the data has changed since the fit was interrupted", at: .file(folder))
    }
    try checkEpochs(trainer.settings, before: saved["training"]?["epochs"]?.intValue, done: restored)
    try damage { () throws(SeqError) in try readTensors(trainer) }
    trainer.resume(restored)
    var warnings = [warning(of: state)].compactMap { $0 }
    if trainer.isExhausted, saved["training"]?["epochs"]?.intValue != trainer.settings.epochs {
      warnings.append(
        "the fit had stopped early: \(restored.epochsWithoutImprovement) epochs brought no better "
          + "\(trainer.settings.metric) (training.patience); more epochs change nothing")
    }
    return warnings
  }

  private func read(_ name: String) throws(SeqError) -> ConfigNode {
    try ConfigNode(contentsOf: ContainedFile(folder + "/" + name, in: folder).path)
  }

  private func readTensors(_ trainer: Trainer) throws(SeqError) {
    let file = folder + "/tensors.safetensors"
    let tensors = try Safetensors(contentsOf: file, in: folder)
    for (prefix, vector) in vectors(trainer) { try tensors.read(into: vector, prefix: prefix) }
    guard trainer.weights.vector.isSound, trainer.best.isSound else {
      throw .data("a weight is infinite, huge or not a number", at: .file(file))
    }
  }

  /// Runs `body`, and says after what it throws that nothing is resumed, and what the user can do.
  private func damage<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    do throws(SeqError) { return try body() } catch {
      let last = SeqError.Diagnostic(
        "the checkpoint is damaged", at: .file(folder), remedy: .beginFitAnew)
      throw SeqError(error.kind, error.diagnostics + [last])
    }
  }

  /// What will differ from a fit that had not been interrupted.
  private func warning(of state: ConfigNode) -> String? {
    if let saved = state["precision"]?.stringValue, saved != precision.rawValue {
      return "the fit was interrupted with precision \(saved), here it is \(precision.rawValue): the model will differ"
    }
    let level = Kernels.level(precision)
    guard let saved = state["level"]?.stringValue, saved != level else { return nil }
    return "the fit was interrupted on a CPU of level \(saved), this one is \(level): the last bits will differ"
  }

  private func vectors(_ trainer: Trainer) -> [(prefix: String, vector: ParameterVector)] {
    let moments = trainer.optimizer.moments.enumerated().compactMap { i, moment in moment.map { ("moment\(i).", $0) } }
    let carried = trainer.carried.map { [("state.", $0.vector)] } ?? []
    let averages = trainer.average?.vectors.map { ($0.name + ".", $0.vector) } ?? []
    return [("weights.", trainer.weights.vector), ("best.", trainer.best)] + moments + carried + averages
  }
}

/// A number that tells data from other data (FNV-1a).
private struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func mix(_ number: Int) { value = (value ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01B3 }

  mutating func mix(_ text: String) { for byte in text.utf8 { mix(Int(byte)) } }

  mutating func mix(_ data: EncodedDataset) {
    for sequence in 0..<data.count {
      // Of data on disk, only a part is held at a time.
      if sequence % 4096 == 0 { data.releasePages() }
      mix(data.length(sequence))
      for step in 0..<data.length(sequence) {
        mix(Int(data.token(sequence, step)))
        if data.isTagged { mix(Int(data.label(sequence, step))) }
        for k in 0..<data.extraCount { mix(Int(data.extra(k, sequence, step))) }
      }
      if data.hasSequenceLabels { mix(Int(data.sequenceLabel(sequence))) }
      if !data.isTagged { for step in 0..<data.labelCount(sequence) { mix(Int(data.label(sequence, step))) } }
    }
  }
}
