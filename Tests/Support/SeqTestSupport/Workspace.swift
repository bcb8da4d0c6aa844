import Foundation

/// A folder for one test, with the built command to run in it; removed when the test lets go of it.
public final class Workspace: Sendable {
  public let path: String
  /// Whether the folder is removed with this object.
  private let isTemporary: Bool

  public init() throws {
    path = Self.root + "/" + UUID().uuidString
    isTemporary = true
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// A part of another workspace.
  private init(_ path: String) {
    self.path = path
    isTemporary = false
  }

  deinit { if isTemporary { try? FileManager.default.removeItem(atPath: path) } }

  /// Where this process's workspaces are: removed when it ends, with those that are kept in global constants.
  private static let root: String = {
    let folder = FileManager.default.temporaryDirectory.path + "/seqtool-tests-\(getpid())"
    atexit { try? FileManager.default.removeItem(atPath: Workspace.root) }
    return folder
  }()

  /// A folder within, made if it is missing.
  public func folder(_ name: String) throws -> Workspace {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    return Workspace(path + "/" + name)
  }

  public func write(_ content: some Collection<UInt8>, to name: String) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url)
  }

  public func write(_ content: String, to name: String) throws { try write(content.utf8, to: name) }

  public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path + "/" + name))) }

  public func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  public func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: path + "/" + name, toPath: path + "/" + other)
  }

  public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  /// The paths of all files in a folder and below, sorted.
  public func files(_ name: String = ".") -> [String] {
    let folder = path + "/" + name
    return (FileManager.default.subpaths(atPath: folder) ?? []).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + $0, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}
