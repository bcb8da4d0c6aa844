package import SeqConfig
import SeqData
import SeqEncoding
import SeqModel
import SeqRecords

// What keys about the data contradict each other in.

extension DataSettings {
  package mutating func settle(_ facts: Facts) {
    if dev != nil || test != nil { split = nil }
    if reading.format == nil { reading.format = DataFormat(of: train) }
  }

  package func check(_ reader: ConfigReader) {
    let task = reader.facts.text("task").flatMap(SequenceTask.init(rawValue:)) ?? .classification
    checkFormat(reader, task)
    if isStream, storage == .disk {
      reader.problem("storage", "a stream is kept in memory", remedy: "use auto, or leave out data.stream")
    } else if task.rewritesTexts, storage == .disk {
      reader.problem("storage", "transduction keeps its data in memory", remedy: "leave it out, or use memory")
    }
  }

  private func checkFormat(_ reader: ConfigReader, _ task: SequenceTask) {
    guard let format = reading.format else {
      guard reader.has("train"), !train.isEmpty else { return }
      return reader.problem(
        "train", "the format of \"\(train)\" cannot be detected from its name",
        remedy: "set data.format to one of \(DataFormat.names)"
      )
    }
    if !format.provides.contains(task.wanted) {
      reader.problem(
        "format", "\(format.rawValue) files hold no \(task.wanted.rawValue)",
        remedy: "one of \(DataFormat.names(providing: task.wanted))")
    }
    if task.makesTexts, !isStream, wanted == .label, !format.provides.contains(.label) {
      reader.problem(
        "labels", "\(format.rawValue) files hold no label", remedy: "leave it out, or set it to false")
    }
  }
}
