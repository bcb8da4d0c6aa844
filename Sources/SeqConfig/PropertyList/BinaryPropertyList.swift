import SeqCore

/// A reader of binary property lists (`bplist00`): a table of objects that refer to each other by number.
struct BinaryPropertyList {
  /// How many nodes a file may grow to; a small file whose arrays share elements could otherwise fill the memory.
  private static let nodeLimit = 1_000_000
  private static let trailerSize = 32

  private let bytes: [UInt8]
  private let file: String?
  private let offsetSize: Int
  private let referenceSize: Int
  private let objectCount: Int
  private let tableOffset: Int
  private var nodeCount = 0
  private var steps: [ConfigPath.Step] = []

  static func parse(_ bytes: [UInt8], file: String?) throws(SeqError) -> ConfigNode {
    guard bytes.count >= 8 + trailerSize else { throw broken("it is cut short", file: file) }
    let trailer = Array(bytes.suffix(trailerSize))
    guard let count = integer(trailer[8..<16]), let top = integer(trailer[16..<24]),
      let table = integer(trailer[24..<32]), table <= bytes.count - trailerSize
    else { throw broken("its trailer is damaged", file: file) }
    var parser = BinaryPropertyList(
      bytes: bytes, file: file, offsetSize: Int(trailer[6]), referenceSize: Int(trailer[7]), objectCount: count,
      tableOffset: table)
    return try parser.object(top)
  }

  private init(
    bytes: [UInt8], file: String?, offsetSize: Int, referenceSize: Int, objectCount: Int, tableOffset: Int
  ) {
    self.bytes = bytes
    self.file = file
    self.offsetSize = offsetSize
    self.referenceSize = referenceSize
    self.objectCount = objectCount
    self.tableOffset = tableOffset
  }

  private static func broken(_ reason: String, file: String?) -> SeqError {
    .data("expected a binary property list, but \(reason)", at: file.map(Place.file))
  }

  private func broken(_ reason: String) -> SeqError { Self.broken(reason, file: file) }

