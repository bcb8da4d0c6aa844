import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqTensor

/// Makes texts token by token: each is drawn from what the network says of those before it, and fed back to it.
///
/// Unchecked because one task at a time uses it: see `WorkerTeam`.
final class TokenGenerator: @unchecked Sendable {
  /// Texts that are made side by side.
  static let width = Shard.size

  /// A text in the making.
  struct Draft {
    package var tokens: [Int32] = []
    package var isEnded = false
    package var logProbability = 0.0
    fileprivate var generator: SplitMix64
  }

  private let weights: Weights
  private let pass: ModelPass
  private let stateSize: Int
  private let stateBuffer = FloatBuffer()
  /// In turns: the pass holds the shape of the last one.
  private var shard = Shard(), other = Shard()

  init(_ model: SequenceModel, _ weights: Weights, _ team: WorkerTeam) {
    self.weights = weights
    pass = model.makePass(team)
    stateSize = model.encoder.stateSize
  }

  /// - Parameters:
  ///   - beginning: what the network reads first: the start symbol and the tokens of the prompt.
  ///   - end: the token that ends a text; nil if there is none.
  ///   - seeds: of the texts; what one becomes does not depend on the others.
  func generate(
    _ beginning: [Int32], end: Int?, maximumLength: Int, _ sampling: SamplingSettings, forbidden: [Int], seeds: [Seed]
  ) -> [Draft] {
    var drafts = seeds.map { Draft(generator: $0.generator) }
    var sampler = TokenSampler(sampling, forbidden: forbidden)
    var running = Array(drafts.indices)
    var state = stateBuffer.reserve(rows: running.count, columns: stateSize)
    state.fill(0)
    for token in beginning.dropLast() { read(running.map { _ in token }, state) }
    var inputs = running.map { _ in beginning[beginning.count - 1] }
    for _ in 0..<maximumLength where !running.isEmpty {
      read(inputs, state)
      inputs.removeAll(keepingCapacity: true)
      var going: [Int] = []
      for (row, d) in running.enumerated() {
        let next = pass.predicted.withRow(row) { sampler.next($0, &drafts[d].generator) }
        drafts[d].logProbability += next.logProbability
        drafts[d].isEnded = next.token == end
        if drafts[d].isEnded { continue }
        drafts[d].tokens.append(Int32(next.token))
        // The states of those that go on move up.
        if going.count < row { state.rows(going.count..<going.count + 1).copy(from: state.rows(row..<row + 1)) }
        going.append(d)
        inputs.append(Int32(next.token))
      }
      running = going
      state = state.rows(0..<running.count)
    }
    return drafts
  }

  /// One step of all texts: leaves the scores of the next tokens with the pass.
  private func read(_ tokens: [Int32], _ state: Matrix) {
    swap(&shard, &other)
    shard.fill(
      positions: Array(tokens.indices)[...], length: { _ in 1 }, token: { position, _ in tokens[position] },
      topology: .stepwise, label: { _, _ in -1 })
    pass.state = state
    var request = PredictionRequest()
    request.isOfScores = true
    pass.predict(shard, weights: weights, request)
  }
}
