/// How messages name the settings of reading: as keys of a config, or as flags of a command.
public enum SettingNames: Sendable, Hashable {
  /// Keys of a config's `data`: `"encoding": "utf-16"`.
  case keys
  /// Flags: `--encoding utf-16`.
  /// - Parameters:
  ///   - format: the flag for the format.
  ///   - tokens: the flag for the tokenizer.
  case flags(format: String, tokens: String?)

  /// How to set an encoding.
  package func encoding(_ names: TextEncoding...) -> String {
    let values = names.map(\.rawValue)
    return switch self {
    case .keys: "\"encoding\": " + values.map { "\"\($0)\"" }.joined(separator: " or ")
    case .flags: "--encoding " + values.joined(separator: " or ")
    }
  }

  /// How to set a format, with the list of formats.
  package var formats: String {
    let known = "one of \(DataFormat.names)"
    return switch self {
    case .keys: "\"format\": \(known)"
    case .flags(let flag, _): "\(flag): \(known)"
    }
  }

  /// How to set another column.
  /// - Parameter value: the column; nil for any.
  func column(_ role: String, _ value: String? = nil) -> String {
    // Only the config names the further columns that a model reads.
    if role == "feature" { return "model.features, the key column" }
    return switch self {
    case .keys: "\"columns\": {\"\(role)\": \(value.map { "\"\($0)\"" } ?? "…")}"
    case .flags: role == "spans" ? "--columns spans=\(value ?? "…")" : "--\(role) \(value ?? "…")"
    }
  }

  /// How to set a column by its position.
  func position(_ role: String, _ index: Int) -> String {
    self == .keys ? "\"columns\": {\"\(role)\": \(index)}" : "--\(role) \(index)"
  }

  /// How to set the delimiter of a table.
  func delimiter(_ delimiter: Delimiter) -> String {
    self == .keys ? "set \"delimiter\": \"\(delimiter)\"" : "use --delimiter '\(delimiter)'"
  }

  /// How to set the prefix of comments.
  func comments(_ start: String) -> String {
    self == .keys ? "\"comments\": \"\(start)\"" : "--comments '\(start)'"
  }

  /// How to read quote marks as ordinary characters.
  var withoutQuoting: String { self == .keys ? "set \"quoting\": false" : "use --no-quoting" }

  /// The name of the limit of a line's length.
  var maximumLineBytes: String { self == .keys ? "data.maximumLineBytes" : "--maximum-line-bytes" }

  /// How to accept several labels.
  var severalLabels: String {
    let (key, sign) = self == .keys ? ("\"severalLabels\":", "\"") : ("--several-labels", "")
    return "\(key) \(sign)first\(sign) takes the first, \(sign)join\(sign) joins them into one"
  }

  /// How to accept spans that do not begin and end with a token.
  var misaligned: String {
    self == .keys
      ? "\"misaligned\": \"widen\" takes whole tokens, \"skip\" leaves the span out"
      : "--misaligned widen takes whole tokens, --misaligned skip leaves the span out"
  }

  /// How to leave out spans that tags cannot mark.
  var skippedSpans: String {
    self == .keys ? "\"misaligned\": \"skip\" leaves the span out" : "--misaligned skip leaves the span out"
  }

  /// How to set the names of numbered tags.
  var tagNames: String {
    self == .keys
      ? "\"tagNames\": [\"O\", \"B-PER\", …] names them in the order of their numbers"
      : "--tag-names O,B-PER,… names them in the order of their numbers"
  }

  /// How to set a tokenizer; nil if the command chooses it.
  func tokens(_ kind: String) -> String? {
    switch self {
    case .keys: "\"tokenizer\": {\"kind\": \"\(kind)\"}"
    case .flags(_, let flag): flag.map { "\($0) \(kind)" }
    }
  }
}
