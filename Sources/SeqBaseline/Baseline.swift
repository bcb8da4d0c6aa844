package import SeqCore
package import SeqTensor

/// What a network should beat: a linear model, fitted in seconds, and the most frequent class.
package struct Baseline: Sendable {
  /// The input of the linear model.
  enum Scope: Sendable, Equatable {
    case texts(TextFeatures)
    /// The words of a sentence, tagged one after the other.
    case sentences
    /// The words of a sentence, each tagged on its own.
    case words
  }

  let scope: Scope
  let weights: LinearWeights
  /// The most frequent class of the training data; the first one of equally frequent ones.
  package let majority: Int32
  package var classes: Int { weights.classes }
  /// What gets a class.
  package enum Kind: Sendable { case texts, sentences, words }
  package var kind: Kind {
    switch scope {
    case .texts: .texts
    case .sentences: .sentences
    case .words: .words
    }
  }

  /// The most tokens for a classifier to learn from, and the most words for a tagger; from more data, a sample is
  /// drawn.
  static let mostTokens = 20_000_000, mostWords = 500_000

  init(scope: Scope, weights: LinearWeights, majority: Int32) {
    (self.scope, self.weights, self.majority) = (scope, weights, majority)
  }

  /// A text's tokens in UTF-8 with its class; −1 for none.
  package typealias Text = (tokens: [ArraySlice<UInt8>], label: Int32)
  /// The words of a sentence as written, with a class for each.
  package typealias Sentence = (words: [String], tags: [Int32])

  /// A classifier of texts.
  /// - Parameter seed: for the order of the examples.
  package static func fit(
    texts: [Text], classes: Int, settings: BaselineSettings, seed: Seed, team: WorkerTeam
  ) -> Baseline {
    let features = TextFeatures(
      tokens: settings.ngrams, shortest: settings.characters > 0 ? TextFeatures.shortestGram : 0,
      longest: settings.characters)
    let texts = part(of: texts, seed, mostTokens) { $0.tokens.count }
    var index = FeatureIndex()
    let examples = texts.map { features.distinct(of: $0.tokens).map { index.insert($0) } }
    let labels = texts.map(\.label)
    let machine = LinearMachine(
      examples: examples, labels: labels, keys: index.keys, classes: classes, settings: settings)
    return Baseline(
      scope: .texts(features), weights: machine.fit(seed: seed, team: team),
      majority: mostFrequent(labels, classes))
  }

  /// A tagger of sentences.
  package static func fit(
    sentences: [Sentence], classes: Int, settings: BaselineSettings, seed: Seed
  ) -> Baseline {
    let sentences = part(of: sentences, seed, mostWords) { $0.words.count }
    let weights = AveragedPerceptron.fit(sentences, classes: classes, epochs: settings.epochs, seed: seed)
    return Baseline(
      scope: .sentences, weights: weights, majority: mostFrequent(sentences.flatMap(\.tags), classes))
  }

  /// A classifier of words in their sentences, which does not know the tags of the other words: the network to which it
  /// is added handles these.
  package static func fit(
    words sentences: [Sentence], classes: Int, settings: BaselineSettings, seed: Seed, team: WorkerTeam
  ) -> Baseline {
    let sentences = part(of: sentences, seed, mostWords) { $0.words.count }
    var index = FeatureIndex()
    var examples: [[Int32]] = []
    for sentence in sentences {
      let words = sentence.words.map(WindowFeatures.Word.init)
      for i in words.indices { examples.append(WindowFeatures.distinct(words, i).map { index.insert($0) }) }
    }
    let labels = sentences.flatMap(\.tags)
    let machine = LinearMachine(
      examples: examples, labels: labels, keys: index.keys, classes: classes, settings: settings)
    return Baseline(
      scope: .words, weights: machine.fit(seed: seed, team: team),
      majority: mostFrequent(labels, classes))
  }

  /// All examples or, if they have too many tokens, a random sample.
  private static func part<Example>(of examples: [Example], _ seed: Seed, _ most: Int, _ tokens: (Example) -> Int)
    -> [Example]
  {
    guard examples.reduce(0, { $0 + tokens($1) }) > most else { return examples }
    var order = Array(examples.indices)
    order.shuffle(seed: seed.child("part"))
    var (count, sum) = (0, 0)
    while count < order.count, sum < most {
      sum += tokens(examples[order[count]])
      count += 1
    }
    return order.prefix(count).sorted().map { examples[$0] }
  }

  private static func mostFrequent(_ labels: [Int32], _ classes: Int) -> Int32 {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels where label >= 0 { counts[Int(label)] += 1 }
    return Int32(counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0)
  }
}

extension Baseline {
  /// The class that the linear model gives to a text. - Precondition: it is one of texts.
  package func label(of tokens: [ArraySlice<UInt8>]) -> Int32 { Int32(scores(of: tokens).best) }

  /// The linear model's score for each class of a text: the signed distance to the border between the class and all
  /// others, about 1 at the margin of the training data. - Precondition: it is one of texts.
  package func scores(of tokens: [ArraySlice<UInt8>]) -> [Float] {
    guard case .texts(let scope) = scope else { preconditionFailure("a tagger gives no text a label") }
    return scores(of: scope.distinct(of: tokens))
  }

  /// The same for each word of a sentence, word by word. - Precondition: it is one of words.
  package func scores(ofWords sentence: [String]) -> [Float] {
    precondition(scope == .words, "it is of texts, or gives tags one after the other")
    let words = sentence.map(WindowFeatures.Word.init)
    var all: [Float] = []
    all.reserveCapacity(words.count * classes)
    for i in words.indices { all += scores(of: WindowFeatures.distinct(words, i)) }
    return all
  }

  /// - Parameter features: without duplicates.
  private func scores(of features: [UInt32]) -> [Float] {
    var scores = [Float](repeating: 0, count: classes)
    let share = 1 / Float(max(1, features.count)).squareRoot()
    for feature in features { weights.add(feature, times: share, to: &scores) }
    for k in scores.indices { scores[k] += weights.biases[k] }
    // For two classes, the second score is the first one negated.
    if classes == 2 { scores[1] = -scores[0] }
    return scores
  }

  /// The classes that the linear model gives to the words of a sentence. - Precondition: it is one of sentences.
  package func tags(of sentence: [String]) -> [Int32] {
    precondition(scope == .sentences, "a classifier gives no tags")
    let words = sentence.map(WindowFeatures.Word.init)
    var (tags, scores): ([Int32], [Float]) = ([], [])
    for i in words.indices {
      scores.removeAll(keepingCapacity: true)
      scores += weights.biases
      WindowFeatures.forEach(words, i) { weights.add($0, to: &scores) }
      WindowFeatures.forEach(words, i, before: i > 0 ? tags[i - 1] : -1, earlier: i > 1 ? tags[i - 2] : Int32(i - 2)) {
        weights.add($0, to: &scores)
      }
      tags.append(Int32(scores.best))
    }
    return tags
  }
}
