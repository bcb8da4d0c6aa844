package import SeqConfig
import SeqLayers

// What keys of a network contradict each other in.

extension ModelSettings {
  package func check(_ reader: ConfigReader) {
    let task = reader.facts.text("task") ?? ""
    if task != "one-to-one" { checkRecurrence(reader, task) }
    if task == "classification" { checkClassifier(reader) }
    if head == .crf, task != "tagging" {
      reader.problem("head", "crf only applies to tagging: it relates tags to their neighbours", remedy: "use softmax")
    }
    if sentenceLabel != nil, cell == .jordan {
      reader.problem(
        "sentenceLabel",
        "a Jordan network gives scores, not the states that a sentence label needs", remedy: "use another cell")
    }
  }

  private func checkRecurrence(_ reader: ConfigReader, _ task: String) {
    cell.check(reader)
    if cell.own != nil, !cell.multipliesState, dropout.recurrent > 0 || dropout.state > 0 {
      reader.problem(
        "dropout",
        "recurrent and state only apply to cells that multiply the previous state; "
          + "\(cell.rawValue) does not", remedy: "leave them out")
    }
    if connections != .none {
      if cell == .jordan {
        reader.problem(
          "connections", "do not apply to the jordan cell: its layers give scores, not states", remedy: "leave it out")
      } else if layers == 1 {
        reader.problem(
          "connections",
          "\(connections.rawValue) connections only apply from the second layer on, and there is one layer",
          remedy: "set model.layers to 2 or more, or leave it out")
      }
    }
    if task == "generation", isBidirectional {
      reader.problem(
        "bidirectional", "a text is generated in one direction: the tokens to come are unknown", remedy: "leave it out")
    }
    if task == "transduction", cell == .jordan {
      reader.problem("cell", "a Jordan network has no states for a decoder", remedy: "use another cell")
    }
  }

  private func checkClassifier(_ reader: ConfigReader) {
    if chunk != nil, cell == .jordan {
      reader.problem("chunk", "does not apply to the jordan cell: it gives scores, not states")
    }
    guard outputs == .each else { return }
    if chunk != nil {
      reader.problem("chunk", "only applies to outputs at the last step", remedy: "leave out model.outputs")
    }
    if pooling != .last {
      reader.problem(
        "outputs", "\"each\" predicts from the last step, which \(pooling.rawValue) pooling does not",
        remedy: "leave model.pooling out, or use \"last\"")
    }
    if isBidirectional {
      reader.problem(
        "outputs", "at the last step the second direction has read only one token",
        remedy: "set model.bidirectional to false")
    }
  }
}

extension CellKind {
  /// Reports what is wrong with a client's cell.
  func check(_ reader: ConfigReader) {
    guard let own else { return }
    if CellKind(rawValue: own.name) != nil {
      reader.problem("cell", "\"\(own.name)\" is the name of a cell of the library", remedy: "give yours another name")
    } else if let fault = own.fault {
      reader.problem("cell", "\"\(own.name)\" contradicts itself: \(fault)")
    }
  }
}
