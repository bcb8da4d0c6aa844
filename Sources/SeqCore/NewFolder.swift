/// A folder that comes into being whole: it is made beside its place and renamed when all is in it.
public struct NewFolder: Sendable {
  /// Where it will be.
  public let path: String
  /// Where it is while it is made.
  public let beside: String

  /// Starts a folder whose place must be free, or an empty folder.
  public init(_ path: String) throws(SeqError) {
    self.path = FileSystem.nameable(path)
    beside = self.path + FileSystem.besideSuffix
    let isEmptyFolder = FileSystem.isFolder(path) && FileSystem.names(in: path).isEmpty
    if FileSystem.exists(path), !isEmptyFolder {
      throw SeqError(
        .inputOutput, "exists already; nothing was written", at: .file(path), remedy: "choose another name")
    }
    try FileSystem.remove(beside)
    try FileSystem.makeFolder(beside)
  }

  /// Fills the folder with `body`, which is given where it is meanwhile, and puts it in its place; if that fails,
  /// nothing is left.
  public func fill<Result>(_ body: (String) throws(SeqError) -> Result) throws(SeqError) -> Result {
    do throws(SeqError) {
      let result = try body(beside)
      try FileSystem.replaceFolder(path, with: beside)
      return result
    } catch {
      try? FileSystem.remove(beside)
      throw error
    }
  }
}
