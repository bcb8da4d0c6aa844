import ArgumentParser
import SeqCore
import SequenceToolkit

struct TokenizerDecode: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Join pieces to text again: lines of pieces in, lines of text out.",
    discussion: """
      It reverses tokenizer apply for the kinds bpe and unigram, byte for byte,
      except for the normalisation that their file asks for.

      EXAMPLES
        seqtool tokenizer decode --file pieces.bpe < pieces.txt
      """)

  @Argument(help: "A file of lines, compressed with gzip or not, or - for standard input.", completion: .file())
  var input = "-"

  @Option(help: ArgumentHelp("The file that seqtool tokenizer train wrote.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    try reporting {
      guard FileSystem.exists(file) else { throw FileSystem.missing(file) }
      let model = try SubwordModel(parsing: FileSystem.readText(file), file: file)
      let name = input == "-" ? "standard input" : input
      var lines = try LineInput(input, batch: 1024)
      var number = 0
      while true {
        let batch = try lines.next()
        if batch.isEmpty { return }
        var output = ""
        for line in batch {
          number += 1
          output += try text(of: line, model, .line(number, of: name)) + "\n"
        }
        try Terminal.output.write(output)
      }
    }
  }

  private func text(of line: String, _ model: SubwordModel, _ place: Place) throws(SeqError) -> String {
    var pieces: [String] = []
    // By bytes, because a space and a combining mark that begins a piece form one character.
    for bytes in line.utf8.split(separator: UInt8(ascii: " ")) {
      let word = Substring(decoding: bytes, as: UTF8.self)
      guard let piece = Token.text(ofPrintable: word), model.contains(piece) else {
        throw .data(
          "\"\(word)\" is not a piece of \(file)", at: place,
          remedy: "give the output that seqtool tokenizer apply wrote with this file")
      }
      pieces.append(piece)
    }
    guard let bytes = model.bytes(of: pieces), let text = String(validating: bytes, as: UTF8.self) else {
      throw .data(
        "the pieces do not form valid UTF-8", at: place,
        remedy: "give whole lines of seqtool tokenizer apply")
    }
    return text
  }
}
