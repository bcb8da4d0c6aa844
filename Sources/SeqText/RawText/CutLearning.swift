package import SeqCore

/// A text and the ranges of its tokens, in UTF-8 bytes.
package struct CutText: Sendable {
  package var text: String
  package var tokens: [Range<Int>]

  /// A text with its tokens, in their order.
  package init(text: String, tokens: [Range<Int>]) { (self.text, self.tokens) = (text, tokens) }
}

/// Learns where to correct a tokenizer: an averaged perceptron that starts from the tokenizer's decisions and changes
/// only after mistakes, so a tokenizer that makes none stays as it is.
package struct CutLearning {
  private static let rounds = 4

  private var weights = CutWeights()
  /// Sums over all steps, up to the step in `stamps`.
  private var sums: [Int] = [], stamps: [Int] = []
  private var step = 0
  private var features: [UInt32] = []

  private struct Example {
    var line: CutLine
    /// Whether a token starts or ends before each character.
    var isCut: [Bool]
  }

  /// The corrections of a tokenizer.
  package static func learn(_ texts: [CutText], correcting tokenizer: Tokenizer, seed: Seed) -> LearnedCuts {
    var learning = CutLearning()
    let examples = texts.map { example($0, tokenizer) }
    var order = Array(examples.indices)
    for round in 0..<rounds {
      order.shuffle(seed: seed.child("round", round))
      for i in order { learning.learn(examples[i]) }
    }
    return learning.averaged()
  }

  private static func example(_ text: CutText, _ tokenizer: Tokenizer) -> Example {
    let line = CutLine(Array(text.text.utf8), tokens: tokenizer.ranges(of: text.text))
    let cuts = Set(text.tokens.flatMap { [$0.lowerBound, $0.upperBound] })
    return Example(line: line, isCut: line.starts.dropLast().map(cuts.contains))
  }

  private mutating func learn(_ example: Example) {
    for k in 0..<example.line.count where example.line.isInside(k) {
      step += 1
      features.removeAll(keepingCapacity: true)
      example.line.appendFeatures(k, to: &features)
      let guess = LearnedCuts.vote(example.line, k) + weights.sum(features) > 0
      if guess != example.isCut[k] { move(by: example.isCut[k] ? 1 : -1) }
    }
  }

  private mutating func move(by change: Int32) {
    for feature in features {
      let place = weights.insert(feature)
      if place == sums.count {
        sums.append(0)
        stamps.append(step)
      }
      sums[place] += Int(weights.values[place]) * (step - stamps[place])
      stamps[place] = step
      weights.values[place] += change
    }
  }

  /// The mean over all steps; weights that round to 0 are left out.
  private func averaged() -> LearnedCuts {
    var means = CutWeights()
    for (place, key) in weights.keys.enumerated() {
      let sum = sums[place] + Int(weights.values[place]) * (step - stamps[place])
      let mean = Int32((Double(sum * LearnedCuts.unit) / Double(max(1, step))).rounded())
      if mean != 0 { means.values[means.insert(key)] = mean }
    }
    return LearnedCuts(means)
  }
}
