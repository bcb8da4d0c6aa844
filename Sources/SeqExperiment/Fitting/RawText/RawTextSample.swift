package import SeqCore
import SeqData
import SeqEncoding
import SeqModel
import SeqRecords
import SeqTags
package import SeqText

/// Sentences of the training data as raw text, with the places of their tokens: what a tokenizer of raw text is judged by.
package struct RawTextSample {
  /// Sentences that are kept at most, spread over the file.
  private static let limit = 8192

  /// The sentences whose tokens stand in the text.
  package private(set) var texts: [CutText] = []
  /// The tokens of each sentence.
  package private(set) var tokens: [[String]] = []
  /// Whether the texts are those of the data, rather than made from tokens.
  package private(set) var isGiven = true

  /// - Returns: nil if the training data does not come as tokens.
  package init?(_ config: ExperimentConfig) throws(SeqError) {
    let records = try Self.records(config)
    let given = records.filter { !($0.tokens ?? []).isEmpty && $0.spans == nil }
    guard 2 * given.count > records.count else { return nil }
    for record in given {
      guard let tokens = record.tokens, let text = record.rawText,
        let places = TokenRanges.places(of: tokens, in: text), Self.covers(places, text)
      else { continue }
      texts.append(CutText(text: text, tokens: places))
      self.tokens.append(tokens)
    }
    if 2 * texts.count >= given.count { return }
    isGiven = false
    tokens = given.compactMap(\.tokens)
    texts = Self.areCharacters(tokens) ? tokens.map(Self.joined) : tokens.map(Self.detokenized)
  }

  /// Whether tokens are characters, digits and letters too: between these no text has blanks.
  private static func areCharacters(_ sentences: [[String]]) -> Bool {
    let all = sentences.reduce(0) { $0 + $1.count }
    let single = sentences.reduce(0) { sum, tokens in sum + tokens.count { $0.count == 1 } }
    return Double(single) >= 0.95 * Double(all)
  }

  private static func joined(_ tokens: [String]) -> CutText {
    var (start, places) = (0, [Range<Int>]())
    for token in tokens {
      places.append(start..<start + token.utf8.count)
      start += token.utf8.count
    }
    return CutText(text: tokens.joined(), tokens: places)
  }

  private static func detokenized(_ tokens: [String]) -> CutText {
    let placed = Detokenizer.placed(tokens)
    return CutText(text: placed.text, tokens: placed.ranges)
  }

  /// Records of the training file, with all they hold where a format has texts and tokens side by side.
  private static func records(_ config: ExperimentConfig) throws(SeqError) -> [Record] {
    if let memory = config.data.memory { return memory.train.spread(limit) }
    let format = config.data.reading.format
    let hasBoth = config.task.tagsTokens && format?.traits.holdsTextsOfTokens ?? false
    if hasBoth, let records = try? spread(config, wanting: .everything) { return records }
    return try spread(config, wanting: config.data.wanted)
  }

  /// Every n-th record, with the least n that keeps them below the limit. What readers note was noted before.
  private static func spread(_ config: ExperimentConfig, wanting wanted: Wanted) throws(SeqError) -> [Record] {
    let result = ReadingNotes.$current.withValue(nil) { () -> Result<[Record], SeqError> in
      var (kept, number, stride) = ([Record](), 0, 1)
      do throws(SeqError) {
        try readRecords(path: config.data.train, options: config.data.reading, wanting: wanted) { record in
          defer { number += 1 }
          guard number % stride == 0 else { return }
          kept.append(record)
          guard kept.count > limit else { return }
          kept = kept.indices.filter { $0 % 2 == 0 }.map { kept[$0] }
          stride *= 2
        }
        return .success(kept)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Whether all of a text but white space is tokens.
  private static func covers(_ places: [Range<Int>], _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var end = 0
    for place in places + [bytes.count..<bytes.count] {
      let gap = String(decoding: bytes[end..<place.lowerBound], as: UTF8.self)
      guard gap.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { return false }
      end = place.upperBound
    }
    return true
  }
}

extension Record {
  /// The text that the tokens stand in, as far as the data says.
  fileprivate var rawText: String? {
    text ?? details.flatMap { $0.layout?.traits.holdsTextsOfTokens == true ? $0.spacedText : nil }
  }
}

extension RecordDetails {
  /// The words of CoNLL-U with blanks between them, but where `SpaceAfter=No` says that there is none.
  fileprivate var spacedText: String? {
    var (text, lastOfRange, hasMark) = ("", 0, false)
    var isRangeTight = false
    for line in lines where !line.text.hasPrefix("#") {
      let columns = line.text.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == 10 else { continue }
      let isTight = columns[9].split(separator: "|").contains("SpaceAfter=No")
      hasMark = hasMark || isTight
      guard line.isToken, let number = Int(columns[0]) else {
        let range = columns[0].split(separator: "-").compactMap { Int($0) }
        if range.count == 2 { (lastOfRange, isRangeTight) = (range[1], isTight) }
        continue
      }
      // The words of a range are one piece of text.
      let isJoined = number < lastOfRange || number == lastOfRange && isRangeTight
      text += columns[1] + (isTight || isJoined ? "" : " ")
    }
    return hasMark ? text : nil
  }
}

extension [Record] {
  /// Every n-th of them, with the least power of two that keeps them below a limit.
  fileprivate func spread(_ limit: Int) -> [Record] {
    var step = 1
    while count > limit * step { step *= 2 }
    return stride(from: 0, to: count, by: step).map { self[$0] }
  }
}
