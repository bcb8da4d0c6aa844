import SeqCore

/// A left-to-right tagger: an averaged perceptron over features of a window and of the tags that it has already given
/// (Collins 2002, "Discriminative training methods for hidden Markov models").
struct AveragedPerceptron {
  private let classes: Int
  private var index = FeatureIndex()
  /// The row of a feature's weights; −1 if they never changed, as for most features.
  private var rows: [Int32] = []
  private var weights: [Float] = []
  /// Sums over all steps, up to the step in `stamps`.
  private var sums: [Float] = []
  private var stamps: [Int32] = []
  private var step: Int32 = 0
  private var scores: [Float]

  init(classes: Int) {
    self.classes = classes
    scores = Array(repeating: 0, count: classes)
  }

  /// A sentence to learn from: its tags, and the numbers of the features of all words, word by word.
  private struct Example {
    let words: [WindowFeatures.Word]
    let tags: [Int32]
    let features: [Int32]
    let ends: [Int]
  }

  /// The averaged weights after several rounds over the sentences, each in a different order.
  static func fit(
    _ sentences: [(words: [String], tags: [Int32])], classes: Int, epochs: Int, seed: Seed
  ) -> LinearWeights {
    var model = AveragedPerceptron(classes: classes)
    let examples = sentences.map { model.example($0.words, $0.tags) }
    var order = Array(examples.indices)
    for epoch in 0..<epochs {
      order.shuffle(seed: seed.child("epoch", epoch))
      for i in order { model.learn(examples[i]) }
    }
    return model.averaged()
  }

  private mutating func example(_ texts: [String], _ tags: [Int32]) -> Example {
    let words = texts.map(WindowFeatures.Word.init)
    var (features, ends): ([Int32], [Int]) = ([], [])
    for i in words.indices {
      WindowFeatures.forEach(words, i) { features.append(index.insert($0)) }
      ends.append(features.count)
    }
    return Example(words: words, tags: tags, features: features, ends: ends)
  }

  private mutating func learn(_ example: Example) {
    var (before, earlier): (Int32, Int32) = (-1, -2)
    var features: [Int32] = []
    for i in example.words.indices {
      features.removeAll(keepingCapacity: true)
      features += example.features[(i == 0 ? 0 : example.ends[i - 1])..<example.ends[i]]
      WindowFeatures.forEach(example.words, i, before: before, earlier: earlier) { features.append(index.insert($0)) }
      let guess = guess(features)
      step += 1
      let tag = example.tags[i]
      if guess != tag, tag >= 0 {
        for feature in features { move(feature, up: tag, down: guess) }
      }
      (earlier, before) = (before, guess)
    }
  }

  private mutating func guess(_ features: [Int32]) -> Int32 {
    while rows.count < index.count { rows.append(-1) }
    for k in 0..<classes { scores[k] = 0 }
    for feature in features where rows[Int(feature)] >= 0 {
      let start = Int(rows[Int(feature)]) * classes
      for k in 0..<classes { scores[k] += weights[start + k] }
    }
    return Int32(scores.best)
  }

  private mutating func move(_ feature: Int32, up: Int32, down: Int32) {
    if rows[Int(feature)] < 0 {
      rows[Int(feature)] = Int32(weights.count / classes)
      weights += repeatElement(0, count: classes)
      sums += repeatElement(0, count: classes)
      stamps += repeatElement(step, count: classes)
    }
    let start = Int(rows[Int(feature)]) * classes
    add(1, at: start + Int(up))
    add(-1, at: start + Int(down))
  }

  private mutating func add(_ change: Float, at place: Int) {
    sums[place] += weights[place] * Float(step - stamps[place])
    stamps[place] = step
    weights[place] += change
  }

  private func averaged() -> LinearWeights {
    var entries: [LinearWeights.Entry] = []
    for (feature, row) in rows.enumerated() where row >= 0 {
      for k in 0..<classes {
        let place = Int(row) * classes + k
        let sum = sums[place] + weights[place] * Float(step - stamps[place])
        if sum != 0 {
          entries.append(.init(feature: Int32(feature), owner: Int32(k), value: sum / Float(max(1, step))))
        }
      }
    }
    return LinearWeights(biases: Array(repeating: 0, count: classes), keys: index.keys, entries: entries)
  }
}
