import SeqConfig
import SeqModel
import SeqText

extension ModelSettings {
  /// - Parameter inputs: what has been read at `inputs`.
  init(
    reading reader: ConfigReader, task: SequenceTask, tokenizer: TokenizerSettings.Kind, inputs: [InputSettings] = []
  ) {
    self.init()
    self.inputs = inputs
    if reader.has("inputs") {
      reader.refuse("embedding", "has no effect with inputs: the size of a word input says it")
      if let word = inputs.first(where: { $0.kind == .word }) { embedding = word.size }
    } else {
      embedding = reader.int("embedding", default: embedding, in: 1...65_536)
    }
    if task == .oneToOne {
      readBag(reader, tokenizer)
    } else {
      if inputs.isEmpty {
        embeddingDeviation = reader.double("embeddingDeviation", default: embeddingDeviation, in: 0...100)
      } else {
        reader.refuse("embeddingDeviation", "has no effect with inputs")
      }
      readRecurrence(reader, task)
    }
    dropout = DropoutSettings(reading: reader, default: 0.3, task: task, cell: cell)
    readChunk(reader, task)
    if task == .classification {
      pooling = reader.choice("pooling", default: pooling)
      readOutputs(reader)
    } else if task == .oneToOne {
      reader.refuse("pooling", "goes with classification only; a bag is always the mean of its tokens")
      reader.refuse("outputs", "goes with classification only; a bag has no steps")
    } else {
      reader.refuse("pooling", "goes with classification only; this task predicts at every token")
      reader.refuse("outputs", "goes with classification only; this task has an output at every token")
    }
    if task == .transduction, cell == .jordan {
      reader.problem("cell", "a Jordan network has no states for a decoder", remedy: "use another cell")
    }
    head = reader.choice("head", default: head)
    if head == .crf, task != .tagging {
      reader.problem("head", "crf goes with tagging only: it relates tags to their neighbours", remedy: "use softmax")
    }
    readJoint(reader, task)
    decoder = DecoderSettings(reading: reader, self, task: task)
    reader.finish()
  }

  private mutating func readRecurrence(_ reader: ConfigReader, _ task: SequenceTask) {
    for key in ["ngrams", "buckets"] { reader.refuse(key, "goes with one-to-one only") }
    cell = reader.choice("cell", default: cell)
    if cell == .elman {
      activation = reader.choice("activation", default: activation)
    } else {
      reader.refuse("activation", "goes with the elman cell only; the \(cell.rawValue)'s is fixed")
    }
    if cell.hasForgetBias {
      forgetBias = reader.double("forgetBias", default: forgetBias, in: -100...100)
    } else {
      reader.refuse("forgetBias", "goes with cells that have a forget gate; \(cell.rawValue) has none with a bias")
    }
    readJordan(reader, task)
    hidden = reader.int("hidden", default: hidden, in: 1...65_536)
    layers = reader.int("layers", default: layers, in: 1...64)
    readConnections(reader)
    isBidirectional = reader.bool("bidirectional", default: task != .generation)
    if task == .generation, isBidirectional {
      reader.problem(
        "bidirectional", "a text is generated in one direction: what comes is not known", remedy: "leave it out")
    }
  }

  private mutating func readChunk(_ reader: ConfigReader, _ task: SequenceTask) {
    guard task == .classification else { return reader.refuse("chunk", "goes with classification only") }
    chunk = reader.optionalInt("chunk", in: 1...Model.maximumTokens)
    guard chunk != nil else { return }
    if cell == .jordan {
      reader.problem("chunk", "goes with the other cells: a Jordan network gives scores, not states")
    }
    if reader.node("outputs")?.stringValue == "each" {
      reader.problem("chunk", "goes with outputs at the last step only", remedy: "leave out model.outputs")
    }
  }

  private mutating func readConnections(_ reader: ConfigReader) {
    connections = reader.choice("connections", default: connections)
    guard connections != .none else { return }
    if cell == .jordan {
      reader.problem(
        "connections", "go with the other cells: a Jordan layer gives scores, not states", remedy: "leave it out")
    } else if layers == 1 {
      reader.problem(
        "connections", "\(connections.rawValue) connections lead past the second layer and those above it",
        remedy: "set model.layers to 2 or more, or leave it out")
    }
  }

