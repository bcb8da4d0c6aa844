package import SeqConfig

// The list of views in a config: what an object of it may hold, its kind says.

extension InputSettings {
  /// What the kind needs, as a section of the config.
  fileprivate var section: any ConfigSection {
    get {
      switch self {
      case .word(let input): input
      case .characterLSTM(let input): input
      case .characterCNN(let input): input
      case .shape(let input): input
      case .prefix(let input), .suffix(let input): input
      case .ngrams(let input): input
      case .column(let input): input
      }
    }
    set {
      switch (self, newValue) {
      case (.word, let input as WordInput): self = .word(input)
      case (.characterLSTM, let input as CharacterLSTMInput): self = .characterLSTM(input)
      case (.characterCNN, let input as CharacterCNNInput): self = .characterCNN(input)
      case (.shape, let input as ShapeInput): self = .shape(input)
      case (.prefix, let input as AffixInput): self = .prefix(input)
      case (.suffix, let input as AffixInput): self = .suffix(input)
      case (.ngrams, let input as NGramInput): self = .ngrams(input)
      case (.column, let input as ColumnInput): self = .column(input)
      default: preconditionFailure("a section of another kind")
      }
    }
  }

  fileprivate func node(_ writer: ConfigWriter) -> ConfigNode {
    .object([("kind", .string(kind.rawValue))] + section.members(writer))
  }
}

extension Key {
  /// A list of views of a token.
  static func inputs(
    _ name: String, _ place: KeyPlace<Root, [InputSettings]>, when conditions: [Condition<Root>],
    _ meaning: String
  ) -> Key {
    .custom(
      name, .objects, when: conditions, meaning,
      read: { root, reader in
        guard let entries = reader.objects(name) else { return }
        let inputs = entries.compactMap { entry -> InputSettings? in
          guard let kind = entry.requiredChoice("kind", as: InputKind.self) else { return nil }
          var input = InputSettings(kind)
          input.section.read(entry)
          return input
        }
        let areWhole = entries.isEmpty || inputs.count == entries.count
        if areWhole, !inputs.contains(where: { $0.kind == .word }) {
          reader.problem(
            name, "expected a list with an input of the kind word", remedy: "add { \"kind\": \"word\", \"size\": 64 }")
        }
        root[keyPath: place] = inputs
      },
      write: { root, writer in
        let inputs = root[keyPath: place]
        if inputs.isEmpty { return nil }
        return .array(inputs.enumerated().map { i, input in input.node(writer.element(name, i)) })
      },
      note: { root, facts in
        let inputs = root[keyPath: place]
        for (i, input) in inputs.enumerated() { input.section.note(in: facts.element(name, i)) }
        facts["." + name] =
          inputs.isEmpty
          ? nil
          : .array(inputs.enumerated().map { i, input in input.node(.plain(facts.element(name, i))) })
      },
      describe: { variants, path in
        let element = (path ?? "") + "[]"
        let kinds = InputKind.allCases.map { kind in
          (kind.rawValue, InputSettings(kind).section.keys(at: element, variants.first?.facts))
        }
        return [.kind(of: InputKind.self, at: element, "What the feature reads")] + .merged(kinds)
      })
  }
}
