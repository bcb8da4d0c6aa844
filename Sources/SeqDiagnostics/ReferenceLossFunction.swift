import SeqCore
import SeqLayers
package import SeqModel
package import SeqReference

/// The loss of some sequences as the reference computes it, for any network that a config can describe.
struct ReferenceLossFunction: Sendable {
  private enum Network {
    case recurrent(ReferenceNetwork)
    case bag(ReferenceBag)
    case transducer(ReferenceTransducer, target: Int)
  }

  private let network: Network
  private let features: Int
  private let input: ReferenceFeatures?
  private let sequences: CheckedSequences

  /// - Throws: an internal fault if the reference does not know the network.
  init(
    _ settings: ModelSettings, topology: Topology, _ options: LossOptions, _ sequences: CheckedSequences
  ) throws(SeqError) {
    if let own = settings.ownCells.first {
      throw .data(
        "the reference does not know the cell \"\(own.name)\"", at: .path("model.cell"),
        remedy: "check your own cell with its gradientError()")
    }
    let loss = ReferenceLoss(classWeights: options.classWeights?.map(Double.init), options.numbers)
    if topology == .encoderDecoder, let transducer = ReferenceTransducer(settings, loss: loss) {
      network = .transducer(transducer, target: settings.decoder.embedding ?? settings.embedding)
    } else if topology == .bag {
      network = .bag(ReferenceBag(layers: settings.layers, activation: settings.activation.rawValue, loss: loss))
    } else if let recurrent = ReferenceNetwork(settings, topology: topology, loss: loss) {
      network = .recurrent(recurrent)
    } else {
      throw SeqError(.internalFault, "the reference has no \(settings.summary)")
    }
    self.sequences = sequences
    features = settings.embedding
    input = settings.features.isEmpty ? nil : ReferenceFeatures(settings.features)
  }

  func loss(_ parameters: ReferenceParameters) -> Double {
    switch network {
    case .recurrent(let network):
      if let input {
        let rows = sequences.features.map { $0.map { input.row($0, parameters) } }
        return network.loss(of: rows, labels: sequences.labels, parameters)
      }
      return network.loss(of: sequences.tokens, features: features, labels: sequences.labels, parameters)
    case .bag(let bag):
      return bag.loss(of: sequences.tokens, features: features, labels: sequences.labels.map { $0[0] }, parameters)
    case .transducer(let transducer, let target):
      // Before the first token of a target stands the symbol for its start, 0.
      return transducer.loss(
        of: zip(sequences.tokens, sequences.labels).map {
          .init(source: $0, inputs: [0] + $1.dropLast(), labels: $1)
        }, .init(source: features, target: target), parameters)
    }
  }
}

extension ReferenceNetwork {
  /// The network of a config's settings; nil if the reference does not know it.
  package init?(_ settings: ModelSettings, topology: Topology, loss: ReferenceLoss) {
    let learnsAtEachStep = topology == .pooled && settings.outputs == .each
    self.init(
      cell: settings.cell.rawValue, activation: settings.activation.rawValue, hidden: settings.hidden,
      layers: settings.layers, isBidirectional: settings.isBidirectional, connections: settings.connections.rawValue,
      pooling: topology == .pooled && !learnsAtEachStep ? settings.pooling.rawValue : nil,
      feedback: settings.feedback.rawValue, isTeacherForced: settings.isTeacherForced, loss: loss)
    repeatsLabels = learnsAtEachStep
    chunk = topology == .pooled ? settings.chunk : nil
    hasChain = topology == .stepwise && settings.head == .crf
    sentenceLabel = settings.sentenceLabel.flatMap { settings in
      ReferencePooling(rawValue: settings.pooling.rawValue).map { ($0, settings.weight) }
    }
  }
}

extension ReferenceTransducer {
  /// The network of a config's settings; nil if the reference does not know it.
  fileprivate init?(_ settings: ModelSettings, loss: ReferenceLoss) {
    let own = settings.decoder
    guard let source = ReferenceNetwork(settings, topology: .stepwise, loss: loss)?.encoder,
      let cell = ReferenceCell(named: (own.cell ?? settings.cell).rawValue, activation: settings.activation.rawValue)
    else { return nil }
    self.init(encoder: source, cell: cell, hidden: settings.decoderUnits)
    layers = own.layers ?? settings.layers
    attention = ReferenceAttention(rawValue: own.attention.rawValue)
    feedsInput = own.feedsInput
    self.loss = loss
  }
}
