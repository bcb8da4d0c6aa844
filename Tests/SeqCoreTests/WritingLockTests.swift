import Foundation
import SeqCore
import SeqTestSupport
import Testing

@Suite struct WritingLockTests {
  private func take(_ path: String) throws -> WritingLock {
    try WritingLock.take(path, from: "another fit", remedy: "wait")
  }

  @Test func `one writer has a place at a time`() throws {
    let workspace = try Workspace()
    let path = workspace.path + "/models/names"
    let lock = try take(path)
    #expect(lock.isHeld && workspace.exists("models/.names.seqtool-lock"))
    let error = #expect(throws: SeqError.self) { try take(path) }
    #expect(error?.description == "\(path): another fit writes to it (process \(getpid())) (wait)")
    #expect(error?.kind == .inputOutput)
    _ = try take(workspace.path + "/models/other")
    lock.release()
    lock.release()
    _ = try take(path)
    #expect(workspace.files() == [] && !workspace.exists("models"), "folders that were made for it go as well")
  }

  @Test func `every name of a folder has the same lock`() throws {
    let workspace = try Workspace()
    try workspace.write("x", to: "store/m/x")
    #expect(symlink("store/m", workspace.path + "/link") == 0)
    let lock = try take(workspace.path + "/link")
    for name in ["store/m", "store/./m/", "store/m/../m", "store/../link"] {
      #expect(throws: SeqError.self) { try take(workspace.path + "/" + name) }
    }
    lock.release()
  }

  @Test func `a file that a killed process left is no lock`() throws {
    let workspace = try Workspace()
    try workspace.write("4194305\n", to: ".m.seqtool-lock")
    let lock = try take(workspace.path + "/m")
    #expect(try workspace.text(".m.seqtool-lock") == "\(getpid())\n")
    lock.release()
    #expect(FileSystem.names(in: workspace.path) == [])
  }

  @Test func `a link that was planted is not followed`() throws {
    let workspace = try Workspace()
    try workspace.write("precious", to: "target")
    #expect(symlink("target", workspace.path + "/.m.seqtool-lock") == 0)
    #expect(throws: SeqError.self) { try take(workspace.path + "/m") }
    #expect(try workspace.text("target") == "precious")
  }

  /// Many take turns; the sum shows that no two had it at once.
  @Test func `those who wait get it one after the other`() async throws {
    let workspace = try Workspace()
    let path = workspace.path + "/m"
    try workspace.write("0", to: "count")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          for _ in 0..<20 {
            let lock = try WritingLock.wait(for: path) { _ in }
            let count = Int(try FileSystem.readText(workspace.path + "/count")) ?? 0
            try FileSystem.write("\(count + 1)", to: workspace.path + "/count")
            lock.release()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try workspace.text("count") == "60")
    #expect(FileSystem.names(in: workspace.path) == ["count"])
  }
}
