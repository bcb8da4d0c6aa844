import SeqCore
import SequenceToolkit

extension Remedy {
  /// What a user of the command can type.
  var command: String {
    switch self {
    case .fitModel: "fit one with seqtool fit"
    case .fitOrNameModel: "fit one with seqtool fit, or name one with --model"
    case .nameModel(let path): "use --model \(shellQuoted(path))"
    case .nameModelFolder: "name the folder that seqtool fit wrote"
    case .useClassifier: "use seqtool tag, or TextClassifier"
    case .useTransducer: "use seqtool transduce, or Transducer"
    case .predict: "use seqtool tag"
    case .giveLabel(let known): "give --label, one of \(known.joined(separator: ", "))"
    case .leaveOutLabel: "leave out --label"
    case .finishFit: "continue it with seqtool fit --resume"
    case .resuming: "--resume"
    case .beginFit: "start it without --resume"
    case .beginFitAnew: "start the fit anew without --resume"
    case .keepOrBeginAnew(let first): "\(first), or start anew without --resume"
    case .scoreModel(let path): "score the model with seqtool eval --model \(path)"
    case .replaceModel: "fit this config without --resume and with --overwrite, or name another folder as output"
    case .fitAnew(let setting): "fit anew with \(setting) and --overwrite, without --resume"
    case .overwrite: "--overwrite replaces it; or name another folder as output"
    case .traceFewerSteps(let steps): "lower it, or trace fewer steps: --steps \(steps)"
    case .checkData(let other): "seqtool data check shows where" + (other.map { "; \($0)" } ?? "")
    case .convertData: "leave it out, or convert the data with seqtool convert"
    case .nameLabelledFile: "name a labelled file: seqtool eval FILE"
    case .nameText: "name a text: seqtool eval FILE"
    case .trainTokenizer: "make one with seqtool tokenizer train"
    case .makeTokenizerFile: "seqtool tokenizer train makes such a file"
    }
  }
}

extension Experiment.Hooks {
  /// Hooks that write a fit's warnings to standard error, in the words of the command.
  static var warning: Self {
    var hooks = Self()
    hooks.warn = seqtool.warn
    hooks.words = \.command
    return hooks
  }
}
