import ArgumentParser
import SeqCore
import SeqData
import SeqInspect
import SeqMetrics
import SeqReport
import SeqTags

struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Split a file into train, dev and test, or into folds.",
    discussion: """
      Every part gets its share of each class (tags are not classes). Equal texts
      stay together, and so do records with the same --group. The same seed gives
      the same parts, whatever the order of the records. Records are copied byte
      for byte, and every part gets the header. A record that cannot be read is an
      error: repair the file with seqtool data check --fix.

      EXAMPLES
        seqtool data split reviews.csv --to parts
        seqtool data split reviews.csv --to parts --dev 0.1 --test 0.2 --group author
        seqtool data split corpus.conllu --to folds --folds 10
      """)

  @Argument(help: "The file, or a folder of files.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("A new folder for the parts.", valueName: "dir"), completion: .directory)
  var to: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The share of dev; by default 0.1, for folds 0.", valueName: "share"))
  var dev: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("The share of test; by default 0.1.", valueName: "share"))
  var test: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Split into k folds; each is the test part once.", valueName: "k"))
  var folds: Int?

  @Option(help: ArgumentHelp("Keep records together if they have the same value in this column.", valueName: "column"))
  var group: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The random seed; another seed gives other parts.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var records: RecordArguments

  func validate() throws {
    for (name, share) in [("dev", dev), ("test", test)] {
      if let share, !(0..<1).contains(share) { throw ValidationError("--\(name): expected 0 or more and below 1") }
    }
    if (dev ?? 0.1) + (folds == nil ? test ?? 0.1 : 0) >= 1 {
      throw ValidationError("nothing would be left to train on")
    }
    if folds != nil, test != nil {
      throw ValidationError(
        "--test cannot be combined with --folds: each fold is the test part once")
    }
    if let folds, !(2...1000).contains(folds) { throw ValidationError("--folds: expected 2 to 1000, found \(folds)") }
  }

  func run() throws {
    try reporting {
      Interruption.clearsAway()
      let data = try records.data(of: [InspectedData.Part(name: "train", path: file)])
      let plan =
        folds.map { FileSplit.Plan.folds($0, dev: dev ?? 0) } ?? .parts(dev: dev ?? 0.1, test: test ?? 0.1)
      let split = FileSplit(data, plan: plan, group: group.map(ReadingArguments.column), seed: seed)
      let parts = try split.write(to: to)
      warnOfEmpty(parts)
      var table = TextTable([.left("part"), .right("records"), .right("labels")])
      for part in parts { table.add([part.name, "\(part.records)", part.labels > 0 ? "\(part.labels)" : "–"]) }
      try Terminal.output.write(table.render() + "\n")
    }
  }

  /// Warns of requested parts that got no records.
  private func warnOfEmpty(_ written: [FileSplit.Written]) {
    let shares = folds == nil ? [("dev", dev ?? 0.1), ("test", test ?? 0.1)] : []
    let missing = shares.filter { name, share in share > 0 && !written.contains { $0.name == name } }.map(\.0)
    let empty = missing + written.filter { $0.records == 0 }.map(\.name)
    if empty.isEmpty { return }
    let names = empty.prefix(5).joined(separator: ", ") + (empty.count > 5 ? " …" : "")
    warn(
      "\(names): no records; there are too few, or too many that stay together because their texts"
        + "\(group == nil ? "" : " or groups") are equal")
  }
}
