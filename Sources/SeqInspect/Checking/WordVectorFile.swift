import SeqCore
import SeqData
import SeqText

/// The words of a file of word vectors that some data uses.
struct WordVectorFile {
  let path: String
  /// How many words the file has.
  private(set) var words = 0
  /// The size of each vector.
  private(set) var dimensions = 0
  /// The first lines that are not vectors.
  private(set) var faults: [(line: Int, message: String)] = []
  /// Words of the data whose vector has a number that is not finite, which a fit refuses.
  private(set) var refused: [SeqError.Diagnostic] = []
  private(set) var faultCount = 0
  private var known: Set<String> = []

  /// Reads a file in any form that `WordVectorReader` reads.
  init(_ path: String, for all: Collection) throws(SeqError) {
    self.path = path
    var needed = VocabularyBuilder()
    for part in all.statistics {
      for token in part.vocabulary.tokens {
        needed.add(token)
        needed.add(token.lowercased())
      }
    }
    var reader = try WordVectorReader(path)
    var numbers: [Float] = []
    while try reader.next() {
      if let message = reader.fault {
        fault(reader.number, message)
        continue
      }
      numbers.removeAll(keepingCapacity: true)
      let word = String(decoding: reader.word, as: UTF8.self)
      do {
        try reader.appendNumbers(to: &numbers)
      } catch {
        if needed.count(of: word) > 0 {
          refused += error.diagnostics
        } else {
          fault(reader.number, error.diagnostics[0].message)
        }
        continue
      }
      words += 1
      if needed.count(of: word) > 0 { known.insert(word) }
    }
    dimensions = reader.dimensions
    if words == 0, refused.isEmpty {
      throw WordVectorReader.noVectors(path, first: faults.first.map { ($0.line, $0.message) })
    }
  }

  private mutating func fault(_ line: Int, _ message: String) {
    faultCount += 1
    if faults.count < 100 { faults.append((line, message)) }
  }

  /// The shares of a part's running words that have a vector: as written, and only in lower case.
  func coverage(of vocabulary: VocabularyBuilder) -> (exact: Double, lowercased: Double)? {
    guard vocabulary.total > 0 else { return nil }
    var (exact, lowercased) = (0, 0)
    for token in vocabulary.tokens {
      let count = vocabulary.count(of: token)
      if known.contains(token) { exact += count }
      if known.contains(token) || known.contains(token.lowercased()) { lowercased += count }
    }
    let total = Double(vocabulary.total)
    return (Double(exact) / total, Double(lowercased) / total)
  }
}
