import SeqBaseline
import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

@Suite struct BaselineTests {
  private let team = WorkerTeam(width: 1)

  @Test func `a classifier tells texts apart by words and by pairs of words`() {
    let texts = ["good film", "not good", "bad film", "not bad", "a good one", "a bad one", "not a good one"]
    let labels: [Int32] = [1, 0, 0, 1, 1, 0, 0]
    // Often enough that the squares of the weights count for little.
    let all = Array(repeating: texts, count: 8).flatMap { $0 }
    let baseline = classifier(all, Array(repeating: labels, count: 8).flatMap { $0 }, classes: 2)
    #expect(texts.map { baseline.label(of: tokens($0)) } == labels)
    #expect(baseline.majority == 0)
    for text in texts {
      let scores = baseline.scores(of: tokens(text))
      #expect(scores[0] == -scores[1] && abs(scores[0]) > 0.5)
    }
  }

  @Test func `characters within words tell words apart that were never seen`() {
    let texts = ["walking", "talking", "seeing", "doing", "walked", "talked", "jumped", "asked"]
    var settings = BaselineSettings()
    settings.characters = 4
    let baseline = classifier(texts, [0, 0, 0, 0, 1, 1, 1, 1], classes: 2, settings: settings)
    #expect(["jumping", "painted"].map { baseline.label(of: tokens($0)) } == [0, 1])
  }

  /// Values of scikit-learn's `LinearSVC` (`tol` 1e-9) on the same features, each multiplied by its factor.
  @Test(
    arguments: [
      (1, 1, [1, 0, 0, 1, 1, 0, 0, 1], [[-0.3893, 0.3893], [0.2233, -0.2233], [0.1008, -0.1008]]),
      (0.5, 4, [1, 0, 0, 1, 1, 0, 0, 1], [[-0.8128, 0.8128], [1.0343, -1.0343], [0.1169, -0.1169]]),
      (
        0.5, 1, [1, 0, 0, 1, 2, 2, 2, 1],
        [[-0.6066, 0.47, -0.8606], [-0.3047, -0.3158, -0.4465], [-0.7868, -0.6741, 0.5299]]
      ),
    ] as [(Double, Double, [Int32], [[Float]])])
  func `a classifier is what scikit-learn finds`(naiveBayes: Double, cost: Double, labels: [Int32], scores: [[Float]]) {
    let texts = [
      "good film", "not good", "bad film", "not bad", "a good one", "a bad one", "not a good one", "film",
    ]
    var settings = BaselineSettings()
    (settings.naiveBayes, settings.cost, settings.epochs) = (naiveBayes, cost, 1_000)
    let baseline = classifier(texts, labels, classes: scores[0].count, settings: settings)
    for (text, expected) in zip(["good film", "not a bad film", "one"], scores) {
      for (score, expected) in zip(baseline.scores(of: tokens(text)), expected) {
        #expect(abs(score - expected) < 1e-3, "\(text)")
      }
    }
  }

  @Test func `more than two classes; a text without tokens gets one, too`() {
    let texts = (0..<30).map { "w\($0 % 3) x\($0)" }
    let baseline = classifier(texts, (0..<30).map { Int32($0 % 3) }, classes: 3)
    #expect(["w0", "w1", "w2"].map { baseline.label(of: tokens($0)) } == [0, 1, 2])
    #expect((0..<3).contains(baseline.label(of: [])))
    let scores = baseline.scores(of: tokens("w1"))
    #expect(scores[1] > 0 && scores[0] < 0 && scores[2] < 0)
  }

  @Test func `a tagger goes by word, ending, neighbours and the tag before`() {
    let sentences: [Baseline.Sentence] = (0..<40).map { i in
      // "to" makes a verb of what is a noun after "the".
      (["the", "walk\(i % 5)", "to", "walk\(i % 5)", "quickly"], [0, 1, 2, 3, 4])
    }
    let baseline = Baseline.fit(
      sentences: sentences, classes: 5, settings: BaselineSettings(), seed: Seed(3))
    #expect(baseline.tags(of: ["the", "walk9", "to", "walk9", "slowly"]) == [0, 1, 2, 3, 4])
    #expect(baseline.tags(of: []).isEmpty && baseline.kind == .sentences)
  }

