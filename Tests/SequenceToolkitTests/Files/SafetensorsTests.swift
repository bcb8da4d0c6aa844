import SeqCore
import SeqModel
import SeqTensor
import Testing

/// Files of weights, sound and damaged.
struct SafetensorsTests {
  private static func layout(names: [String] = ["a", "b"]) -> ParameterLayout {
    var layout = ParameterLayout()
    _ = layout.addMatrix(names[0], rows: 3, columns: 5, initialization: .normal(deviation: 1))
    _ = layout.addVector(names[1], count: 7, initialization: .uniform(1))
    return layout
  }

  private static func vector(_ layout: ParameterLayout = layout()) -> ParameterVector {
    let vector = ParameterVector(layout)
    vector.initialize(seed: Seed(4))
    return vector
  }

  private static func file(_ metadata: [(String, String)] = []) throws -> [UInt8] {
    try Safetensors.encode([("", vector())], metadata: metadata)
  }

  /// The file with its header changed, its length put right.
  private static func file(header change: (String) -> String) throws -> [UInt8] {
    let bytes = try file()
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    let header = Array(change(String(decoding: bytes[8..<8 + length], as: UTF8.self)).utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + bytes[(8 + length)...]
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let bytes = try Self.file([("format", "pt")])
    let read = try Safetensors(bytes, file: "f")
    #expect(read.names == ["a", "b"] && read.metadata == ["format": "pt"])
    let back = ParameterVector(Self.layout())
    try read.read(into: back)
    #expect(back.numbers == Self.vector().numbers)
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    #expect((8 + length) % 64 == 0 && bytes.count == 8 + length + 4 * (15 + 7))
  }

  @Test func vectorsHavePrefixes() throws {
    let bytes = try Safetensors.encode([("one.", Self.vector()), ("two.", ParameterVector(Self.layout()))])
    let read = try Safetensors(bytes, file: "f")
    #expect(read.names == ["one.a", "one.b", "two.a", "two.b"])
    let back = ParameterVector(Self.layout())
    try read.read(into: back, prefix: "one.")
    #expect(back.numbers == Self.vector().numbers)
    try read.read(into: back, prefix: "two.")
    #expect(back.numbers.allSatisfy { $0 == 0 })
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do {
      _ = try Safetensors(bytes, file: "f")
      return nil
    } catch {
      #expect(error.kind == .data)
      return error.description
    }
  }

  @Test(arguments: [
    ("\"F32\"", "\"F16\"", "tensor \"a\": expected numbers of type F32"),
    ("[3,5]", "[5,5]", "tensor \"a\": 60 bytes, expected 100 for shape [5, 5]"),
    ("[3,5]", "[-3,5]", "tensor \"a\": its shape is not a list of sizes"),
    ("[3,5]", "\"3,5\"", "tensor \"a\": its shape is not a list of sizes"),
    ("[3,5]", "[4611686018427387904,5]", "is impossible"),
    ("[0,60]", "[0,64]", "tensor \"a\": 64 bytes, expected 60 for shape [3, 5]"),
    ("[60,88]", "[60,8800]", "tensor \"b\": its numbers lie outside the file: the file was cut short or damaged"),
    ("[60,88]", "[88,60]", "tensor \"b\": its numbers lie outside the file"),
    ("[60,88]", "[-1,27]", "tensor \"b\": its numbers lie outside the file"),
    ("[60,88]", "[40,68]", "tensors \"a\" and \"b\" overlap"),
    ("\"b\"", "\"a\"", "its header is not a JSON object: the file is damaged"),
    ("{", "[", "its header is not a JSON object: the file is damaged"),
  ])
  func aDamagedHeaderIsRefused(part: String, replacement: String, expected: String) throws {
    let bytes = try Self.file { header in
      guard let range = header.firstRange(of: part) else { return header }
      return header.replacingCharacters(in: range, with: replacement)
    }
    #expect(bytes != (try Self.file()))
    let found = try #require(message(bytes))
    #expect(found.contains(expected), "\(found)")
  }

  @Test func everyFlawIsTold() throws {
    let bytes = try Self.file { $0.replacing("\"F32\"", with: "\"I64\"") }
    #expect(message(bytes)?.split(separator: "\n").count == 2)
  }

  @Test func anyFileThatWasCutShortIsRefused() throws {
    let bytes = try Self.file()
    for count in bytes.indices { #expect(message(Array(bytes[..<count])) != nil, "\(count) bytes") }
    #expect(message(bytes + [0])?.contains("the file is damaged") == true)
    #expect(message(Array(repeating: 0xFF, count: 64))?.contains("a header of 18446744073709551615 bytes") == true)
  }

  /// A flipped bit may go unnoticed within the numbers, but nothing may trap.
  @Test func noFlippedBitStopsTheProcess() throws {
    let bytes = try Self.file()
    for position in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[position] ^= 1 << bit
        if let read = try? Safetensors(damaged, file: "f") { try? read.read(into: ParameterVector(Self.layout())) }
      }
    }
  }

  @Test func tensorsOfAnotherModelAreNamed() throws {
    let read = try Safetensors(Self.file(), file: "f")
    func message(_ layout: ParameterLayout) -> [String] {
      do {
        try read.read(into: ParameterVector(layout))
        return []
      } catch {
        return error.diagnostics.map(\.description)
      }
    }
    #expect(
      message(Self.layout(names: ["a", "bb"])) == [
        "f: tensor \"bb\" is missing — did you mean \"b\"?", "f: tensor \"b\" does not belong to this model",
      ])
    var other = ParameterLayout()
    _ = other.addMatrix("a", rows: 5, columns: 3, initialization: .zero)
    _ = other.addVector("b", count: 7, initialization: .zero)
    #expect(message(other) == ["f: tensor \"a\" has shape [3, 5], expected [5, 3]"])
  }
}

extension ParameterVector {
  /// A copy, made while the vector is sure to live: a matrix does not keep it.
  fileprivate var numbers: [Float] { flat.elements }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
