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
  /// The texts as sequences: those without tokens are none, and the chunks of a long one are several.
  package private(set) var data: EncodedDataset
  /// The text that each sequence belongs to.
  package private(set) var owners: [Int] = []
  /// The texts' tokens, in order.
  package var parts: ArraySlice<TokenizedTexts> { allParts[..<partCount] }

  private let encoder: SequenceEncoder
  private var bag: [Int32] = []
  private var wordForms: WordFormIndex?
  private var allParts: [TokenizedTexts] = []
  private var partCount = 0

  package init(_ encoder: SequenceEncoder) {
    self.encoder = encoder
    data = encoder.emptyData
    wordForms = WordFormIndex(encoder.features)
  }

  /// Takes other texts: the team cuts them into tokens.
  package mutating func fill<Input: ModelInput>(_ all: [Input], _ range: Range<Int>, _ team: WorkerTeam) {
    texts = range
    let size = max(1, min(Self.partTexts, (range.count + 2 * team.width - 1) / (2 * team.width)))
    partCount = (range.count + size - 1) / size
    while allParts.count < partCount { allParts.append(TokenizedTexts()) }
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
    wordForms?.removeAll()
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
  private mutating func append(_ part: TokenizedTexts, _ text: Int, _ first: Range<Int>, _ last: Range<Int>) {
    let extras = encoder.features == nil ? [] : part.extras(first, and: last, &wordForms, &data.wordForms)
    if encoder.ngrams == nil, last.isEmpty {
      data.append(unlabelled: part.buffer.ids[first], extras: extras)
    } else {
      bag.removeAll(keepingCapacity: true)
      bag.append(contentsOf: part.buffer.ids[first])
      bag.append(contentsOf: part.buffer.ids[last])
      encoder.ngrams?.append(to: &bag)
      data.append(unlabelled: bag[...], extras: extras)
    }
    if let linearScores = part.linearScores(of: text) {
      let all = part.tokens(of: text)
      let isChunk = encoder.task.tagsTokens && first.count < all.count
      let places = first.lowerBound - all.lowerBound..<first.upperBound - all.lowerBound
      data.append(linearScores: isChunk ? linearScores.part(places, of: all.count) : linearScores)
    }
    owners.append(text)
  }
}
