package import SeqRecords

/// Some texts of a window as tokens: what one thread makes of them.
///
/// Unchecked because it is filled by one thread at a time and read when that has ended: see `WorkerTeam`.
package final class TokenizedTexts: @unchecked Sendable {
  /// Its texts among those of the window.
  package private(set) var texts = 0..<0
  /// The first text of the window, and the tokens of the window before its own.
  package private(set) var firstText = 0, firstToken = 0
  package private(set) var buffer = SequenceBuffer()

  /// Takes other texts, reusing the memory.
  package func fill<Input: ModelInput>(_ newTexts: Range<Int>, of all: [Input], _ encoder: SequenceEncoder) {
    texts = newTexts
    buffer.removeAll()
    for text in all[newTexts] {
      encoder.append(text, to: &buffer, findsRanges: true)
      buffer.endSequence()
    }
  }

  /// What a dataset keeps of some tokens beside their ids.
  package func extras(
    _ range: Range<Int>, and rest: Range<Int>, _ index: inout WordFormIndex?, _ table: inout WordFormTable?
  ) -> [ArraySlice<Int32>] { buffer.extras(range, and: rest, &index, &table) }

  /// What a text of the window has beside the network's scores; nil for nothing.
  package func linearScores(of text: Int) -> LinearScores? { buffer.linearScores(of: text - texts.lowerBound) }

  /// Says where it stands in its window.
  package func place(firstText: Int, firstToken: Int) { (self.firstText, self.firstToken) = (firstText, firstToken) }

  /// The tokens of a text of the window, in the buffer's `ids` and `ranges`.
  package func tokens(of text: Int) -> Range<Int> { buffer.tokens(of: text - texts.lowerBound) }
}
