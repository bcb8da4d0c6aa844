public import SeqCore

/// Corrections of a tokenizer, learned from texts whose tokens are known.
///
/// At each place inside a word, the tokenizer's own decision is a vote of size `trust`, and the features of the place
/// add their votes. Without votes of features, the tokenizer decides.
public struct LearnedCuts: Sendable, Equatable {
  private let weights: CutWeights
  /// The size of the tokenizer's vote, and of a learning step.
  static let trust = 3, unit = 64

  /// - Parameter weights: in 64ths of a learning step.
  init(_ weights: CutWeights) { self.weights = weights }

  /// Features that have a vote.
  package var count: Int { weights.keys.count }

  /// Calls `body` with the range of each token of a line, in order.
  func forEachToken(_ line: CutLine, _ body: (Range<Int>) -> Void) {
    var features: [UInt32] = []
    var start: Int?
    func end(_ k: Int) {
      if let start { body(start..<line.starts[k]) }
      start = nil
    }
    for k in 0..<line.count {
      if line.isBlank[k] {
        end(k)
        continue
      }
      if line.isInside(k), cuts(line, k, &features) { end(k) }
      if start == nil { start = line.starts[k] }
    }
    end(line.count)
  }

  private func cuts(_ line: CutLine, _ k: Int, _ features: inout [UInt32]) -> Bool {
    features.removeAll(keepingCapacity: true)
    line.appendFeatures(k, to: &features)
    return Self.vote(line, k) * Self.unit + weights.sum(features) > 0
  }

  /// The vote of the corrected tokenizer.
  static func vote(_ line: CutLine, _ k: Int) -> Int { line.isCut[k] ? trust : -trust }
}

// The file form: a line with its name, then one line per feature with its votes, in ascending order.
extension LearnedCuts {
  private static let title = "seqtool cuts 1"

  /// The content of a file.
  public func text() -> String {
    let order = weights.keys.indices.sorted { weights.keys[$0] < weights.keys[$1] }
    return order.reduce(into: Self.title + "\n") { text, place in
      text += "\(String(weights.keys[place], radix: 16)) \(weights.values[place])\n"
    }
  }

  /// Reads the content of a file.
  /// - Throws: `.data` with the number of a line that is not a vote.
  public init(parsing text: String, file: String) throws(SeqError) {
    let lines = text.utf8.split(separator: 0x0A).map { Substring($0) }
    guard lines.first == Substring(Self.title) else {
      throw .data(
        "is not a file of learned tokenizer corrections of seqtool", at: .file(file), remedy: "fit the model again")
    }
    var weights = CutWeights()
    for (number, line) in lines.enumerated().dropFirst() {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let key = UInt32(parts[0], radix: 16), let value = Int32(parts[1]),
        abs(Int(value)) < 1 << 24, weights.place(of: key) == nil
      else {
        throw .data(
          "expected a feature and a number, found \"\(line)\"", at: .line(number + 1, of: file),
          remedy: "fit the model again")
      }
      weights.values[weights.insert(key)] = value
    }
    self.init(weights)
  }
}
