package import SeqConfig

/// The part of a network that writes a sequence.
public struct DecoderSettings: Sendable, Equatable {
  /// Features of a target token; nil for as many as a source token has.
  public var embedding: Int?
  /// The recurrence; nil for the encoder's.
  public var cell: CellKind?
  /// Units of a layer; nil for as many as the encoder has in one direction.
  public var hidden: Int?
  /// Layers; nil for as many as the encoder has.
  public var layers: Int?
  /// How it looks at the encoder's states.
  public var attention = AttentionKind.general
  /// Whether what it saw and found goes into the next step.
  public var feedsInput = true

  /// The defaults.
  public init() {}
}

extension DecoderSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .int(
      "embedding", optional: \.embedding, in: 1...65_536, default: .same(as: "model.embedding"),
      "Size of the embedding of a target's token"),
    .value("cell", optional: \.cell, .cell, default: .same(as: "model.cell"), "The recurrent cell"),
    .choice("attention", \.attention, "How the decoder attends to the encoder's states"),
    .int(
      "hidden", optional: \.hidden, in: 1...65_536,
      default: .computed("`model.hidden`; the width of the encoder's rows for `dot`") { root, facts in
        var model = ModelSettings()
        model.decoder.attention = root.attention
        model.hidden = facts.integer("model.hidden") ?? model.hidden
        model.isBidirectional = facts.isTrue("model.bidirectional")
        return model.decoderUnits
      }, "Units of each layer"),
    .int("layers", optional: \.layers, in: 1...64, default: .same(as: "model.layers"), "Number of stacked layers"),
    .bool(
      "inputFeeding", \.feedsInput,
      when: [
        .fact(
          ".attention", notIn: ["none"], note: "only with attention",
          "only applies with attention: without it there is nothing to pass on")
      ], "Whether each step also reads the previous step's attention output"),
  ]

  package mutating func settle(_ facts: Facts) {
    if attention == .none { feedsInput = false }
  }

  package func check(_ reader: ConfigReader) {
    guard reader.facts.text("task") == "transduction" else { return }
    cell?.check(reader)
    if reader.facts.text(".cell") == CellKind.jordan.rawValue {
      reader.problem("cell", "a Jordan network feeds back scores, not states", remedy: "use another cell")
    }
    let units = (reader.facts.integer("model.hidden") ?? 0) * (reader.facts.isTrue("model.bidirectional") ? 2 : 1)
    let own = reader.facts.integer(".hidden") ?? 0
    if attention == .dot, own != units {
      reader.problem(
        "hidden", "dot compares \(own) units with the encoder's \(units): the sizes must be equal",
        remedy: "set it to \(units), or model.decoder.attention to general")
    }
  }
}

extension ModelSettings {
  /// Units of a layer of the decoder.
  package var decoderUnits: Int {
    decoder.hidden ?? (decoder.attention == .dot ? min(65_536, hidden * (isBidirectional ? 2 : 1)) : hidden)
  }
}
