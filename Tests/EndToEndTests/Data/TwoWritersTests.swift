import Foundation
import SeqTestSupport
import Testing

/// Two commands that write to one place at the same time: what is there in the end is whole. `scripts/stress-writers` does
/// the same some hundred times.
@Suite(.timeLimit(.minutes(30)))
struct TwoWritersTests {
  @Test func twoFits() throws {
    let workspace = try Workspace.classification()
    for _ in 0..<6 {
      let both = try (0..<2).map { _ in
        try workspace.start(["fit", "-q", "config.json", "--set", "training.epochs=1"])
      }
      let results = try both.map { try $0.finish() }
      #expect(results.contains { $0.status == 0 })
      for result in results where result.status != 0 {
        #expect(result.status == 74 && result.stderr.contains("another fit writes to it"), "\(result.stderr)")
      }
      #expect(try workspace.seqtool("eval", "--json").status == 0)
    }
    #expect(workspace.files().filter { $0.contains("seqtool-") || $0.hasSuffix(".partial") } == [])
  }

  @Test func twoFitsWithOneCache() throws {
    let workspace = try Workspace.classification()
    let disk = ["--set", "data.storage=disk", "--set", "data.cache=cache", "--set", "training.epochs=1"]
    for _ in 0..<4 {
      let both = try ["a", "b"].map {
        try workspace.start(["fit", "-q", "config.json", "--set", "output=\($0)"] + disk)
      }
      for command in both {
        let result = try command.finish()
        #expect(result.status == 0, "\(result.stderr)")
      }
      try workspace.remove("cache")
    }
    #expect(try workspace.bytes("a/model.safetensors") == workspace.bytes("b/model.safetensors"))
  }

  @Test func twoConversions() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.csv(3_000, seed: 1), to: "one.csv")
    try workspace.write(TinyData.csv(5_000, seed: 2), to: "two.csv")
    for name in ["one", "two"] { try workspace.seqtool("convert", "\(name).csv", "\(name).jsonl") }
    let wholes = [try workspace.bytes("one.jsonl"), try workspace.bytes("two.jsonl")]
    for _ in 0..<10 {
      let both = try ["one", "two"].map { try workspace.start(["convert", "\($0).csv", "out.jsonl"]) }
      for command in both { #expect(try command.finish().status == 0) }
      #expect(wholes.contains(try workspace.bytes("out.jsonl")))
    }
    for _ in 0..<4 {
      let both = try ["one", "two"].map { try workspace.start(["convert", "\($0).csv", "classes", "--to", "folders"]) }
      let results = try both.map { try $0.finish() }
      #expect(results.map(\.status).sorted() == [0, 74])
      #expect([3_000, 5_000].contains(workspace.files("classes").count))
      try workspace.remove("classes")
    }
    #expect(workspace.files() == ["one.csv", "one.jsonl", "out.jsonl", "two.csv", "two.jsonl"])
  }

  @Test func twoFitsFromTwoFolders() throws {
    let workspace = try Workspace.classification()
    let state = ["SEQTOOL_STATE": workspace.path + "/state"]
    let folders = try (0..<4).map { try workspace.folder("from-\($0)") }
    for _ in 0..<3 {
      let all = try folders.map {
        try $0.start(
          ["fit", "-q", "../config.json", "--set", "output=out", "--set", "training.epochs=1"], environment: state)
      }
      for command in all {
        let result = try command.finish()
        #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
      }
      for folder in folders { #expect(try folder.seqtool("tag", stdin: "a\n", environment: state).status == 0) }
    }
  }
}
