package import SeqCore
import SeqModel
import SeqRecords

/// Which tokens of a long text a classifier reads.
public struct LongTexts: Sendable, Equatable {
  /// A part of a text.
  public enum Part: String, Sendable, CaseIterable {
    /// The first tokens.
    case head
    /// The last ones.
    case tail
    /// As many of the first as of the last (Sun et al. 2019, "How to fine-tune BERT for text classification?").
    case both
  }

  /// Tokens that are read at most, 1 to `ModelSettings.longestText`.
  public var maximumTokens = ModelSettings.longestText
  /// What is read of a longer text.
  public var keep = Part.head

  /// The first tokens, up to as many as there may be.
  public init() {}

  /// Whether less is read of a text of so many tokens than anybody asked for: a limit that a config sets is known.
  package func isSurprising(_ count: Int) -> Bool {
    maximumTokens == ModelSettings.longestText && count > maximumTokens
  }

  /// Notes that a text was read in part.
  package func note(at place: Place) {
    let part = keep == .head ? "the first " : keep == .tail ? "the last " : ""
    ReadingNotes.add("only \(part)\(maximumTokens) tokens of this text were read", at: place)
  }

  /// What is left of `count` tokens: so many of the first, and of the last.
  package func parts(of count: Int) -> (first: Int, last: Int) {
    guard count > maximumTokens else { return (count, 0) }
    switch keep {
    case .head: return (maximumTokens, 0)
    case .tail: return (0, maximumTokens)
    case .both: return ((maximumTokens + 1) / 2, maximumTokens / 2)
    }
  }

  /// What is not read of a text, whose tokens are those of a range.
  package func gap(in text: Range<Int>) -> Range<Int> {
    let (first, last) = parts(of: text.count)
    return text.lowerBound + first..<text.upperBound - last
  }

  /// The tokens of a text that are read.
  package func read(_ tokens: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
    let gap = gap(in: tokens.indices)
    if gap.isEmpty { return tokens }
    return Array(tokens[..<gap.lowerBound] + tokens[gap.upperBound...])
  }
}
