public import SeqCore
public import SeqExperiment
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTraining

/// The written-out gradient of a config's network against central differences of an independent implementation in double
/// precision, parameter by parameter.
///
/// The network has the weights that a fit starts from and no dropout; the data are the first training sequences, cut
/// short.
public struct GradientCheck: Sendable {
  /// How much is compared.
  public struct Settings: Sendable {
    /// Elements of a parameter: half of them those with the greatest gradient, the others drawn; nil for all.
    public var samples: Int? = 32
    /// Training sequences.
    public var sequences = 3
    /// Tokens of a sequence at most.
    public var length = 6
    /// The greatest relative error that passes.
    public var limit = 1e-4

    /// The defaults.
    public init() {}
  }

  /// What was found for one parameter.
  public struct Parameter: Sendable {
    /// Such as `rnn.weight_hh_l0`.
    public let name: String
    /// Rows and columns, or the elements of a vector.
    public let shape: [Int]
    /// Elements that were compared.
    public let compared: Int
    /// The greatest difference as a share of the parameter's greatest gradient, or of 0.001 if that is smaller.
    public let relativeError: Double
    /// Where it is: rows times columns plus column.
    public let worstIndex: Int
    /// The written-out gradient there.
    public let found: Double
    /// The finite difference there.
    public let expected: Double
  }

  /// What was compared, such as `lstm, one layer of 96 units, two directions`.
  public let network: String
  /// The mean loss of the network, in nats.
  public let loss: Double
  /// The same by the reference.
  public let referenceLoss: Double
  /// In the order of the weights' file.
  public let parameters: [Parameter]
  /// The greatest error that passes.
  public let limit: Double

  /// Whether loss and gradient agree.
  public var passes: Bool { lossError < limit && parameters.allSatisfy { $0.relativeError < limit } }

  /// |loss − reference| as a share of the reference.
  package var lossError: Double {
    let error = abs(loss - referenceLoss) / max(1e-3, abs(referenceLoss))
    return error.isNaN ? .infinity : error
  }

  /// Runs the check.
  ///
  /// - Parameters:
  ///   - config: what is checked.
  ///   - settings: how it is checked.
  ///   - progress: told how many of the parameters are done, and which one is at work.
  /// - Throws: what reading the config's training data throws.
  public init(
    _ config: ExperimentConfig, settings: Settings = Settings(),
    progress: (_ done: Int, _ count: Int, _ parameter: String) -> Void = { _, _, _ in }
  ) throws(SeqError) {
    try Kernels.checkForcedLevel()
    let team = WorkerTeam(width: config.training.threads)
    let subject = try CheckedNetwork(config, settings: settings, team: team)
    network = config.model.summary
    limit = settings.limit
    (loss, referenceLoss) = (subject.loss, subject.reference(subject.weights))
    var parameters: [Parameter] = []
    let slots = subject.slots
    for (i, slot) in slots.enumerated() {
      progress(i, slots.count, slot.name)
      parameters.append(Self.compare(slot, subject, samples: settings.samples, team))
    }
    self.parameters = parameters
  }

  /// Elements of one task.
  private static let block = 8

  private static func compare(
    _ slot: ParameterSlot, _ subject: CheckedNetwork, samples: Int?, _ team: WorkerTeam
  ) -> Parameter {
    let found = subject.gradient(of: slot)
    let indices = chosen(found, samples, seed: Seed(1).child(slot.name))
    let differences = SharedArray<Double>()
    differences.reset(indices.count, to: 0)
    team.run((indices.count + Self.block - 1) / Self.block) { task in
      let range = task * Self.block..<min(indices.count, (task + 1) * Self.block)
      let values = subject.weights.finiteDifference(of: slot.name, at: Array(indices[range]), subject.reference)
      for (i, value) in zip(range, values) { differences[i] = value }
    }
    let expected = differences.elements
    let difference = GradientDifference(name: slot.name, found: indices.map { found[$0] }, expected: expected)
    let worst = difference.worstIndex
    return Parameter(
      name: slot.name, shape: slot.shape, compared: indices.count, relativeError: difference.relativeError,
      worstIndex: indices[worst], found: found[indices[worst]], expected: expected[worst])
  }

  /// The elements with the greatest gradient, and as many others.
  private static func chosen(_ gradient: [Double], _ samples: Int?, seed: Seed) -> [Int] {
    guard let samples, samples < gradient.count else { return Array(gradient.indices) }
    let greatest = gradient.indices.sorted { (-abs(gradient[$0]), $0) < (-abs(gradient[$1]), $1) }
      .prefix((samples + 1) / 2)
    var chosen = Set(greatest)
    var random = seed.generator
    while chosen.count < samples { chosen.insert(random.index(below: gradient.count)) }
    return chosen.sorted()
  }
}
