/// How to read a file of examples.
public struct ReadingOptions: Sendable, Hashable {
  /// The layout; `nil` takes it from the file's extension, or `.parallel` for a folder.
  public var format: DataFormat?
  /// How the characters are written as bytes.
  public var encoding: TextEncoding
  /// For csv and tsv: whether the first row names the columns.
  public var header: Bool
  /// For csv and tsv: whether `"` quotes a field. Without it, quote marks are ordinary characters.
  public var quoting: Bool
  /// Where the wanted things are; what is `nil` has the format's default.
  public var columns: ColumnNames
  /// The longest line, row or sentence, in bytes, so that a file of the wrong kind does not exhaust the memory.
  public var maximumLineBytes: Int

  /// Options of which those left out have their usual value.
  public init(
    format: DataFormat? = nil, encoding: TextEncoding = .utf8, header: Bool = true, quoting: Bool = true,
    columns: ColumnNames = ColumnNames(), maximumLineBytes: Int = 16 << 20
  ) {
    self.format = format
    self.encoding = encoding
    self.header = header
    self.quoting = quoting
    self.columns = columns
    self.maximumLineBytes = maximumLineBytes
  }
}

/// The columns that hold what is wanted. A format uses those it knows and ignores the others.
///
/// | format          | text     | label   | token    | tag       |
/// |-----------------|----------|---------|----------|-----------|
/// | csv, tsv        | `text`   | `label` |          |           |
/// | without header  | 0        | 1       |          |           |
/// | columns         |          |         | 0        | −1        |
/// | conllu          |          |         | 1 (FORM) | `UPOS`    |
/// | parallel, files | `seq.in` | `label` |          | `seq.out` |
public struct ColumnNames: Sendable, Hashable {
  /// Of a raw text.
  public var text: ColumnReference?
  /// Of the label of a text.
  public var label: ColumnReference?
  /// Of a token.
  public var token: ColumnReference?
  /// Of the tag of a token.
  public var tag: ColumnReference?

  /// Columns of which those left out have the format's default.
  public init(
    text: ColumnReference? = nil, label: ColumnReference? = nil, token: ColumnReference? = nil,
    tag: ColumnReference? = nil
  ) {
    self.text = text
    self.label = label
    self.token = token
    self.tag = tag
  }
}

/// A column by its name or its position.
public enum ColumnReference: Sendable, Hashable {
  case name(String)
  /// Zero-based; a negative index counts from the end, so −1 is the last column.
  case index(Int)

  /// The position of this column, or `nil` if there is no such column.
  func position(among names: [String], width: Int) -> Int? {
    switch self {
    case .name(let name): return names.firstIndex(of: name)
    case .index(let index):
      guard (-width..<width).contains(index) else { return nil }
      return index < 0 ? width + index : index
    }
  }
}

extension ColumnReference: CustomStringConvertible {
  /// The name in quote marks, or the number.
  public var description: String {
    switch self {
    case .name(let name): "\"\(name)\""
    case .index(let index): String(index)
    }
  }
}
