import SeqConfig
import SeqTraining

extension TrainingState {
  /// The state as the members of a JSON object. Numbers are written so that they read back to the same bits.
  var members: [(String, ConfigNode)] {
    [
      ("epoch", .integer(epoch)), ("batch", .integer(batch)), ("steps", .integer(steps)),
      ("lossSum", .real(lossSum)), ("normSum", .real(normSum)), ("plateaus", .integer(plateaus)),
      ("averaged", .integer(averaged)),
      ("bestEpoch", .integer(bestEpoch)), ("bestValue", .realOrNull(bestValue)),
      ("history", .array(history.map(\.node))),
    ]
  }

  /// The state of a JSON object; nil if a member is missing.
  init?(_ node: ConfigNode) {
    self.init()
    guard let epoch = node["epoch"]?.intValue, let batch = node["batch"]?.intValue,
      let steps = node["steps"]?.intValue, let lossSum = node["lossSum"]?.doubleValue,
      let normSum = node["normSum"]?.doubleValue, let plateaus = node["plateaus"]?.intValue,
      let bestEpoch = node["bestEpoch"]?.intValue, let history = node["history"]?.elements
    else { return nil }
    self.epoch = epoch
    self.batch = batch
    self.steps = steps
    self.lossSum = lossSum
    self.normSum = normSum
    self.plateaus = plateaus
    averaged = node["averaged"]?.intValue ?? 0
    self.bestEpoch = bestEpoch
    bestValue = node["bestValue"]?.doubleValue
    self.history = history.compactMap(EpochRecord.init)
    let numbers = [averaged, epoch, batch, steps, plateaus, bestEpoch, epoch - bestEpoch]
    guard self.history.count == history.count, history.count == epoch, numbers.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
  }
}

extension EpochRecord {
  fileprivate var node: ConfigNode {
    [
      "epoch": .integer(epoch), "learningRate": .real(learningRate), "trainLoss": .real(trainLoss),
      "gradientNorm": .real(gradientNorm), "dev": .object(dev.map { ($0.name, .realOrNull($0.value)) }),
    ]
  }

  fileprivate init?(_ node: ConfigNode) {
    guard let epoch = node["epoch"]?.intValue, let learningRate = node["learningRate"]?.doubleValue,
      let trainLoss = node["trainLoss"]?.doubleValue, let gradientNorm = node["gradientNorm"]?.doubleValue,
      let dev = node["dev"]?.members
    else { return nil }
    self.init(
      epoch: epoch, learningRate: learningRate, trainLoss: trainLoss, gradientNorm: gradientNorm,
      dev: dev.map { Score($0.key, $0.node.doubleValue ?? .nan) })
  }
}
