import SeqCore
import SeqData
import SeqModel
import SeqTensor
import SeqTraining
import Testing

/// Predictions for many sequences.
struct PredictorTests {
  private func predictions(_ task: Task, _ data: EncodedDataset, threads: Int) -> [[[Float]]] {
    let model = Toy.model(task)
    let team = WorkerTeam(width: threads)
    let weights = Toy.weights(of: model)
    weights.refresh(team)
    var results: [[[Float]]] = []
    Predictor(model: model, weights: weights, team: team).predict(data) { sequence, prediction in
      #expect(sequence == results.count, "in input order")
      results.append((0..<prediction.count).map { prediction[$0] })
      for step in 0..<prediction.count {
        #expect(prediction[step][prediction.best(step)] == prediction[step].max())
      }
    }
    return results
  }

  @Test(arguments: [Task.classification, .tagging]) func theyDependOnNothingButTheSequence(task: Task) {
    let data = Toy.data(task, count: Predictor.window + 90)
    let all = predictions(task, data, threads: 1)
    #expect(all.count == data.count)
    #expect(predictions(task, data, threads: 3) == all)
    for sequence in [0, 5, Predictor.window, data.count - 1] {
      var alone = EncodedDataset(isTagged: task == .tagging)
      let ids = (0..<data.length(sequence)).map { data.token(sequence, $0) }
      alone.append(ids: ids, labels: repeatElement(-1, count: task == .tagging ? ids.count : 1))
      #expect(predictions(task, alone, threads: 1) == [all[sequence]])
    }
  }

  @Test(arguments: [Task.classification, .tagging]) func theyAreProbabilities(task: Task) {
    let data = Toy.data(task, count: 30)
    for (sequence, rows) in predictions(task, data, threads: 2).enumerated() {
      #expect(rows.count == (task == .tagging ? data.length(sequence) : 1))
      for row in rows {
        #expect(row.count == Toy.classes && row.allSatisfy { $0 > 0 })
        #expect(abs(row.reduce(0, +) - 1) < 1e-5)
      }
    }
  }
}
