public import SeqCore

// The file form of subword models: a header with the kind and the normalisation, then one line for each merge, as in
// GPT-2's merges.txt, or for each piece with its score.

extension SubwordModel {
  /// The beginning of a header; in GPT-2's own files it is the whole header.
  private static let version = "#version: 0.2"
  private static let name = "seqtool"
  private static let diagnosticLimit = SeqError.listLimit
  /// More pieces than any tokenizer has.
  private static let lineLimit = 4_000_000

  /// The file form.
  ///
  ///     #version: 0.2 seqtool bpe normalization=none lowercase=false foldDigits=false
  ///     Ġ t
  ///     h e
  ///
  /// A line of byte-pair encoding holds the two pieces of a merge, with bytes written as in GPT-2; the lines are in the
  /// order of learning. A line of a unigram model holds a piece, a tab and the natural logarithm of its probability;
  /// `▁` stands for a space, and the escapes are those of `Vocabulary.text()`.
  public func text() -> String {
    var lines = [header]
    switch pieces {
    case .bytePairs(let model):
      func name(_ piece: Int32) -> String { String(decoding: model.names[Int(piece)], as: UTF8.self) }
      for merge in model.merges { lines.append(name(merge.left) + " " + name(merge.right)) }
    case .unigrams(let model):
      for piece in model.pieces {
        lines.append(EntryFile.escaped(UnigramModel.name(of: piece.bytes)) + "\t\(piece.score)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: String {
    "\(Self.version) \(Self.name) \(kind.rawValue) normalization=\(settings.normalization.rawValue) "
      + "lowercase=\(settings.lowercase) foldDigits=\(settings.foldDigits)"
  }

  /// Reads the file form, which `text()` writes, or a merges.txt of GPT-2.
  ///
  /// - Parameter file: the file as the user named it, for messages.
  /// - Throws: `.data` with the lines of up to twenty mistakes.
  public init(parsing text: String, file: String) throws(SeqError) {
    guard text.utf8.count(where: { $0 == 0x0A }) <= Self.lineLimit else {
      throw .data("more than \(Self.lineLimit) lines: this is not a tokenizer's file", at: .file(file))
    }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard let first = lines.first, let settings = Self.settings(header: first) else {
      let found = lines.first.map { "\"\($0.prefix(40))\"" } ?? "an empty file"
      throw .data(
        "expected \"\(Self.version) …\", found \(found): this is not a tokenizer's file", at: .line(1, of: file),
        remedy: .trainTokenizer)
    }
    var problems: [SeqError.Diagnostic] = []
    let pieces: Pieces =
      settings.kind == .unigram
      ? .unigrams(Self.unigrams(lines.dropFirst(), file, &problems))
      : .bytePairs(Self.bytePairs(lines.dropFirst(), file, &problems))
    guard problems.isEmpty else { throw SeqError(.data, Array(problems.prefix(Self.diagnosticLimit))) }
    self.init(pieces, settings)
  }

  /// The kind and the normalisation that a header names; nil if it is not a header.
  private static func settings(header: Substring) -> TokenizerSettings? {
    let words = header.split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, words[0] == "#version:", words[1] == "0.2" else { return nil }
    var settings = TokenizerSettings(kind: .bpe, normalization: .none)
    guard words.count > 2 else { return settings }
    guard words.count >= 4, words[2] == name, let kind = TokenizerSettings.Kind(rawValue: String(words[3])),
      kind == .bpe || kind == .unigram
    else { return nil }
    settings.kind = kind
    for word in words.dropFirst(4) {
      let parts = word.split(separator: "=")
      guard parts.count == 2 else { return nil }
      switch (parts[0], parts[1]) {
      case ("normalization", "nfc"): settings.normalization = .nfc
      case ("lowercase", "true"): settings.lowercase = true
      case ("foldDigits", "true"): settings.foldDigits = true
      case ("normalization", "none"), ("lowercase", "false"), ("foldDigits", "false"): break
      default: return nil
      }
    }
    return settings
  }

  private static func bytePairs(
    _ lines: ArraySlice<Substring>, _ file: String, _ problems: inout [SeqError.Diagnostic]
  ) -> BytePairModel {
    var model = BytePairModel()
    for (number, line) in zip(lines.indices, lines) where problems.count < diagnosticLimit {
      let parts = line.split(whereSeparator: { $0 == " " || $0 == "\r" })
      func report(_ message: String) {
        problems.append(SeqError.Diagnostic(message, at: .line(number + 1, of: file)))
      }
      guard parts.count == 2 else {
        report("expected two pieces separated by a space, found \"\(line)\"")
        continue
      }
      var pair: [Int32] = []
      for part in parts {
        guard let bytes = ByteAlphabet.bytes(of: part) else {
          report("\"\(part)\" holds a character that does not stand for a byte")
          continue
        }
        guard let piece = model.pieces.number(of: bytes[...]) else {
          report("\"\(part)\" is not made by any earlier line")
          continue
        }
        pair.append(Int32(piece))
      }
      if pair.count == 2, !model.add(pair[0], pair[1]) { report("\"\(line)\" is already in the file") }
    }
    model.finish()
    return model
  }

  private static func unigrams(
    _ lines: ArraySlice<Substring>, _ file: String, _ problems: inout [SeqError.Diagnostic]
  ) -> UnigramModel {
    var pieces: [(bytes: ArraySlice<UInt8>, score: Float)] = []
    var known = ByteIndex(capacity: lines.count)
    for (number, line) in zip(lines.indices, lines) where problems.count < diagnosticLimit {
      func report(_ message: String, column: Int? = nil) {
        problems.append(SeqError.Diagnostic(message, at: .line(number + 1, column: column, of: file)))
      }
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let score = parts.last.map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }.flatMap { Float($0) }
      guard parts.count == 2, !parts[0].isEmpty, let score, score.isFinite, score <= 0 else {
        report("expected a piece, a tab and a number of at most 0, found \"\(line)\"")
        continue
      }
      var parser = EscapeParser(parts[0])
      guard let name = parser.entry(), !name.isEmpty else {
        report(parser.problem, column: parser.column)
        continue
      }
      let piece = Array(name.replacing("\u{2581}", with: " ").utf8)[...]
      guard known.insert(piece).isNew else {
        report("\"\(parts[0])\" is already in the file")
        continue
      }
      pieces.append((piece, score))
    }
    return UnigramModel(pieces)
  }
}
