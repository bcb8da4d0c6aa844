/// What messages call the settings of reading: as a config names them, or as the flags of a command do.
public enum SettingNames: Sendable, Hashable {
  /// Keys of a config's `data`: `"encoding": "utf-16"`.
  case keys
  /// Flags: `--encoding utf-16`.
  /// - Parameters:
  ///   - format: the flag that says the format.
  ///   - tokens: the flag that says what a token is.
  case flags(format: String, tokens: String?)

  /// An encoding, as it is said.
  package func encoding(_ names: TextEncoding...) -> String {
    let values = names.map(\.rawValue)
    return switch self {
    case .keys: "\"encoding\": " + values.map { "\"\($0)\"" }.joined(separator: " or ")
    case .flags: "--encoding " + values.joined(separator: " or ")
    }
  }

  /// The formats there are, as one is said.
  package var formats: String {
    let known = "one of \(DataFormat.names)"
    return switch self {
    case .keys: "\"format\": \(known)"
    case .flags(let flag, _): "\(flag): \(known)"
    }
  }

  /// How another column is named.
  /// - Parameter value: the column, or a sign for any.
  func column(_ role: String, _ value: String? = nil) -> String {
    // What a model reads beside the tokens is named by its config alone.
    if role == "input" { return "model.inputs, the key column" }
    return switch self {
    case .keys: "\"columns\": {\"\(role)\": \(value.map { "\"\($0)\"" } ?? "…")}"
    case .flags: role == "spans" ? "--columns spans=\(value ?? "…")" : "--\(role) \(value ?? "…")"
    }
  }

  /// A column by its position.
  func position(_ role: String, _ index: Int) -> String {
    self == .keys ? "\"columns\": {\"\(role)\": \(index)}" : "--\(role) \(index)"
  }

  /// What separates the fields of a table.
  func delimiter(_ delimiter: Delimiter) -> String {
    self == .keys ? "set \"delimiter\": \"\(delimiter)\"" : "use --delimiter '\(delimiter)'"
  }

  /// What comments start with.
  func comments(_ start: String) -> String {
    self == .keys ? "\"comments\": \"\(start)\"" : "--comments '\(start)'"
  }

  /// Quote marks as ordinary characters.
  var withoutQuoting: String { self == .keys ? "set \"quoting\": false" : "use --no-quoting" }

  /// The limit of a line's length.
  var maximumLineBytes: String { self == .keys ? "data.maximumLineBytes" : "--maximum-line-bytes" }

  /// What is done about several labels.
  var severalLabels: String {
    let (key, sign) = self == .keys ? ("\"severalLabels\":", "\"") : ("--several-labels", "")
    return "\(key) \(sign)first\(sign) takes the first, \(sign)join\(sign) joins them into one"
  }

  /// What is done about spans whose ends are not those of tokens.
  var misaligned: String {
    self == .keys
      ? "\"misaligned\": \"widen\" takes whole tokens, \"skip\" leaves the span out"
      : "--misaligned widen takes whole tokens, --misaligned skip leaves the span out"
  }

  /// What is done about spans that no tags can mark.
  var skippedSpans: String {
    self == .keys ? "\"misaligned\": \"skip\" leaves the span out" : "--misaligned skip leaves the span out"
  }

  /// How the names of numbered tags are given.
  var tagNames: String {
    self == .keys
      ? "\"tagNames\": [\"O\", \"B-PER\", …] names them in the order of their numbers"
      : "--tag-names O,B-PER,… names them in the order of their numbers"
  }

  /// A kind of token; nil where a command chooses it by itself.
  func tokens(_ kind: String) -> String? {
    switch self {
    case .keys: "\"tokenizer\": {\"kind\": \"\(kind)\"}"
    case .flags(_, let flag): flag.map { "\($0) \(kind)" }
    }
  }
}
