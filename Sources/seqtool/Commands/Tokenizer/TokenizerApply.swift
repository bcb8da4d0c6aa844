import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

struct TokenizerApply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Split lines into tokens: a Unix filter.",
    discussion: """
      It writes one record for each line, in the same order: a line of tokens
      separated by spaces, one token per line with an empty line after each
      record, or JSON. In lines and columns, white space and invisible characters
      are written as in a model's vocabulary: \\n, \\t, \\u{20}.

      EXAMPLES
        seqtool tokenizer apply lines.txt
        seqtool tokenizer apply --tokenizer regex --pattern '\\w+' --offsets utf16 lines.txt
        seqtool tokenizer apply --model models/reviews --format jsonl < lines.txt
      """)

  @Argument(help: "A file of lines, compressed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var source: TokenizerSource

  @Option(help: ArgumentHelp("The format of the output.", valueName: "lines|columns|jsonl"))
  var format: TokenFormat?

  @Option(
    help: ArgumentHelp(
      "Write where each token begins and ends in its line, counted from 0 in bytes, UTF-16 units, code points or characters.",
      valueName: "utf8|utf16|scalar|grapheme"), transform: choice)
  var offsets: OffsetUnit?

  func validate() throws {
    if offsets != nil, format == .lines { throw ValidationError("--offsets needs --format columns or jsonl") }
  }

  func run() throws {
    try reporting {
      let tokenizer = try source.load()
      let writer = TokenWriter(format: format ?? (offsets == nil ? .lines : .columns), offsets: offsets)
      var input = try LineInput(file, batch: 1024)
      while true {
        let lines = try input.next()
        if lines.isEmpty { return }
        var output: [UInt8] = []
        for line in lines { try writer.write(line, tokenizer, to: &output) }
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

  func write(_ line: String, _ tokenizer: Tokenizer, to output: inout [UInt8]) throws(SeqError) {
    if format == .jsonl {
      output += try object(line, tokenizer.tokens(of: line)).utf8
    } else if let offsets {
      let tokens = tokenizer.tokens(of: line)
      for (token, range) in zip(tokens, offsets.ranges(of: tokens.map(\.range), in: line)) {
        Token.appendPrintable(Array(token.text.utf8)[...], to: &output)
        output += "\t\(range.lowerBound)\t\(range.upperBound)\n".utf8
      }
    } else {
      var isFirst = true
      tokenizer.forEachUTF8Token(in: line) { text, _ in
        if format == .lines, !isFirst { output.append(0x20) }
        isFirst = false
        Token.appendPrintable(text, to: &output)
        if format == .columns { output.append(0x0A) }
      }
    }
    output.append(0x0A)
  }

  private func object(_ line: String, _ tokens: [Token]) throws(SeqError) -> String {
    var members: [(String, ConfigNode)] = [
      ("text", .string(line)), ("tokens", .array(tokens.map { .string($0.text) })),
    ]
    if let offsets { members += ConfigNode.places(offsets.ranges(of: tokens.map(\.range), in: line)) }
    return try JSONWriter.text(of: .object(members), style: .compact)
  }
}
