package import SeqConfig

// The list of features in a config: what an object of it may hold, its kind says.

extension FeatureSettings {
  /// What the kind needs, as a section of the config.
  fileprivate var section: any ConfigSection {
    get {
      switch self {
      case .word(let feature): feature
      case .characterLSTM(let feature): feature
      case .characterCNN(let feature): feature
      case .shape(let feature): feature
      case .prefix(let feature), .suffix(let feature): feature
      case .ngrams(let feature): feature
      case .column(let feature): feature
      }
    }
    set {
      switch (self, newValue) {
      case (.word, let feature as WordFeature): self = .word(feature)
      case (.characterLSTM, let feature as CharacterLSTMFeature): self = .characterLSTM(feature)
      case (.characterCNN, let feature as CharacterCNNFeature): self = .characterCNN(feature)
      case (.shape, let feature as ShapeFeature): self = .shape(feature)
      case (.prefix, let feature as AffixFeature): self = .prefix(feature)
      case (.suffix, let feature as AffixFeature): self = .suffix(feature)
      case (.ngrams, let feature as NGramFeature): self = .ngrams(feature)
      case (.column, let feature as ColumnFeature): self = .column(feature)
      default: preconditionFailure("a section of another kind")
      }
    }
  }

  fileprivate func node(_ writer: ConfigWriter) -> ConfigNode {
    .object([("kind", .string(kind.rawValue))] + section.members(writer))
  }
}

extension Key {
  /// A list of features of a token.
  static func features(
    _ name: String, _ place: KeyPlace<Root, [FeatureSettings]>, when conditions: [Condition<Root>],
    _ meaning: String
  ) -> Key {
    .custom(
      name, .objects, when: conditions, meaning,
      read: { root, reader in
        guard let entries = reader.objects(name) else { return }
        let features = entries.compactMap { entry -> FeatureSettings? in
          guard let kind = entry.requiredChoice("kind", as: FeatureKind.self) else { return nil }
          var feature = FeatureSettings(kind)
          feature.section.read(entry)
          return feature
        }
        let areWhole = entries.isEmpty || features.count == entries.count
        if areWhole, !features.contains(where: { $0.kind == .word }) {
          reader.problem(
            name, "expected a list with a feature of the kind word", remedy: "add { \"kind\": \"word\", \"size\": 64 }")
        }
        root[keyPath: place] = features
      },
      write: { root, writer in
        let features = root[keyPath: place]
        if features.isEmpty { return nil }
        return .array(features.enumerated().map { i, feature in feature.node(writer.element(name, i)) })
      },
      note: { root, facts in
        let features = root[keyPath: place]
        for (i, feature) in features.enumerated() { feature.section.note(in: facts.element(name, i)) }
        facts["." + name] =
          features.isEmpty
          ? nil
          : .array(features.enumerated().map { i, feature in feature.node(.plain(facts.element(name, i))) })
      },
      describe: { variants, path in
        let element = (path ?? "") + "[]"
        let kinds = FeatureKind.allCases.map { kind in
          (kind.rawValue, FeatureSettings(kind).section.keys(at: element, variants.first?.facts))
        }
        return [.kind(of: FeatureKind.self, at: element, "What the feature reads")] + .merged(kinds)
      })
  }
}
