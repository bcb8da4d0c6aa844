import ArgumentParser

struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer",
    abstract: "Split texts into tokens, and learn subwords from text.",
    discussion: """
      EXAMPLES
        echo "I can't." | seqtool tokenizer apply --tokenizer penn
        seqtool tokenizer train reviews.csv --size 2000 --output reviews.bpe
        echo "unbelievable" | seqtool tokenizer apply --tokenizer bpe --file reviews.bpe
        seqtool tokenizer decode --file reviews.bpe < pieces.txt
      """,
    subcommands: [TokenizerApply.self, TokenizerTrain.self, TokenizerDecode.self])
}
