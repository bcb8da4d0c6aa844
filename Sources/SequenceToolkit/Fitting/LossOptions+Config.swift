import SeqConfig
import SeqCore
import SeqLayers
import SeqText

extension LossOptions {
  /// How a config counts the labels of a model.
  /// - Throws: `.data` if it weighs a label that there is not, or all with 0.
  init(_ config: ExperimentConfig, labels: LabelSet) throws(SeqError) {
    self.init(labelSmoothing: config.training.labelSmoothing)
    guard !config.training.classWeights.isEmpty else { return }
    var weights = [Float](repeating: 1, count: labels.count)
    for (name, weight) in config.training.classWeights.sorted(by: { $0.key < $1.key }) {
      guard let id = labels.id(of: name) else {
        throw .data(
          "no training example has the label \"\(name)\"" + didYouMean(name, among: labels.labels),
          at: .path(ConfigPath.appending(key: name, to: "training.classWeights")))
      }
      weights[Int(id)] = Float(weight)
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw .data("every label weighs 0: there is nothing to learn", at: .path("training.classWeights"))
    }
    classWeights = weights
  }
}
