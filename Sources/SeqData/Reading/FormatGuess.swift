import SeqConfig

extension DataFormat {
  /// The format that the first lines of a plain text look like, if they look like examples in one.
  ///
  /// It is meant for a warning: a guess needs lines that hardly occur in plain text.
  /// - Parameter names: of columns that a header may have, other than those that most tables have.
  public init?(lookOf lines: some Collection<String>, names: [String] = []) {
    let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
    guard let first = filled.first else { return nil }
    if Self.areObjects(filled) {
      self = .jsonl
    } else if let table = Self.table(header: first, filled, Self.usualNames.union(names.map { $0.lowercased() })) {
      self = table
    } else if Self.areWordLines(filled) {
      self = .conllu
    } else if filled.count < lines.count, Self.areTaggedTokens(filled) {
      self = .columns
    } else {
      return nil
    }
  }

  private static func areObjects(_ lines: [String]) -> Bool {
    // The last line may be a part of one.
    lines.prefix(3).allSatisfy { line in
      line.first == "{" && (try? JSONParser.parse(Array(line.utf8), file: "", firstLine: 1))?.members?.isEmpty == false
    }
  }

  /// What columns of texts and answers are called in most tables.
  private static let usualNames: Set<String> = [
    "text", "sentence", "review", "message", "comment", "tweet", "content", "body", "title", "question", "utterance",
    "label", "class", "category", "target", "sentiment", "intent", "id", "tag", "tags",
  ]

  private static func table(header: String, _ lines: [String], _ usual: Set<String>) -> DataFormat? {
    for (format, delimiter) in [(DataFormat.csv, Character(",")), (.tsv, "\t")] {
      let names = fields(of: header, at: delimiter)
      guard names.count > 1 else { continue }
      let known = names.count { usual.contains($0.trimmed.lowercased()) }
      let areNames = names.allSatisfy { $0.count <= 40 && !$0.trimmed.contains(" ") }
      if known > 0, areNames, known > 1 || lines.count == 1 || fields(of: lines[1], at: delimiter).count > 1 {
        return format
      }
      let isEven = lines.count > 2 && lines.allSatisfy { fields(of: $0, at: delimiter).count == names.count }
      if isEven, lines.allSatisfy({ $0.contains("\"" + String(delimiter)) || $0.contains(String(delimiter) + "\"") }) {
        return format
      }
    }
    return nil
  }

  /// The fields of a row, where quote marks hold delimiters.
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

  /// Lines of ten columns that CoNLL-U numbers, perhaps with comments.
  private static func areWordLines(_ lines: [String]) -> Bool {
    let words = lines.filter { !$0.hasPrefix("#") }
    return !words.isEmpty
      && words.allSatisfy { line in
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        return columns.count == 10 && columns[0].first?.isNumber == true
      }
  }

  /// A token and its tag of spans a line, perhaps with columns between.
  private static func areTaggedTokens(_ lines: [String]) -> Bool {
    let rows = lines.filter { !$0.hasPrefix("-DOCSTART-") }.map { $0.split { $0 == "\t" || $0 == " " } }
    guard rows.count > 2, let width = rows.first?.count, width > 1 else { return false }
    return rows.allSatisfy { row in
      guard row.count == width, let tag = row.last else { return false }
      let isSpan = tag.count > 2 && "BIOESLMU".contains(tag.first ?? " ") && "-_".contains(tag.dropFirst().first ?? " ")
      return tag == "O" || isSpan
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
