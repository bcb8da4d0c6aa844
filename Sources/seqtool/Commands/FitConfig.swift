import SeqCore
import SequenceToolkit

/// The config of the fit that a model is from, read when somebody asks for it: most answers need only what the model keeps
/// of it.
final class FitConfig {
  let model: ModelConfig
  private var read: ExperimentConfig?

  init(_ model: ModelConfig) { self.model = model }

  /// - Throws: `.data` if the model's config.json has mistakes.
  func whole() throws(SeqError) -> ExperimentConfig {
    if let read { return read }
    let config = try ExperimentConfig(of: model)
    read = config
    return config
  }

  /// The names of columns of the data of the fit, by which a table is known; none if its config has mistakes.
  var columnNames: [String] {
    guard let columns = try? whole().data.reading.columns else { return [] }
    return [columns.text, columns.label, columns.target].compactMap {
      if case .name(let name) = $0 { name } else { nil }
    }
  }
}
