import Foundation
import SeqTestSupport
import Testing

/// Data on disk gives the model that data in memory gives, and is used again as long as it is that of the files.
struct StorageTests {
  private func fit(_ workspace: Workspace, _ output: String, _ settings: String...) throws -> CommandResult {
    let given = settings.flatMap { ["--set", $0] }.map { "'\($0)'" }.joined(separator: " ")
    return try workspace.shell("\"$seqtool\" fit config.json -q --overwrite --set output=\(output) \(given)")
  }

  @Test(arguments: [false, true]) func theModelIsTheSame(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    let memory = try fit(workspace, "a", "data.storage=memory")
    let disk = try fit(workspace, "b", "data.storage=disk", "training.threads=1")
    #expect(memory.status == 0 && disk.status == 0, "\(memory.stderr) \(disk.stderr)")
    #expect(memory.stdout == disk.stdout)
    for file in ["model.safetensors", "metrics.json", "vocabulary/tokens.txt", "history.csv"] {
      #expect(try workspace.bytes("a/" + file) == workspace.bytes("b/" + file), "\(file)")
    }
    #expect(workspace.exists("b.cache/train.ids") && !workspace.exists("a.cache"))
  }

  @Test func oneFileIsSplitAlike() throws {
    let workspace = try Workspace.classification(texts: 200)
    let split = ["data.dev=null", "data.test=null", "data.split.dev=0.2"]
    #expect(try fit(workspace, "a", split[0], split[1], split[2]).status == 0)
    #expect(try fit(workspace, "b", split[0], split[1], split[2], "data.storage=disk", "data.cache=kept").status == 0)
    #expect(try workspace.bytes("a/model.safetensors") == workspace.bytes("b/model.safetensors"))
    #expect(try workspace.bytes("a/metrics.json") == workspace.bytes("b/metrics.json"))
    #expect(workspace.exists("kept/corpus.json"))
  }

  @Test func theCacheFollowsTheData() throws {
    let workspace = try Workspace.classification()
    #expect(try fit(workspace, "a", "data.storage=disk").status == 0)
    let first = try workspace.bytes("a.cache/train.ids")
    let stamp = try workspace.shell("ls -i a.cache/train.ids").stdout
    #expect(try fit(workspace, "a", "data.storage=disk", "training.seed=2").status == 0)
    #expect(try workspace.shell("ls -i a.cache/train.ids").stdout == stamp)
    try workspace.write(TinyData.csv(65, seed: 9), to: "train.csv")
    #expect(try fit(workspace, "a", "data.storage=disk").status == 0)
    #expect(try workspace.bytes("a.cache/train.ids") != first)
    try workspace.write("mine", to: "other/notes.txt")
    let refused = try fit(workspace, "a", "data.storage=disk", "data.cache=other")
    #expect(refused.status == 65 && refused.stderr.contains("holds something other than a data cache"))
    #expect(workspace.exists("other/notes.txt"))
    let ofFile = try fit(workspace, "a", "data.storage=disk", "data.cache=train.csv")
    #expect(ofFile.status == 65 && ofFile.stderr.contains("train.csv: is a file, expected a folder"))
    #expect(try String(decoding: workspace.bytes("train.csv"), as: UTF8.self) == TinyData.csv(65, seed: 9))
  }

  @Test func theCacheFollowsTheFileOfPieces() throws {
    let workspace = try Workspace.classification()
    func train(_ size: Int) throws -> Int32 {
      try workspace.seqtool("tokenizer", "train", "train.csv", "--size", "\(size)", "--output", "pieces").status
    }
    func fit() throws -> [UInt8] {
      let result = try self.fit(
        workspace, "a", "data.storage=disk", "tokenizer={\"kind\": \"bpe\", \"file\": \"pieces\"}")
      #expect(result.status == 0, "\(result.stderr)")
      return try workspace.bytes("a.cache/train.ids")
    }
    #expect(try train(270) == 0)
    let first = try fit()
    #expect(try train(300) == 0)
    #expect(try fit() != first)
  }

  /// A bit that flips, a file that was cut, removed or swapped: the next fit says which one it was, and is right.
  @Test(arguments: [
    "train.ids", "train.starts", "train.labels", "tokens.txt", "labels.txt", "corpus.json", "checksums.txt",
  ])
  func aDamagedCacheIsMadeAnew(file: String) throws {
    let workspace = try Workspace.classification()
    let first = try fit(workspace, "a", "data.storage=disk")
    let original = try workspace.bytes("a.cache/" + file)
    let changes: [([UInt8]) -> [UInt8]?] = [
      { bytes in bytes.enumerated().map { $0 == bytes.count / 2 ? $1 ^ 1 : $1 } }, { $0.dropLast(4) }, { $0 + [0] },
      { _ in nil }, { _ in [] },
    ]
    for (number, change) in changes.enumerated() {
      if let changed = change(original) {
        try workspace.write(changed, to: "a.cache/" + file)
      } else {
        try workspace.remove("a.cache/" + file)
      }
      let again = try fit(workspace, "a", "data.storage=disk")
      #expect(again.status == 0 && again.stdout == first.stdout, "change \(number): \(again.stderr)")
      #expect(try workspace.bytes("a.cache/" + file) == original)
      // Without its description, or with another one, it is no cache of this data, and is made as if there were none.
      if file == "corpus.json", number == 0 || number == 3 { continue }
      #expect(again.stderr.hasPrefix("warning: a.cache/"), "change \(number): \(again.stderr)")
      #expect(again.stderr.contains("damaged") || again.stderr.contains("cannot be opened") || file == "corpus.json")
      #expect(again.stderr.hasSuffix("(the cache was rebuilt)\n"), "change \(number): \(again.stderr)")
    }
  }

  /// The checksums say nothing of what is no regular file.
  @Test(arguments: ["train.ids", "dev.labels", "corpus.json"]) func aPipeInACacheDoesNotHang(file: String) throws {
    let workspace = try Workspace.classification()
    #expect(try fit(workspace, "a", "data.storage=disk").status == 0)
    let sums = try workspace.text("a.cache/checksums.txt")
    let kept = sums.split(separator: "\n").filter { !$0.hasSuffix("  " + file) }.joined(separator: "\n") + "\n"
    try workspace.write(kept, to: "a.cache/checksums.txt")
    try workspace.remove("a.cache/" + file)
    #expect(mkfifo(workspace.path + "/a.cache/" + file, 0o600) == 0)
    let again = try fit(workspace, "a", "data.storage=disk")
    #expect(again.status == 0)
    let message = "warning: a.cache/\(file): expected a file, found a named pipe (the cache was rebuilt)\n"
    #expect(again.stderr == message)
  }

  @Test func mistakesAreFoundAsInMemory() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\na,x\nb\n", to: "train.csv")
    let result = try fit(workspace, "a", "data.storage=disk")
    #expect(result.status == 65)
    #expect(result.stderr == "error: train.csv:3:2: 1 column, expected 2 (text, label)\n")
    #expect(workspace.files().allSatisfy { !$0.hasPrefix("a.cache") })
  }
}
