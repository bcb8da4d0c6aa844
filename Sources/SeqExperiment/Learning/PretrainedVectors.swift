package import SeqCore
import SeqData
package import SeqModel
package import SeqTensor
package import SeqText

/// The vectors that a vocabulary finds in a file.
package struct PretrainedVectors: Sendable {
  /// The place of the feature that they are for among the config's.
  package let feature: Int
  package let file: String
  package let unknown: UnknownVector
  /// Words of the file that the vocabulary is to be extended by, in the file's order.
  package private(set) var additional: [String] = []
  /// Words of the training data that have a vector as they are, and only in lower case.
  package private(set) var exact = 0, lowercased = 0
  /// Words that were looked for.
  private let wanted: Int
  /// Words of the file.
  package private(set) var words = 0
  /// Lines that are no vector.
  package private(set) var faults = 0
  private let size: Int
  /// The vectors that are kept, one behind the other.
  private var numbers: [Float] = []
  /// The row of each id; −1 for none.
  private var rows: [Int32]
  /// Where the words of the file that are kept stand in `numbers`.
  private var found = ByteIndex()

  /// Reads a file as a stream, and keeps the vectors that are needed.
  ///
  /// - Parameters:
  ///   - vocabulary: its words have the file's vector of the same word, else of the word in lower case.
  ///   - limit: words of the file that are added to the vocabulary, at most: the first that it lacks.
  package init(_ settings: WordFeature, feature: Int, _ vocabulary: Vocabulary, adding limit: Int) throws(SeqError) {
    self.feature = feature
    file = settings.vectors ?? ""
    (unknown, size, wanted) = (settings.unknown, settings.size, vocabulary.entries.count)
    rows = [Int32](repeating: -1, count: vocabulary.count)
    let lower = vocabulary.entries.map { $0.lowercased() }
    try read(vocabulary, fallbacks: Vocabulary(lower), limit)
    for (i, entry) in vocabulary.entries.enumerated() {
      if let row = found.number(of: Array(entry.utf8)[...]) {
        rows[i + 2] = Int32(row)
        exact += 1
      } else if let row = found.number(of: Array(lower[i].utf8)[...]) {
        rows[i + 2] = Int32(row)
        lowercased += 1
      }
    }
    for word in additional { rows.append(found.number(of: Array(word.utf8)[...]).map { Int32($0) } ?? -1) }
  }

  private mutating func read(_ vocabulary: Vocabulary, fallbacks: Vocabulary, _ limit: Int) throws(SeqError) {
    var reader = try WordVectorReader(file)
    var firstFault: (Int, String)?
    while try reader.next() {
      if let fault = reader.fault {
        faults += 1
        firstFault = firstFault ?? (reader.number, fault)
        continue
      }
      words += 1
      guard reader.dimensions == size else {
        throw .data(
          "holds vectors of \(reader.dimensions) numbers, expected \(size) as model.features[\(feature)].size says",
          at: .file(reader.file), remedy: "set it to \(reader.dimensions)")
      }
      let word = reader.word[...]
      let isKnown = vocabulary.id(ofUTF8: word) != Vocabulary.unknownID
      let isNew = !isKnown && additional.count < limit && String(validating: word, as: UTF8.self) != nil
      guard isKnown || isNew || fallbacks.id(ofUTF8: word) != Vocabulary.unknownID else { continue }
      // Of a word that stands there twice, the first vector counts.
      guard found.insert(word).isNew else { continue }
      try reader.appendNumbers(to: &numbers)
      if isNew { additional.append(String(decoding: word, as: UTF8.self)) }
    }
    guard words > 0 else { throw WordVectorReader.noVectors(file, first: firstFault) }
    guard found.count > 0 else {
      throw .data("holds no word of the training data", at: .file(file), remedy: "name vectors of its language")
    }
  }

  /// Whether the word of an id has a vector.
  package func hasVector(_ id: Int32) -> Bool { rows[Int(id)] >= 0 }

  /// Takes the words from `first` on in another order.
  /// - Parameter ids: which of the former ids each of them was.
  package mutating func reorder(from first: Int, _ ids: [Int]) {
    rows.replaceSubrange(first..<first + ids.count, with: ids.map { rows[$0] })
  }

  /// Puts the vectors into the table of their feature.
  package func copy(to table: Matrix) {
    var mean = [Float](repeating: 0, count: size)
    var count: Float = 0
    for (id, row) in rows.enumerated() where row >= 0 {
      let vector = numbers[Int(row) * size..<(Int(row) + 1) * size]
      table.rows(id..<id + 1).copy(from: Array(vector))
      for (j, number) in vector.enumerated() { mean[j] += number }
      count += 1
    }
    guard unknown == .mean, count > 0 else { return }
    let id = Int(Vocabulary.unknownID)
    table.rows(id..<id + 1).copy(from: mean.map { $0 / count })
  }

  /// What a user should know of it.
  package var summary: String {
    let share = { (count: Int) in "\((1000 * count + wanted / 2) / max(1, wanted))".tenths }
    var text =
      "\(FileSystem.displayed(file)): \(exact) of \(wanted) words have a vector (\(share(exact)) %), "
      + "\(lowercased) more in lower case (\(share(lowercased)) %)"
    if !additional.isEmpty { text += "; \(additional.count) words of the file are added" }
    if faults > 0 { text += "; \(faults) lines are not vectors of \(size) numbers" }
    return text
  }
}

extension String {
  /// A number of tenths with a point before the last digit.
  fileprivate var tenths: String { (count < 2 ? "0" : String(dropLast())) + "." + suffix(1) }
}

extension [PretrainedVectors] {
  /// Puts all vectors into a network's tables.
  package func copy(to weights: ParameterVector, of network: any Network) {
    for vectors in self {
      if let table = network.tokenFeatures?.table(of: vectors.feature) { vectors.copy(to: weights[table]) }
    }
  }
}
