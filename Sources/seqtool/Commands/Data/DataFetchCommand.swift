import ArgumentParser
import SeqConfig
import SeqCore
import SeqFetch
import SeqMetrics
import SeqReport
import SeqTags

struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch a public data set by name, or list what there is.",
    discussion: """
      Each file comes from its source at a fixed commit and is verified by its
      SHA-256. Files that exist already are kept, and an interrupted download
      continues where it stopped. The command prints the set's folder, which it
      makes in --to, or else in $SEQTOOL_DATA, or else in your cache folder.

      EXAMPLES
        seqtool data fetch                  names, sizes, licences
        seqtool data fetch atis
        seqtool data check "$(seqtool data fetch resume_ner)"/*.bmes
      """)

  @Argument(help: "The set.", completion: .list(Catalogue.sets.map(\.name)))
  var name: String?

  @Option(help: ArgumentHelp("The folder in which to make the set's folder.", valueName: "dir"), completion: .directory)
  var to: String?

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  @Flag(help: "List the catalogue as JSON.")
  var json = false

  func validate() throws {
    if name != nil, json { throw ValidationError("--json only applies to the list: leave out the name") }
  }

  func run() throws {
    try reporting {
      guard let name else { return try list() }
      guard let set = Catalogue.set(named: name) else {
        throw SeqError.usage(
          "no set \"\(name)\"" + didYouMean(name, among: Catalogue.sets.map(\.name)),
          remedy: "seqtool data fetch lists them")
      }
      Interruption.clearsAway()
      let fetch = Fetch(set, into: FileSystem.nameable(try to ?? DataFolder.path()))
      var progress = FetchProgress(isQuiet: quiet)
      do throws(SeqError) { try fetch.run { progress.show($0) } } catch {
        progress.erase()
        throw error
      }
      if !quiet { Terminal.error.line("licence: \(set.licence)") }
      try Terminal.output.write(fetch.path + "\n")
    }
  }

  private func list() throws(SeqError) {
    if json { return try Terminal.output.write(try JSONWriter.text(of: .array(Catalogue.sets.map(Self.node))) + "\n") }
    var table = TextTable([.left("set"), .right("size"), .right("files"), .left("licence"), .left("contents")])
    for set in Catalogue.sets {
      table.add([set.name, set.size.byteCount, "\(set.files.count)", set.licence, set.about])
    }
    try Terminal.output.write(table.render() + "\n")
  }

  private static func node(_ set: PublicSet) -> ConfigNode {
    .object([
      ("name", .string(set.name)), ("about", .string(set.about)), ("licence", .string(set.licence)),
      ("source", .string(set.source)), ("size", .integer(set.size)),
      (
        "files",
        .array(
          set.files.map {
            .object([
              ("name", .string($0.name)), ("address", .string(set.base + "/" + $0.path)), ("size", .integer($0.size)),
              ("sha256", .string($0.sha256)),
            ])
          })
      ),
    ])
  }
}
