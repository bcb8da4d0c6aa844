import SeqConfig
public import SeqCore
import SeqInference

/// The model that a command uses, and why it is that one: docs/reference/which-model.md is the page about it.
public struct ChosenModel: Sendable, Equatable {
  /// Why a model is the one to use.
  public enum Reason: Sendable, Equatable {
    /// Its folder, or that of its project, was named.
    case named
    /// It is the `output` of the `config.json` in the working folder.
    case output
    /// It is the folder `model` in the working folder.
    case folder
    /// It was fitted last from the working folder.
    case fittedLast
  }

  /// The model's folder.
  public let path: String
  /// Why it is that one.
  public let reason: Reason

  private init(_ path: String, _ reason: Reason) { (self.path, self.reason) = (path, reason) }

  /// The model in a folder that is the model itself, or a project's: with a `config.json` that says where the model is, or
  /// with the model in `model`. Where there is none, the path is the folder itself.
  public init(named folder: String) {
    let isProject = FileSystem.isFolder(folder) && !ModelDirectory.isModel(folder)
    self.init(isProject ? Self.models(of: folder).first?.path ?? folder : folder, .named)
  }

  /// The nearest model: of the `config.json` in the working folder, else in its folder `model`, else the one fitted last
  /// from it.
  ///
  /// - Throws: `.missingInput` if there is none; a model that was fitted from another folder is named and not taken.
  public static func nearest() throws(SeqError) -> ChosenModel {
    if let model = models(of: ".").first { return model }
    return ChosenModel(try LatestModel.here(), .fittedLast)
  }

  /// The models of a project's folder, the nearest first.
  private static func models(of folder: String) -> [ChosenModel] {
    func path(_ name: String) -> String { FileSystem.nameable(FileSystem.resolve(name, against: folder)) }
    let named = output(of: FileSystem.resolve("config.json", against: folder)).map { ChosenModel(path($0), .output) }
    return [named, ChosenModel(path("model"), .folder)].compactMap { $0 }.filter { ModelDirectory.isModel($0.path) }
  }

  /// What a config names as output; nil if it names none, or is no config.
  private static func output(of file: String) -> String? {
    guard FileSystem.isRegularFile(file), let config = try? ConfigNode(contentsOf: file), config["task"] != nil else {
      return nil
    }
    return config["output"]?.stringValue
  }
}

extension ChosenModel: CustomStringConvertible {
  /// `model (the output of config.json)`: a line for people.
  public var description: String {
    let why =
      switch reason {
      case .named: ""
      case .output: " (the output of config.json)"
      case .folder: " (in this folder)"
      case .fittedLast: " (fitted last from this folder)"
      }
    return FileSystem.displayed(path) + why
  }
}
