/// The ASCII character between the fields of a csv or tsv file.
public struct Delimiter: Sendable, Hashable {
  let byte: UInt8

  init(_ byte: UInt8) { self.byte = byte }

  /// A delimiter as written in a config or a flag; `tab` and `\t` stand for a tab.
  ///
  /// - Returns: nil unless the text is one ASCII character that can separate fields: not a letter, digit, quote mark,
  ///   line end or other control character.
  public init?(_ text: String) {
    let named = text == "tab" || text == "\\t" ? "\t" : text
    guard named.utf8.count == 1, let byte = named.utf8.first, byte < 0x7F, byte >= 0x20 || byte == Byte.tab,
      byte != Byte.quote, !Self.isAlphanumeric(byte)
    else { return nil }
    self.byte = byte
  }

  /// The delimiter that the first line of a file declares, as Excel writes it: `sep=;`.
  init?(declaredBy line: ArraySlice<UInt8>) {
    guard line.count == 5, line.starts(with: "sep=".utf8) else { return nil }
    self.init(decoded(line.suffix(1)))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  /// The plural for messages, such as `semicolons`.
  package var plural: String {
    switch byte {
    case Byte.comma: "commas"
    case Byte.tab: "tabs"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "|"): "vertical bars"
    default: "\"\(character)\""
    }
  }

  /// The character itself.
  package var character: String { String(Unicode.Scalar(byte)) }

  /// The delimiter that splits a header well, instead of the expected one.
  package static func likely(of header: String, insteadOf other: Delimiter) -> Delimiter? {
    likely(of: Array(header.utf8)[...], insteadOf: other, naming: nil)
  }

  /// The delimiter that splits a row well, instead of the expected one: most fields are then not empty.
  ///
  /// - Parameter name: a column that must be among the fields; nil for any.
  static func likely(of row: ArraySlice<UInt8>, insteadOf other: Delimiter, naming name: String?) -> Delimiter? {
    let candidates = [";", "\t", "|", ","].compactMap { Delimiter($0) }
    return candidates.first { candidate in
      guard candidate != other else { return false }
      let fields = row.split(separator: candidate.byte, omittingEmptySubsequences: false).map(\.trimmed)
      // Headers with columns that have no name are common.
      guard fields.count > 1, fields.count(where: { !$0.isEmpty }) * 2 > fields.count else { return false }
      return name.map { name in fields.contains { decoded($0).trimmingQuotes == name } } ?? true
    }
  }
}

extension Delimiter: CustomStringConvertible {
  /// The text that `init(_:)` reads.
  public var description: String { byte == Byte.tab ? "tab" : character }
}

extension ReadingOptions {
  /// The delimiter of a csv or tsv file that does not declare its own.
  package func delimiter(of format: DataFormat) -> Delimiter {
    delimiter ?? Delimiter(TableFormat.delimiter(of: format))
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    count > 1 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}
