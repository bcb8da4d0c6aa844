package import SeqLayers
import SeqTensor

/// The recurrence of an encoder, by its name in a config.
/// docs/reference/config.md says what each is and where it is from.
public enum CellKind: String, Sendable, CaseIterable {
  case elman, lstm
  case lstmPeephole = "lstm-peephole"
  case lstmNIG = "lstm-nig"
  case lstmNFG = "lstm-nfg"
  case lstmNOG = "lstm-nog"
  case lstmNIAF = "lstm-niaf"
  case lstmNOAF = "lstm-noaf"
  case lstmCIFG = "lstm-cifg"
  case lstmNP = "lstm-np"
  case lstmFGR = "lstm-fgr"
  case lstmLayerNorm = "lstm-layer-norm"
  case gru
  case gruResetBefore = "gru-reset-before"
  case mgu, mut1, mut2, mut3, sru
  /// From output to hidden units: the network's own output, not its state, goes back into it.
  case jordan

  /// Whether it has a forget gate with a bias: see `ModelSettings.forgetBias`.
  public var hasForgetBias: Bool {
    switch self {
    case .lstm, .lstmPeephole, .lstmNIG, .lstmNOG, .lstmNIAF, .lstmNOAF, .lstmNP, .lstmFGR, .lstmLayerNorm: true
    default: false
    }
  }

  /// Whether U multiplies h(t−1): what `dropout.recurrent` and `dropout.state` are about.
  public var multipliesState: Bool {
    var settings = ModelSettings()
    settings.cell = self
    return settings.makeCell().map { $0.recurrentGates > 0 } ?? false
  }
}

extension ModelSettings {
  /// The cell; nil for the Jordan network, whose recurrence is through the output.
  package func makeCell() -> (any RecurrentCell)? {
    switch cell {
    case .jordan: nil
    case .elman: ElmanCell(activation: activation.kernel)
    case .lstm, .lstmNP: LSTMCell(forgetBias: forgetBias)
    case .lstmPeephole: PeepholeLSTMCell(forgetBias: forgetBias)
    case .lstmNIG: PeepholeLSTMCell(.noInputGate, forgetBias: forgetBias)
    case .lstmNFG: PeepholeLSTMCell(.noForgetGate)
    case .lstmNOG: PeepholeLSTMCell(.noOutputGate, forgetBias: forgetBias)
    case .lstmNIAF: PeepholeLSTMCell(.noInputActivation, forgetBias: forgetBias)
    case .lstmNOAF: PeepholeLSTMCell(.noOutputActivation, forgetBias: forgetBias)
    case .lstmCIFG: PeepholeLSTMCell(.coupledInputAndForgetGate)
    case .lstmFGR: PeepholeLSTMCell(.fullGateRecurrence, forgetBias: forgetBias)
    case .lstmLayerNorm: LayerNormLSTMCell(forgetBias: forgetBias)
    case .gru: GRUCell()
    case .gruResetBefore: GRUResetBeforeCell()
    case .mgu: MGUCell()
    case .mut1: MUT1Cell()
    case .mut2: MUT2Cell()
    case .mut3: MUT3Cell()
    case .sru: SRUCell()
    }
  }
}
