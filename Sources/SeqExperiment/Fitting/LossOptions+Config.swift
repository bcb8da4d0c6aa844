import SeqConfig
package import SeqCore
import SeqData
package import SeqLayers
package import SeqRecords
package import SeqText
import SeqTraining

extension LossOptions {
  /// How a config counts the labels of a model.
  /// - Parameter data: the training data, whose labels are counted if they are to be balanced; nil to
  ///     leave that out.
  /// - Throws: `.data` if it weighs a label that there is not, or all with 0.
  package init(_ config: ExperimentConfig, labels: LabelSet, data: EncodedDataset? = nil) throws(SeqError) {
    self.init(config.training.loss)
    if config.training.classBalance != .none, let data {
      classWeights = config.training.classBalance.factors(data.labelCounts(classes: labels.count)).map(Float.init)
      return
    }
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

extension EncodedDataset {
  /// How often each class is the label of a sequence or token.
  package func labelCounts(classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for sequence in 0..<count {
      for step in 0..<labelCount(sequence) {
        let label = Int(label(sequence, step))
        if counts.indices.contains(label) { counts[label] += 1 }
      }
    }
    releasePages()
    return counts
  }
}
