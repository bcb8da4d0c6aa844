import SeqCore
import SeqRecords

/// csv and tsv: rows of fields between delimiters, with the quoting rules of RFC 4180, by default after a row of names.
struct TableFormat: FormatDescriptor {
  let format: DataFormat
  var traits: FormatTraits { format == .csv ? Self.csv : Self.tsv }

  private static let csv = traits("Comma-separated values (RFC 4180), by default with a header row.", ending: "csv")
  private static let tsv = traits("Tab-separated values with the quoting rules of csv.", ending: "tsv")

  private static func traits(_ summary: String, ending: String) -> FormatTraits {
    FormatTraits(
      summary: summary, endings: [ending], holds: [.text, .label, .target, .fields],
      roles: ["text", "label", "target"], settings: [.header, .quoting, .delimiter], answers: .tableRows)
  }

  /// The byte between fields, unless another one is set.
  static func delimiter(of format: DataFormat) -> UInt8 { format == .tsv ? Byte.tab : Byte.comma }

  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    options.columns.target != nil && options.columns.label == nil ? .target : .label
  }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> TableReader {
    try TableReader(path, format: format, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try TableWriter(path, format: format, options: options)
  }

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    TableCutter(delimiter: options.delimiter(of: format).byte)
  }

  func find(_ finder: inout FieldFinder) throws(SeqError) { try finder.findInTable() }
}

// A table is recognised by its header, or by quote marks next to delimiters.

extension TableFormat {
  func strictGuess(_ sample: LineSample) -> Int? {
    let delimiter = Character(Unicode.Scalar(Self.delimiter(of: format)))
    let lines = sample.filled
    let names = Self.fields(of: lines[0], at: delimiter)
    guard names.count > 1 else { return nil }
    let usual = sample.names
    let known = names.count { usual.contains($0.trimmed.lowercased()) }
    let areNames = names.allSatisfy { $0.count <= 40 && !$0.trimmed.contains(" ") }
    if known > 0, areNames, known > 1 || lines.count == 1 || Self.fields(of: lines[1], at: delimiter).count > 1 {
      return 1
    }
    let isEven = lines.count > 2 && lines.allSatisfy { Self.fields(of: $0, at: delimiter).count == names.count }
    if isEven, lines.allSatisfy({ $0.contains("\"" + String(delimiter)) || $0.contains(String(delimiter) + "\"") }) {
      return 1
    }
    return nil
  }

  func looseGuess(_ sample: LineSample) -> Int? {
    let widths = sample.tabbedWidths
    return format == .tsv && widths.count == 1 && widths != [1] ? 0 : nil
  }

  /// The fields of a row; delimiters within quotes do not count.
  private static func fields(of line: String, at delimiter: Character) -> [String] {
    var (fields, isQuoted) = ([""], false)
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == delimiter, !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}

extension LineSample {
  /// The numbers of tab-separated fields in lines that are not comments.
  var tabbedWidths: Set<Int> {
    Set(
      filled.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
