import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generate texts with a model of the task generation, one per line.",
    discussion: """
      The same seed gives the same texts, on any number of threads. Line breaks
      within a text become spaces. Only a model that was fitted to one long text
      writes its texts unchanged, with an empty line between them.

      EXAMPLES
        seqtool generate --label Irish --count 10
        seqtool generate --label Irish --temperature 0          the most probable
        seqtool generate --prompt Mac --label Irish --top-p 0.9 --json
        seqtool generate --model models/lines --max-length 2000
      """)

  @OptionGroup var options: ModelOptions

  @Option(parsing: .unconditional, help: "The label of the texts, for a model that was fitted with labels.")
  var label: String?

  @Option(name: .shortAndLong, help: "How many texts to generate.")
  var count = 1

  @Option(parsing: .unconditional, help: "The beginning of every text.")
  var prompt = ""

  @Option(help: "Values below 1 favour probable tokens; 0 always takes the most probable token.")
  var temperature = 1.0

  @Option(help: ArgumentHelp("Draw only from the k most probable tokens.", valueName: "k"))
  var topK: Int?

  @Option(
    help: ArgumentHelp(
      "Draw only from the most probable tokens whose probabilities add up to this share.", valueName: "share"))
  var topP = 1.0

  @Option(
    help: ArgumentHelp(
      "Most tokens after the prompt; by default 100, or 500 for a model of one long text.", valueName: "n"))
  var maxLength: Int?

  @Option(help: "The random seed; another seed gives other texts.")
  var seed: UInt64 = 1

  @Flag(help: "Write one JSON object per line: the text, its tokens, whether it ended, and ln of its probability.")
  var json = false

  func validate() throws {
    func check(_ name: String, _ isGood: Bool, _ expected: String, _ found: some CustomStringConvertible) throws {
      if !isGood { throw ValidationError("--\(name): expected \(expected), found \(found)") }
    }
    try check("count", count >= 1, "1 or more", count)
    try check("temperature", temperature >= 0 && temperature.isFinite, "0 or more", temperature)
    try check("top-k", topK ?? 1 >= 1, "1 or more", topK ?? 0)
    try check("top-p", topP > 0 && topP <= 1, "a share above 0 and at most 1", topP)
    try check("max-length", maxLength ?? 1 >= 1, "1 or more", maxLength ?? 0)
  }

  func run() throws {
    try reporting {
      let model = try options.loadOne()
      let unknown = model.task.makesTexts ? model.unknownTokens(ofPrompt: prompt) : []
      if !unknown.isEmpty {
        warn("the model does not know these tokens of the prompt: \(unknown.joined(separator: " "))")
      }
      let isStream = model.config.texts.isStream
      // In portions, so that the first texts appear soon.
      let portion = 1_024
      for first in stride(from: 0, to: count, by: portion) {
        let texts = try model.generate(min(portion, count - first), settings(isStream), first: first)
        var output = ""
        for (i, text) in texts.enumerated() {
          if isStream, !json, first + i > 0 { output += "\n" }
          output += try line(text, isStream) + "\n"
        }
        try Terminal.output.write(output)
      }
      if !options.quiet { Terminal.error.line("model \(try options.name()), \(count.counted("text"))") }
    }
  }

  private func settings(_ isStream: Bool) -> GenerationSettings {
    var settings = GenerationSettings()
    settings.label = label
    settings.prompt = prompt
    settings.maximumLength = maxLength ?? (isStream ? 500 : 100)
    settings.sampling = SamplingSettings(temperature: temperature, topK: topK, topP: topP)
    settings.seed = seed
    return settings
  }

  private func line(_ text: GeneratedText, _ isStream: Bool) throws(SeqError) -> String {
    guard json else {
      return isStream
        ? text.text
        : text.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          .joined(separator: " ")
    }
    var members: [(String, ConfigNode)] = [("text", .string(text.text))]
    if let label { members.append(("label", .string(label))) }
    members += [
      ("tokens", .integer(text.tokens)), ("ended", .bool(text.isEnded)), ("logProbability", .real(text.logProbability)),
    ]
    return try JSONWriter.text(of: .object(members), style: .compact)
  }
}
