import Foundation
import SeqCore
import SeqTestSupport
import Testing

/// Folders that are made whole, replaced and recovered. The states that a kill leaves are made by hand.
@Suite struct FolderTests {
  /// A number that no process has: above the highest that Linux and macOS give.
  private static let dead = "4194305"

  private func replace(_ path: String, by content: String) throws {
    try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
      try FileSystem.write(content, to: beside + "/x")
    }
  }

  @Test func `a folder is replaced and nothing is left`() throws {
    let workspace = try Workspace()
    for content in ["old", "new"] { try replace(workspace.path + "/m", by: content) }
    #expect(try workspace.text("m/x") == "new")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `a folder that could not be filled leaves nothing`() throws {
    let workspace = try Workspace()
    try replace(workspace.path + "/m", by: "old")
    #expect(throws: SeqError.self) {
      try NewFolder(workspace.path + "/m", replaces: true).fill { beside throws(SeqError) in
        try FileSystem.write("new", to: beside + "/x")
        throw SeqError.inputOutput("no space left on device")
      }
    }
    #expect(try workspace.text("m/x") == "old")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `a link to a folder stays one`() throws {
    let workspace = try Workspace()
    try workspace.write("old", to: "store/m/x")
    #expect(symlink("store/m", workspace.path + "/link") == 0)
    try replace(workspace.path + "/link", by: "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: workspace.path + "/link") == "store/m")
    #expect(try workspace.text("store/m/x") == "new")
    #expect(workspace.files() == ["link", "store/m/x"] || workspace.files() == ["store/m/x"])
  }

  @Test(arguments: ["m/../m", "m/../m/.", "./m/../m//", "other/../m"]) func `a way through the folder itself is seen`(
    name: String
  ) throws {
    let workspace = try Workspace()
    try workspace.write("old", to: "m/x")
    try replace(workspace.path + "/" + name, by: "new")
    #expect(try workspace.text("m/x") == "new")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `of two that make one folder the second is refused`() throws {
    let workspace = try Workspace()
    let (first, second) = (try NewFolder(workspace.path + "/m"), try NewFolder(workspace.path + "/m"))
    #expect(first.beside != second.beside)
    for (folder, content) in [(first, "first"), (second, "second")] {
      try FileSystem.write(content, to: folder.beside + "/x")
    }
    try first.finish()
    let error = #expect(throws: SeqError.self) { try second.fill { _ throws(SeqError) in } }
    #expect(error?.description.contains("already exists; nothing was written") == true)
    #expect(try workspace.text("m/x") == "first")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `what a killed process left is removed, what another writes is not`() throws {
    let workspace = try Workspace()
    let living = "m.\(getppid())-1.seqtool-new"
    for name in ["m.\(Self.dead)-2a.seqtool-new", living, "m.mine.seqtool-new", "n.\(Self.dead)-2a.seqtool-new"] {
      try workspace.write("x", to: name + "/x")
    }
    try workspace.write("x", to: "m.\(Self.dead)-2a.partial")
    try replace(workspace.path + "/m", by: "new")
    #expect(
      Set(FileSystem.names(in: workspace.path))
        == ["m", living, "m.mine.seqtool-new", "n.\(Self.dead)-2a.seqtool-new", "m.\(Self.dead)-2a.partial"])
    try FileSystem.write("a file", to: workspace.path + "/m2")
    try workspace.write("x", to: "m2.\(Self.dead)-2a.partial")
    try FileSystem.write("a file", to: workspace.path + "/m2")
    #expect(!workspace.exists("m2.\(Self.dead)-2a.partial"))
  }

  @Test func `a folder that was moved aside is found and put back`() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/m"
    try workspace.write("whole", to: "m.seqtool-old/x")
    try workspace.write("half", to: "m.\(Self.dead)-1.seqtool-new/x")
    #expect(FileSystem.present(path) == path + ".seqtool-old")
    #expect(try FileSystem.reading(path) { now throws(SeqError) in try FileSystem.readText(now + "/x") } == "whole")
    FileSystem.recoverFolder(path)
    #expect(try workspace.text("m/x") == "whole")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `an old folder that a killed process did not remove goes`() throws {
    let workspace = try Workspace()
    try workspace.write("new", to: "m/x")
    try workspace.write("old", to: "m.seqtool-old/x")
    FileSystem.recoverFolder(workspace.path + "/m")
    #expect(try workspace.text("m/x") == "new")
    #expect(FileSystem.names(in: workspace.path) == ["m"])
  }

  @Test func `a reader sees the old folder or the new one, never parts of both`() async throws {
    let workspace = try Workspace()
    let path = workspace.path + "/m"
    func write(_ number: Int) throws {
      try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
        for name in ["a", "b", "c"] { try FileSystem.write("\(number)", to: beside + "/" + name) }
      }
    }
    try write(0)
    let writer = Task.detached { for number in 1...200 { try write(number) } }
    for _ in 0..<300 {
      let seen = try FileSystem.reading(path) { now throws(SeqError) in
        [try FileSystem.readText(now + "/a"), try FileSystem.readText(now + "/b"), try FileSystem.readText(now + "/c")]
      }
      #expect(Set(seen).count == 1, "\(seen)")
    }
    try await writer.value
  }

  @Test func `the reason of a failure is that of the call that failed`() throws {
    let workspace = try Workspace()
    try workspace.write("x", to: "file")
    let under = #expect(throws: SeqError.self) { try FileSystem.makeFolder(workspace.path + "/file/x") }
    #expect(under?.description.hasSuffix("/file: the folder cannot be made: file exists") == true)
    guard getuid() != 0 else { return }
    try workspace.write("x", to: "closed/file")
    #expect(chmod(workspace.path + "/closed", 0o500) == 0)
    defer { chmod(workspace.path + "/closed", 0o700) }
    let made = #expect(throws: SeqError.self) { try FileSystem.makeFolder(workspace.path + "/closed/x") }
    #expect(made?.description.hasSuffix("the folder cannot be made: permission denied") == true)
    let removed = #expect(throws: SeqError.self) { try FileSystem.remove(workspace.path + "/closed/file") }
    #expect(removed?.description.hasSuffix("cannot be removed: permission denied") == true)
  }
}
