import SeqModel
package import SeqRecords
package import SeqTensor

/// A window of texts on its way through a model, and the tokens and sequences that they become.
///
/// It keeps its memory from window to window.
package struct TextWindow {
  /// Texts of a part, if there are enough for all threads.
  private static let partTexts = 32

  /// Its texts among all.
  package private(set) var texts = 0..<0
  /// The texts as sequences: those without tokens are none, and the stretches of a long one are several.
  package private(set) var data: EncodedDataset
  /// The text that each sequence belongs to.
  package private(set) var owners: [Int] = []
  /// The texts' tokens, in order.
  package var parts: ArraySlice<TextPart> { allParts[..<partCount] }

  private let encoder: SequenceEncoder
  private var bag: [Int32] = []
  private var spellings: SpellingIndex?
  private var allParts: [TextPart] = []
  private var partCount = 0

  package init(_ encoder: SequenceEncoder) {
    self.encoder = encoder
    data = encoder.emptyData
    spellings = SpellingIndex(encoder.views)
  }

  /// Takes other texts: the team cuts them into tokens.
  package mutating func fill<Input: ModelInput>(_ all: [Input], _ range: Range<Int>, _ team: WorkerTeam) {
    texts = range
    let size = max(1, min(Self.partTexts, (range.count + 2 * team.width - 1) / (2 * team.width)))
    partCount = (range.count + size - 1) / size
    while allParts.count < partCount { allParts.append(TextPart()) }
    let (parts, encoder) = (allParts, encoder)
    team.run(partCount) { p in
      let start = range.lowerBound + p * size
      parts[p].fill(start..<min(range.upperBound, start + size), of: all, encoder)
    }
    collect()
  }

  private mutating func collect() {
    let isTagging = encoder.task.tagsTokens
    data.removeAll()
    spellings?.removeAll()
    owners.removeAll(keepingCapacity: true)
    var tokens = 0
    for part in parts {
      part.place(firstText: texts.lowerBound, firstToken: tokens)
      tokens += part.buffer.ids.count
      for text in part.texts {
        let range = part.tokens(of: text)
        if !isTagging {
          let gap = encoder.longTexts.gap(in: range)
          // A text without tokens is no sequence.
          guard gap.count < range.count else { continue }
          append(part, text, range.lowerBound..<gap.lowerBound, gap.upperBound..<range.upperBound)
          continue
        }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: ModelSettings.longestText) {
          append(part, text, start..<min(range.upperBound, start + ModelSettings.longestText), 0..<0)
        }
      }
    }
  }

  /// Adds a sequence of a text's first and last tokens, with their n-grams if it is a bag.
  private mutating func append(_ part: TextPart, _ text: Int, _ first: Range<Int>, _ last: Range<Int>) {
    let extras = encoder.views == nil ? [] : part.extras(first, and: last, &spellings, &data.spellings)
    if encoder.ngrams == nil, last.isEmpty {
      data.append(unlabelled: part.buffer.ids[first], extras: extras)
    } else {
      bag.removeAll(keepingCapacity: true)
      bag.append(contentsOf: part.buffer.ids[first])
      bag.append(contentsOf: part.buffer.ids[last])
      encoder.ngrams?.append(to: &bag)
      data.append(unlabelled: bag[...], extras: extras)
    }
    if let offsets = part.offsets(of: text) {
      let all = part.tokens(of: text)
      let isStretch = encoder.task.tagsTokens && first.count < all.count
      let places = first.lowerBound - all.lowerBound..<first.upperBound - all.lowerBound
      data.append(offsets: isStretch ? offsets.part(places, of: all.count) : offsets)
    }
    owners.append(text)
  }
}
