public import SeqCore

/// Tokens and their ids.
///
/// Id 0 is the padding and id 1 stands for every unknown token. The other entries follow by descending count, ties by
/// code points, so the same counts give the same vocabulary. Entries are compared by code points: canonically
/// equivalent strings are different entries, unless the tokenizer normalises them.
///
/// A token that reads `<pad>` or `<unk>` is a token like any other: no text has the padding id.
public struct Vocabulary: Sendable {
  /// The id of the padding.
  public static let paddingID: Int32 = 0
  /// The name of `paddingID` in a file.
  public static let padding = "<pad>"
  /// The id of every token that is not in the vocabulary.
  public static let unknownID: Int32 = 1
  /// The name of `unknownID` in a file.
  public static let unknown = "<unk>"

  static let specials = [padding, unknown]

  private let index: CodePointIndex

  /// - Parameter entries: tokens without the specials; duplicates are ignored.
  public init(_ entries: some Sequence<String>) {
    var index = CodePointIndex(capacity: entries.underestimatedCount)
    for entry in entries { index.insert(entry) }
    self.init(index: index)
  }

  init(index: CodePointIndex) { self.index = index }

  /// The tokens from id 2 on, in the order of their ids.
  public var entries: [String] { index.texts }

  /// The number of ids, including the two specials.
  public var count: Int { entries.count + Self.specials.count }

  /// The id of a token; `unknownID` if it has none.
  public func id(of token: String) -> Int32 {
    index.number(of: token).map { Int32(Self.specials.count + $0) } ?? Self.unknownID
  }

  /// The id of a token given in UTF-8; `unknownID` if it has none.
  package func id(ofUTF8 token: ArraySlice<UInt8>) -> Int32 {
    index.number(of: token).map { Int32(Self.specials.count + $0) } ?? Self.unknownID
  }

  /// Whether a token has an id of its own.
  public func contains(_ token: String) -> Bool { index.number(of: token) != nil }

  /// The token of an id.
  ///
  /// - Precondition: `id` is in `0..<count`.
  public subscript(id: Int32) -> String {
    let index = Int(id)
    return index < Self.specials.count ? Self.specials[index] : entries[index - Self.specials.count]
  }
}

extension Vocabulary: Equatable {
  /// Vocabularies are equal when they give the same ids to the same code points.
  public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    a.entries.lazy.map(CodePoints.init).elementsEqual(b.entries.lazy.map(CodePoints.init))
  }
}

extension Vocabulary {
  /// Reads the file form, which `text()` writes.
  ///
  /// - Parameter file: the file as the user named it, for messages.
  /// - Throws: with the line of every missing special, bad escape, empty line and duplicate, up to twenty.
  public init(parsing text: String, file: String) throws(SeqError) {
    self.init(index: try EntryReader.entries(of: text, file: file, specials: Self.specials))
  }

  /// The file form: one entry per line, line number − 1 = id, `<pad>` and `<unk>` first.
  ///
  /// Backslash, line feed, carriage return and tab are written `\\`, `\n`, `\r`, `\t`; other controls, and white space
  /// that is not a space between other characters, as `\u{A0}`; a token that reads like a special `\<pad>`; the empty
  /// token `\u{}`. Every vocabulary survives, byte for byte.
  public func text() -> String { EntryFile.text(specials: Self.specials, entries: entries) }
}

/// How many tokens a vocabulary knows.
public struct Coverage: Equatable, Sendable {
  /// Tokens that the vocabulary knows.
  public var known: Int
  /// The total number of tokens.
  public var total: Int

  /// Counts of tokens.
  public init(known: Int = 0, total: Int = 0) {
    self.known = known
    self.total = total
  }

  /// The share of tokens known, in [0, 1]; 1 if there are none.
  public var share: Double { total == 0 ? 1 : Double(known) / Double(total) }

  /// Adds the counts of other tokens.
  public mutating func merge(_ other: Coverage) {
    known += other.known
    total += other.total
  }
}

extension Vocabulary {
  /// How many of the tokens are known.
  public func coverage(of tokens: some Sequence<String>) -> Coverage {
    var coverage = Coverage()
    for token in tokens { coverage.merge(Coverage(known: contains(token) ? 1 : 0, total: 1)) }
    return coverage
  }

  /// How many of the counted tokens are known.
  public func coverage(of counts: VocabularyBuilder) -> Coverage {
    let known = entries.reduce(0) { $0 + counts.count(of: $1) }
    return Coverage(known: known, total: counts.total)
  }
}
