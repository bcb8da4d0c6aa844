package import SeqConfig
package import SeqCore
package import SeqEncoding
package import SeqInference
import SeqModel
package import SeqTensor
import SeqText
package import SeqTraining

// The folder is made beside its place and then renamed, and holds no time stamps: the same seed and the same build give the
// same bytes.
extension ModelDirectory {
  /// What a finished fit leaves.
  package struct Finished {
    package let config: ExperimentConfig
    package let encoder: SequenceEncoder
    package let weights: ParameterVector
    /// What the products of training were computed from.
    package let precision: Precision
    package let state: TrainingState
    package let evaluations: [(name: String, evaluation: Evaluation)]
    /// What was fitted beside the network.
    package let linearModels: LinearModels?
  }

  /// Puts a finished model in place, and with that ends its checkpoint.
  package func write(_ finished: Finished) throws(SeqError) {
    try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
      try FileSystem.write(finished.config.portableText(for: path), to: beside + "/config.json")
      try FileSystem.write(ModelLayout.text(), to: beside + "/" + ModelLayout.file)
      try EncoderFiles(beside).write(finished.encoder)
      try FileSystem.write(
        Safetensors.encode(
          [("", finished.weights)],
          metadata: [("format", "pt"), ("seqtool", seqtoolVersion), ("precision", finished.precision.rawValue)]),
        to: beside + "/model.safetensors")
      try finished.linearModels?.write(to: beside)
      try FileSystem.write(metrics(finished), to: beside + "/metrics.json")
      try FileSystem.write(History.csv(finished.state), to: beside + "/history.csv")
      try FileSystem.write(ModelCard(finished, name: FileSystem.name(of: path)).text, to: beside + "/README.md")
    }
  }

  private func metrics(_ finished: Finished) throws(SeqError) -> String {
    var members = finished.evaluations.map { ($0.name, ConfigNode.object($0.evaluation.scores.members)) }
    let baselines = finished.evaluations.compactMap { part in
      part.evaluation.baseline.map { scores -> (String, ConfigNode) in
        (part.name, ["linear": .object(scores.linear.members), "majority": .object(scores.majority.members)])
      }
    }
    let alone = finished.evaluations.compactMap { part in
      part.evaluation.networkScores.map { (part.name, ConfigNode.object($0.members)) }
    }
    if !alone.isEmpty { members.append(("network", .object(alone))) }
    if !baselines.isEmpty { members.append(("baseline", .object(baselines))) }
    return try JSONWriter.text(of: .object([("bestEpoch", .integer(finished.state.bestEpoch))] + members)) + "\n"
  }
}

extension ExperimentConfig {
  /// The config with every default and with its paths as seen from the model's folder, so that it is accepted back from there.
  package func portableText(for folder: String) throws(SeqError) -> String {
    try JSONWriter.text(of: portableNode(for: folder)) + "\n"
  }

  /// The same as a tree.
  package func portableNode(for folder: String) -> ConfigNode {
    var copy = self
    copy.output = folder
    // Copies, so that the model is whole by itself.
    if tokenizer.file != nil { copy.tokenizer.file = folder + "/" + EncoderFiles.subwords }
    if targetTokenizer.file != nil { copy.targetTokenizer.file = folder + "/" + EncoderFiles.targetSubwords }
    if rawText.cuts != nil || rawText.file != nil { copy.rawText.file = folder + "/" + EncoderFiles.rawCuts }
    return copy.node(relativeTo: folder)
  }
}

/// The table of a fit's epochs. It holds no times, so that the same seed gives the same bytes.
package enum History {
  package static func csv(_ state: TrainingState) -> String {
    let names = state.history.first?.dev.map(\.name) ?? []
    var lines = [(["epoch", "learningRate", "trainLoss", "gradientNorm"] + names.map { "dev.\($0)" } + ["best"])]
    for record in state.history {
      let numbers = [record.learningRate, record.trainLoss, record.gradientNorm] + record.dev.map(\.value)
      lines.append(["\(record.epoch)"] + numbers.map { "\($0)" } + [record.epoch == state.bestEpoch ? "1" : "0"])
    }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
