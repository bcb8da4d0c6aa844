import SeqConfig
public import SeqLayers
import SeqTensor

/// The recurrence of an encoder or decoder: a cell of the library by its name in a config, or one of your own.
/// docs/reference/config.md says what each is and where it is from.
public struct CellKind: Sendable {
  /// The cells of the library, with their names.
  enum Library: String, Sendable, CaseIterable {
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
    case jordan
  }

  /// The simple recurrent network (Elman 1990); the LSTM without and with peepholes (Gers et al. 2002).
  public static let elman = Self(.elman), lstm = Self(.lstm), lstmPeephole = Self(.lstmPeephole)
  /// The peephole LSTM without its input, forget or output gate (Greff et al. 2017, "LSTM: A search space odyssey").
  public static let lstmNIG = Self(.lstmNIG), lstmNFG = Self(.lstmNFG), lstmNOG = Self(.lstmNOG)
  /// The same without its input or output activation, or with coupled input and forget gates.
  public static let lstmNIAF = Self(.lstmNIAF), lstmNOAF = Self(.lstmNOAF), lstmCIFG = Self(.lstmCIFG)
  /// The same without peepholes, or with full gate recurrence; and the LSTM with layer normalisation (Ba et al. 2016).
  public static let lstmNP = Self(.lstmNP), lstmFGR = Self(.lstmFGR), lstmLayerNorm = Self(.lstmLayerNorm)
  /// The gated recurrent unit with its reset gate after or before the product (Cho et al. 2014), and the minimal gated unit
  /// (Zhou et al. 2016).
  public static let gru = Self(.gru), gruResetBefore = Self(.gruResetBefore), mgu = Self(.mgu)
  /// The three mutated units of Jozefowicz et al. 2015, and the simple recurrent unit (Lei et al. 2018).
  public static let mut1 = Self(.mut1), mut2 = Self(.mut2), mut3 = Self(.mut3), sru = Self(.sru)
  /// From output to hidden units: the network's own output, not its state, goes back into it.
  public static let jordan = Self(.jordan)

  /// A cell of your own. A model's folder has only its name: pass the cell again when you read the model.
  public static func custom(_ cell: any CustomCell) -> CellKind { CellKind(library: nil, own: cell) }

  /// nil for a client's.
  let library: Library?
  /// The client's.
  package let own: (any CustomCell)?

  private init(library: Library?, own: (any CustomCell)?) { (self.library, self.own) = (library, own) }

  private init(_ library: Library) { self.init(library: library, own: nil) }

  /// Whether it has a forget gate with a bias: see `ModelSettings.forgetBias`.
  public var hasForgetBias: Bool {
    switch library {
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

/// Two kinds are equal if they have the same name.
extension CellKind: RawRepresentable, Hashable, CaseIterable, CustomStringConvertible {
  /// The cells of the library.
  public static let allCases = Library.allCases.map { CellKind($0) }

  /// A cell of the library by its name.
  public init?(rawValue: String) {
    guard let library = Library(rawValue: rawValue) else { return nil }
    self.init(library)
  }

  /// The name in a config.
  public var rawValue: String { library?.rawValue ?? own?.name ?? "" }

  /// The name in a config.
  public var description: String { rawValue }

  /// Whether both have the same name.
  public static func == (a: CellKind, b: CellKind) -> Bool { a.rawValue == b.rawValue }

  /// Takes the name into a hash.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Codec where Value == CellKind {
  /// The name of a cell: of those that were given to whoever reads, or of the library's.
  static var cell: Codec {
    Codec(
      .choice(CellKind.allCases.map(\.rawValue)), read: read,
      parse: { $0.stringValue.flatMap(CellKind.init(rawValue:)) },
      write: { cell, _ in .string(cell.rawValue) })
  }

  @Sendable private static func read(_ reader: ConfigReader, _ key: String) -> CellKind? {
    let name = reader.value(key)?.stringValue
    if let own = reader.given.lazy.compactMap({ $0 as? any CustomCell }).first(where: { $0.name == name }) {
      return .custom(own)
    }
    guard reader.readsModel, let name, CellKind(rawValue: name) == nil else { return reader.optionalChoice(key) }
    reader.problem(
      key, "the library has no cell \"\(name)\"",
      remedy: "if the cell is your own, pass it when you read the model: cells: [MyCell()]")
    return nil
  }
}

extension ModelSettings {
  /// The cells of a client's.
  package var ownCells: [any CustomCell] { [cell, decoder.cell].compactMap { $0?.own } }

  /// The cell; nil for the Jordan network, whose recurrence is through the output.
  package func makeCell() -> (any RecurrentCell)? {
    switch cell.library {
    case nil: cell.own.map { OwnCell($0) }
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
