package import SeqTensor

/// How the sequences of a shard are cut into chunks that the encoder reads one by one, each from zeros.
///
/// A chunk is a sequence of the shard's packed shape; the chunks of a text follow each other in a packed shape of their own,
/// in which they are steps.
package struct Chunks: Sendable {
  /// The text that each chunk belongs to, and its first token, longest chunk first.
  private(set) var owners: [Int32] = []
  private(set) var starts: [Int32] = []
  private(set) var lengths: [Int32] = []
  /// The texts, their chunks as steps.
  package private(set) var texts = PackedShape()
  /// For each row of `texts`, which chunk it is.
  package private(set) var rows: [Int32] = []
  private var numbers: [Int32] = []
  private var firsts: [Int] = []

  package init() {}

  /// Cuts other texts, reusing the memory.
  /// - Parameters:
  ///   - count: of texts, longest first.
  ///   - size: tokens of a chunk; the last one of a text may have fewer.
  ///   - length: tokens of a text, at least 1.
  mutating func cut(count: Int, size: Int, length: (Int) -> Int) {
    owners.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    // Whole chunks first, then what is left of each text, longest first: by insertion, since there are few.
    for text in 0..<count {
      for k in 0..<length(text) / size { append(text, k * size, size) }
    }
    let whole = owners.count
    for text in 0..<count where length(text) % size > 0 {
      append(text, length(text) / size * size, length(text) % size)
      var i = owners.count - 1
      while i > whole, lengths[i - 1] < lengths[i] {
        owners.swapAt(i - 1, i)
        starts.swapAt(i - 1, i)
        lengths.swapAt(i - 1, i)
        i -= 1
      }
    }
    texts.set(count: count) { (length($0) + size - 1) / size }
    numberChunks(count, size: size)
    rows.removeAll(keepingCapacity: true)
    for k in texts.steps.indices {
      for text in 0..<texts.steps[k].count { rows.append(numbers[firsts[text] + k]) }
    }
  }

  private mutating func append(_ text: Int, _ start: Int, _ length: Int) {
    owners.append(Int32(text))
    starts.append(Int32(start))
    lengths.append(Int32(length))
  }

  /// Leaves in `numbers` the chunks of each text in order, from `firsts` of the text on.
  private mutating func numberChunks(_ count: Int, size: Int) {
    firsts.removeAll(keepingCapacity: true)
    var sum = 0
    for text in 0..<count {
      firsts.append(sum)
      sum += texts.lengths[text]
    }
    numbers.removeAll(keepingCapacity: true)
    for _ in owners { numbers.append(0) }
    for chunk in owners.indices { numbers[firsts[Int(owners[chunk])] + Int(starts[chunk]) / size] = Int32(chunk) }
  }
}
