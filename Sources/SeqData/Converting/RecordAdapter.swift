import SeqCore
import SeqRecords
import SeqTags
import SeqText

/// Adapts records to a format: converts tokens to text or back, spans to tags or back, and tags to another scheme. It
/// records what cannot be kept.
struct RecordAdapter {
  let format: DataFormat
  let options: WritingOptions
  private let reading: ReadingOptions
  private let tokenizer: Tokenizer
  /// Whether the tags of any record were converted to the scheme, and whether any text was split.
  private(set) var (usesScheme, usesTokenizer) = (false, false)
  /// The records whose text differs from their tokens; only one of the two is written.
  private(set) var unlike: (count: Int, first: Place)?
  private let expresses: Set<RecordContent>

  /// Whether tags become spans, because the user asked for it or the format has no other place for them.
  private var makesSpans: Bool { options.asSpans || expresses.contains(.spans) && !expresses.contains(.tags) }

  /// Which of text and tokens is written, for messages.
  var kept: String {
    if makesSpans || !expresses.contains(.text) { return "the tokens were" }
    return expresses.contains(.tokens) ? "one of both was" : "the text was"
  }

  /// - Throws: what reading a tokenizer's file throws.
  init(format: DataFormat, options: WritingOptions, reading: ReadingOptions) throws(SeqError) {
    self.format = format
    expresses = format.traits.holds
    self.options = options
    self.reading = reading
    tokenizer = try Tokenizer(options.segmentation ?? TokenizerSettings(kind: .whitespace))
  }

  /// The record reduced to what the format expresses.
  /// - Throws: `.data` if it lacks what the format needs, or its spans fit no tokens.
  mutating func adapted(_ given: Record, at place: Place, _ losses: inout LossLedger) throws(SeqError) -> Record {
    var record = given
    try changeScheme(of: &record, at: place)
    if makesSpans { try tagsToSpans(&record, at: place) }
    try spansToTags(&record, at: place)
    cutOrJoin(&record, at: place, &losses)
    try checkNeeds(record, at: place)
    drop(&record, &losses)
    losses.noteLines(of: record, writtenAs: format)
    return record
  }

  private mutating func changeScheme(of record: inout Record, at place: Place) throws(SeqError) {
    guard let scheme = options.scheme, let tags = record.tags?.map(TagForm.usual) else { return }
    if let other = TagScheme.firstWithoutSpan(in: tags) {
      throw .data(
        "the tag \"\(other)\" marks no span, so it has no scheme", at: place, remedy: "leave out --scheme")
    }
    usesScheme = true
    record.tags = scheme.tags(of: markedSpans(of: tags), count: tags.count)
  }

  private mutating func tagsToSpans(_ record: inout Record, at place: Place) throws(SeqError) {
    guard let tags = record.tags?.map(TagForm.usual), let tokens = record.tokens else { return }
    if let other = TagScheme.firstWithoutSpan(in: tags) {
      throw .data(
        "the tag \"\(other)\" marks no span", at: place, remedy: options.asSpans ? "leave out --spans" : nil)
    }
    if let text = record.text, let found = TokenRanges(finding: tokens, in: text) {
      record.spans = SpanTags.spans(of: tags, at: found.ranges)
    } else {
      if record.text != nil { noteUnlike(at: place) }
      let joined = TokenRanges.joining(tokens)
      (record.text, record.spans) = (joined.text, SpanTags.spans(of: tags, at: joined.ranges))
    }
    (record.tokens, record.tags) = (nil, nil)
  }

  private mutating func spansToTags(_ record: inout Record, at place: Place) throws(SeqError) {
    guard let spans = record.spans, let text = record.text, record.tags == nil, !expresses.contains(.spans),
      expresses.contains(.tags)
    else { return }
    (usesScheme, usesTokenizer) = (true, usesTokenizer || record.tokens == nil)
    let cut =
      record.tokens.map { TokenRanges(finding: $0, in: text) } ?? TokenRanges(cutting: text, tokenizer)
    guard let cut else { throw .data("the tokens are not those of the text", at: place) }
    do throws(SpanFault) {
      record.tags = try SpanTags.tags(
        of: spans, tokens: cut.tokens, at: cut.ranges, scheme: options.scheme ?? .iob2, misaligned: reading.misaligned
      ) { ReadingNotes.add($0, at: place) }
    } catch {
      let cutting = record.tokens == nil ? options.segmentation ?? TokenizerSettings(kind: .whitespace) : nil
      throw .data(
        error.message, at: place, remedy: error.remedy(reading.naming, of: spans, in: text, cutting: cutting))
    }
    (record.tokens, record.spans) = (cut.tokens, nil)
    // Its words are in the tokens; only the white space between them is lost.
    if !expresses.contains(.text) { record.text = nil }
  }

  /// Makes tokens from a text, or a text from tokens, if the format only has the other.
  private mutating func cutOrJoin(_ record: inout Record, at place: Place, _ losses: inout LossLedger) {
    compareTextAndTokens(of: record, at: place)
    if !expresses.contains(.text), record.tokens == nil, let text = record.text {
      record.tokens = TokenRanges(cutting: text, tokenizer).tokens
      record.text = nil
      usesTokenizer = true
    }
    if record.tokens != nil, !expresses.contains(.text) { record.text = nil }
    guard let tokens = record.tokens, !expresses.contains(.tokens) else { return }
    if record.text == nil {
      record.text = tokens.joined(separator: " ")
      let isCut = tokens.contains { $0.isEmpty || $0.utf8.contains(where: Byte.isBlank) }
      if isCut { losses.note("tokens that contain white space", .joined) }
    }
    record.tokens = nil
  }

  /// Records a record whose text and tokens differ, if only one of them will be written.
  private mutating func compareTextAndTokens(of record: Record, at place: Place) {
    // JSON holds both, and lines that are written unchanged have the text in a comment.
    guard !expresses.isSuperset(of: [.tokens, .spans]), record.details?.layout != format, let text = record.text,
      let tokens = record.tokens, !TokenRanges.areAll(tokens, of: text)
    else { return }
    noteUnlike(at: place)
  }

  private mutating func noteUnlike(at place: Place) { unlike = ((unlike?.count ?? 0) + 1, unlike?.first ?? place) }

  private func checkNeeds(_ record: Record, at place: Place) throws(SeqError) {
    let present: [(RecordContent, String, Bool)] = [
      (.label, "label", record.label != nil), (.tags, "tags", record.tags != nil),
      (.target, "target", record.target != nil),
    ]
    for (part, name, isThere) in present where format.traits.requires.contains(part) && !isThere {
      throw .data(
        "no \(name), which \(format.rawValue) needs", at: place,
        remedy: part == .label || part == .target ? "--columns \(name)=… names it" : nil)
    }
  }

  /// Leaves out what the format does not express.
  private func drop(_ record: inout Record, _ losses: inout LossLedger) {
    if record.label != nil, !expresses.contains(.label) { losses.note("labels") }
    if record.tags != nil, !expresses.contains(.tags) { losses.note("tags") }
    if record.spans?.isEmpty == false, !expresses.contains(.spans) { losses.note("spans") }
    if record.target != nil, !expresses.contains(.target) { losses.note("targets") }
    guard !expresses.contains(.fields) else { return }
    for (i, field) in (record.details?.fields ?? []).enumerated() where field.role == nil && field.value != nil {
      losses.note("the column \(field.name.isEmpty ? String(i) : "\"\(field.name)\"")")
    }
  }
}
