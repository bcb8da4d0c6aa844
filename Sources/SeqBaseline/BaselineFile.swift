package import SeqCore

// The file form: a line with its name, then numbers in LEB128, with seven bits per byte; weights take two bytes each.
// Features are in ascending order and written as differences.
extension Baseline {
  private static let title = Array("seqtool baseline 1\n".utf8)
  /// The greatest valid weight; learned weights are far smaller.
  private static let greatest: Float = 1e6

  /// The content of a file.
  package var bytes: [UInt8] {
    var writer = NumberWriter(bytes: Self.title)
    switch scope {
    case .texts(let features):
      for number in [0, features.tokens, features.shortest, features.longest] { writer.append(number) }
    case .sentences: writer.append(1)
    case .words: writer.append(2)
    }
    writer.append(classes)
    writer.append(Int(majority))
    writer.append(weights.scale)
    for bias in weights.biases { writer.append(bias) }
    writer.append(weights.index.count)
    var last: UInt32 = 0
    for (row, key) in weights.index.keys.enumerated() {
      writer.append(Int(key - last))
      last = key
      writer.append(weights.starts[row + 1] - weights.starts[row])
      for i in weights.starts[row]..<weights.starts[row + 1] {
        writer.append(Int(weights.owners[i]))
        writer.append(weights.values[i])
      }
    }
    return writer.bytes
  }

  /// Reads the content of a file.
  /// - Throws: `.data` if it is not such a file, or damaged.
  package init(_ bytes: [UInt8], file: String) throws(SeqError) {
    var reader = NumberReader(bytes: bytes, at: Self.title.count)
    guard bytes.starts(with: Self.title), let baseline = Self.read(&reader), reader.isAtEnd else {
      throw .data("is not a baseline of seqtool, or is damaged", at: .file(file), remedy: "fit the model again")
    }
    self = baseline
  }

  private static func read(_ reader: inout NumberReader) -> Baseline? {
    guard let scope = readScope(&reader), let classes = reader.number(), classes > 0, classes <= reader.bytes.count,
      let majority = reader.number(), majority < classes, let scale = reader.float(),
      abs(scale) * Float(Int16.max) <= greatest
    else { return nil }
    var biases: [Float] = []
    for _ in 0..<classes {
      guard let bias = reader.float(), abs(bias) <= greatest else { return nil }
      biases.append(bias)
    }
    guard let count = reader.number(), count <= reader.bytes.count else { return nil }
    var (keys, starts, owners, values): ([UInt32], [Int], [Int32], [Int16]) = ([], [0], [], [])
    keys.reserveCapacity(count)
    starts.reserveCapacity(count + 1)
    var last = 0
    for row in 0..<count {
      guard let difference = reader.number(), row == 0 || difference > 0, let length = reader.number(),
        length <= classes
      else { return nil }
      last += difference
      guard let key = UInt32(exactly: last) else { return nil }
      keys.append(key)
      for _ in 0..<length {
        guard let owner = reader.number(), owner < classes, let value = reader.short() else { return nil }
        owners.append(Int32(owner))
        values.append(value)
      }
      starts.append(owners.count)
    }
    let weights = LinearWeights(
      biases: biases, index: FeatureIndex(keys), starts: starts, owners: owners, values: values, scale: scale)
    return Baseline(scope: scope, weights: weights, majority: Int32(majority))
  }

  private static func readScope(_ reader: inout NumberReader) -> Scope? {
    switch reader.number() {
    case 1: return .sentences
    case 2: return .words
    case 0:
      guard let tokens = reader.number(), let shortest = reader.number(), let longest = reader.number(),
        (1...TextFeatures.mostTokens).contains(tokens), shortest <= longest, longest <= TextFeatures.mostCharacters
      else { return nil }
      return .texts(TextFeatures(tokens: tokens, shortest: shortest, longest: longest))
    default: return nil
    }
  }
}

/// Writes numbers one after the other.
private struct NumberWriter {
  var bytes: [UInt8]

  /// - Precondition: the number is not negative.
  mutating func append(_ number: Int) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ number: Float) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift)) }
  }

  mutating func append(_ number: Int16) {
    bytes.append(UInt8(truncatingIfNeeded: number))
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
  }
}

/// Reads what a `NumberWriter` wrote; nil at the end of the bytes.
private struct NumberReader {
  let bytes: [UInt8]
  var at: Int

  var isAtEnd: Bool { at == bytes.count }

  private mutating func byte() -> UInt8? {
    guard at < bytes.count else { return nil }
    at += 1
    return bytes[at - 1]
  }

  mutating func number() -> Int? {
    var (result, shift) = (0, 0)
    while shift < 56, let byte = byte() {
      result |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
    return nil
  }

  mutating func float() -> Float? {
    var pattern: UInt32 = 0
    for shift in [0, 8, 16, 24] {
      guard let byte = byte() else { return nil }
      pattern |= UInt32(byte) << UInt32(shift)
    }
    return Float(bitPattern: pattern)
  }

  mutating func short() -> Int16? {
    guard let low = byte(), let high = byte() else { return nil }
    return Int16(bitPattern: UInt16(high) << 8 | UInt16(low))
  }
}
