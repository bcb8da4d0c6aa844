import SeqModel
package import SeqText

/// The tokeniser and the vocabulary of what a model writes.
///
/// The vocabulary's symbol for padding stands for the start and the end; unknown tokens are read and never written.
package struct TargetSide: Sendable {
  package let tokenizer: Tokenizer
  package let vocabulary: Vocabulary

  package init(tokenizer: Tokenizer, vocabulary: Vocabulary) {
    (self.tokenizer, self.vocabulary) = (tokenizer, vocabulary)
  }

  /// The text that written tokens make.
  package func text(of ids: [Int32]) -> String { tokenizer.text(joining: ids.map { vocabulary[$0] }) }
}