  private mutating func readJordan(_ reader: ConfigReader, _ task: SequenceTask) {
    guard cell == .jordan else {
      reader.refuse("feedback", "goes with the jordan cell only")
      reader.refuse("teacherForcing", "goes with the jordan cell only: no other is fed its output")
      return
    }
    feedback = reader.choice("feedback", default: feedback)
    if task == .tagging {
      isTeacherForced = reader.bool("teacherForcing", default: isTeacherForced)
    } else if task == .generation {
      reader.refuse("teacherForcing", "goes with tagging only; a generator always reads the true token before")
    } else {
      reader.refuse("teacherForcing", "goes with tagging only: a classifier would be told the label it should find")
    }
  }

  private mutating func readOutputs(_ reader: ConfigReader) {
    outputs = reader.choice("outputs", default: outputs)
    guard outputs == .each else { return }
    if pooling != .last {
      reader.problem(
        "outputs", "\"each\" predicts from the last step, which \(pooling.rawValue) pooling does not",
        remedy: "leave model.pooling out, or use \"last\"")
    }
    if isBidirectional {
      reader.problem(
        "outputs", "at the last step the second direction has read one token only",
        remedy: "set model.bidirectional to false")
    }
  }

  /// The keys of a feed-forward network over a bag of tokens and n-grams.
  private mutating func readBag(_ reader: ConfigReader, _ tokenizer: TokenizerSettings.Kind) {
    reader.refuse("embeddingDeviation", "has no effect: the embeddings of a bag start at 0")
    for key in ["cell", "bidirectional", "forgetBias", "feedback", "teacherForcing", "connections"] {
      reader.refuse(key, "has no effect: one-to-one has no recurrence")
    }
    ngrams = reader.int("ngrams", default: tokenizer == .character ? 5 : 2, in: 1...16)
    if ngrams > 1 {
      buckets = reader.int("buckets", default: buckets, in: 1...100_000_000)
    } else {
      reader.refuse("buckets", "has no effect with ngrams 1")
    }
    layers = reader.int("layers", default: 0, in: 0...64)
    if layers > 0 {
      hidden = reader.int("hidden", default: hidden, in: 1...65_536)
      activation = reader.choice("activation", default: .relu)
    } else {
      for key in ["hidden", "activation"] { reader.refuse(key, "has no effect without hidden layers") }
    }
  }
}

extension DropoutSettings {
  /// One number for three places, or an object with one a place and what else may be dropped.
  fileprivate init(reading reader: ConfigReader, default value: Double, task: SequenceTask, cell: CellKind) {
    let range = NumberRange.closed(0...0.99)
    guard reader.node("dropout")?.members != nil else {
      self.init(reader.double("dropout", default: value, in: range))
      return
    }
    let places = reader.object("dropout")
    self.init(
      input: places.double("input", default: value, in: range),
      between: places.double("between", default: value, in: range),
      output: places.double("output", default: value, in: range))
    readRecurrence(places, task, cell)
    if task == .generation || task == .oneToOne {
      places.refuse("word", "goes with texts that are read token by token, to be labelled, tagged or transduced")
    } else {
      word = places.double("word", default: word, in: range)
    }
    places.finish()
  }

  /// What is dropped of states and of the matrices between them.
  private mutating func readRecurrence(_ places: ConfigReader, _ task: SequenceTask, _ cell: CellKind) {
    let range = NumberRange.closed(0...0.99)
    if task == .oneToOne || cell == .jordan {
      for key in ["locked", "recurrent", "state", "zoneout"] {
        places.refuse(key, "goes with recurrent layers whose states go from step to step")
      }
      return
    }
    isLocked = places.bool("locked", default: isLocked)
    if cell.multipliesState {
      recurrent = places.double("recurrent", default: recurrent, in: range)
      state = places.double("state", default: state, in: range)
    } else {
      for key in ["recurrent", "state"] {
        places.refuse(key, "goes with cells that multiply the state of the step before; \(cell.rawValue) does not")
      }
    }
    if [.elman, .lstm, .lstmNP, .gru].contains(cell) {
      zoneout = places.double("zoneout", default: zoneout, in: range)
    } else {
      places.refuse("zoneout", "goes with the cells elman, lstm, lstm-np and gru")
    }
  }
}
