package import SeqConfig
package import SeqCore
package import SeqTraining

extension TrainingState {
  /// The state as the members of a JSON object. Numbers are written so that they read back to the same bits.
  package var members: [(String, ConfigNode)] {
    [
      ("epoch", .integer(epoch)), ("batch", .integer(batch)), ("steps", .integer(steps)),
      ("lossSum", .real(lossSum)), ("normSum", .real(normSum)), ("plateaus", .integer(plateaus)),
      ("averaged", .integer(averaged)),
      ("bestEpoch", .integer(bestEpoch)), ("bestValue", .realOrNull(bestValue)),
      ("history", .array(history.map(\.node))),
    ]
  }

  /// The state in a checkpoint.
  ///
  /// - Parameter trainer: which is to go on from there: no number may be one that it cannot have come to.
  /// - Throws: with the place and key of every number that is missing or impossible.
  package init(reading root: ConfigNode, of trainer: Trainer) throws(SeqError) {
    self.init()
    let reader = ConfigReader(root: root)
    epoch = reader.needed("epoch", in: 0...1_000_000)
    batch = reader.needed("batch", in: 0...trainer.batches(ofEpoch: epoch))
    steps = reader.needed("steps", in: epoch...max(epoch, epoch * trainer.sequences + batch))
    lossSum = reader.needed("lossSum")
    normSum = reader.needed("normSum")
    plateaus = reader.needed("plateaus", in: 0...epoch)
    averaged = reader.int("averaged", default: 0, in: 0...max(epoch, steps))
    bestEpoch = reader.needed("bestEpoch", in: 0...epoch)
    bestValue = reader.optionalDouble("bestValue")
    let records = reader.objects("history") ?? []
    if records.count != epoch { reader.problem("history", "expected \(epoch) epochs, found \(records.count)") }
    history = records.enumerated().map { EpochRecord(reading: $1, epoch: $0 + 1) }
    try reader.throwIfProblems()
  }
}

extension ConfigReader {
  /// Reads an integer that must be there; gives the least that it may be after a mistake.
  fileprivate func needed(_ key: String, in range: ClosedRange<Int>) -> Int {
    if !has(key) { problem(key, "missing — expected an integer") }
    return int(key, default: range.lowerBound, in: range)
  }

  /// Reads a number that must be there; gives 0 after a mistake.
  fileprivate func needed(_ key: String) -> Double {
    if !has(key) { problem(key, "missing — expected a number") }
    return double(key, default: 0)
  }
}

extension EpochRecord {
  fileprivate var node: ConfigNode {
    [
      "epoch": .integer(epoch), "learningRate": .real(learningRate), "trainLoss": .real(trainLoss),
      "gradientNorm": .real(gradientNorm), "dev": .object(dev.map { ($0.name, .realOrNull($0.value)) }),
    ]
  }

  fileprivate init(reading reader: ConfigReader, epoch: Int) {
    let dev = reader.value("dev")?.members
    if dev == nil { reader.problem("dev", "expected an object of scores") }
    self.init(
      epoch: reader.needed("epoch", in: epoch...epoch), learningRate: reader.needed("learningRate"),
      trainLoss: reader.needed("trainLoss"), gradientNorm: reader.needed("gradientNorm"),
      dev: (dev ?? []).map { Score($0.key, $0.node.doubleValue ?? .nan) })
  }
}