  @Test func `words are told apart one by one, by themselves and their neighbours`() throws {
    let sentences: [Baseline.Sentence] = (0..<40).map { i in
      (["the", "walk\(i % 5)", "to", "walk\(i % 5)", "quickly"], [0, 1, 2, 3, 4])
    }
    let baseline = Baseline.fit(
      words: sentences, classes: 5, settings: BaselineSettings(), seed: Seed(3), team: team)
    #expect(baseline.kind == .words)
    for model in [baseline, try Baseline(baseline.bytes, file: "baseline-words.bin")] {
      let scores = model.scores(ofWords: ["the", "walk9", "to", "walk9", "slowly"])
      let rows = (0..<5).map { Array(scores[$0 * 5..<($0 + 1) * 5]) }
      #expect(rows.map { row in row.indices.max { row[$0] < row[$1] } } == [0, 1, 2, 3, 4])
      #expect(model.scores(ofWords: []).isEmpty)
    }
  }

  @Test func `the same seed gives the same bytes, with any number of threads`() {
    let texts = (0..<60).map { "w\($0 % 4) x\($0 % 7) y\($0 % 11)" }
    let labels = (0..<60).map { Int32($0 % 4) }
    let one = classifier(texts, labels, classes: 4)
    let two = Baseline.fit(
      texts: zip(texts, labels).map { (tokens($0), $1) }, classes: 4, settings: BaselineSettings(), seed: Seed(5),
      team: WorkerTeam(width: 3))
    #expect(one.bytes == two.bytes)
  }

  @Test func `what is read back answers alike`() throws {
    let texts = (0..<60).map { "w\($0 % 4) x\($0 % 7) y\($0 % 11)" }
    let baseline = classifier(texts, (0..<60).map { Int32($0 % 4) }, classes: 4)
    let copy = try Baseline(baseline.bytes, file: "baseline.bin")
    #expect(copy.bytes == baseline.bytes && copy.majority == baseline.majority && copy.kind == .texts)
    #expect(texts.map { copy.label(of: tokens($0)) } == texts.map { baseline.label(of: tokens($0)) })
  }

  @Test func `a damaged file is refused, wherever it is cut and whatever is changed`() {
    let bytes = classifier(["a b", "b c", "c d"], [0, 1, 2], classes: 3).bytes
    for length in bytes.indices {
      #expect(throws: SeqError.self) { try Baseline(Array(bytes[..<length]), file: "baseline.bin") }
    }
    #expect(throws: SeqError.self) { try Baseline(bytes + [0], file: "baseline.bin") }
    // The scale and a bias that no learning comes to: what they would be added to is no number any more.
    for place in 0..<bytes.count - 3 {
      let copy = try? Baseline(bytes.replacing(place, by: Float.greatestFiniteMagnitude), file: "baseline.bin")
      if let copy, copy.kind == .texts { #expect(copy.scores(of: tokens("a b c d")).allSatisfy { abs($0) < 1e8 }) }
    }
    var random = Seed(7).generator
    // Whatever it comes to, it must not trap.
    for _ in 0..<2_000 {
      var changed = bytes
      changed[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      let copy = try? Baseline(changed, file: "baseline.bin")
      if let copy, copy.kind == .texts { _ = copy.label(of: tokens("a b")) }
    }
  }

  private func classifier(
    _ texts: [String], _ labels: [Int32], classes: Int, settings: BaselineSettings = BaselineSettings()
  ) -> Baseline {
    Baseline.fit(
      texts: zip(texts, labels).map { (tokens($0), $1) }, classes: classes, settings: settings, seed: Seed(5),
      team: team)
  }

  private func tokens(_ text: String) -> [ArraySlice<UInt8>] { text.split(separator: " ").map { Array($0.utf8)[...] } }
}

extension [UInt8] {
  /// With other bytes at a place: those of a number.
  fileprivate func replacing(_ place: Int, by number: Float) -> [UInt8] {
    var bytes = self
    for (i, shift) in [0, 8, 16, 24].enumerated() {
      bytes[place + i] = UInt8(truncatingIfNeeded: number.bitPattern >> shift)
    }
    return bytes
  }
}
