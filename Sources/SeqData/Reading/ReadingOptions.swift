package import SeqConfig
public import SeqCore
public import SeqText

/// How to read a file of examples.
public struct ReadingOptions: Sendable, Hashable {
  /// The format; `nil` takes it from the file's extension, or from what a folder holds.
  public var format: DataFormat?
  /// The character encoding.
  public var encoding: TextEncoding
  /// How to treat a byte that is invalid in the encoding.
  public var invalidBytes = InvalidBytes.refuse
  /// For csv and tsv: whether the first row names the columns.
  public var header: Bool
  /// For csv and tsv: whether `"` quotes a field. Without it, quote marks are ordinary characters.
  public var quoting: Bool
  /// For csv and tsv: the field delimiter; `nil` for a comma or a tab. A first line such as `sep=;` also sets it.
  public var delimiter: Delimiter?
  /// For columns: the prefix of comment lines. `nil` detects whether there are any; an empty text means that there are
  /// none.
  public var comments: String?
  /// For conllu: whether to keep a sentence in which tokens have no tag, with `_` as their tag, instead of leaving it
  /// out.
  package var keepsMissingTags = false
  /// Where the parts of a record are; `nil` means the format's default.
  public var columns: ColumnNames
  /// How to treat an example with several labels, for formats that can have them.
  public var severalLabels: SeveralLabels
  /// How to split a text with marked spans into tokens, if tags are wanted.
  public var segmentation: TokenizerSettings
  /// How to treat a marked span that does not begin and end with a token, if tags are made from spans.
  public var misaligned = MisalignedSpans.refuse
  /// The names of tags that the file writes as numbers, from 0.
  public var tagNames: [String] = []
  /// The longest line, row or sentence, in bytes, so that a file of the wrong kind does not exhaust the memory.
  public var maximumLineBytes: Int
  /// How messages name these settings.
  public var naming: SettingNames

  /// The default of the longest line: 16 MiB.
  public static let defaultMaximumLineBytes = 16 << 20

  /// Options; those left out have their default.
  public init(
    format: DataFormat? = nil, encoding: TextEncoding = .utf8, header: Bool = true, quoting: Bool = true,
    columns: ColumnNames = ColumnNames(), severalLabels: SeveralLabels = .refuse,
    segmentation: TokenizerSettings = TokenizerSettings(kind: .whitespace),
    maximumLineBytes: Int = defaultMaximumLineBytes, naming: SettingNames = .keys
  ) {
    self.format = format
    self.encoding = encoding
    self.header = header
    self.quoting = quoting
    self.columns = columns
    self.severalLabels = severalLabels
    self.segmentation = segmentation
    self.maximumLineBytes = maximumLineBytes
    self.naming = naming
  }
}

/// How to treat a byte that is invalid in the encoding of a file.
public enum InvalidBytes: String, CaseIterable, Sendable {
  /// It is a mistake.
  case refuse
  /// It is read as U+FFFD, and a warning counts such bytes.
  case replace
}

/// How to treat an example with several labels.
public enum SeveralLabels: String, CaseIterable, Sendable {
  /// It is a mistake.
  case refuse
  /// The first one counts.
  case first
  /// They become one label, joined by `+` in their order.
  case join
}

/// How to treat a marked span of a text that does not begin and end with a token.
public enum MisalignedSpans: String, CaseIterable, Sendable {
  /// It is a mistake.
  case refuse
  /// It is left out, as is one that overlaps the span before, and a warning counts such spans.
  case skip
  /// It takes all tokens that it touches, and a warning counts such spans.
  case widen
}

/// The columns of the parts of a record. A format uses those it knows and ignores the others.
///
/// | format          | text     | label   | token    | tag       | spans   | target   |
/// |-----------------|----------|---------|----------|-----------|---------|----------|
/// | csv, tsv        | `text`   | `label` |          |           |         | `target` |
/// | without header  | 0        | 1       |          |           |         | 1        |
/// | columns         |          |         | 0        | −1        |         |          |
/// | conllu          |          |         | 1 (FORM) | `UPOS`    |         |          |
/// | jsonl, keys     | `text`   | `label` | `tokens` | `tags`    | `spans` | `target` |
/// | parallel, files | `seq.in` | `label` |          | `seq.out` |         |          |
/// | pairs           | 0        |         |          |           |         | −1       |
public struct ColumnNames: Sendable, Hashable {
  /// The column of a raw text.
  public var text: ColumnReference?
  /// The column of the label of a text.
  public var label: ColumnReference?
  /// The column of a token.
  public var token: ColumnReference?
  /// The column of the tag of a token.
  public var tag: ColumnReference?
  /// The column of the spans of a text.
  public var spans: ColumnReference?
  /// The column of the target of a text.
  public var target: ColumnReference?
  /// Further columns of a token, in the formats columns, conllu and jsonl.
  public var features: [ColumnReference] = []

  /// Columns; those left out have the format's default.
  public init(
    text: ColumnReference? = nil, label: ColumnReference? = nil, token: ColumnReference? = nil,
    tag: ColumnReference? = nil, spans: ColumnReference? = nil, target: ColumnReference? = nil
  ) {
    self.text = text
    self.label = label
    self.token = token
    self.tag = tag
    self.spans = spans
    self.target = target
  }

  /// The names of the roles that a format has columns for.
  public static func roles(of format: DataFormat) -> [String] { format.traits.roles }

  /// The column of a role by its name.
  public subscript(role: String) -> ColumnReference? {
    get {
      switch role {
      case "text": text
      case "label": label
      case "token": token
      case "tag": tag
      case "spans": spans
      case "target": target
      default: nil
      }
    }
    set {
      switch role {
      case "text": text = newValue
      case "label": label = newValue
      case "token": token = newValue
      case "tag": tag = newValue
      case "spans": spans = newValue
      case "target": target = newValue
      default: break
      }
    }
  }
}

extension ColumnReference {
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

extension ColumnNames: ConfigSection {
  package static let keys: [Key<Self>] = [
    .role("text", \.text, "Where the text is"), .role("label", \.label, "Where the label is"),
    .role("token", \.token, "Where the token is"), .role("tag", \.tag, "Where the tag is"),
    .role("spans", \.spans, "Where the spans are"), .role("target", \.target, "Where the target is"),
  ]
}

extension Key where Root == ColumnNames {
  /// A column that some formats have.
  fileprivate static func role(_ name: String, _ place: KeyPlace<ColumnNames, ColumnReference?>, _ meaning: String)
    -> Key
  {
    let formats = DataFormat.allCases.filter { ColumnNames.roles(of: $0).contains(name) }.map(\.rawValue)
    let condition = Condition<ColumnNames>("only " + formats.inCode) { _, facts in
      guard let format = facts.text("data.format"), !formats.contains(format) else { return nil }
      return "a file of format \(format) has no such column"
    }
    return .value(
      name, optional: place, .column, default: .computed("by format") { root, _ in root[keyPath: place] },
      when: [condition], meaning
    ).see("reference/formats.md")
  }
}
