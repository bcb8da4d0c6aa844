import SeqMetrics
import SeqTags

/// What the way back through time does to a network's gradient, measured on real sequences.
public struct GradientTrace: Sendable {
  /// One direction of one layer.
  public struct Sweep: Sendable {
    /// From 0, the one next to the embeddings.
    public let layer: Int
    /// Whether it reads from the end.
    public let isReversed: Bool
    /// ‖∂L/∂h(T − k)‖ for the lag k = 0, 1 …, where T is the step that the sweep visits last and L the loss of its output
    /// there: the root of the mean square over the sequences that are long enough.
    public let norms: [Double]
    /// Sequences that each lag is measured on.
    public let sequences: [Int]
    /// How far each gate is driven to its ends.
    public let gates: [Gate]
    /// ρ(U), the greatest absolute eigenvalue, of each gate's recurrent matrix: what is applied to h(t−1) for it.
    public let radii: [(gate: String, radius: Double)]
  }

  /// The activations of one gate over all units and steps.
  public struct Gate: Sendable {
    /// Such as `f`.
    public let name: String
    /// Their mean.
    public let mean: Double
    /// The share at the lower end: below 0.05, or below −0.95 if it can be negative.
    public let low: Double
    /// The share at the upper end: above 0.95.
    public let high: Double
  }

  /// What was traced, such as `elman` or `2 × lstm`.
  public let network: String
  /// Front layer first, each forwards first.
  public let sweeps: [Sweep]
  /// Training steps whose gradients were compared with `clip`.
  public let steps: Int
  /// Those whose gradient was longer than `clip`.
  public let clippedSteps: Int
  /// The longest gradient that is not shortened; 0 for no limit.
  public let clip: Double
  /// The mean norm of the whole gradient over these steps.
  public let gradientNorm: Double
  /// Parts of the config that decide the advice.
  let traits: Traits

  /// What the advice depends on.
  struct Traits: Sendable {
    let isLSTM: Bool
    let hasGates: Bool
    let poolsLast: Bool
  }
}

extension GradientTrace.Sweep {
  /// Such as `layer 0` or `layer 1, backwards`.
  public var name: String { "layer \(layer)" + (isReversed ? ", backwards" : "") }

  /// The norm at a lag as a share of that at lag 0.
  public func share(_ lag: Int) -> Double { norms[0] > 0 ? norms[lag] / norms[0] : 0 }

  /// The first lag from which on the gradient stays below a hundredth of what it was; nil if there is none.
  public var vanishingLag: Int? {
    guard norms.count > 1, norms[0] > 0 else { return nil }
    guard let last = norms.indices.last(where: { share($0) >= GradientTrace.vanished }) else { return nil }
    return last + 1 < norms.count ? last + 1 : nil
  }

  /// The lag at which the gradient has grown most, if that is a hundredfold.
  public var explodingLag: Int? {
    guard norms.count > 1, norms[0] > 0, let peak = norms.indices.max(by: { norms[$0] < norms[$1] }) else { return nil }
    return share(peak) >= 1 / GradientTrace.vanished ? peak : nil
  }
}

extension GradientTrace {
  /// A gradient that is less than this share of what it was counts as vanished.
  public static let vanished = 0.01

  /// What the figures say, in words, and what can be done about it.
  public var verdicts: [String] { sweeps.map(verdict) + sweeps.flatMap(gateVerdicts) + clippingVerdict }

  private func verdict(_ sweep: Sweep) -> String {
    guard sweep.norms.count > 1, sweep.norms[0] > 0 else { return "\(sweep.name): no gradient to follow" }
    if let lag = sweep.explodingLag {
      let growth = sweep.share(lag).rounded()
      let remedy = clip > 0 ? "clipping at \(clip) bounds the steps" : "set training.clip, to 5 for example"
      return "\(sweep.name): the gradient explodes: \(growth.brief) times as long after \(lag) steps; \(remedy)"
    }
    if let lag = sweep.vanishingLag {
      return "\(sweep.name): the gradient vanishes after \(lag) \(lag == 1 ? "step" : "steps"): \(remedy)"
    }
    let last = sweep.norms.count - 1
    return
      "\(sweep.name): the gradient reaches all \(last) steps back: it is \(sweep.share(last).brief) of its length there"
  }

  private var remedy: String {
    if !traits.hasGates { return "use an lstm or a gru (model.cell), or shorter sequences" }
    let pooling = traits.poolsLast ? ", or pool with \"mean\" or \"attention\" (model.pooling)" : ""
    return traits.isLSTM ? "raise model.forgetBias\(pooling)" : "use an lstm with a larger model.forgetBias\(pooling)"
  }

  private func gateVerdicts(_ sweep: Sweep) -> [String] {
    sweep.gates.filter { $0.low + $0.high > 0.5 }.map { gate in
      let ends = gate.low > gate.high ? "lower" : "upper"
      return
        "\(sweep.name): gate \(gate.name) is saturated: \((gate.low + gate.high).percent) of its values are at an end "
        + "of its range, most at the \(ends) one"
    }
  }

  private var clippingVerdict: [String] {
    guard clip > 0, steps > 0, 2 * clippedSteps > steps else { return [] }
    return [
      "\((Double(clippedSteps) / Double(steps)).percent) of the steps are clipped at \(clip): lower "
        + "training.optimizer.learningRate, or raise training.clip (mean norm \(gradientNorm.brief))"
    ]
  }
}
