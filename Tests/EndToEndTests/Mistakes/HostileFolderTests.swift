import Foundation
import SeqTestSupport
import Testing

/// Model folders that a stranger has made: nothing in them may hang, fill the memory, or lead out of the folder.
@Suite(.timeLimit(.minutes(30)))
struct HostileFolderTests {
  private static let parts = ["config.json", "vocabulary/tokens.txt", "vocabulary/labels.txt", "model.safetensors"]

  /// A copy of a good model in which `change` has been at work.
  private func used(_ change: (Workspace) throws -> Void) throws -> CommandResult {
    let workspace = try Workspace()
    let original = try Fitted.classifier()
    for name in original.files("model") { try workspace.write(original.bytes("model/" + name), to: "model/" + name) }
    try workspace.write("root:secret\nroot:secret\n", to: "passwords")
    try change(workspace)
    return try workspace.seqtool("tag", "--model", "model", stdin: "a\n")
  }

  private func link(_ workspace: Workspace, _ name: String, to target: String) throws {
    try workspace.remove(name)
    try FileManager.default.createSymbolicLink(atPath: workspace.path + "/" + name, withDestinationPath: target)
  }

  @Test(arguments: parts) func `a pipe does not hang`(part: String) throws {
    let result = try used { workspace in
      try workspace.remove("model/" + part)
      #expect(mkfifo(workspace.path + "/model/" + part, 0o600) == 0)
    }
    expectErrors(result, 65, ["model/\(part): expected a file, found a named pipe"])
  }

  @Test(arguments: parts) func `an endless device is not read`(part: String) throws {
    let result = try used { try link($0, "model/" + part, to: "/dev/zero") }
    expectErrors(result, 65, ["model/\(part): expected a file, found a device"])
  }

  @Test(arguments: parts) func `a link out of the folder is not followed`(part: String) throws {
    let result = try used { try link($0, "model/" + part, to: $0.path + "/passwords") }
    expectErrors(result, 65, ["model/\(part): lies outside of model (put a copy of it into the folder)"])
    #expect(!result.stderr.contains("secret"))
  }

  @Test func `a tokenizer's file outside of the folder is not shown`() throws {
    let result = try used { workspace in
      let config = try workspace.text("model/config.json")
      let path = workspace.path + "/passwords"
      let tokenizer = #""tokenizer": {"kind": "bpe", "file": "\#(path)"}"#
      let pattern = try Regex(#""tokenizer": \{[^}]*\}"#)
      try workspace.write(config.replacing(pattern, with: tokenizer), to: "model/config.json")
    }
    #expect(result.status == 65 && !result.stderr.contains("secret"))
    #expect(result.stderr.contains("passwords: lies outside of model"))
  }

  @Test func `a link within the folder is followed`() throws {
    let result = try used { workspace in
      try workspace.copy("model/vocabulary/labels.txt", to: "model/l.txt")
      try link(workspace, "model/vocabulary/labels.txt", to: "../l.txt")
    }
    #expect(result.status == 0, "\(result.stderr)")
  }

  @Test func `weights of gigabytes are refused before they are read`() throws {
    let result = try used { workspace in
      #expect(truncate(workspace.path + "/model/model.safetensors", 1 << 40) == 0)
    }
    #expect(result.status == 65 && result.complaints.count == 1)
    #expect(result.stderr.hasSuffix(": the file is damaged\n"))
  }

  @Test func `a header of a hundred thousand tensors gives twenty lines`() throws {
    let tensor = #"{"dtype":"I8","shape":[],"data_offsets":[0,0]}"#
    let header = Array("{\((0..<60_000).map { "\"t\($0)\":\(tensor)" }.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    let result = try used { try $0.write(length + header, to: "model/model.safetensors") }
    #expect(result.status == 65 && result.complaints.count == 21)
    #expect(result.complaints.last == "error: model/model.safetensors: 59980 more mistakes are not listed")
  }

  @Test(arguments: [Float.nan, .infinity, 1e30]) func `weights that give no answer are refused`(weight: Float) throws {
    let result = try used { workspace in
      var bytes = try workspace.bytes("model/model.safetensors")
      let pattern = (0..<4).map { UInt8(truncatingIfNeeded: weight.bitPattern >> (8 * $0)) }
      bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: pattern)
      try workspace.write(bytes, to: "model/model.safetensors")
    }
    expectErrors(
      result, 65, ["model/model.safetensors: a weight is infinite, huge or not a number: the file is damaged"])
  }

  /// A folder without weights is looked at as a project, whose config names the model.
  @Test func `a pipe for a project's config does not hang`() throws {
    let result = try used { workspace in
      try workspace.remove("model/model.safetensors")
      try workspace.remove("model/config.json")
      #expect(mkfifo(workspace.path + "/model/config.json", 0o600) == 0)
    }
    #expect(result.status == 65 && result.complaints.count == 1, "\(result.stderr)")
  }

  @Test func `a header of a hundred million bytes is not read`() throws {
    let result = try used { workspace in
      let length = 99_000_000
      let path = workspace.path + "/model/model.safetensors"
      try workspace.write((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }, to: "model/model.safetensors")
      #expect(truncate(path, off_t(length + 8)) == 0)
    }
    #expect(result.status == 65 && result.stderr.contains("a header of 99000000 bytes in a file of 99000008"))
  }

  @Test func `a config that does not end is refused`() throws {
    let workspace = try Workspace.classification()
    try FileManager.default.createSymbolicLink(atPath: workspace.path + "/zero.json", withDestinationPath: "/dev/zero")
    let result = try workspace.seqtool("fit", "zero.json")
    expectErrors(
      result, 65, ["zero.json: expected a file of at most 67108864 bytes, found more (is it the right file?)"])
  }

  @Test func `a network that no memory holds is refused by its key`() throws {
    let workspace = try Workspace.classification()
    let result = try workspace.seqtool(
      "fit", "config.json", "--set", "model.hidden=65536", "--set", "model.layers=64", "--set", "model.features=null")
    #expect(result.status == 65 && result.complaints.count == 1)
    #expect(result.stderr.contains(": model.hidden: ") && result.stderr.contains(" parameters, expected at most "))
  }
}
