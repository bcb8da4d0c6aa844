import SeqModel
import SeqText

/// The tokeniser and the vocabulary of what a model writes.
///
/// The vocabulary's symbol for padding stands for the start and the end; unknown tokens are read and never written.
struct TargetSide: Sendable {
  let tokenizer: Tokenizer
  let vocabulary: Vocabulary

  /// The text that written tokens make.
  func text(of ids: [Int32]) -> String { tokenizer.text(joining: ids.map { vocabulary[$0] }) }
}
