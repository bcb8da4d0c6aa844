import SeqCore
import SeqLayers
import SeqModel
import SeqRecords
import SeqTensor
import SeqTraining

/// Small models and data for tests.
enum Toy {
  static let vocabularySize = 12
  static let classes = 3

  /// Sequences of 1 to 9 tokens whose label, or whose tokens' labels, follow from the tokens.
  static func data(_ topology: Topology, count: Int, seed: UInt64 = 1) -> EncodedDataset {
    var generator = Seed(seed).generator
    var data = EncodedDataset(isTagged: topology.isStepwise)
    for _ in 0..<count {
      let ids = (0...generator.index(below: 9)).map { _ in Int32(2 + generator.index(below: vocabularySize - 2)) }
      let labels = ids.map { $0 % Int32(classes) }
      if topology.isStepwise {
        data.append(ids: ids, labels: labels)
      } else {
        data.append(ids: ids, labels: [labels[0]])
      }
    }
    return data
  }

  static func model(
    _ topology: Topology, vocabularySize: Int = vocabularySize, _ change: (inout ModelSettings) -> Void = { _ in }
  ) -> SequenceModel {
    var settings = ModelSettings()
    settings.embedding = 5
    settings.hidden = 6
    settings.dropout = DropoutSettings(0.25)
    change(&settings)
    return SequenceModel(topology: topology, settings: settings, vocabularySize: vocabularySize, classes: classes)
  }

  static func weights(of model: SequenceModel, seed: UInt64 = 3) -> Weights {
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: Seed(seed))
    return Weights(vector, training: true)
  }

  /// A trainer of a small classifier on 40 sequences, 10 batches an epoch.
  static func trainer(
    threads: Int = 1, _ settings: TrainingSettings, _ collaborators: Trainer.Collaborators = .init()
  ) -> Trainer {
    Trainer(
      model: model(.pooled), data: data(.pooled, count: 40), settings: settings,
      options: LossOptions(), team: WorkerTeam(width: threads), collaborators: collaborators)
  }

  static func settings(epochs: Int, _ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = epochs
    settings.batch = .sequences(4)
    settings.optimizer.learningRate = 0.02
    change(&settings)
    return settings
  }
}

// A matrix does not keep its vector: these copy while the vector is sure to live.
extension ParameterVector {
  var numbers: [Float] { flat.elements }

  func rows(_ slot: ParameterSlot) -> [[Float]] { (0..<slot.rows).map(self[slot].row) }

  func numbers(_ slot: ParameterSlot) -> [Float] { self[slot].elements }
}
