import ArgumentParser
import SeqData
import SeqRecipes
import SeqRecords
import SequenceToolkit

/// What `init` makes of a task: its sample data, and what its page and its config say. There is one file a task.
struct StarterTask: Sendable {
  /// What a config has beside its data.
  struct Config {
    /// The sections, as lines of JSON that end with commas.
    let body: String
    /// The value of `baseline`; nil for a task without one.
    var baseline: String?
    /// Why the sections are as they are.
    var reasons: [String] = []
    /// Further members of `data`.
    var data: [String] = []
  }

  let task: SequenceTask
  /// What the sample files end with.
  let suffix: String
  /// How the sample files are read, as members of `data`.
  let format: String
  /// How the fitted model is used, as a line of a shell script.
  let usage: String
  /// What the page says of the data.
  let dataPage: String
  /// Of train, dev and test.
  let samples: [String]
  /// The config for some data; nil for samples.
  let config: @Sendable (DataProfile?) -> Config

  /// All tasks, in the order in which help lists them.
  static let all = [classification, tagging, transduction, generation, oneToOne]

  /// The task for records that have an answer.
  init(_ wanted: Wanted) {
    self = wanted.includesTags ? .tagging : wanted == .target ? .transduction : .classification
  }

  init(
    _ task: SequenceTask, suffix: String, format: String, usage: String, dataPage: String, samples: [String],
    config: @escaping @Sendable (DataProfile?) -> Config
  ) {
    (self.task, self.suffix, self.format, self.usage) = (task, suffix, format, usage)
    (self.dataPage, self.samples, self.config) = (dataPage, samples, config)
  }
}

extension StarterTask: ExpressibleByArgument {
  init?(argument: String) {
    guard let known = Self.all.first(where: { $0.task.rawValue == argument }) else { return nil }
    self = known
  }

  var defaultValueDescription: String { task.rawValue }
  static var allValueStrings: [String] { all.map(\.task.rawValue) }
}
