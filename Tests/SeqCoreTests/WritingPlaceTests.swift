import Foundation
import SeqCore
import SeqTestSupport
import Testing

@Suite struct WritingPlaceTests {
  @Test func `a link stays one, and its target keeps its permissions`() throws {
    let workspace = try Workspace()
    let (target, link) = (workspace.path + "/target", workspace.path + "/link")
    try workspace.write(Array("old".utf8), to: "target")
    #expect(chmod(target, 0o600) == 0 && symlink("target", link) == 0)
    try FileSystem.write("new", to: link)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target")
    #expect(try FileSystem.readText(target) == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(FileSystem.names(in: workspace.path) == ["link", "target"], "nothing is left beside")
  }

  @Test func `of several who write one file each leaves it whole`() async throws {
    let workspace = try Workspace()
    let path = workspace.path + "/out"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for _ in 0..<25 { try FileSystem.write([UInt8](repeating: UInt8(writer), count: 40_000), to: path) }
        }
      }
      try await group.waitForAll()
    }
    let content = try workspace.bytes("out")
    #expect(content.count == 40_000 && Set(content).count == 1)
    #expect(FileSystem.names(in: workspace.path) == ["out"])
  }

  @Test func `a name near the limit is written`() throws {
    let workspace = try Workspace()
    let name = String(repeating: "ä", count: 120)
    try FileSystem.write("x", to: workspace.path + "/" + name)
    #expect(FileSystem.names(in: workspace.path) == [name])
  }

  @Test func `a pipe takes what is written and stays one`() throws {
    let workspace = try Workspace()
    let pipe = workspace.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    Thread.detachNewThread { try? FileSystem.write("through", to: pipe) }
    #expect(try FileSystem.readText(pipe) == "through")
    #expect(FileSystem.names(in: workspace.path) == ["pipe"])
  }

  @Test func `a device that is full is an error and stays what it is`() throws {
    guard FileSystem.exists("/dev/full") else { return }
    #expect(throws: SeqError.self) { try FileSystem.write("much", to: "/dev/full") }
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type] as? FileAttributeType
    #expect(type == .typeCharacterSpecial)
  }

  @Test func `a link that was planted at the name of what is written is not followed`() throws {
    let workspace = try Workspace()
    try workspace.write("mine", to: "victim")
    let place = WritingPlace(workspace.path + "/out")
    #expect(symlink("victim", place.opened) == 0)
    #expect(place.open() == -1 && errno == EEXIST)
    #expect(try workspace.text("victim") == "mine")
    #expect(!workspace.exists("out"))
  }

  @Test func `links at the names of what killed processes left lead nowhere`() throws {
    let workspace = try Workspace()
    try workspace.write("mine", to: "victims/file")
    // No system has processes of such a number.
    #expect(symlink("victims/file", workspace.path + "/out.4194305-1.partial") == 0)
    #expect(symlink("victims", workspace.path + "/folder.4194305-1.seqtool-new") == 0)
    try FileSystem.write("new", to: workspace.path + "/out")
    try NewFolder(workspace.path + "/folder").fill { beside throws(SeqError) in
      try FileSystem.write("new", to: beside + "/file")
    }
    #expect(try workspace.text("victims/file") == "mine")
    #expect(try workspace.text("out") == "new" && workspace.text("folder/file") == "new")
  }
}
