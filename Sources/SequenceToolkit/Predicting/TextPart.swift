import SeqData
import SeqText

/// Some texts of a window as tokens: what one task makes of them.
///
/// Unchecked because it is filled by one task and read when that has ended: see `WorkerTeam`.
final class TextPart: @unchecked Sendable {
  /// Its texts among those of the window.
  private(set) var texts = 0..<0
  /// The tokens' ids, text after text.
  private(set) var ids: [Int32] = []
  /// What views see of them, if the model has several.
  private(set) var seen = SeenTokens()
  /// The bytes of each token in its text.
  private(set) var ranges: [Range<Int>] = []
  /// What each text has beside the network's scores, if it has anything.
  private var offsets: [ScoreOffsets] = []
  /// Where the tokens of each text end.
  private var ends: [Int] = []
  /// The first text of the window, and the tokens of the window before this part's.
  private(set) var firstText = 0, firstToken = 0

  /// Takes other texts, reusing the memory.
  func fill<Input: ModelInput>(_ newTexts: Range<Int>, of all: [Input], _ encoder: Encoder) {
    texts = newTexts
    ends.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    // Local, since each use of a property of a class is checked.
    var (ids, ranges) = (self.ids, self.ranges)
    (self.ids, self.ranges) = ([], [])
    ids.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    seen.removeAll()
    var tokens: [ArraySlice<UInt8>] = []
    for text in all[newTexts] {
      tokens.removeAll(keepingCapacity: true)
      text.forEachToken(encoder.tokenizer) { token, range in
        ids.append(encoder.id(ofUTF8: token))
        ranges.append(range)
        if let views = encoder.views { seen.append(token, views) }
        if encoder.linear != nil { tokens.append(Array(token)[...]) }
      }
      if let views = encoder.views { seen.append(columns: text.columns, tokens: ids.count - (ends.last ?? 0), views) }
      if let added = encoder.offsets(of: tokens) { offsets.append(added) }
      ends.append(ids.count)
    }
    (self.ids, self.ranges) = (ids, ranges)
  }

  /// What a dataset keeps of some tokens beside their ids.
  func extras(
    _ range: Range<Int>, and rest: Range<Int>, _ index: inout SpellingIndex?, _ table: inout SpellingTable?
  ) -> [ArraySlice<Int32>] { seen.extras(range, and: rest, &index, &table) }

  /// What a text of the window has beside the network's scores; nil for nothing.
  func offsets(of text: Int) -> ScoreOffsets? { offsets.isEmpty ? nil : offsets[text - texts.lowerBound] }

  /// Says where it stands in its window.
  func place(firstText: Int, firstToken: Int) { (self.firstText, self.firstToken) = (firstText, firstToken) }

  /// The tokens of a text of the window, in `ids` and `ranges`.
  func tokens(of text: Int) -> Range<Int> {
    let place = text - texts.lowerBound
    return (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }
}
