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
    let start = clock()
    // Time of the processor, so that other processes count less.
    var spent: Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) }
    var (passes, tokens) = (0, 0)
    while spent < seconds {
      tokens = 0
      for line in lines { tokens += tokenizer.ids(of: line, in: vocabulary).count }
      passes += 1
    }
    let rate = Double(bytes * passes) / spent / 1e6
    return JSONLine([("megabytesPerSecond", .number(rate)), ("tokens", .number(Double(tokens)))]).text
  }
}
