import ArgumentParser
import SeqData
import SeqRecipes
import SeqRecords
import SequenceToolkit

/// What `init` makes for a task: its sample data, its page and its config. Each task has its own file.
struct StarterTask: Sendable {
  /// A config, except for its data.
  struct Config {
    /// The sections, as lines of JSON that end with commas.
    let body: String
    /// The value of `baseline`; nil for a task without one.
    var baseline: String?
    /// The reasons for the values in the sections.
    var reasons: [String] = []
    /// Further members of `data`.
    var data: [String] = []
  }

  let task: SequenceTask
  /// The extension of the sample files.
  let suffix: String
  /// How to read the sample files, as members of `data`.
  let format: String
  /// How to use the fitted model, as a line of a shell script.
  let usage: String
  /// The page's section about the data.
  let dataPage: String
  /// The samples for train, dev and test.
  let samples: [String]
  /// The config for some data; nil for samples.
  let config: @Sendable (DataProfile?) -> Config

  /// All tasks, in the order of the help.
  static let all = [classification, tagging, transduction, generation, oneToOne]

  /// The task for records with this kind of answer.
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
