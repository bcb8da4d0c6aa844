import ArgumentParser
import SeqCore
import SeqData
import SeqInspect
import SeqMetrics

struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Cut a file into train, dev and test, or into folds.",
    discussion: """
      Each class gets its share in every part; equal texts, and records of equal
      --group, stay together. The same seed gives the same parts, whatever the
      order of the records. Records are copied byte by byte, headers go to every
      part. What cannot be read is refused: mend it with seqtool data check --fix.

      EXAMPLES
        seqtool data split reviews.csv --to parts
        seqtool data split reviews.csv --to parts --dev 0.1 --test 0.2 --group author
        seqtool data split corpus.conllu --to folds --folds 10
      """)

  @Argument(help: "The file, or a folder of files.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("A new folder for the parts.", valueName: "dir"), completion: .directory)
  var to: String

  @Option(help: ArgumentHelp("The share of dev; by default 0.1, for folds 0.", valueName: "share"))
  var dev: Double?

  @Option(help: ArgumentHelp("The share of test; by default 0.1.", valueName: "share"))
  var test: Double?

  @Option(help: ArgumentHelp("Cut into k folds, each of which is test once.", valueName: "k"))
  var folds: Int?

  @Option(help: ArgumentHelp("Keep records together that have the same value in this column.", valueName: "column"))
  var group: String?

  @Option(help: ArgumentHelp("Another seed gives other parts.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: "What is divided evenly: labels, or nothing for tags and plain texts; by default as the format has it.")
  var task: DataTask?

  @Option(help: "The layout, by default told by the file's name, or by what a folder holds.")
  var format: DataFormat?

  @OptionGroup(title: "READING") var reading: ReadingArguments

  func validate() throws {
    for (name, share) in [("dev", dev), ("test", test)] {
      if let share, !(0..<1).contains(share) { throw ValidationError("--\(name): expected 0 or more and below 1") }
    }
    if (dev ?? 0.1) + (folds == nil ? test ?? 0.1 : 0) >= 1 {
      throw ValidationError("nothing would be left to train on")
    }
    if folds != nil, test != nil { throw ValidationError("--test: each fold is the test part once") }
    if let folds, !(2...1000).contains(folds) { throw ValidationError("--folds: expected 2 to 1000, found \(folds)") }
  }

  func run() throws {
    try reporting {
      let part = InspectedData.Part(name: "train", path: file)
      let data = try DataInput.data(of: [part], reading.options(format: format), task)
      let plan =
        folds.map { FileSplit.Plan.folds($0, dev: dev ?? 0) } ?? .parts(dev: dev ?? 0.1, test: test ?? 0.1)
      let split = FileSplit(data, plan: plan, group: group.map(ReadingArguments.column), seed: seed)
      let parts = try split.write(to: to)
      var table = TextTable([.left("part"), .right("records"), .right("labels")])
      for part in parts { table.add([part.name, "\(part.records)", part.labels > 0 ? "\(part.labels)" : "–"]) }
      try Terminal.output.write(table.render() + "\n")
    }
  }
}
