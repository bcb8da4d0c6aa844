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

  @Test func `what is larger than expected is refused, a device that never ends too`() throws {
    let workspace = try Workspace()
    try workspace.write([UInt8](repeating: 0, count: 101), to: "file")
    #expect(try FileSystem.read(workspace.path + "/file", limit: 101).count == 101)
    for path in [workspace.path + "/file", "/dev/zero"] {
      #expect(throws: SeqError.self) { try FileSystem.read(path, limit: 100) }
    }
    // A file of 1 TiB that takes no room on the disk.
    let huge = workspace.path + "/huge"
    #expect(FileManager.default.createFile(atPath: huge, contents: nil) && truncate(huge, 1 << 40) == 0)
    #expect(throws: SeqError.self) { try FileSystem.read(huge) }
  }

  @Test func `a part of a folder is a regular file within it`() throws {
    let workspace = try Workspace()
    let (folder, files) = (workspace.path + "/m", FileManager.default)
    try workspace.write("in", to: "m/sub/file")
    try workspace.write("out", to: "secret")
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    for (link, target) in [
      ("inner", "sub/file"), ("outer", "../secret"), ("absolute", workspace.path + "/secret"), ("zero", "/dev/zero"),
    ] {
      try files.createSymbolicLink(atPath: folder + "/" + link, withDestinationPath: target)
    }
    for name in ["sub/file", "inner", "sub/../inner"] {
      #expect(try ContainedFile(folder + "/" + name, in: folder).readText() == "in", "\(name)")
    }
    for (name, what) in [
      ("outer", "lies outside"), ("absolute", "lies outside"), ("../secret", "lies outside"), ("pipe", "a named pipe"),
      ("zero", "a device"), ("sub", "a folder"), ("none", "cannot be opened"),
    ] {
      let error = #expect(throws: SeqError.self) { try ContainedFile(folder + "/" + name, in: folder) }
      #expect(error?.description.contains(what) == true, "\(name)")
    }
    #expect(throws: SeqError.self) { try ContainedFile(folder + "/sub/file", in: folder, limit: 1) }
    // The folder itself may be reached through a link.
    try files.createSymbolicLink(atPath: workspace.path + "/alias", withDestinationPath: "m")
    #expect(try ContainedFile(workspace.path + "/alias/inner", in: workspace.path + "/alias").readText() == "in")
  }

  @Test func `what is no file is named`() throws {
    let workspace = try Workspace()
    #expect(throws: SeqError.self) { try FileSystem.read(workspace.path) }
    #expect(throws: SeqError.self) { try FileSystem.read(workspace.path + "/missing") }
  }
}
