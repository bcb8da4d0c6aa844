package import SeqConfig
package import SeqCore
package import SeqModel
public import SeqTags
public import SeqTensor

/// How a fitted network is used: for the scores of a fit, by `tag` and by `eval`.
public struct InferenceSettings: Sendable, Equatable {
  /// What the products of predictions are computed from.
  public var precision = PrecisionChoice.float32
  /// Which tag sequences a tagger may give.
  public var constraints = ConstraintChoice.automatic
  /// How a tagger writes tags, if it was not trained in that scheme; nil for as it was trained. Set by the fit to the
  /// scheme of the training file if `DataSettings.scheme` is another.
  public var scheme: TagScheme?
  /// The scheme of the tags that a tagger learned; nil if they mark no spans, or if a model of an older version does not say.
  /// Set by the fit.
  public package(set) var learnedScheme: TagScheme?
  /// What the scores of the linear model of `baseline` are multiplied by before they are added to those of the network; 0
  /// for a network that is alone.
  public var linear = 0.0
  /// The same for the label beside tags.
  public var linearLabel = 0.0
  /// Of a model that writes: unfinished texts that are kept beside each other.
  public var beam = 5
  /// How much longer texts are favoured: see `DecodingSettings`.
  public var lengthPenalty = 0.6
  /// Tokens after which a text is cut; nil before the fit has set it: half as many again as the longest target it saw.
  public var maximumLength: Int?

  /// The same for the decoder.
  package var decoding: DecodingSettings {
    var settings = DecodingSettings()
    (settings.beam, settings.lengthPenalty) = (beam, lengthPenalty)
    if let maximumLength { settings.maximumLength = maximumLength }
    return settings
  }

  /// The defaults.
  public init() {}
}

extension InferenceSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .choice(
      "precision", \.precision, "The precision of matrix products in predictions: the fit's scores, `tag`, `eval`"
    )
    .see("reference/config.md#precision"),
    .int("beam", \.beam, in: 1...100, when: [transduction], "Unfinished texts to keep in the beam")
      .alias("beam_size", "num_beams", "beam_width"),
    .double(
      "lengthPenalty", \.lengthPenalty, in: .closed(0...10), when: [transduction], "How strongly to favour longer texts"
    )
    .see("how-to/transduce-text.md#beam-search").alias("length_penalty"),
    .int(
      "maximumLength", optional: \.maximumLength, in: 1...1_000_000,
      default: .computed("set by the fit") { root, _ in root.maximumLength }, when: [transduction],
      "Number of tokens after which a text is cut"
    ).alias("max_length", "max_new_tokens", "max_len"),
    .choice(
      "constraints", \.constraints, when: [tagging],
      "The scheme in which predicted tag sequences must be well-formed. `auto`: that of the training tags, if 90 of 100 "
        + "sequences are well-formed in it; the fit saves its choice"
    ).see("reference/tagging.md#constraints"),
    .double(
      "linear", \.linear, in: .closed(0...1_000), when: [classes],
      "Factor on the scores of the linear model, which are then added to the network's; needs `baseline`"
    ).see("how-to/train-well.md#add-a-linear-model-to-the-network"),
    .double(
      "linearLabel", \.linearLabel, in: .closed(0...1_000), default: .same(as: ".linear"),
      when: [
        classes, .present("model.sentenceLabel", "only applies with model.sentenceLabel: it is for the sentence label"),
      ], "The same for the sentence label"),
    .choice(
      "scheme", optional: \.scheme,
      default: .computed("as learned; set by the fit with `data.scheme`") { root, _ in root.scheme },
      when: [tagging], "The scheme that `tag` writes"),
    .choice(
      "learnedScheme", optional: \.learnedScheme,
      default: .computed("set by the fit") { root, _ in root.learnedScheme },
      when: [tagging], "The scheme of the learned tags, in which strict scores are counted"),
  ]

  private static let transduction: Condition<Self> = .task("transduction", else: "only applies to transduction")
  private static let tagging: Condition<Self> = .task("tagging", else: "only applies to tagging")
  private static let classes: Condition<Self> = .task(
    "classification", "one-to-one", "tagging",
    else: "only applies to classification, one-to-one and tagging, as the baseline does")
}

/// Which tag sequences a tagger may give.
public enum ConstraintChoice: String, CaseIterable, Sendable {
  /// Those that are well-formed in the scheme of the training tags, if all of these are; what the fit has found out takes
  /// the place of this.
  case automatic = "auto"
  /// All.
  case none
  /// Those that are well-formed in a scheme.
  case iob1, iob2, bioes, bilou, bmes

  /// The scheme.
  public var scheme: TagScheme? { TagScheme(rawValue: rawValue) }

  /// The constraints of a scheme.
  public init(_ scheme: TagScheme?) { self = scheme.flatMap { ConstraintChoice(rawValue: $0.rawValue) } ?? .none }
}

extension InferenceSettings {
  /// The precision of a model's predictions.
  /// - Parameter file: where the config is from.
  /// - Throws: `.data` if the CPU lacks it.
  package func resolvedPrecision(file: String) throws(SeqError) -> Precision {
    if let resolved = precision.resolved { return resolved }
    throw SeqError(.data, [precision.refusal(at: Place(file: file, path: "inference.precision"))])
  }
}

extension PrecisionChoice {
  /// What is said of a precision that the CPU lacks.
  package func refusal(at place: Place) -> SeqError.Diagnostic {
    .init(
      "\(rawValue) needs a CPU of level amx, this one is \(Kernels.level)", at: place, remedy: "use float32 or auto")
  }
}
