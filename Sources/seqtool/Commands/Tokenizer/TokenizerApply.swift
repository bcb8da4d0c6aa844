import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

struct TokenizerApply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Cut lines into tokens: a Unix filter.",
    discussion: """
      For n lines it writes n records in their order: lines of tokens with
      blanks between, a token a line with an empty line after each record, or
      JSON. In lines and columns, white space and signs that cannot be seen are
      written as in a model's vocabulary: \\n, \\t, \\u{20}.

      EXAMPLES
        seqtool tokenizer apply lines.txt
        seqtool tokenizer apply --tokenizer regex --pattern '\\w+' --offsets utf16 lines.txt
        seqtool tokenizer apply --model models/reviews --format jsonl < lines.txt
      """)

  @Argument(help: "A file of lines, packed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var source: TokenizerSource

  @Option(help: ArgumentHelp("How tokens are written.", valueName: "lines|columns|jsonl"))
  var format: TokenFormat?

  @Option(
    help: ArgumentHelp(
      "Write where each token begins and ends in its line, counted from 0 in bytes, UTF-16 units, code points or characters.",
      valueName: "utf8|utf16|scalar|grapheme"), transform: choice)
  var offsets: OffsetUnit?

  func validate() throws {
    if offsets != nil, format == .lines { throw ValidationError("--offsets goes with --format columns or jsonl") }
  }

  func run() throws {
    try reporting {
      let tokenizer = try source.load()
      let writer = TokenWriter(format: format ?? (offsets == nil ? .lines : .columns), offsets: offsets)
      var input = try LineInput(file, batch: 1024)
      while true {
        let lines = try input.next()
        if lines.isEmpty { return }
        var output = ""
        for line in lines { try writer.write(line, tokenizer.tokens(of: line), to: &output) }
        try Terminal.output.write(output)
      }
    }
  }
}

/// How tokens are written.
enum TokenFormat: String, ExpressibleByArgument, CaseIterable {
  case lines, columns, jsonl
}

/// Writes the tokens of lines as records.
private struct TokenWriter {
  let format: TokenFormat
  let offsets: OffsetUnit?

  func write(_ line: String, _ tokens: [Token], to output: inout String) throws(SeqError) {
    let ranges = offsets?.ranges(of: tokens.map(\.range), in: line)
    switch format {
    case .lines:
      for (i, token) in tokens.enumerated() {
        if i > 0 { output += " " }
        output += token.printable
      }
    case .columns:
      for (i, token) in tokens.enumerated() {
        output += token.printable
        if let range = ranges?[i] { output += "\t\(range.lowerBound)\t\(range.upperBound)" }
        output += "\n"
      }
    case .jsonl:
      var members: [(String, ConfigNode)] = [
        ("text", .string(line)), ("tokens", .array(tokens.map { .string($0.text) })),
      ]
      if let ranges { members += ConfigNode.places(ranges) }
      output += try JSONWriter.text(of: .object(members), style: .compact)
    }
    output += "\n"
  }
}
