import SeqCore
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// Predictions for many sequences.
struct PredictorTests {
  static let tasks = [Topology.pooled, .stepwise]

  private func predictor(_ topology: Topology, threads: Int) -> Predictor {
    let model = Toy.model(topology)
    let team = WorkerTeam(width: threads)
    let weights = Toy.weights(of: model)
    weights.refresh(team)
    return Predictor(model: model, weights: weights, team: team)
  }

  /// The rows of each sequence, in the order of the sequences.
  private func predictions(_ predictor: Predictor, _ data: EncodedDataset) -> [[[Float]]] {
    // One each, without a lock: a sequence is one thread's.
    let found = (0..<data.count).map { _ in Found() }
    predictor.predict(data) { sequence, prediction in
      let rows = (0..<prediction.count).map { prediction[$0] }
      for (step, row) in rows.enumerated() {
        #expect(row[prediction.best(step)] == row.max())
        #expect(prediction.withProbabilities(step) { span in span.indices.map { span[$0] } } == row)
        #expect(prediction.probabilities(step).elements == row)
      }
      #expect(found[sequence].rows == nil, "a sequence is taken once")
      found[sequence].rows = rows
    }
    return found.map { $0.rows ?? [] }
  }

  /// A part of a dataset.
  private func part(_ data: EncodedDataset, _ sequences: some Sequence<Int>) -> EncodedDataset {
    var part = EncodedDataset(isTagged: data.isTagged)
    for sequence in sequences {
      part.append(unlabelled: (0..<data.length(sequence)).map { data.token(sequence, $0) }[...])
    }
    return part
  }

  @Test(arguments: tasks) func theyDependOnNothingButTheSequence(topology: Topology) {
    let data = Toy.data(topology, count: 602)
    let predictor = predictor(topology, threads: 1)
    let all = predictions(predictor, data)
    #expect(all.count == data.count && !all.contains([]))
    for threads in 2...4 { #expect(predictions(self.predictor(topology, threads: threads), data) == all) }
    for sequence in [0, 5, 511, 512, data.count - 1] {
      #expect(predictions(predictor, part(data, [sequence])) == [all[sequence]])
    }
    for count in [2, 3, 17, 33] {
      #expect(predictions(self.predictor(topology, threads: 3), part(data, 0..<count)) == Array(all[..<count]))
    }
    #expect(predictions(predictor, data) == all, "the same again")
    #expect(predictions(predictor, part(data, [])).isEmpty)
  }

  @Test(arguments: tasks) func theyAreProbabilities(topology: Topology) {
    let data = Toy.data(topology, count: 30)
    for (sequence, rows) in predictions(predictor(topology, threads: 2), data).enumerated() {
      #expect(rows.count == (topology == .stepwise ? data.length(sequence) : 1))
      for row in rows {
        #expect(row.count == Toy.classes && row.allSatisfy { $0 > 0 })
        #expect(abs(row.reduce(0, +) - 1) < 1e-5)
      }
    }
  }

  /// Sequences that fill a shard, are longer than one, or are short beside them.
  @Test(arguments: tasks) func longSequencesAreNoExceptions(topology: Topology) {
    let limit = Predictor.shardTokens
    var data = EncodedDataset(isTagged: topology == .stepwise)
    for length in [3, limit + 500, 1, limit / 2, limit / 2, 40, limit, 7] {
      data.append(unlabelled: (0..<length).map { Int32(2 + $0 * $0 % 9) }[...])
    }
    let all = predictions(predictor(topology, threads: 2), data)
    #expect(all.map(\.count) == (0..<data.count).map { topology == .stepwise ? data.length($0) : 1 })
    for sequence in 0..<data.count {
      #expect(predictions(predictor(topology, threads: 1), part(data, [sequence])) == [all[sequence]])
    }
  }
}

private final class Found: @unchecked Sendable {
  var rows: [[Float]]?
}
