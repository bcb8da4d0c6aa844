import SeqConfig
package import SeqCore
package import SeqTensor

/// Tensors in the safetensors format: an 8-byte length, a JSON header of names, shapes and offsets, then the numbers.
///
/// The numbers start at a multiple of 64 bytes. Everything a reader relies on is checked when a file is opened.
package struct Safetensors {
  /// One tensor of a file.
  private struct Entry {
    let shape: [Int]
    let range: Range<Int>
  }

  /// Where the bytes are.
  private enum Source {
    case memory([UInt8])
    case disk(FileReader)

    var size: Int {
      switch self {
      case .memory(let bytes): bytes.count
      case .disk(let file): file.size
      }
    }

    func bytes(_ range: Range<Int>) throws(SeqError) -> ArraySlice<UInt8> {
      switch self {
      case .memory(let bytes): bytes[range]
      case .disk(let file): try file.read(range)[...]
      }
    }
  }

  private let file: String
  private let source: Source
  private let entries: [String: Entry]
  /// The names in the file, in the order of their numbers.
  package let names: [String]
  /// The file's free texts.
  package let metadata: [String: String]

  /// Longest header that is read: far beyond any model of ours, and a bound on what a damaged length can ask for.
  private static let headerLimit = 4 << 20
  /// Bytes that are read at a time.
  private static let piece = 4 << 20

  /// Opens the content of a file.
  /// - Throws: `.data` with the reasons for which the file cannot be trusted.
  package init(_ bytes: [UInt8], file: String) throws(SeqError) { try self.init(.memory(bytes), file: file) }

  /// Opens a file. Its numbers are read when a vector takes them.
  /// - Throws: also if it is no regular file in the folder.
  package init(contentsOf path: String, in folder: String) throws(SeqError) {
    try self.init(.disk(FileReader(ContainedFile(path, in: folder, limit: .max))), file: path)
  }

  private init(_ source: Source, file: String) throws(SeqError) {
    self.file = file
    self.source = source
    let size = source.size
    let header = try Self.header(source, file)
    var problems: [SeqError.Diagnostic] = []
    var entries: [String: Entry] = [:]
    let dataStart = 8 + header.length
    for member in header.node.members ?? [] where member.key != "__metadata__" {
      do {
        entries[member.key] = try Self.entry(member.node, dataStart: dataStart, size: size)
      } catch {
        problems.append(.init("tensor \"\(member.key)\": \(error.reason)", at: .file(file)))
      }
    }
    names = entries.keys.sorted { (entries[$0]!.range.lowerBound, $0) < (entries[$1]!.range.lowerBound, $1) }
    for (a, b) in zip(names, names.dropFirst()) where entries[a]!.range.upperBound > entries[b]!.range.lowerBound {
      problems.append(.init("tensors \"\(a)\" and \"\(b)\" overlap", at: .file(file)))
    }
    let end = entries.values.map(\.range.upperBound).max() ?? dataStart
    if problems.isEmpty, end != size {
      problems.append(.init("\(size) bytes, expected \(end): the file is damaged", at: .file(file)))
    }
    guard problems.isEmpty else { throw SeqError(.data, listing: problems) }
    self.entries = entries
    metadata = Dictionary(
      uniqueKeysWithValues: (header.node["__metadata__"]?.members ?? []).map { ($0.key, $0.node.stringValue ?? "") })
  }

  private struct Flaw: Error { let reason: String }

  private static func header(_ source: Source, _ file: String) throws(SeqError) -> (node: ConfigNode, length: Int) {
    let damaged = "is not a safetensors file, or was cut short"
    guard source.size >= 8 else { throw .data("\(source.size) bytes: \(damaged)", at: .file(file)) }
    let length = try source.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= headerLimit, 8 + Int(length) <= source.size else {
      throw .data("a header of \(length) bytes in a file of \(source.size): \(damaged)", at: .file(file))
    }
    let text = Array(try source.bytes(8..<8 + Int(length)))
    guard let node = try? JSONParser.parse(text), node.members != nil else {
      throw .data("its header is not a JSON object: the file is damaged", at: .file(file))
    }
    return (node, Int(length))
  }

  private static func entry(_ node: ConfigNode, dataStart: Int, size: Int) throws(Flaw) -> Entry {
    guard node["dtype"]?.stringValue == "F32" else { throw Flaw(reason: "expected numbers of type F32") }
    guard let shape = node["shape"]?.elements?.map({ $0.intValue ?? -1 }), shape.allSatisfy({ $0 >= 0 }) else {
      throw Flaw(reason: "its shape is not a list of sizes")
    }
    guard let offsets = node["data_offsets"]?.elements?.map({ $0.intValue ?? -1 }), offsets.count == 2,
      offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= size - dataStart
    else { throw Flaw(reason: "its numbers lie outside the file: the file was cut short or damaged") }
    var count = 4
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw Flaw(reason: "its shape \(shape) is impossible") }
      count = product
    }
    guard count == offsets[1] - offsets[0] else {
      throw Flaw(reason: "\(offsets[1] - offsets[0]) bytes, expected \(count) for shape \(shape)")
    }
    return Entry(shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
  }

  /// Copies parameters into `vector`, each named `prefix` and its slot's name.
  /// - Throws: what `check` throws.
  package func read(into vector: ParameterVector, prefix: String = "") throws(SeqError) {
    try check(vector.layout, prefix: prefix)
    for slot in vector.layout.slots {
      if let entry = entries[prefix + slot.name] { try copy(entry.range, to: vector[slot]) }
    }
  }

  /// Copies numbers piece by piece, so that there is no second copy of all of them.
  private func copy(_ range: Range<Int>, to matrix: Matrix) throws(SeqError) {
    let width = max(1, 4 * matrix.columns)
    let height = max(1, Self.piece / width)
    for first in stride(from: 0, to: matrix.rows, by: height) {
      let rows = first..<min(first + height, matrix.rows)
      let start = range.lowerBound + first * width
      matrix.rows(rows).copy(bytes: try source.bytes(start..<start + rows.count * 4 * matrix.columns))
    }
  }

  /// Tells whether the file has the parameters of a layout, before anything is allocated for them.
  /// - Throws: `.data` with every missing, misshapen or foreign tensor.
  package func check(_ layout: ParameterLayout, prefix: String = "") throws(SeqError) {
    var problems: [SeqError.Diagnostic] = []
    for slot in layout.slots {
      guard let entry = entries[prefix + slot.name] else {
        let hint = didYouMean(prefix + slot.name, among: names.prefix(1000))
        problems.append(.init("tensor \"\(prefix + slot.name)\" is missing\(hint)", at: .file(file)))
        continue
      }
      guard entry.shape == slot.shape else {
        problems.append(
          .init("tensor \"\(prefix + slot.name)\" has shape \(entry.shape), expected \(slot.shape)", at: .file(file)))
        continue
      }
    }
    if prefix.isEmpty {
      let known = Set(layout.slots.map(\.name))
      for name in names where !known.contains(name) {
        problems.append(.init("tensor \"\(name)\" does not belong to this model", at: .file(file)))
      }
    }
    guard problems.isEmpty else { throw SeqError(.data, listing: problems) }
  }

  /// The content of a file that holds the parameters of `vectors`, each under its prefix.
  package static func encode(
    _ vectors: [(prefix: String, vector: ParameterVector)], metadata: [(String, String)] = []
  ) throws(SeqError) -> [UInt8] {
    var members: [(String, ConfigNode)] = []
    if !metadata.isEmpty { members.append(("__metadata__", .object(metadata.map { ($0, .string($1)) }))) }
    var end = 0
    for (prefix, vector) in vectors {
      for slot in vector.layout.slots {
        let start = end
        end += 4 * slot.rows * slot.columns
        members.append(
          (
            prefix + slot.name,
            [
              "dtype": "F32", "shape": .array(slot.shape.map(ConfigNode.integer)),
              "data_offsets": .array([.integer(start), .integer(end)]),
            ]
          ))
      }
    }
    var header = Array(try JSONWriter.text(of: .object(members), style: .compact).utf8)
    while (8 + header.count) % 64 != 0 { header.append(0x20) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + end)
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: header.count >> (8 * shift))) }
    bytes += header
    for (_, vector) in vectors { for slot in vector.layout.slots { vector[slot].appendBytes(to: &bytes) } }
    return bytes
  }
}
