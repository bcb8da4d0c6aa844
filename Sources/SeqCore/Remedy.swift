/// What a user can do about a finding, where the command has words of its own for it.
///
/// The library knows no command line: `text` tells a Swift client what to do, and the command prints what to type instead.
package enum Remedy: Sendable, Hashable {
  // MARK: Models

  /// Fit a model.
  case fitModel
  /// Fit a model, or name one.
  case fitOrNameModel
  /// Name a model that is elsewhere, in this folder.
  case nameModel(String)
  /// Name the folder of a model, not this one.
  case nameModelFolder
  /// Use the classifier, because the model writes no texts.
  case useClassifier
  /// Use the transducer, because the model gives no labels.
  case useTransducer
  /// Ask for predictions, because the model makes up no texts.
  case predict
  /// Give one of these labels.
  case giveLabel([String])
  /// Give no label.
  case leaveOutLabel

  // MARK: Fits

  /// Continue the fit whose model is asked for.
  case finishFit
  /// Resume the fit. The text is the thing that would have helped, and goes into a sentence.
  case resuming
  /// Begin a fit, as there is none to resume.
  case beginFit
  /// Begin the fit anew, as it cannot be resumed.
  case beginFitAnew
  /// Do what would make the fit the same as before, or begin anew.
  case keepOrBeginAnew(String)
  /// Score the model in this folder, as its fit is finished.
  case scoreModel(String)
  /// Fit another config in the folder of a model, or elsewhere.
  case replaceModel
  /// Fit anew with this setting.
  case fitAnew(String)
  /// Overwrite a model, or fit elsewhere.
  case overwrite
  /// Train for this many steps before a trace.
  case traceFewerSteps(Int)

  // MARK: Data

  /// Check the data; beside that, the config can help as this says.
  case checkData(orElse: String? = nil)
  /// Convert the data, or leave the setting out.
  case convertData
  /// Name a labelled file to score a model on.
  case nameLabelledFile
  /// Name a text to score a model on.
  case nameText
  /// Train a tokenizer.
  case trainTokenizer
  /// Train a tokenizer, for its file is missing.
  case makeTokenizerFile

  /// What a user of the library can do.
  package var text: String {
    switch self {
    case .fitModel: "fit a model first"
    case .fitOrNameModel: "fit a model, or name the folder of one"
    case .nameModel: "name that one"
    case .nameModelFolder: "name the folder that a fit wrote"
    case .useClassifier: "use TextClassifier"
    case .useTransducer: "use Transducer"
    case .predict: "ask the model for predictions"
    case .giveLabel(let known): "give one of \(known.joined(separator: ", "))"
    case .leaveOutLabel: "leave out the label"
    case .finishFit: "continue the interrupted fit"
    case .resuming: "resuming"
    case .beginFit: "start it without resuming"
    case .beginFitAnew: "start the fit anew, without resuming"
    case .keepOrBeginAnew(let first): "\(first), or start anew, without resuming"
    case .scoreModel(let path): "score the model in \(path)"
    case .replaceModel: "start this fit anew and overwrite the model, or name another folder as output"
    case .fitAnew(let setting): "start the fit anew with \(setting), and overwrite the model"
    case .overwrite: "overwrite it; or name another folder as output"
    case .traceFewerSteps(let steps): "lower it, or train for fewer steps before the trace: \(steps)"
    case .checkData(let other): "a check of the data shows where" + (other.map { "; \($0)" } ?? "")
    case .convertData: "leave it out, or convert the data"
    case .nameLabelledFile: "name a labelled file"
    case .nameText: "name a text"
    case .trainTokenizer: "make one by training a tokenizer"
    case .makeTokenizerFile: "training a tokenizer makes such a file"
    }
  }
}
