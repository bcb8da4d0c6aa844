public import ArgumentParser
import SeqConfig
import SeqCore
public import SeqInspect
import SequenceToolkit

extension FindingKind: ExpressibleByArgument {}

struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find all mistakes in data at once, with file, line and column.",
    discussion: """
      Errors stop a fit or make its scores wrong; warnings are worth a look.
      Exit status: 0 no error, 1 errors found (with --strict: warnings too).
      docs/reference/data.md explains each kind of finding and its threshold.

      EXAMPLES
        seqtool data check examples/names.json
        seqtool data check train.csv test.csv --text review --label stars
        seqtool data check atis/train atis/valid atis/test
        seqtool data check config.json --vectors glove.6B.50d.txt.gz
        seqtool data check config.json --fix repaired --drop duplicates
        seqtool data check config.json --json | jq .counts
      """)

  @OptionGroup var input: DataInput

  @Option(parsing: .unconditional, help: ArgumentHelp("Findings to show of each kind; 0 for all.", valueName: "n"))
  var limit = 5

  @Option(help: ArgumentHelp("Leave out findings of this kind; may be repeated.", valueName: "kind"))
  var ignore: [FindingKind] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of common word triples from which two texts count as nearly the same.", valueName: "0…1"))
  var near = 0.8

  @Option(
    help: ArgumentHelp(
      "Word vectors whose coverage to measure, in the text form of word2vec or GloVe.", valueName: "file"),
    completion: .file())
  var vectors: String?

  @Flag(help: "Exit with 1 for warnings as well.")
  var strict = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: ArgumentHelp("Write a repaired copy into a new folder.", valueName: "dir"), completion: .directory)
  var fix: String?

  @Option(help: "What --fix leaves out, in addition to records that cannot be read.")
  var drop: [DroppedKind] = []

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit: expected 0 or more, found \(limit)") }
    if !(0.5...1).contains(near) { throw ValidationError("--near: expected 0.5 to 1, found \(near)") }
    if !drop.isEmpty, fix == nil { throw ValidationError("--drop needs --fix") }
  }

  func run() throws {
    var status: Int32 = 0
    try reporting {
      if fix != nil { Interruption.clearsAway() }
      let data = try input.data()
      var settings = CheckSettings()
      settings.limit = limit
      settings.ignored = Set(ignore)
      settings.nearThreshold = near
      settings.vectors = vectors
      let report = try DataCheck(data, settings: settings).run()
      if json {
        try Terminal.output.write(try JSONWriter.text(of: report.json) + "\n")
      } else {
        try CheckRendering(report).write(to: .output)
      }
      if let fix {
        let repair = try DataRepair(data, dropping: Set(drop.map(\.kind))).write(to: fix)
        for line in repair.lines { Terminal.error.line(line) }
      }
      status = report.errors > 0 || strict && report.warnings > 0 ? 1 : 0
    }
    if status != 0 { throw ExitCode(status) }
  }
}

/// The names of `--drop`.
enum DroppedKind: String, ExpressibleByArgument, CaseIterable {
  case duplicates, leaks, conflicts, empty

  var kind: DataRepair.Dropped {
    switch self {
    case .duplicates: .duplicates
    case .leaks: .leaks
    case .conflicts: .conflicts
    case .empty: .empty
    }
  }
}
