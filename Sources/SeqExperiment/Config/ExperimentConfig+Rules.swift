package import SeqConfig
import SeqCore
import SeqData
import SeqEncoding
import SeqMetrics
import SeqModel
import SeqRecords
import SeqTraining

// What keys of different sections contradict each other in.

extension ExperimentConfig {
  package func check(_ reader: ConfigReader) {
    checkMetric(reader.object("training"))
    checkLabel(reader)
    checkColumns(reader)
    checkLinear(reader)
  }

  /// Whether there is something to tell the best epoch by.
  private var hasDev: Bool { data.dev != nil || (data.split?.dev ?? 0) > 0 }

  /// The metric of early stopping: a known name, and only with something to measure it on.
  private func checkMetric(_ reader: ConfigReader) {
    if let name = metric {
      if Metric(named: name) == nil {
        reader.problem(
          "metric", "expected the name of a score, found \"\(name)\"" + didYouMean(name, among: Metric.all.map(\.name)),
          remedy: "one of \(Metric.all.map(\.name).joined(separator: ", "))")
      }
      if !hasDev {
        reader.problem("metric", "needs dev data to be measured on", remedy: "name data.dev, or leave it out")
      }
    }
    if training.schedule.kind == .plateau, !hasDev {
      reader.problem("schedule", "plateau needs dev data to be measured on", remedy: "name data.dev, or use linear")
    }
  }

  /// Asks the files for a label beside the tags, if the network is to learn it.
  private func checkLabel(_ reader: ConfigReader) {
    guard model.sentenceLabel != nil, let format = data.reading.format, !format.provides.contains(.tagsAndLabel) else {
      return
    }
    reader.object("model").problem(
      "sentenceLabel", "\(format.rawValue) files hold no label in addition to the tags",
      remedy: "one of \(DataFormat.names(providing: .tagsAndLabel)), or leave it out")
  }

  /// Asks the files for the columns that the network looks at.
  private func checkColumns(_ reader: ConfigReader) {
    guard !model.features.isEmpty, let format = data.reading.format, !format.takes(.features) else { return }
    for (feature, entry) in zip(model.features, reader.object("model").objects("features") ?? [])
    where feature.kind == .column {
      entry.problem(
        "kind",
        "column only applies to data of the formats \(DataFormat.names(taking: .features)), not to \(format.rawValue)",
        remedy: .convertData)
    }
  }

  private func checkLinear(_ reader: ConfigReader) {
    guard baseline == nil else { return }
    let reader = reader.object("inference")
    for (key, value) in [("linear", inference.linear), ("linearLabel", inference.linearLabel)]
    where value > 0 && reader.has(key) {
      reader.problem(
        key,
        "adds the scores of the baseline, but there is no baseline", remedy: "set baseline to true, or leave it out")
    }
  }
}
