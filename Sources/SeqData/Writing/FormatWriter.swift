import SeqCore

/// One format's writer of one file.
protocol FormatWriter {
  /// Writes a record, whose parts are those that the format expresses.
  /// - Throws: `.inputOutput`, or what `losses` has to say of what cannot be written as it is.
  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError)
  /// Puts the file in its place.
  mutating func finish() throws(SeqError)
}

/// What a format cannot express of the records: noted if that is allowed, else refused.
struct LossLedger {
  /// What was lost, with how many records of it there are and where the first one is.
  private(set) var losses: [(what: String, count: Int, first: Place)] = []
  private let isAllowed: Bool
  private let format: DataFormat
  /// What is lost of the current record.
  private var current: [String] = []

  init(isAllowed: Bool, format: DataFormat) {
    self.isAllowed = isAllowed
    self.format = format
  }

  /// Notes that something of the current record cannot be written.
  mutating func note(_ what: String) { if !current.contains(what) { current.append(what) } }

  /// A text as a format can hold it: what it cannot is replaced by a blank or an underscore, and noted.
  ///
  /// - Parameters:
  ///   - what: the text's name in messages.
  ///   - forbidden: the bytes that it may not contain; ASCII.
  mutating func cleaned(
    _ text: String, _ what: String, forbidding forbidden: Set<UInt8>, by replacement: UInt8 = Byte.blank
  ) -> String {
    guard text.utf8.contains(where: forbidden.contains) else { return text }
    let names: [UInt8: String] = [
      Byte.tab: "tabs", Byte.lineFeed: "line ends", Byte.carriageReturn: "carriage returns", Byte.blank: "blanks",
      Byte.slash: "slashes", 0: "NUL characters",
    ]
    for byte in forbidden.sorted() where text.utf8.contains(byte) { note("\(names[byte] ?? "bytes") in \(what)") }
    return String(decoding: text.utf8.map { forbidden.contains($0) ? replacement : $0 }, as: UTF8.self)
  }

  /// Ends a record.
  /// - Throws: all that would be lost of it, unless that is allowed.
  mutating func close(at place: Place) throws(SeqError) {
    if current.isEmpty { return }
    guard isAllowed else {
      let found = current.map {
        SeqError.Diagnostic("\(format.rawValue) cannot express \($0)", at: place, remedy: "--lossy leaves it out")
      }
      throw SeqError(.data, found)
    }
    for what in current {
      if let i = losses.firstIndex(where: { $0.what == what }) {
        losses[i].count += 1
      } else {
        losses.append((what, 1, place))
      }
    }
    current.removeAll(keepingCapacity: true)
  }
}

/// What no line can hold: the bytes that end it, and NUL, which no reader takes for text.
let lineEnds: Set<UInt8> = [Byte.lineFeed, Byte.carriageReturn, 0]
/// What no word can hold.
let separators: Set<UInt8> = lineEnds.union([Byte.blank, Byte.tab])
