import SeqConfig
package import SeqTraining

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
