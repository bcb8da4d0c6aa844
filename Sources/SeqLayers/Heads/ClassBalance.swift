package import SeqConfig

/// How labels count by how frequent they are.
public enum ClassBalance: String, Sendable, CaseIterable {
  /// All alike.
  case none
  /// In inverse proportion to their number, so that all classes weigh the same together (King and Zeng 2001).
  case balanced
  /// In inverse proportion to the square root of it.
  case sqrt

  /// The factor of each class, 1 in the mean over the examples; 1 for a class without any.
  package func factors(_ counts: [Int]) -> [Double] {
    let total = Double(counts.reduce(0, +))
    let raw = counts.map { count -> Double in
      guard count > 0 else { return 1 }
      switch self {
      case .none: return 1
      case .balanced: return total / Double(count)
      case .sqrt: return (total / Double(count)).squareRoot()
      }
    }
    let sum = zip(raw, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    return zip(raw, counts).map { $1 > 0 && sum > 0 ? $0 * total / sum : 1 }
  }
}

extension Key where Root == LossSettings {
  /// Where the weights of classes come from, or the weights by name.
  static func classWeights(_ name: String) -> Key {
    let names = ClassBalance.allCases.map(\.rawValue)
    return .custom(
      name, .either([.numbersByName(.atLeast(0)), .choice(names)]),
      when: [.task(not: "generation", else: "has no effect: tokens are predicted, not labels")],
      "Factor on the loss of each label or tag: by name, with 1 for those not named; or inversely proportional to its "
        + "frequency, or to the root of that, with a mean of 1 over examples",
      read: { root, reader in
        guard let node = reader.value(name) else { return }
        if node.stringValue != nil {
          root.classBalance = reader.choice(name, default: root.classBalance)
        } else {
          for (label, number) in reader.numbersByName(name, in: .atLeast(0)) { root.classWeights[label] = number }
        }
      },
      write: { root, _ in
        if root.classWeights.isEmpty, root.classBalance != .none { return .string(root.classBalance.rawValue) }
        return .object(root.classWeights.sorted { $0.key < $1.key }.map { ($0.key, .real($0.value)) })
      }
    ).alias("class_weight", "class_weights", "loss_weights", "pos_weight")
  }
}
