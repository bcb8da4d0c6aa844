package import SeqConfig

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the share of sampled inputs grows (Bengio et al. 2015, section 2.4).
public enum SamplingKind: String, Sendable, CaseIterable {
  /// The same in all epochs.
  case constant
  /// From 0 by equal steps, then the same.
  case linear
  /// From 0, each epoch by a share of what is left.
  case exponential
  /// From nearly 0 along an S.
  case sigmoid
}

/// Scheduled sampling: how many of a decoder's inputs in training are its own predictions instead of the target's tokens.
public struct ScheduledSamplingSettings: Sendable, Equatable {
  /// How the share grows.
  public var kind = SamplingKind.constant
  /// The share that it comes to, in 0…1; 0 for none: teacher forcing.
  public var rate = 0.0
  /// `linear`: epochs until it has come there. `exponential`: epochs in which what is missing falls to 1/e of it.
  /// `sigmoid`: the epoch in which it is half of it.
  public var epochs = 10.0

  /// Teacher forcing.
  public init() {}

  /// The share in an epoch, counted from 0.
  public func rate(epoch: Int) -> Double {
    let e = Double(epoch)
    return switch kind {
    case .constant: rate
    case .linear: rate * min(1, e / epochs)
    case .exponential: rate * (1 - exp(-e / epochs))
    case .sigmoid: rate / (1 + exp(4 * (1 - e / epochs)))
    }
  }
}

extension ScheduledSamplingSettings: ConfigSection {
  static let range = NumberRange.closed(0...1)

  package static let keys: [Key<Self>] = [
    .choice("kind", \.kind, "How the share grows"),
    .double("rate", \.rate, in: range, "The final share"),
    .double(
      "epochs", \.epochs, in: .above(0),
      when: [.fact(".kind", notIn: ["constant"], "has no effect with constant")], "How fast it grows"),
  ]
}
