package import SeqConfig
import SeqLayers

/// Probabilities with which single features are dropped in training.
public struct DropoutSettings: Sendable, Equatable {
  /// On the embeddings.
  public var input: Double
  /// Between recurrent layers.
  public var between: Double
  /// Before the head.
  public var output: Double
  /// Whether a sequence has one mask for all its steps.
  public var isLocked = false
  /// On the recurrent matrices: single weights, for a batch alike.
  public var recurrent = 0.0
  /// On the states where they are multiplied by the recurrent matrices, for all steps of a sequence alike.
  public var state = 0.0
  /// The probability of a state to stay as it was.
  public var zoneout = 0.0
  /// The probability of a token to be read as an unknown one.
  public var word = 0.0

  /// What recurrent layers do to their states.
  var noise: StateNoise { StateNoise(dropout: state, zoneout: zoneout) }

  /// A rate for each place.
  public init(input: Double = 0, between: Double = 0, output: Double = 0) {
    self.input = input
    self.between = between
    self.output = output
  }

  /// The same rate everywhere.
  public init(_ rate: Double) { self.init(input: rate, between: rate, output: rate) }
}

extension DropoutSettings: ConfigSection {
  package static let range = NumberRange.closed(0...0.99)

  package static let keys: [Key<Self>] = [
    .double("input", \.input, in: range, "Dropout on the embeddings"),
    .double("between", \.between, in: range, "Dropout between layers"),
    .double("output", \.output, in: range, "Dropout before the head"),
    .bool(
      "locked", \.isLocked, when: states,
      "Whether all steps of a sequence share one mask, at the three places above"),
    .double(
      "recurrent", \.recurrent, in: range, when: products,
      "Dropout of single weights of the recurrent matrices, the same ones for a whole batch"),
    .double(
      "state", \.state, in: range, when: products,
      "Dropout on the previous state, where the recurrent matrix reads it"),
    .double(
      "zoneout", \.zoneout, in: range,
      when: states + [
        .cell([.elman, .lstm, .lstmNP, .gru]) { _ in "only applies to the cells elman, lstm, lstm-np and gru" }
      ],
      "Share of units that keep their previous value"),
    .double(
      "word", \.word, in: range,
      when: [
        .task(
          not: "generation", "one-to-one",
          else: "only applies to classification, tagging and transduction, which read texts token by token")
      ], "Share of tokens that are read as unknown"),
  ]

  /// Where states go from step to step.
  private static let states: [Condition<Self>] = {
    let sentence = "only applies to recurrent layers whose states go from step to step"
    return [.task(not: "one-to-one", else: sentence), .fact("model.cell", notIn: ["jordan"], sentence)]
  }()

  /// Where a matrix multiplies these states.
  private static let products: [Condition<Self>] =
    states + [
      Condition("not `sru`") { _, facts in
        let name = facts.text("model.cell") ?? ""
        return idleCells.contains(name)
          ? "only applies to cells that multiply the previous state; \(name) does not" : nil
      }
    ]

  private static let idleCells = CellKind.allCases.filter { !$0.multipliesState }.map(\.rawValue)

  /// The one rate, if it is all that there is.
  var uniform: Double? { self == DropoutSettings(input) ? input : nil }
}
