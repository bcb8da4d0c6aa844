import SeqCore
import SeqRecords

/// One format's writer of one file.
protocol FormatWriter {
  /// Writes a record, which only has parts that the format expresses.
  /// - Throws: `.inputOutput`, or the error of `losses` for what cannot be written unchanged.
  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError)
  /// Moves the file to its final path.
  mutating func finish() throws(SeqError)
}

/// What a format cannot express of the records: recorded if losses are allowed, else refused.
struct LossLedger {
  /// What was lost, the number of records, and where the first one is.
  private(set) var losses: [(what: String, effect: LossEffect, count: Int, first: Place)] = []
  private let isAllowed: Bool
  private let format: DataFormat
  /// The losses of the current record.
  private var current: [(what: String, effect: LossEffect)] = []

  init(isAllowed: Bool, format: DataFormat) {
    self.isAllowed = isAllowed
    self.format = format
  }

  /// Records that something of the current record cannot be written.
  mutating func note(_ what: String, _ effect: LossEffect = .leftOut) {
    if !current.contains(where: { $0.what == what }) { current.append((what, effect)) }
  }

  /// A text that a format can hold: other characters are replaced by a space or an underscore, and recorded as a loss.
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
    let effect = replacement == Byte.blank ? LossEffect.blanks : .underscores
    for byte in forbidden.sorted() where text.utf8.contains(byte) {
      note("\(names[byte] ?? "bytes") in \(what)", effect)
    }
    return String(decoding: text.utf8.map { forbidden.contains($0) ? replacement : $0 }, as: UTF8.self)
  }

  /// Ends a record.
  /// - Throws: the losses of the record, unless they are allowed.
  mutating func close(at place: Place) throws(SeqError) {
    if current.isEmpty { return }
    guard isAllowed else {
      let found = current.map {
        SeqError.Diagnostic(
          "\(format.rawValue) cannot express \($0.what)", at: place, remedy: "--lossy \($0.effect.present)")
      }
      throw SeqError(.data, found)
    }
    for (what, effect) in current {
      if let i = losses.firstIndex(where: { $0.what == what }) {
        losses[i].count += 1
      } else {
        losses.append((what, effect, 1, place))
      }
    }
    current.removeAll(keepingCapacity: true)
  }
}

/// What is done about something that a format cannot express, if losses are allowed.
enum LossEffect {
  case leftOut, blanks, underscores
  /// An underscore before it keeps it from being misread.
  case marked
  case joined, lineFeeds

  /// What `--lossy` does, in the present tense.
  var present: String {
    switch self {
    case .leftOut: "leaves it out"
    case .blanks: "writes spaces instead"
    case .underscores: "writes underscores instead"
    case .marked: "puts an underscore before them"
    case .joined: "joins them with spaces"
    case .lineFeeds: "writes line feeds alone"
    }
  }

  /// What was done, in the past tense.
  var past: String {
    switch self {
    case .leftOut: "left out"
    case .blanks: "spaces written instead"
    case .underscores: "underscores written instead"
    case .marked: "an underscore put before them"
    case .joined: "joined with spaces"
    case .lineFeeds: "line feeds written instead"
    }
  }
}

/// The bytes that no line can hold: those that end it, and NUL, which no reader accepts as text.
let lineEnds: Set<UInt8> = [Byte.lineFeed, Byte.carriageReturn, 0]
/// The bytes that no word can hold.
let separators: Set<UInt8> = lineEnds.union([Byte.blank, Byte.tab])
