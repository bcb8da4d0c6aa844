import ArgumentParser
import SeqConfig
import SeqCore
import SeqInspect

struct DataDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show what data looks like: sizes, lengths, labels, frequent tokens.",
    discussion: """
      EXAMPLES
        seqtool data describe examples/names.json
        seqtool data describe train.conll --html page.html
        seqtool data describe reviews.csv --json | jq .labels
      """)

  @OptionGroup var input: DataInput

  @Option(parsing: .unconditional, help: ArgumentHelp("How many frequent tokens to list.", valueName: "n"))
  var top = 40

  @Option(parsing: .unconditional, help: ArgumentHelp("How many labels to list.", valueName: "n"))
  var labels = 30

  @Option(help: ArgumentHelp("Write a self-contained page with charts.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write a picture.", valueName: "file"))
  var svg: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if top < 0 { throw ValidationError("--top: expected 0 or more, found \(top)") }
    if labels < 1 { throw ValidationError("--labels: expected 1 or more, found \(labels)") }
  }

  func run() throws {
    try reporting {
      let data = try input.data()
      let title =
        input.files.count == 1 ? Self.name(input.files[0]) : Self.name(FileSystem.folder(of: data.parts[0].path))
      let description = try DataDescription(data, title: title, top: top)
      if description.problems > 0 {
        warn("\(description.problems) mistakes were skipped; seqtool data check shows them")
      }
      if let html { try write(description.html, to: html) }
      if let svg { try write(description.svg, to: svg) }
      if json {
        try Terminal.output.write(try JSONWriter.text(of: description.json) + "\n")
      } else if html != "-", svg != "-" {
        try Terminal.output.write(TextDescription(description, mostLabels: labels).text)
      }
    }
  }

  private func write(_ text: String, to path: String) throws(SeqError) {
    if path == "-" { return try Terminal.output.write(text) }
    try FileSystem.write(text, to: path)
    Terminal.error.line("wrote \(path)")
  }

  private static func name(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name == "." ? "data" : name
  }
}