  /// The big-endian number of one to eight bytes, or `nil` if it does not fit a positive `Int`.
  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard (1...8).contains(bytes.count) else { return nil }
    return Int(exactly: bits(bytes))
  }

  private static func bits(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

  /// The bytes from an offset on, if they lie before the trailer.
  private func slice(_ offset: Int, _ count: Int) throws(SeqError) -> ArraySlice<UInt8> {
    let end = bytes.count - Self.trailerSize
    guard offset >= 0, count >= 0, offset <= end, count <= end - offset else {
      throw broken("an object lies outside it")
    }
    return bytes[offset..<offset + count]
  }

  private mutating func object(_ number: Int) throws(SeqError) -> ConfigNode {
    nodeCount += 1
    if nodeCount > Self.nodeLimit { throw broken("it holds more than \(Self.nodeLimit) values") }
    if steps.count > PropertyList.depthLimit { throw broken("it nests deeper than \(PropertyList.depthLimit) levels") }
    return try ConfigNode(content(at: offset(of: number)), at: file.map(Place.file) ?? Place())
  }

  private func offset(of number: Int) throws(SeqError) -> Int {
    let (entry, overflow) = number.multipliedReportingOverflow(by: offsetSize)
    guard number < objectCount, !overflow, entry < bytes.count else { throw broken("an object is missing") }
    guard let offset = try Self.integer(slice(tableOffset + entry, offsetSize)) else {
      throw broken("an object is missing")
    }
    return offset
  }

  /// Reads a key. It must be a text, which also stops at a dictionary that is its own key.
  private func key(_ number: Int) throws(SeqError) -> String {
    let offset = try offset(of: number)
    let kind = try slice(offset, 1)[offset] >> 4
    guard kind == 0x5 || kind == 0x6, case .string(let key) = try string(offset, isWide: kind == 0x6) else {
      throw broken("a key is not a text")
    }
    return key
  }

  private mutating func content(at offset: Int) throws(SeqError) -> ConfigNode.Content {
    let marker = try slice(offset, 1)[offset]
    let low = Int(marker & 0x0F)
    switch marker >> 4 {
    case 0x0 where low == 0x0: return .null
    case 0x0 where low == 0x8: return .bool(false)
    case 0x0 where low == 0x9: return .bool(true)
    case 0x1 where low <= 4: return try integer(offset + 1, size: 1 << low)
    case 0x2 where low == 2 || low == 3: return try real(offset + 1, size: 1 << low)
    case 0x3: throw unfit("a date")
    case 0x4: throw unfit("raw data")
    case 0x5, 0x6: return try string(offset, isWide: marker >> 4 == 0x6)
    case 0xA: return try array(offset)
    case 0xD: return try dictionary(offset)
    default: throw broken("it holds an object of unknown kind 0x\(String(marker, radix: 16))")
    }
  }

  private func unfit(_ found: String) -> SeqError {
    let path = steps.isEmpty ? nil : ConfigPath.text(of: steps)
    return .data("expected a text, number or truth value, found \(found)", at: Place(file: file, path: path))
  }

  private func integer(_ offset: Int, size: Int) throws(SeqError) -> ConfigNode.Content {
    let bits = Self.bits(try slice(offset, size).suffix(8))
    // One, two and four bytes are unsigned, eight are signed, sixteen hold an unsigned number of eight.
    if size == 16 { return Int(exactly: bits).map { .integer($0) } ?? .real(Double(bits)) }
    return .integer(Int(Int64(bitPattern: bits)))
  }

  private func real(_ offset: Int, size: Int) throws(SeqError) -> ConfigNode.Content {
    let bits = Self.bits(try slice(offset, size))
    let number = size == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    guard number.isFinite else { throw unfit("\(number)") }
    return .real(number)
  }

  /// How many elements the object at an offset has, and where they start.
  private func header(_ offset: Int) throws(SeqError) -> (count: Int, start: Int) {
    let low = Int(try slice(offset, 1)[offset] & 0x0F)
    guard low == 0x0F else { return (low, offset + 1) }
    let marker = try slice(offset + 1, 1)[offset + 1]
    let size = 1 << Int(marker & 0x0F)
    guard marker >> 4 == 0x1, size <= 8, let count = try Self.integer(slice(offset + 2, size)), count <= bytes.count
    else {
      throw broken("the length of an object is damaged")
    }
    return (count, offset + 2 + size)
  }

  private func string(_ offset: Int, isWide: Bool) throws(SeqError) -> ConfigNode.Content {
    let (count, start) = try header(offset)
    let raw = try Array(slice(start, isWide ? 2 * count : count))
    let units = isWide ? (0..<count).map { UInt16(raw[2 * $0]) << 8 | UInt16(raw[2 * $0 + 1]) } : raw.map(UInt16.init)
    guard isWide || raw.allSatisfy({ $0 < 0x80 }), let text = String(validating: units, as: UTF16.self) else {
      throw broken("a text in it is damaged")
    }
    return .string(text)
  }

  private func references(_ start: Int, _ count: Int) throws(SeqError) -> [Int] {
    let size = referenceSize
    let raw = try slice(start, count * size)
    let numbers = (0..<count).compactMap { Self.integer(raw[start + $0 * size..<start + ($0 + 1) * size]) }
    guard numbers.count == count else { throw broken("a reference in it is damaged") }
    return numbers
  }

  private mutating func array(_ offset: Int) throws(SeqError) -> ConfigNode.Content {
    let (count, start) = try header(offset)
    var elements: [ConfigNode] = []
    for (index, number) in try references(start, count).enumerated() {
      steps.append(.index(index))
      try elements.append(object(number))
      steps.removeLast()
    }
    return .array(elements)
  }

  private mutating func dictionary(_ offset: Int) throws(SeqError) -> ConfigNode.Content {
    let (count, start) = try header(offset)
    let numbers = try references(start, 2 * count)
    var list = MemberList()
    for index in 0..<count {
      let key = try key(numbers[index])
      steps.append(.key(key))
      let place = file.map(Place.file) ?? Place()
      if let first = list.place(of: key) {
        throw MemberList.duplicate(ConfigPath.text(of: steps), at: place, first: first)
      }
      try list.append(ConfigNode.Member(key: key, keyPlace: place, node: object(numbers[count + index])))
      steps.removeLast()
    }
    return .object(list.members)
  }
}
