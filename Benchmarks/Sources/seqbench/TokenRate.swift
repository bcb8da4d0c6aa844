import SequenceToolkit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How fast lines become ids: cut into tokens and looked up in a vocabulary, on one thread.
struct TokenRate {
  private let tokenizer: Tokenizer
  private let lines: [String]
  private let vocabulary: Vocabulary
  private let bytes: Int

  init(kind: String, texts: String, file: String?) throws(SeqError) {
    guard let kind = TokenizerSettings.Kind(rawValue: kind) else { throw .usage("there is no tokenizer \(kind)") }
    tokenizer = try Tokenizer(TokenizerSettings(kind: kind, pattern: #"\w+|[^\w\s]"#, file: file))
    let text = try FileSystem.readText(texts)
    bytes = text.utf8.count
    lines = text.split(separator: "\n").map(String.init)
    var counts = VocabularyBuilder()
    for line in lines.prefix(lines.count / 4) { counts.add(contentsOf: tokenizer.texts(of: line)) }
    vocabulary = counts.build(maximumSize: 50_000)
  }

  func measure(seconds: Double) -> String {
    var tokens = 0
    let ids = rate(seconds) { line in tokens = tokenizer.ids(of: line, in: vocabulary).count }
    let cut = rate(seconds) { line in tokens = tokenizer.ranges(of: line).count }
    return JSONLine([
      ("megabytesPerSecond", .number(ids)), ("cutMegabytesPerSecond", .number(cut)), ("last", .number(Double(tokens))),
    ]).text
  }

  /// Megabytes a second of the processor's time, so that other processes count less.
  private func rate(_ seconds: Double, _ work: (String) -> Void) -> Double {
    let start = clock()
    var spent: Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) }
    var passes = 0
    while spent < seconds {
      for line in lines { work(line) }
      passes += 1
    }
    return Double(bytes * passes) / spent / 1e6
  }
}
