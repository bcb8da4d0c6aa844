import Foundation
import SeqCore
import SeqTestSupport
import Testing

@Suite struct ReadingTests {
  /// Sizes around those of the room that `read` makes.
  @Test(arguments: [0, 1, 4095, 4096, 4097, 8192, 65_536, 200_001])
  func `a file and a pipe are read whole`(size: Int) throws {
    let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let workspace = try Workspace()
    try workspace.write(content, to: "file")
    #expect(try FileSystem.read(workspace.path + "/file") == content)

    // A pipe has no size that could be asked for.
    let pipe = workspace.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    Thread.detachNewThread { FileHandle(forWritingAtPath: pipe)?.write(Data(content)) }
    #expect(try FileSystem.read(pipe) == content)
  }

  @Test func `what is no file is named`() throws {
    let workspace = try Workspace()
    #expect(throws: SeqError.self) { try FileSystem.read(workspace.path) }
    #expect(throws: SeqError.self) { try FileSystem.read(workspace.path + "/missing") }
  }
}
