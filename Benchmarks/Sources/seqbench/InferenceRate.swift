import SequenceToolkit

/// The speed of a fitted model: ids in and labels out, as PyTorch is measured, and beside it texts in.
struct InferenceRate {
  private let model: Model
  private let texts: [String]
  private let seconds: Double

  init(model path: String, texts file: String, threads: Int, seconds: Double) throws(SeqError) {
    model = try Model(contentsOf: path, threads: threads)
    texts = try FileSystem.readText(file).split(separator: "\n").map(String.init)
    self.seconds = seconds
  }

  /// All texts at once, again and again.
  func many() -> String {
    let encoded = model.encode(texts)
    let tokens = Double(encoded.tokenCount)
    let fromIDs = passes { _ = model.predict(encoded) }
    let fromTexts = passes { _ = model.predict(texts) }
    return JSONLine([
      ("tokensPerSecond", .number(fromIDs * tokens)), ("tokensPerSecondFromText", .number(fromTexts * tokens)),
    ]).text
  }

  /// One text after the other.
  func one() -> String {
    let encoded = texts.map { model.encode([$0]) }
    let fromIDs = Latencies(of: encoded, tokens: \.tokenCount, for: seconds) { _ = model.predict($0) }
    let counted = zip(texts, encoded).map { (text: $0, tokens: $1.tokenCount) }
    let fromTexts = Latencies(of: counted, tokens: \.tokens, for: seconds) { _ = model.predict([$0.text]) }
    return JSONLine([
      ("tokensPerSecond", .number(fromIDs.tokensPerSecond)),
      ("p50", .number(fromIDs.quantile(0.5))), ("p99", .number(fromIDs.quantile(0.99))),
      ("tokensPerSecondFromText", .number(fromTexts.tokensPerSecond)),
      ("p50FromText", .number(fromTexts.quantile(0.5))), ("p99FromText", .number(fromTexts.quantile(0.99))),
    ]).text
  }

  /// Passes a second. The first one warms up.
  private func passes(_ pass: () -> Void) -> Double {
    pass()
    let clock = Stopwatch()
    var count = 0.0
    while clock.seconds < seconds {
      pass()
      count += 1
    }
    return count / clock.seconds
  }
}

/// How long each of many short calls took.
private struct Latencies {
  private var sorted: [Double] = []
  private(set) var tokensPerSecond = 0.0

  init<Item>(of items: [Item], tokens: (Item) -> Int, for seconds: Double, _ call: (Item) -> Void) {
    for item in items.prefix(20) { call(item) }
    let clock = Stopwatch()
    var count = 0
    var last = 0.0
    while last < seconds {
      let item = items[sorted.count % items.count]
      let start = clock.seconds
      call(item)
      last = clock.seconds
      sorted.append(last - start)
      count += tokens(item)
    }
    tokensPerSecond = Double(count) / last
    sorted.sort()
  }

  func quantile(_ share: Double) -> Double { sorted[Int(share * Double(sorted.count - 1))] }
}
