import Foundation
import SeqTestSupport
import Testing

/// `data split`, `data describe` and `data fetch`, as a user runs them.
struct DataCommandTests {
  @Test func aFileIsCutIntoParts() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.csv(60, seed: 1), to: "data.csv")
    let result = try workspace.seqtool("data", "split", "data.csv", "--to", "parts", "--dev", "0.2")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(workspace.files("parts") == ["dev.csv", "test.csv", "train.csv"])
    #expect(result.stdout.hasPrefix("part   records  labels\ntrain "))
    let again = try workspace.seqtool("data", "split", "data.csv", "--to", "parts")
    expectErrors(again, 74, ["parts: already exists; nothing was written (choose another name)"])
  }

  @Test func foldsCoverTheFile() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.columns(30, seed: 1), to: "data.conll")
    #expect(
      try workspace.seqtool("data", "split", "data.conll", "--to", "cv", "--folds", "3", "--dev", "0.2").status == 0)
    #expect(workspace.files("cv").count == 9)
    #expect(try workspace.seqtool("data", "split", "data.conll", "--to", "x", "--folds", "1").status == 64)
  }

  @Test func nothingIsCutFromNothing() throws {
    let workspace = try Workspace()
    try workspace.write("", to: "empty.txt")
    try workspace.write("a\nb\nb\n", to: "few.txt")
    expectErrors(
      try workspace.seqtool("data", "split", "empty.txt", "--to", "x"), 65,
      ["empty.txt: holds no records, so there is nothing to split"])
    for command in ["split", "check", "describe"] {
      let extra = command == "split" ? ["--to", "x"] : []
      expectErrors(
        try workspace.start(["data", command, "-"] + extra).finish(), 64,
        ["standard input cannot be read twice (write it to a file first)"])
    }
    #expect(workspace.files() == ["empty.txt", "few.txt"])
    let few = try workspace.seqtool("data", "split", "few.txt", "--to", "x")
    let why = "no records; there are too few, or too many that stay together because their texts are equal"
    #expect(few.status == 0 && few.complaints == ["warning: dev, test: \(why)"], "\(few.stderr)")
    let folds = try workspace.seqtool("data", "split", "few.txt", "--to", "y", "--folds", "3")
    #expect(folds.status == 0 && folds.complaints == ["warning: fold-3/test: \(why)"], "\(folds.stderr)")
  }

  @Test func theRemedyIsAFlagWhereOneIsMeant() throws {
    let workspace = try Workspace()
    try workspace.write("review,stars\nfine,5\n", to: "data.csv")
    try workspace.write("a\n", to: "data")
    let column = "(say which column is the text: --text …)"
    for arguments in [["convert", "data.csv", "x.jsonl"], ["data", "split", "data.csv", "--to", "x"]] {
      #expect(try workspace.start(arguments).finish().stderr.contains(column + "\n"))
    }
    #expect(try workspace.seqtool("tokenizer", "train", "data.csv", "-o", "x").stderr.hasSuffix(column + "\n"))
    #expect(try workspace.seqtool("convert", "data", "x.jsonl").stderr.contains("(--from: one of csv, "))
    #expect(try workspace.seqtool("data", "describe", "data").stderr.contains("(--format: one of csv, "))
    #expect(
      try workspace.seqtool("data", "check", "data.csv").stdout.contains(
        "(try: say which column is the text: --text …)")
        || workspace.seqtool("data", "check", "data.csv").stderr.contains(column))
  }

  @Test func negativeNumbersAreUnderstood() throws {
    let workspace = try Workspace()
    try workspace.write("a B x\nb I y\n", to: "data.conll")
    let limit = try workspace.seqtool("data", "check", "data.conll", "--limit", "-1")
    #expect(limit.status == 64 && limit.stderr.contains("--limit: expected 0 or more, found -1"))
    let tag = try workspace.seqtool("data", "describe", "data.conll", "--tag", "-2")
    #expect(tag.status == 0 && tag.stdout.contains("\nB "), "\(tag.stderr)")
  }

  @Test func aDescriptionIsPrintedAndDrawn() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.csv(60, seed: 1), to: "data.csv")
    let result = try workspace.seqtool("data", "describe", "data.csv", "--html", "page.html", "--svg", "picture.svg")
    #expect(result.status == 0 && result.stdout.contains("positive"))
    #expect(result.complaints == ["wrote page.html", "wrote picture.svg"])
    #expect(try workspace.text("page.html").hasPrefix("<!doctype html>"))
    #expect(try workspace.text("picture.svg").hasPrefix("<svg "))
    let json = try object(workspace.seqtool("data", "describe", "data.csv", "--json").stdout)
    #expect((json["labels"] as? [Any])?.count == 2)
  }

  @Test func theCatalogueIsListed() throws {
    let workspace = try Workspace()
    let result = try workspace.seqtool("data", "fetch")
    #expect(result.status == 0 && result.stdout.contains("atis "))
    let unknown = try workspace.seqtool("data", "fetch", "atsi")
    expectErrors(unknown, 64, ["no set \"atsi\" — did you mean \"atis\"? (seqtool data fetch lists them)"])
  }

  @Test func whatAServerLacksOrHasChangedIsRefused() throws {
    let workspace = try Workspace()
    let server = try LoopbackServer { _, before in
      before == 0 ? .init(status: 404) : .init(body: [UInt8](repeating: 0x20, count: 1_115_394))
    }
    let environment = ["SEQTOOL_DATA_MIRROR": server.address, "SEQTOOL_DATA": workspace.path + "/sets"]
    let missing = try workspace.seqtool("data", "fetch", "tinyshakespeare", environment: environment)
    #expect(missing.status == 66 && missing.stderr.contains("the server answered 404: there is no such file"))
    let changed = try workspace.seqtool("data", "fetch", "tinyshakespeare", environment: environment)
    #expect(changed.status == 65 && changed.stderr.contains("the file was not kept"))
    #expect(workspace.files("sets") == [])
    #expect(server.requests.map(\.path).allSatisfy { $0.hasSuffix("/data/tinyshakespeare/input.txt") })
  }

  @Test(arguments: ["", "trap '' XFSZ; "]) func aFullDiskIsTold(trap: String) throws {
    let workspace = try Workspace()
    let server = try LoopbackServer { _, _ in .init(body: [UInt8](repeating: 0x20, count: 1_115_394)) }
    let result = try workspace.shell(
      "ulimit -f 100; \(trap)SEQTOOL_DATA_MIRROR=\(server.address) $seqtool data fetch tinyshakespeare --to sets")
    #expect(result.status == 74, "\(result.stderr)")
    #expect(result.stderr.contains("writing failed: file too large (is the disk full or the folder read-only?)"))
    #expect(workspace.files("sets") == ["tinyshakespeare/input.txt.part"])
  }

  /// The server answers late, so that the first command is killed while curl waits; curl's answer goes nowhere.
  @Test func afterAKillTheNextFetchRunsAtOnce() throws {
    let set = "tinyshakespeare/input.txt"
    let server = try LoopbackServer { _, before in
      usleep(before == 0 ? 700_000 : 0)
      return .init(body: [UInt8](repeating: before == 0 ? 0x21 : 0x20, count: 1_115_394))
    }
    let workspace = try Workspace()
    let environment = ["SEQTOOL_DATA_MIRROR": server.address]
    let arguments = ["data", "fetch", "tinyshakespeare", "--to", "sets"]
    let first = try workspace.start(arguments, environment: environment)
    try first.wait("a request") { _ in !server.requests.isEmpty }
    #expect(try first.end(by: SIGKILL).status == 137)
    let second = try workspace.start(arguments, environment: environment)
    try second.wait("a part") { _ in server.requests.count == 2 }
    let result = try second.finish()
    // The catalogue's digest is of other bytes; that all of them came from the second server shows in the message.
    #expect(result.status == 65 && result.stderr.contains("the SHA-256 is "), "\(result.stderr)")
    #expect(server.requests.allSatisfy { $0.offset == nil })
    #expect(!workspace.exists("sets/" + set + ".part"))
    #expect(workspace.files("sets") == [])
  }

  @Test func aFetchThatIsEndedKeepsNoLock() throws {
    let server = try LoopbackServer { _, _ in
      usleep(500_000)
      return .init(body: [0x20])
    }
    let workspace = try Workspace()
    let command = try workspace.start(
      ["data", "fetch", "tinyshakespeare", "--to", "sets"], environment: ["SEQTOOL_DATA_MIRROR": server.address])
    try command.wait("a request") { _ in !server.requests.isEmpty }
    #expect(try command.end(by: SIGTERM).status == 143)
    #expect(workspace.files("sets").filter { $0.contains("lock") } == [])
  }

  @Test func withoutCurlTheRemedyIsTold() throws {
    let workspace = try Workspace()
    let environment = ["PATH": workspace.path, "SEQTOOL_DATA_MIRROR": "http://127.0.0.1:1"]
    let result = try workspace.seqtool("data", "fetch", "cr", "--to", "sets", environment: environment)
    #expect(result.status == 66 && result.stderr.contains("curl is not installed"))
  }

  @Test(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
  func aSetIsFetchedAndThenFound() throws {
    let workspace = try Workspace()
    let path = (publicDataFolder ?? "") + "/cr/custrev.all"
    let body = try workspace.shell("cp '\(path)' copy").status == 0 ? try workspace.bytes("copy") : []
    let server = try LoopbackServer { _, _ in .init(body: body) }
    let environment = ["SEQTOOL_DATA_MIRROR": server.address, "XDG_CACHE_HOME": workspace.path + "/cache"]
    let first = try workspace.seqtool("data", "fetch", "cr", environment: environment)
    #expect(first.status == 0 && first.stdout == workspace.path + "/cache/seqtool/data/cr\n", "\(first.stderr)")
    #expect(first.complaints == ["custrev.all: fetched and verified, 374.1 kB", "licence: not stated"])
    let second = try workspace.seqtool("data", "fetch", "cr", environment: environment)
    #expect(second.complaints.first == "custrev.all: already there" && server.requests.count == 1)
  }
}
